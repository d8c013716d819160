"""
`provision` of an office that is there: what is shown, and what is changed.
"""

from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from command_line import CommandLine, Ended
from office_files import OFFICE, File, customer, staff
from winbooks_identity.errors import StorageBusy
from winbooks_identity.synchronisation import execution


Provision = Callable[..., Ended]


@pytest.fixture
def command(command: CommandLine, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """
    Return what runs a command on the database of an empty folder.
    """
    monkeypatch.setenv("WINBOOKS_IDENTITY_DATABASE", "office.sqlite3")
    return command


@pytest.fixture
def provision(command: CommandLine) -> Provision:
    """
    Return what provisions a file, in an office that was made before.
    """

    def provisioned(file: File, *options: str) -> Ended:
        Path("office.toml").write_text(file.text, encoding="utf-8")
        return command("provision", "office.toml", "--show-passwords", *options)

    assert 0 == provisioned(OFFICE).code
    return provisioned


def fates(ended: Ended) -> dict[str, str]:
    """
    Return what became of each person of the file.
    """
    return {
        person["winbooks_id"].partition("@")[0]: person["fate"]
        for person in ended.document["people"]
    }


#: Everything changes, and one is new.
CHANGED = attrs.evolve(
    OFFICE,
    holder="Peeters & Maes",
    dossiers={"1001": "Bakkerij Claes", "1003": "Nieuw"},
).having(
    boss={"company_name": "Fiduciaire Peeters"},
    ada={"last_name": "King", "company_name": "Fiduciaire Peeters", "dossiers": []},
    joan={"activate": False},
    new=customer(dossiers=["1003"]),
)


class TestPlan:
    """
    The plan says everything, field by field.  [S50]
    """

    def test_in_words(self, provision: Provision) -> None:
        """
        Without the option it says how to change what is stored otherwise.
        """
        ended = provision(CHANGED, "--dry-run")

        assert 1 == ended.code
        for line in (
            "Licence holder: Fiduciaire Peeters → Peeters & Maes",
            "Dossier 1001: Bakkerij → Bakkerij Claes",
            "Dossier 1003: Nieuw, to be created",
            "Dossiers that are not in the file, and stay: 1002",
            "Last name: Lovelace → King",
            "Dossiers: -1001",
            "Status: active → not active",
            "With --apply-changes it becomes as the file says.",
            "This is the plan: nothing was done.",
        ):
            assert line in ended.out

    def test_in_json(self, provision: Provision) -> None:
        """
        The same for programs.
        """
        document = provision(CHANGED, "--dry-run", "--json").document

        ada = document["people"][1]
        assert "different" == ada["fate"]
        assert ["last_name", "dossiers"] == ada["differences"]
        assert {"field": "last_name", "before": "Lovelace", "after": "King"} in (
            ada["changes"]
        )
        assert [
            {
                "field": "holder",
                "before": "Fiduciaire Peeters",
                "after": "Peeters & Maes",
                "fate": "different",
            }
        ] == document["licence_changes"]
        assert [
            ("1001", "Bakkerij", "different"),
            ("1003", None, "new"),
        ] == [(d["number"], d["before"], d["fate"]) for d in document["dossiers"]]
        assert ["1002"] == document["absent_dossiers"]
        assert [] == document["absent"]

    def test_with_the_option(self, provision: Provision) -> None:
        """
        Nothing is different any more: it would be changed.
        """
        ended = provision(CHANGED, "--dry-run", "--apply-changes", "--json")

        assert 0 == ended.code
        assert {
            "boss": "unchanged",
            "ada": "to_change",
            "joan": "to_change",
            "new": "new",
        } == fates(ended)
        assert "to_change" == ended.document["licence_changes"][0]["fate"]
        assert 1 == provision(CHANGED, "--dry-run").code


class TestWithout:
    """
    Without the option people are created, and nothing else happens.
    """

    def test_only_creations(self, provision: Provision) -> None:
        """
        A renamed holder and dossier refuse the file no longer.
        """
        ended = provision(CHANGED, "--json")

        assert 1 == ended.code
        assert {
            "boss": "unchanged",
            "ada": "different",
            "joan": "different",
            "new": "created",
        } == fates(ended)
        document = provision(OFFICE, "--json").document
        assert [] == document["licence_changes"]
        assert ["1003"] == document["absent_dossiers"]

    def test_a_conflict_with_who_is_stored(self, provision: Provision) -> None:
        """
        It is left alone, and stops no one who is new.
        """
        file = OFFICE.having(boss={"level": "Power User"}, new=staff())

        ended = provision(file, "--json")

        assert {"boss": "different", "new": "created"}.items() <= fates(ended).items()
        assert ["life_cycle.last_administrator"] == [
            each["code"] for each in ended.document["people"][0]["problems"]
        ]

    @pytest.mark.parametrize(
        "options", [["--deactivate"], ["--reactivate"], ["--at-most", "9"]]
    )
    def test_options_that_need_it(
        self, provision: Provision, options: list[str]
    ) -> None:
        """
        They are refused, so that no one believes that they did something.
        """
        ended = provision(OFFICE, *options)

        assert 2 == ended.code
        assert "--apply-changes" in ended.err


class TestApply:
    """
    With the option the office becomes as its file says.
    """

    def test_everything(self, provision: Provision, command: CommandLine) -> None:
        """
        And again nothing.
        """
        ended = provision(CHANGED, "--apply-changes", "--json")

        assert 0 == ended.code
        assert {
            "boss": "unchanged",
            "ada": "changed",
            "joan": "changed",
            "new": "created",
        } == fates(ended)
        assert ["changed"] == [
            each["fate"] for each in ended.document["licence_changes"]
        ]
        assert ["changed", "created"] == [
            each["fate"] for each in ended.document["dossiers"]
        ]
        before = Path("office.sqlite3").read_bytes()
        again = provision(CHANGED, "--apply-changes")
        assert 0 == again.code
        assert "Nothing changed" in again.out
        assert before == Path("office.sqlite3").read_bytes()
        shown = command("licence", "show", "--json").document
        assert "Peeters & Maes" == shown["licence"]["holder"]

    def test_in_words(self, provision: Provision) -> None:
        """
        What changed stands below the table.
        """
        ended = provision(CHANGED, "--apply-changes")

        assert "Last name: Lovelace → King" in ended.out
        assert "Dossier 1003: Nieuw, created" in ended.out
        assert "1 created, 1 unchanged, 2 changed" in ended.out

    def test_a_licence_alone(self, provision: Provision) -> None:
        """
        It is not called nothing.
        """
        file = attrs.evolve(OFFICE, dossiers={**OFFICE.dossiers, "1003": "Nieuw"})

        assert "3 unchanged" in provision(file, "--apply-changes").out

    def test_who_is_not_in_the_file(self, provision: Provision) -> None:
        """
        They are reported, and deactivated only on request.
        """
        file = OFFICE.without("joan")

        left = provision(file, "--apply-changes")
        gone = provision(file, "--apply-changes", "--deactivate", "--json")

        assert 0 == left.code
        assert "Not in the file:" in left.out
        assert "left alone" in left.out
        assert [("joan@example.org", "changed")] == [
            (each["winbooks_id"], each["fate"]) for each in gone.document["absent"]
        ]
        assert "changed" in provision(OFFICE, "--apply-changes").out

    def test_who_has_to_stay(self, provision: Provision) -> None:
        """
        The last Administrator is told of.
        """
        ended = provision(OFFICE.without("boss"), "--apply-changes", "--deactivate")

        assert 0 == ended.code
        assert "last active Administrator" in ended.out

    def test_who_comes_back(self, provision: Provision, command: CommandLine) -> None:
        """
        Where the file says so, or on request.
        """
        silent = {k: v for k, v in OFFICE.people["ada"].items() if k != "activate"}
        file = attrs.evolve(OFFICE, people={**OFFICE.people, "ada": silent})
        command("user", "deactivate", "ada@example.org")

        said = provision(file, "--apply-changes")
        asked = provision(file, "--apply-changes", "--reactivate", "--json")

        assert 0 == said.code
        assert "the file does not say activate = true" in said.out
        assert "changed" == fates(asked)["ada"]

    def test_limits(self, provision: Provision) -> None:
        """
        Too many at once are looked at first.  [Q17]
        """
        many = OFFICE.having(**{f"user{number}": staff() for number in range(4)})
        provision(many)
        none = many.having(
            **{f"user{number}": {"activate": False} for number in range(4)}
        )

        refused = provision(none, "--apply-changes")
        document = provision(none, "--apply-changes", "--json").document
        allowed = provision(none, "--apply-changes", "--at-most", "4")

        assert 1 == refused.code
        assert "4" in refused.err
        assert ["synchronisation.too_many_deactivations"] == [
            each["code"] for each in document["problems"]
        ]
        assert 0 == allowed.code
        assert 1 == provision(many, "--apply-changes").code
        assert 2 == provision(many, "--apply-changes", "--at-most", "-1").code

    def test_what_a_rule_forbids(self, provision: Provision) -> None:
        """
        Then nothing is done at all.
        """
        file = OFFICE.having(boss={"level": "Power User"}, new=staff())

        ended = provision(file, "--apply-changes", "--json")

        assert 1 == ended.code
        assert {"boss": "refused", "new": "new"}.items() <= fates(ended).items()

    def test_as_a_user(self, provision: Provision) -> None:
        """
        With their rights: they rename no licence.  [S41]
        """
        file = OFFICE.having(ada={"last_name": "King"})
        renamed = attrs.evolve(OFFICE, holder="Other").having(
            boss={"company_name": "Fiduciaire Peeters"},
            ada={"company_name": "Fiduciaire Peeters"},
        )
        as_boss = ("--apply-changes", "--as", "boss@example.org")

        assert 0 == provision(file, *as_boss).code
        refused = provision(renamed, *as_boss)
        assert 1 == refused.code
        assert "Only WinBooks and the distributor" in refused.err

    def test_who_may_not_be_deactivated(self, provision: Provision) -> None:
        """
        A Power User deactivates no colleague, and is told so.  [R29]
        """
        ended = provision(
            OFFICE.without("boss").having(two=staff("Administrator")),
            "--apply-changes",
        )
        assert 0 == ended.code

        ended = provision(
            OFFICE.without("boss").without("ada"),
            "--apply-changes",
            "--deactivate",
            "--as",
            "ada@example.org",
            "--json",
        )

        assert 1 == ended.code
        assert "refused" in {each["fate"] for each in ended.document["absent"]}

    def test_the_world_breaks(
        self, provision: Provision, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Those who were not reached are told, absent ones too.
        """

        def busy(*_: object, **__: object) -> object:
            raise StorageBusy

        monkeypatch.setattr(execution, "update_all", busy)

        ended = provision(
            OFFICE.without("joan").having(ada={"last_name": "King"}),
            "--apply-changes",
            "--deactivate",
            "--json",
        )

        assert 69 == ended.code
        assert "not_reached" == fates(ended)["ada"]
        assert "not_reached" == ended.document["absent"][0]["fate"]
