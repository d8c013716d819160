"""
The command line synchronises an on Web licence.
"""

import json
import signal
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias, TypeVar, final

import attrs
import pytest
from openpyxl import Workbook

from command_line import CommandLine, Ended
from winbooks_identity.adapters.embedded import open_office
from winbooks_identity.adapters.memory import InMemoryStorage
from winbooks_identity.authorization import Distributor, WinBooksAdministration
from winbooks_identity.cli.screen import Screen
from winbooks_identity.cli.sync import carry_out
from winbooks_identity.cli.sync_answer import Run, of_run
from winbooks_identity.errors import StorageBusy, Unavailable
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.licence import Licence, Product
from winbooks_identity.mail.outbox import MailKind, MailState
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.refusals import Taken
from winbooks_identity.synchronisation import (
    ChangeOutcome,
    Create,
    Finding,
    Plan,
    PlanFiles,
    Result,
    SyncedFields,
    SynchronisationService,
    Update,
)
from winbooks_identity.testing import samples
from winbooks_identity.winbooks_id import WinBooksId


LICENCE = Licence(
    number="WB-1",
    product=Product.ON_WEB,
    holder=CompanyName("Fiduciaire Peeters"),
    language=Language.DUTCH,
)
HEADER = "external_id;login;first_name;last_name;phone;is_licence_admin\n"
ADA = "E-1;ada@example.org;Ada;Lovelace;0470 12 34 56;yes\n"
GRACE = "E-2;grace@example.org;Grace;Hopper;;\n"
BAD = "E-3;nobody;Nobody;No;;\n"
#: Units of work in which a run looks at licence and users before it changes any.
LOOKS = 2

T = TypeVar("T")

ENGLISH = ("--language", "en")

Sync: TypeAlias = Callable[..., Ended]


@pytest.fixture
def sync(command: CommandLine) -> Sync:
    """
    Return what runs the command on a licence without users.
    """
    with open_office(Path("office.db"), new=True) as office:
        office.provisioning.register_licence(LICENCE, by=WinBooksAdministration())

    def ended(source: str, *arguments: str) -> Ended:
        return command("sync", source, "--database", "office.db", *arguments)

    return ended


def export(*lines: str, name: str = "export.csv", count: int | None = None) -> str:
    """
    Write an export that declares *count* records and return its name.
    """
    end = f"#records;{len(lines) if count is None else count}\n"
    Path(name).write_text(HEADER + "".join(lines) + end, encoding="utf-8")
    return name


class TestPlan:
    """
    Without ``--apply`` the plan is shown and nothing changes.  [Q17]
    """

    def test_the_plan_is_shown(self, sync: Sync) -> None:
        """
        As a table, and it says that nothing was done.
        """
        ended = sync(export(ADA, GRACE), *ENGLISH)

        assert 0 == ended.code
        assert ["create", "E-1", "ada@example.org"] == ended.out.split()[8:11]
        assert "nothing was done" in ended.out

    def test_nothing_changes(self, sync: Sync) -> None:
        """
        The same plan comes out again.
        """
        first = sync(export(ADA, GRACE), "--json")
        second = sync(export(ADA, GRACE), "--json")

        assert first.document == second.document

    def test_a_conflict_is_told(self, sync: Sync) -> None:
        """
        In the table, and to the shell.
        """
        ended = sync(export(ADA, BAD), *ENGLISH)

        assert 1 == ended.code
        assert "not followed" in ended.out

    def test_a_partial_export_is_told(self, sync: Sync) -> None:
        """
        On standard error, beside the plan.
        """
        ended = sync(export(ADA, count=2), *ENGLISH)

        assert "says it has 2 records, but 1 were read" in ended.err

    def test_json_lines(self, sync: Sync) -> None:
        """
        The name of the file tells its kind.
        """
        record = {
            "external_id": "E-1",
            "login": "ada@example.org",
            "first_name": "Ada",
            "last_name": "Lovelace",
        }
        Path("export.jsonl").write_text(json.dumps(record), encoding="utf-8")

        ended = sync("export.jsonl", "--json")

        assert ["create"] == [
            change["action"] for change in ended.document["plan"]["changes"]
        ]

    def test_excel(self, sync: Sync) -> None:
        """
        A workbook is read as it is, and a problem leads to its cell.
        """
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.append(["Referentie", "E-mail", "Voornaam", "Naam", "Actief"])
        sheet.append([7, "ada@example.org", "Ada", "Lovelace", True])
        sheet.append([8, "grace@example.org", "Grace", "Hopper", "perhaps"])
        book.save("export.xlsx")

        planned = sync("export.xlsx", *ENGLISH)

        assert "Row 3, column is_active:" in planned.out
        assert 1 == sync("export.xlsx", "--apply").code
        with open_office(Path("office.db")) as office:
            users = office.storage.run(
                lambda unit: unit.users.of_licence("WB-1", limit=10)
            )
        assert ["7"] == [user.external_id for user in users]

    def test_no_workbook(self, sync: Sync) -> None:
        """
        Its name said that it is one; what to do is said.
        """
        Path("export.xlsx").write_text("external_id;login\n", "utf-8")

        ended = sync("export.xlsx", *ENGLISH)

        assert 69 == ended.code
        assert "without a password" in ended.err

    @pytest.mark.parametrize("source", ["nowhere.csv", "nowhere.json", "nowhere.jsonl"])
    def test_no_such_file(self, sync: Sync, source: str) -> None:
        """
        It is the file that is missing, not licence management.
        """
        ended = sync(source, "--json")

        assert 69 == ended.code
        assert "unavailable.file_missing" == ended.document["problems"][0]["code"]


class TestApply:
    """
    With ``--apply`` it is done, and told.  [R65, R67]
    """

    def test_it_is_done(self, sync: Sync) -> None:
        """
        Phone numbers are read as written in Belgium.
        """
        ended = sync(export(ADA, GRACE), "--apply", "--json")

        assert 0 == ended.code
        assert (2, 0, 0, 0) == tuple(
            ended.document[key] for key in ("done", "done_before", "refused", "left")
        )
        with open_office(Path("office.db")) as office:
            [ada] = office.storage.run(
                lambda unit: [
                    user
                    for user in unit.users.of_licence("WB-1", limit=10)
                    if user.external_id == "E-1"
                ]
            )
        assert "+32470123456" == str(ada.phone)

    def test_twice(self, sync: Sync) -> None:
        """
        The second time there is nothing to do.
        """
        sync(export(ADA, GRACE), "--apply")

        ended = sync(export(ADA, GRACE), "--apply", *ENGLISH)

        assert (0, "0 done, 0 done before, 0 refused, 0 not reached.\n") == (
            ended.code,
            ended.out,
        )

    def test_conflicts_stop_nobody(self, sync: Sync) -> None:
        """
        They are told after the others are done.  [R69]
        """
        ended = sync(export(ADA, BAD), "--apply", *ENGLISH)

        assert 1 == ended.code
        assert "not followed" in ended.out
        assert "1 done" in ended.out

    def test_nobody_is_deactivated_without_being_asked(self, sync: Sync) -> None:
        """
        Who is gone is told.
        """
        sync(export(ADA, GRACE), "--apply")

        ended = sync(export(ADA), "--apply", *ENGLISH)

        assert "stays active" in ended.out
        assert "Deactivation was not asked for." in ended.out

    def test_deactivation(self, sync: Sync) -> None:
        """
        Asked for, and from a complete export.
        """
        sync(export(ADA, GRACE), "--apply")

        ended = sync(export(ADA), "--deactivate", "--json")

        assert ["deactivate"] == [
            change["action"] for change in ended.document["plan"]["changes"]
        ]

    def test_a_lock_out_of_the_office_stays(self, sync: Sync) -> None:
        """
        A user whom a person deactivated comes back by ``--reactivate`` only.  [S30]
        """
        sync(export(ADA, GRACE), "--apply")
        with open_office("office.db") as portal:
            grace = portal.provisioning.find(
                WinBooksId("grace@example.org"), by=Distributor("WB-1")
            )
            portal.administration.deactivate(grace, by=Distributor("WB-1"))

        held = sync(export(ADA, GRACE), "--apply", *ENGLISH)
        asked = sync(export(ADA, GRACE), "--reactivate", "--json")

        assert "stays inactive" in held.out
        assert "A person deactivated this user on the Portal" in held.out
        assert ["reactivate"] == [
            change["action"] for change in asked.document["plan"]["changes"]
        ]


class TestAdministratorsAddress:
    """
    The address of an Administrator moves only where the old one is told.  [S31]
    """

    MOVED = ADA.replace("ada@", "king@")

    def test_it_is_refused(self, sync: Sync) -> None:
        """
        With what to do.
        """
        sync(export(ADA), "--apply")

        ended = sync(export(self.MOVED), "--apply", *ENGLISH)

        assert 1 == ended.code
        assert "--sender and --portal-url" in ended.out

    def test_a_mail_waits(self, sync: Sync) -> None:
        """
        Once it is known who writes it.
        """
        sync(export(ADA), "--apply")

        ended = sync(
            export(self.MOVED), "--apply", "--sender", "portal@example.org",
            "--portal-url", "https://portal.example.org/", *ENGLISH,
        )  # fmt: skip

        assert 0 == ended.code
        with open_office(Path("office.db")) as office:
            [entry] = office.outbox.entries({MailState.WAITING}, before=None, limit=9)
        assert MailKind.CHANGED is entry.kind

    def test_half_an_answer(self, sync: Sync) -> None:
        """
        Both options, or none.
        """
        assert 2 == sync(export(ADA), "--sender", "portal@example.org").code


class TestOperator:
    """
    The history names the person at the keyboard.  [S4]
    """

    def operators(self) -> list[str | None]:
        """
        Return who was at the keyboard in Ada's life.
        """
        with open_office(Path("office.db")) as portal:
            ada = portal.provisioning.find(
                WinBooksId("ada@example.org"), by=Distributor("WB-1")
            )
            events = portal.administration.history(ada.id, by=Distributor("WB-1"))
        return [event.operator for event in events]

    def test_the_option(self, sync: Sync) -> None:
        """
        Before everything else.
        """
        sync(export(ADA), "--apply", "--operator", "An Peeters")

        assert ["An Peeters"] == self.operators()

    def test_the_environment(self, sync: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        For jobs that are set up once.
        """
        monkeypatch.setenv("WINBOOKS_IDENTITY_OPERATOR", "nightly job")

        sync(export(ADA), "--apply")

        assert ["nightly job"] == self.operators()

    def test_the_account(self, sync: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Without a word it is the name of the account.
        """
        monkeypatch.setenv("LOGNAME", "an.peeters")

        sync(export(ADA), "--apply")

        assert ["an.peeters"] == self.operators()

    def test_an_account_without_a_good_name(
        self, sync: Sync, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        It stops no work.
        """
        monkeypatch.setenv("LOGNAME", "an\x1b[2J")

        sync(export(ADA), "--apply")

        assert [None] == self.operators()

    def test_no_account(self, sync: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        In a container there may be none.
        """
        for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr("os.getuid", lambda: 4_000_000_000)

        sync(export(ADA), "--apply")

        assert [None] == self.operators()

    def test_no_name(self, sync: Sync) -> None:
        """
        What is no name is refused with a reason.
        """
        ended = sync(export(ADA), "--apply", "--operator", "a" * 101, "--json")

        assert (1, "authorization.invalid_operator") == (
            ended.code,
            ended.document["problems"][0]["code"],
        )


class TestQuarantine:
    """
    A plan that changes too much is shown, and not carried out.  [Q17]
    """

    def test_it_is_shown(self, sync: Sync) -> None:
        """
        With the reason.
        """
        sync(export(ADA, GRACE), "--apply")

        ended = sync(export(ADA), "--deactivate", "--at-most", "0", *ENGLISH)

        assert 1 == ended.code
        assert "1 user would be deactivated; at most 0 at once." in ended.err

    def test_it_is_not_carried_out(self, sync: Sync) -> None:
        """
        It is refused as a whole.
        """
        sync(export(ADA, GRACE), "--apply")

        ended = sync(export(ADA), "--deactivate", "--at-most", "0", "--apply", "--json")

        assert (1, "synchronisation.plan_quarantined") == (
            ended.code,
            ended.document["problems"][0]["code"],
        )

    def test_a_limit_below_nothing(self, sync: Sync) -> None:
        """
        It is a mistake on the command line.
        """
        assert 2 == sync(export(ADA), "--at-most", "-1").code


class TestSavedPlan:
    """
    A plan can be saved, mailed, and carried out the next day.  [R67, Q17]
    """

    def test_it_is_carried_out(self, sync: Sync) -> None:
        """
        What ``--json`` wrote is what ``--apply`` reads.
        """
        saved = sync(export(ADA, GRACE), "--json").out
        Path("plan.json").write_text(saved, encoding="utf-8")

        assert 0 == sync("plan.json", "--apply").code
        assert "create" not in sync(export(ADA, GRACE), *ENGLISH).out

    def test_it_is_shown_again(self, sync: Sync) -> None:
        """
        The office can look at it without changing anything.
        """
        saved = sync(export(ADA, GRACE), "--json")
        Path("plan.json").write_text(saved.out, encoding="utf-8")

        assert saved.document == sync("plan.json", "--json").document

    def test_an_edited_plan(self, sync: Sync) -> None:
        """
        It is refused.
        """
        saved = sync(export(ADA, GRACE), "--json").out
        Path("plan.json").write_text(saved.replace("Hopper", "Murray"), "utf-8")

        ended = sync("plan.json", "--apply", "--json")

        assert "synchronisation.plan_changed" == ended.document["problems"][0]["code"]

    def test_an_edited_plan_with_a_digest_of_its_own(self, sync: Sync) -> None:
        """
        Anybody can compute a digest; a signature needs the key.  [S33]
        """
        sync(export(ADA, GRACE), "--json")
        change = Create(
            after=attrs.evolve(
                SyncedFields.of(samples.user("eve")), external_id="E-666"
            ),
            level=Level.ADMINISTRATOR,
        )
        theirs = PlanFiles([bytes(32)]).dump(Plan(licence="WB-1", changes=(change,)))
        Path("plan.json").write_text(theirs, "utf-8")

        shown = sync("plan.json", "--json")
        applied = sync("plan.json", "--apply", "--json")

        assert ["synchronisation.plan_changed"] * 2 == [
            ended.document["problems"][0]["code"] for ended in (shown, applied)
        ]
        assert "create" in sync(export(ADA), *ENGLISH).out

    def test_a_plan_does_not_drive_the_terminal(self, sync: Sync) -> None:
        """
        Not even one that was signed: a link behind another text is text.  [S32]
        """
        link = "\x1b]8;;https://evil.example/\x1b\\portal\x1b]8;;\x1b\\"
        finding = Finding(external_id=link, winbooks_id=None, reasons=())
        plan = Plan(licence="WB-1", changes=(), conflicts=(finding,))
        with open_office(Path("office.db")) as portal:
            Path("plan.json").write_text(portal.saved_plans.dump(plan), "utf-8")

        ended = sync("plan.json", *ENGLISH)

        assert "portal" in ended.out
        assert "\x1b" not in ended.out + ended.err

    def test_a_damaged_plan(self, sync: Sync) -> None:
        """
        It ends in one clear error.
        """
        saved = sync(export(ADA, GRACE), "--json").out
        Path("plan.json").write_text(saved[:-40], "utf-8")

        ended = sync("plan.json", "--apply", *ENGLISH)

        assert (1, "This is not a plan, or not a whole one.\n") == (
            ended.code,
            ended.err,
        )

    def test_somebody_changed_a_user(self, sync: Sync) -> None:
        """
        Then a new plan has to be made.
        """
        sync(export(ADA), "--apply")
        saved = sync(export(ADA.replace("Lovelace", "King")), "--json").out
        Path("plan.json").write_text(saved, encoding="utf-8")
        sync(export(ADA.replace("Lovelace", "Byron")), "--apply")

        ended = sync("plan.json", "--apply", "--json")

        assert (1, "synchronisation.saved_since_planned") == (
            ended.code,
            ended.document["problems"][0]["code"],
        )

    @pytest.mark.parametrize(
        "option", [("--deactivate",), ("--reactivate",), ("--at-most", "9")]
    )
    def test_it_is_as_it_was_made(self, sync: Sync, option: tuple[str, ...]) -> None:
        """
        Options that would have made another plan are refused.
        """
        assert 2 == sync("plan.json", *option).code


@final
@attrs.define
class Disturbed:
    """
    A storage in which something happens once a run has looked around.
    """

    storage: InMemoryStorage
    happens: Callable[[], None]
    works: int = 0

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Run *work*.
        """
        self.works += 1
        if self.works > LOOKS:
            self.happens()
        return self.storage.run(work)

    read = run


class TestDisturbed:
    """
    What stops a run is heard between two changes.
    """

    PLAN = Plan(
        licence="WB-1",
        changes=tuple(
            Update(
                user_id=samples.identifier(name),
                version=1,
                before=SyncedFields.of(samples.user(name)),
                after=attrs.evolve(
                    SyncedFields.of(samples.user(name)),
                    winbooks_id=WinBooksId(f"{name}@example.org"),
                ),
            )
            for name in ("ada", "grace")
        ),
    )

    def stopped(self, happens: Callable[[], None]) -> Run:
        """
        Return the end of a run that is disturbed.
        """
        storage = InMemoryStorage()
        storage.run(lambda unit: unit.licences.register(LICENCE, []))
        storage.run(
            lambda unit: unit.users.add_all(
                [samples.user(name, licence="WB-1") for name in ("ada", "grace")]
            )
        )
        return carry_out(
            SynchronisationService(Disturbed(storage, happens)),
            self.PLAN,
            Distributor("WB-1"),
            Screen("en"),
        )

    def test_the_storage_fails(self) -> None:
        """
        The failure is told, with what was done until then.
        """

        def fail() -> None:
            raise StorageBusy

        assert 69 == self.stopped(fail).code

    def test_somebody_interrupts(self) -> None:
        """
        The change that is under way is finished.
        """
        run = self.stopped(lambda: signal.raise_signal(signal.SIGINT))

        assert (130, 1) == (run.code, len(run.outcomes))


class TestEnd:
    """
    The shell is told how it ended: partly done is not done.
    """

    CREATE = Create(
        after=SyncedFields(
            external_id="E-1",
            winbooks_id=WinBooksId("ada@example.org"),
            first_name=PersonName("Ada"),
            last_name=PersonName("Lovelace"),
            language=Language.DUTCH,
            phone=None,
            is_active=True,
        ),
        level=Level.POWER_USER,
    )
    DONE = ChangeOutcome(CREATE, Result.DONE)
    REFUSED = ChangeOutcome(CREATE, Result.REFUSED, (Taken(),))

    def ended(
        self,
        *outcomes: ChangeOutcome,
        failure: Unavailable | None = None,
        is_interrupted: bool = False,
    ) -> Run:
        """
        Return the end of a plan with one change.
        """
        return Run(
            plan=Plan(licence="WB-1", changes=(self.CREATE,)),
            outcomes=outcomes,
            failure=failure,
            is_interrupted=is_interrupted,
        )

    def test_codes(self) -> None:
        """
        Done, refused, nothing done, partly done, interrupted.
        """
        assert [0, 1, 69, 75, 130] == [
            self.ended(self.DONE).code,
            self.ended(self.REFUSED).code,
            self.ended(failure=StorageBusy()).code,
            self.ended(self.DONE, failure=StorageBusy()).code,
            self.ended(self.DONE, is_interrupted=True).code,
        ]

    def test_a_refusal_is_told(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        Whose it is, and why.
        """
        screen = Screen("en")

        of_run(self.ended(self.REFUSED), screen).give(screen)

        assert (
            "ada@example.org  This WinBooks ID already exists.\n"
            "0 done, 0 done before, 1 refused, 0 not reached.\n"
        ) == capsys.readouterr().out

    def test_a_refusal_is_told_to_programs(self) -> None:
        """
        With the code of the reason.
        """
        answer = of_run(self.ended(self.REFUSED), Screen("en"))

        assert [
            {
                "external_id": "E-1",
                "winbooks_id": "ada@example.org",
                "problems": [
                    {
                        "code": "winbooks_id.taken",
                        "params": {},
                        "message": "This WinBooks ID already exists.",
                    }
                ],
            }
        ] == answer.document["problems"]

    @pytest.mark.parametrize(
        "failure,is_interrupted,said",
        [(StorageBusy(), False, "The storage is busy"), (None, True, "Interrupted.")],
    )
    def test_why_it_stopped(
        self,
        capsys: pytest.CaptureFixture[str],
        failure: Unavailable | None,
        is_interrupted: bool,
        said: str,
    ) -> None:
        """
        On standard error, and what is left on standard output.
        """
        screen = Screen("en")
        run = self.ended(failure=failure, is_interrupted=is_interrupted)

        of_run(run, screen).give(screen)

        written = capsys.readouterr()
        assert said in written.err
        assert "1 not reached" in written.out
