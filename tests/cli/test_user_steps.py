"""
The steps of a user's life on the command line: for one user, several, or a file.
"""

import io
import json
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import pytest

from command_line import CommandLine, Ended
from winbooks_identity.adapters.embedded import open_office
from winbooks_identity.authorization import Actor, Distributor
from winbooks_identity.errors import OutcomeUnknown, StorageBusy
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.services.administration import AdministrationService
from winbooks_identity.winbooks_id import WinBooksId


OFFICE = """\
[licence]
number = "WB-1"
product = "Classic"
holder = "Fiduciaire Peeters & Dubois BV"
language = "nl"

[[dossier]]
number = "D-1"
name = "Bakkerij De Korenaar BV"

[[dossier]]
number = "D-2"
name = "Menuiserie Lefebvre SRL"

[[employee]]
winbooks_id = "ada@example.org"
password = "Canary-Typed-1815"
level = "Administrator"
dossiers = ["D-1", "D-2"]
first_name = "Ada"
last_name = "Lovelace"

[[employee]]
winbooks_id = "edsger@example.org"
password = "Canary-Typed-1972"
level = "Power User"
activate = false
dossiers = ["D-1"]
first_name = "Edsger"
last_name = "Dijkstra"
phone = "02 512 34 56"

[[end_customer]]
winbooks_id = "grace@example.org"
password = "Canary-Typed-1906"
first_name = "Grace"
last_name = "Hopper"
company_name = "Bakkerij De Korenaar BV"
language = "en"
dossiers = ["D-1"]
roles = ["View.User"]
"""

ADA, EDSGER, GRACE = (f"{name}@example.org" for name in ("ada", "edsger", "grace"))
LINKS = (
    *("--sender", "portal@firm.example", "--portal-url", "https://firm.example/"),
    *("--page", "https://firm.example/confirm"),
)


@pytest.fixture
def command(command: CommandLine, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """
    Return what runs a command in an office of three people.
    """
    monkeypatch.setenv("WINBOOKS_IDENTITY_DATABASE", "office.sqlite3")
    Path("office.toml").write_text(OFFICE, encoding="utf-8")
    assert 0 == command("provision", "office.toml").code
    return command


@pytest.fixture
def user(command: CommandLine) -> CommandLine:
    """
    Return what runs a command below ``user``.
    """
    return command.below("user")


def stored(winbooks_id: str) -> PortalUser:
    """
    Return the user as they are in the database.
    """
    with open_office("office.sqlite3") as portal:
        return portal.provisioning.find(
            WinBooksId.parse(winbooks_id), by=Distributor("WB-1")
        )


def people(ended: Ended) -> list[dict[str, Any]]:
    """
    Return what a document says of each person.
    """
    found: list[dict[str, Any]] = ended.document["people"]
    return found


def fates(ended: Ended) -> list[str]:
    """
    Return what became of each person.
    """
    return [each["fate"] for each in people(ended)]


#: Each step, with what it changes about Edsger.
STEPS = {
    "activate": (("activate",), "status"),
    "change-level": (("change-level", "--to", "Administrator"), "level"),
    "edit": (("edit", "--last-name", "Dijkstra-Debets"), "last_name"),
    "edit phone": (("edit", "--phone", ""), "phone"),
    "edit language": (("edit", "--user-language", "fr"), "language"),
    "edit company": (("edit", "--company-name", "THE"), "company_name"),
    "edit first name": (("edit", "--first-name", "Edsger W."), "first_name"),
    "grant dossier": (("grant", "--dossier", "D-2"), "dossiers"),
    "grant role": (("grant", "--role", "View.Admin"), "roles"),
    "grant of": (("grant", "--dossiers-of", ADA), "dossiers"),
    "revoke": (("revoke", "--dossier", "D-1"), "dossiers"),
    "notify": (("notify", "--on"), "notify_all_dossiers"),
}


class TestWhom:
    """
    An ID that was pasted is read as a form reads it.
    """

    PASTED = f"\u202a{EDSGER}\u202c\u00a0"

    def test_an_argument(self, user: CommandLine) -> None:
        """
        Marks of direction and blanks around it do not count.
        """
        shown = user("show", self.PASTED, "--json")
        done = user("activate", self.PASTED, "--as", "\u200bada@example.org\u200b")

        assert EDSGER == shown.document["people"][0]["user"]["winbooks_id"]
        assert 0 == done.code

    def test_a_line_of_a_file(self, user: CommandLine) -> None:
        """
        A line that shows nothing names no one.
        """
        Path("ids.txt").write_text(f"\u200b\n\u2800\n{self.PASTED}\n", "utf-8")

        ended = user("activate", "--from", "ids.txt", "--json")

        assert (0, [EDSGER]) == (
            ended.code,
            [each["winbooks_id"] for each in people(ended)],
        )


class TestSteps:
    """
    A step changes what it says, and nothing else.
    """

    @pytest.mark.parametrize("words,field", STEPS.values(), ids=STEPS)
    def test_it_is_taken_once(
        self, user: CommandLine, words: tuple[str, ...], field: str
    ) -> None:
        """
        A second time there is nothing left to do.
        """
        before = stored(EDSGER)
        name, *details = words

        first = user(name, EDSGER, *details, "--json")
        second = user(name, EDSGER, *details, "--json")

        after = stored(EDSGER)
        changed = {
            each.name
            for each in attrs.fields(PortalUser)
            if getattr(before, each.name) != getattr(after, each.name)
        }
        assert ([0, 0], ["done"], ["unchanged"]) == (
            [first.code, second.code],
            fates(first),
            fates(second),
        )
        assert [field] == [each["field"] for each in people(first)[0]["changes"]]
        assert {field, "version"} == changed

    @pytest.mark.parametrize("words,field", STEPS.values(), ids=STEPS)
    def test_a_dry_run_says_it_and_keeps_nothing(
        self, user: CommandLine, words: tuple[str, ...], field: str
    ) -> None:
        """
        The plan has the changes that the step would make.
        """
        before = stored(EDSGER)
        name, *details = words

        planned = user(name, EDSGER, *details, "--dry-run", "--json")

        assert (0, ["would_be_done"]) == (planned.code, fates(planned))
        assert planned.document["dry_run"]
        assert [field] == [each["field"] for each in people(planned)[0]["changes"]]
        assert before == stored(EDSGER)

    @pytest.mark.parametrize("words,field", STEPS.values(), ids=STEPS)
    def test_it_asks_who_acts(
        self, user: CommandLine, words: tuple[str, ...], field: str
    ) -> None:
        """
        An end customer manages no one, through whatever door.
        """
        before = stored(EDSGER)
        name, *details = words

        ended = user(name, EDSGER, *details, "--as", GRACE, "--json")

        assert (1, ["refused"]) == (ended.code, fates(ended))
        assert before == stored(EDSGER), field

    def test_a_deactivated_user_stays_so(self, user: CommandLine) -> None:
        """
        A second time there is nothing to do.
        """
        assert ["done"] == fates(user("deactivate", GRACE, "--json"))
        assert ["unchanged"] == fates(user("deactivate", GRACE, "--json"))
        assert not stored(GRACE).is_active

    def test_notices_are_switched_off(self, user: CommandLine) -> None:
        """
        The switch has two sides.
        """
        user("notify", GRACE, "--on")
        user("notify", GRACE, "--off")

        assert not stored(GRACE).notify_all_dossiers

    def test_roles_and_dossiers_go_together_or_not_at_all(
        self, user: CommandLine
    ) -> None:
        """
        A dossier that the licence does not have keeps the role away too.
        """
        before = stored(EDSGER)

        ended = user("grant", EDSGER, "--dossier", "D-9", "--role", "View.Admin")

        assert 1 == ended.code
        assert "D-9" in ended.out
        assert before == stored(EDSGER)

    def test_everything_that_is_named_is_taken_away(self, user: CommandLine) -> None:
        """
        An end customer keeps one dossier; what another one has is named by them.
        """
        user("grant", EDSGER, "--dossier", "D-2", "--role", "View.Admin")

        ended = user("revoke", EDSGER, "--dossiers-of", GRACE, "--role", "View.Admin")

        assert 0 == ended.code
        assert "Dossiers: -D-1" in ended.out
        assert {"D-2"} == stored(EDSGER).dossiers
        assert not stored(EDSGER).roles

    def test_the_distributor_is_named_in_the_history(self, user: CommandLine) -> None:
        """
        The one at the keyboard says who they are.
        """
        user("activate", EDSGER, "--operator", "helpdesk-2")

        told = user("history", EDSGER)

        assert "helpdesk-2" in told.out


class TestWrongUsage:
    """
    A command that says too little asks for the rest, and does nothing.
    """

    @pytest.mark.parametrize(
        "words,said",
        [
            (("activate",), "--from"),
            (("notify", GRACE), "--on or --off"),
            (("grant", GRACE), "--dossiers-of"),
            (("revoke", GRACE), "--dossiers-of"),
            (("edit", GRACE), "--last-name"),
            (("erase", GRACE), "--yes"),
            (("change-id", GRACE, *LINKS), "the new one"),
            (("change-id", GRACE, "new@example.org"), "--page"),
            (("send-link", GRACE), "--page"),
            (("send-link", GRACE, *LINKS[:-1], "http://x"), "https://"),
            (("reset-password", GRACE, EDSGER), "--generate-password"),
            (("reset-password", "--from", "-"), "--generate-password"),
        ],
    )
    def test_it_is_said(
        self,
        user: CommandLine,
        words: tuple[str, ...],
        said: str,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """
        The sentence names the options.
        """
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"grace@x.org")))

        ended = user(*words)

        assert 2 == ended.code
        assert said in ended.err

    @pytest.mark.parametrize(
        "words",
        [
            ("change-level", GRACE, "--to", "Emperor"),
            ("edit", GRACE, "--phone", "12"),
            ("grant", GRACE, "--role", "View.Emperor"),
            ("grant", GRACE, "--dossiers-of", "grace"),
            ("activate", GRACE, "--operator", "x" * 200),
            ("activate", GRACE, "--as", "nobody@example.org"),
        ],
        ids=" ".join,
    )
    def test_a_value_that_is_none_is_refused(
        self, user: CommandLine, words: tuple[str, ...]
    ) -> None:
        """
        Every problem is told.
        """
        assert 1 == user(*words).code


class TestSeveral:
    """
    Several users are reached one after the other, and no one stops the others.
    """

    def test_arguments_and_lines(self, user: CommandLine) -> None:
        """
        Comments and blank lines are left out, and everyone is reached once.
        """
        Path("leavers.csv").write_text(
            "\ufeff# left in May\n\n grace@example.org ; desk 4\nGrace@Example.org\n",
            encoding="utf-8",
        )

        ended = user("deactivate", ADA, "--from", "leavers.csv", "--json")

        assert [(ADA, None), (GRACE, 3)] == [
            (each["winbooks_id"], each["line"]) for each in people(ended)
        ]
        # Ada is the last Administrator.
        assert (1, ["refused", "done"]) == (ended.code, fates(ended))

    def test_standard_input(
        self, user: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A dash stands for it.
        """
        text = io.TextIOWrapper(io.BytesIO(b"grace@example.org\r\nada@example.org\r\n"))
        monkeypatch.setattr(sys, "stdin", text)

        ended = user("notify", "--on", "--from", "-", "--json")

        assert ["done", "done"] == fates(ended)

    def test_what_is_no_winbooks_id_is_not_repeated(self, user: CommandLine) -> None:
        """
        It may be a password in the wrong place; its line stands for it.
        """
        Path("users.txt").write_text("Canary-Typed-1906\n", encoding="utf-8")

        told = user("activate", "Canary-Argument", GRACE, "--from", "users.txt")
        document = user("activate", "Canary-Argument", "--from", "users.txt", "--json")

        assert (1, 1) == (told.code, document.code)
        assert "line 1" in told.out
        assert "an argument" in told.out
        assert "Canary" not in told.out + told.err + document.out + document.err
        assert [None, None] == [each["winbooks_id"] for each in people(document)]

    def test_a_file_that_is_not_there(self, user: CommandLine) -> None:
        """
        It is named.
        """
        ended = user("activate", "--from", "no.txt")

        assert 69 == ended.code
        assert "no.txt" in ended.err

    def test_a_file_in_another_encoding(self, user: CommandLine) -> None:
        """
        A letter of CP1252 stands in no WinBooks ID, so its line is refused.
        """
        Path("users.txt").write_bytes(b"grac\xe9@example.org\ngrace@example.org\n")

        ended = user("notify", "--on", "--from", "users.txt", "--json")

        assert ["refused", "done"] == fates(ended)

    def test_somebody_saved_first(
        self, user: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The step is refused in clear words, and the others go on.
        """
        activate = AdministrationService.activate

        def late(
            self: AdministrationService, shown: PortalUser, *, by: Actor
        ) -> PortalUser:
            self.notify(shown, all_dossiers=True, by=by)
            return activate(self, shown, by=by)

        monkeypatch.setattr(AdministrationService, "activate", late)

        ended = user("activate", EDSGER, ADA)

        assert 1 == ended.code
        assert "Someone else changed this user in the meantime." in ended.out
        assert "1 unchanged, 1 refused" in ended.out

    def test_ctrl_c_counts_between_two_users(
        self, user: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The one who is being reached is complete, and the next is not begun.
        """
        activate = AdministrationService.activate

        def interrupted(
            self: AdministrationService, shown: PortalUser, *, by: Actor
        ) -> PortalUser:
            signal.raise_signal(signal.SIGINT)
            return activate(self, shown, by=by)

        monkeypatch.setattr(AdministrationService, "activate", interrupted)

        ended = user("activate", EDSGER, GRACE, "--json")

        assert (130, ["done", "not_reached"]) == (ended.code, fates(ended))
        assert stored(EDSGER).is_active

    @pytest.mark.parametrize(
        "failure,code,fate",
        [(StorageBusy, 69, "not_reached"), (OutcomeUnknown, 75, "unknown")],
    )
    def test_the_storage_fails(
        self,
        user: CommandLine,
        monkeypatch: pytest.MonkeyPatch,
        failure: type[StorageBusy | OutcomeUnknown],
        code: int,
        fate: str,
    ) -> None:
        """
        Nobody else is tried, and it is said whether anything may be done.
        """

        def failing(
            self: AdministrationService, shown: PortalUser, *, by: Actor
        ) -> None:
            del self, shown, by
            raise failure

        monkeypatch.setattr(AdministrationService, "activate", failing)

        ended = user("activate", EDSGER, GRACE, "--json")
        told = user("activate", EDSGER, GRACE)

        assert (code, [fate, "not_reached"]) == (ended.code, fates(ended))
        assert told.err


class TestPasswords:
    """
    A password reaches whoever hands it over, once, or nobody makes one.
    """

    def test_a_generated_one_is_shown_as_soon_as_it_is_stored(
        self, user: CommandLine
    ) -> None:
        """
        One line for each user, before the table.
        """
        ended = user(
            "reset-password", GRACE, EDSGER, "--generate-password", "--show-passwords"
        )

        assert 0 == ended.code
        first, second, *_ = ended.out.splitlines()
        assert first.startswith(f"{GRACE}  ")
        assert second.startswith(f"{EDSGER}  ")

    def test_in_json_it_stands_in_the_document(self, user: CommandLine) -> None:
        """
        There is one document only.
        """
        ended = user(
            *("reset-password", GRACE, "--generate-password", "--show-passwords"),
            "--json",
        )

        (grace,) = people(ended)
        assert 16 == len(grace["password"])
        assert [] == grace["changes"]

    def test_a_dry_run_shows_none(self, user: CommandLine) -> None:
        """
        The one that was made is thrown away.
        """
        ended = user(
            "reset-password", GRACE, "--generate-password", "--dry-run", "--json"
        )

        assert (["would_be_done"], None) == (
            fates(ended),
            people(ended)[0]["password"],
        )

    def test_none_is_made_that_no_one_would_see(self, user: CommandLine) -> None:
        """
        The output goes to a program, and no mail goes out.
        """
        ended = user("reset-password", GRACE, "--generate-password")

        assert 2 == ended.code
        assert "--show-passwords" in ended.err

    def test_a_mailed_one_is_mailed_only(
        self, command: CommandLine, user: CommandLine
    ) -> None:
        """
        It waits, sealed, and deliver takes it along.
        """
        ended = user(
            *("reset-password", GRACE, "--generate-password", "--send-credentials"),
            *LINKS[:4],
        )
        command("deliver", "--mail-dir", "mails")

        assert 0 == ended.code
        assert "A mail to them waits" in ended.out
        assert 1 == len([*Path("mails").glob("*.eml")])

    def test_a_mail_to_someone_who_cannot_sign_in_is_noticed(
        self, user: CommandLine
    ) -> None:
        """
        It is sent, and whoever sent it is told.
        """
        ended = user(
            *("reset-password", EDSGER, "--generate-password", "--send-credentials"),
            *(*LINKS[:4], "--json"),
        )

        assert ["done"] == fates(ended)
        assert ["creation.mailed_while_inactive"] == [
            each["code"] for each in people(ended)[0]["notices"]
        ]
        assert (
            "not active"
            in user(
                *(
                    "reset-password",
                    EDSGER,
                    "--generate-password",
                    "--send-credentials",
                ),
                *LINKS[:4],
            ).out
        )

    def test_a_typed_one_comes_from_standard_input(
        self, user: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        It is never an argument, and is repeated nowhere.
        """
        text = io.TextIOWrapper(io.BytesIO("Canary-Pâté-2026\n".encode()))
        monkeypatch.setattr(sys, "stdin", text)

        ended = user("reset-password", GRACE, "--json")

        assert (0, None) == (ended.code, people(ended)[0]["password"])
        assert "Canary" not in ended.out + ended.err

    def test_a_typed_one_keeps_to_the_policy(
        self, user: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        What is wrong with it is told on its field.
        """
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"canary\n")))

        ended = user("reset-password", GRACE)

        assert 1 == ended.code
        assert "12 characters" in ended.out + ended.err


class TestLinksAndIds:
    """
    Links and changes of ID are mailed, and count once they are confirmed.
    """

    def test_a_link_waits_for_delivery(
        self, command: CommandLine, user: CommandLine
    ) -> None:
        """
        It leads to the page that was named.
        """
        ended = user("send-link", GRACE, *LINKS, "--json")
        command("deliver", "--mail-dir", "mails")

        (mail,) = Path("mails").glob("*.eml")
        assert (["done"], True) == (fates(ended), people(ended)[0]["mailed"])
        assert b"https://firm.example/confirm" in mail.read_bytes()

    def test_a_dry_run_mails_nothing(
        self, command: CommandLine, user: CommandLine
    ) -> None:
        """
        Nothing waits afterwards.
        """
        ended = user("send-link", GRACE, *LINKS, "--dry-run", "--json")
        command("deliver", "--mail-dir", "mails")

        assert ["would_be_done"] == fates(ended)
        assert [] == [*Path().glob("mails/*.eml")]

    def test_one_id_waits_and_is_withdrawn(self, user: CommandLine) -> None:
        """
        Asked for twice, it is mailed once.
        """
        change = ("change-id", GRACE, "hopper@example.org", *LINKS, "--json")

        codes = [fates(user(*change)) for _ in range(2)]
        waiting = user("show", GRACE, "--json").document["people"][0]["user"][
            "new_winbooks_id"
        ]
        gone = [fates(user("withdraw-id", GRACE, "--json")) for _ in range(2)]

        assert [["done"], ["unchanged"]] == codes == gone
        assert "hopper@example.org" == waiting
        assert stored(GRACE).id_change is None

    def test_a_firm_changes_its_domain(self, user: CommandLine) -> None:
        """
        Each line has the ID and the new one; a bad line stops no other.
        """
        Path("ids.csv").write_text(
            f"{ADA};ada@firm.example\n{GRACE};\n{EDSGER};edsger@firm.example\n",
            encoding="utf-8",
        )

        ended = user("change-id", "--from", "ids.csv", *LINKS, "--json")

        assert (1, ["done", "refused", "done"]) == (ended.code, fates(ended))
        change = stored(ADA).id_change
        assert change
        assert "ada@firm.example" == change.winbooks_id.address


class TestErasing:
    """
    Erasing is for good, so it is said twice.
    """

    def test_a_user_goes_and_the_history_stays(self, user: CommandLine) -> None:
        """
        By the internal key, and without a name.
        """
        key = user("show", GRACE, "--json").document["people"][0]["user"]["id"]

        planned = user("erase", GRACE, "--dry-run", "--json")
        done = user("erase", GRACE, "--yes", "--json")
        told = user("history", key, "--json")

        assert (["would_be_done"], ["done"]) == (fates(planned), fates(done))
        assert 1 == user("show", GRACE).code
        (answer,) = people(told)
        assert ["create", "erase"] == [each["step"] for each in answer["events"]]
        assert "Hopper" not in told.out
        with closing(sqlite3.connect("office.sqlite3")) as database:
            assert "Hopper" not in "\n".join(database.iterdump())


class TestInquiries:
    """
    What is kept, what happened, and why someone can open something.
    """

    def test_all_that_is_kept_is_exported(self, user: CommandLine) -> None:
        """
        For people as for programs it is JSON.
        """
        told = user("export", GRACE)
        document = user("export", GRACE, "--json")

        shown = json.loads(told.out.partition("\n")[2])
        assert shown == people(document)[0]["data"]
        assert "Hopper" == shown["last_name"]

    def test_history_names_who_acted_as_far_as_the_reader_may_see(
        self, user: CommandLine
    ) -> None:
        """
        Grace sees that somebody gave her a dossier, not who.
        """
        user("grant", GRACE, "--dossier", "D-2", "--as", ADA)

        for_ada = people(user("history", GRACE, "--as", ADA, "--json"))
        for_grace = people(user("history", GRACE, "--as", GRACE, "--json"))

        assert ADA == for_ada[0]["events"][-1]["by"]
        assert str(stored(ADA).id) == for_grace[0]["events"][-1]["by"]

    def test_access_is_explained(self, user: CommandLine) -> None:
        """
        What is there and what is missing, for dossiers and the digital products.
        """
        told = user("explain", EDSGER, "--dossier", "D-1", "--dossier", "D-2")
        document = user("explain", GRACE, "--json")

        assert "  + Access to dossier D-1 was given." in told.out
        assert "  - The account is not active." in told.out
        sign_in, answer = people(document)[0]["answers"]
        assert ("sign-in", True) == (sign_in["subject"], sign_in["has_access"])
        assert "digital products" in user("explain", GRACE).out.lower()
        assert isinstance(answer["has_access"], bool)

    def test_steps_are_explained(self, user: CommandLine) -> None:
        """
        What the reader can do, with the choices that are left, and why not the rest.
        """
        told = user("explain", GRACE, "--steps", "--as", ADA).out
        document = people(user("explain", ADA, "--steps", "--as", ADA, "--json"))

        assert "Steps\n  + correct the personal details\n" in told
        assert "  - activate: The account is active.\n" in told
        steps = {each["step"]: each for each in document[0]["steps"]}
        assert ["life_cycle.last_administrator"] == [
            each["code"] for each in steps["erase"]["reasons"]
        ]
        assert (True, None) == (
            steps["notify"]["is_possible"],
            steps["notify"]["choices"],
        )
        assert not steps["change_level"]["choices"]
        assert steps["revoke_dossiers"]["choices"]
        assert "steps" not in people(user("explain", ADA, "--json"))[0]

    @pytest.mark.parametrize("name", ["export", "history", "explain"])
    def test_someone_who_is_not_there(self, user: CommandLine, name: str) -> None:
        """
        The others are answered.
        """
        ended = user(name, "nobody@example.org", GRACE, "--json")

        assert 1 == ended.code
        assert [1, 0] == [len(each["problems"]) for each in people(ended)]
        assert "nobody@example.org" in user(name, "nobody@example.org").err
        assert 1 == user(name, EDSGER, "--as", GRACE).code

    def test_a_change_of_id_is_shown(self, user: CommandLine) -> None:
        """
        The ID that waits is shown with the user.
        """
        user("change-id", GRACE, "hopper@example.org", *LINKS)

        assert "hopper@example.org" in user("show", GRACE).out
