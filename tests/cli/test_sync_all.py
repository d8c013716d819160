"""
Many licences follow their feeds in one nightly run.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from command_line import CommandLine, Ended
from feeds_folder import register_licences
from winbooks_identity.adapters.one_at_a_time import AnotherRun, alone
from winbooks_identity.authorization import Actor
from winbooks_identity.cli import sync as module
from winbooks_identity.cli.screen import Screen
from winbooks_identity.cli.sync_answer import Run as Carried
from winbooks_identity.synchronisation import Plan, SynchronisationService


COMMAND = ("sync", "feeds", "--all", "--database", "office.db")
HEADER = "external_id;login;first_name;last_name\n"


@pytest.fixture
def command(command: CommandLine) -> CommandLine:
    """
    Return what runs the command on a database with three licences.
    """
    register_licences()
    return command.below(*COMMAND)


def write(name: str, *people: str) -> None:
    """
    Write a feed with *people*, whole.
    """
    rows = "".join(f"E-{each};{each}@example.org;{each};Peeters\n" for each in people)
    Path("feeds", name).write_text(f"{HEADER}{rows}#records;{len(people)}\n", "utf-8")


def outcomes(ended: Ended) -> dict[str, Any]:
    """
    Return how each file was followed.
    """
    return {feed["file"]: feed["outcome"] for feed in ended.document["feeds"]}


def test_each_licence_follows_its_feed(command: CommandLine) -> None:
    """
    The name of the file is the number of the licence, and Excel is read as well.
    """
    write("WB-1.csv", "ada", "grace")
    book = Workbook()
    book.worksheets[0].append(["external_id", "login", "first_name", "last_name"])
    book.worksheets[0].append(["E-9", "hedy@example.org", "Hedy", "Lamarr"])
    book.save("feeds/WB-2.xlsx")
    for other in ("~$WB-2.xlsx", ".WB-3.csv", "README.txt"):
        Path("feeds", other).write_text("nothing", "utf-8")

    ended = command("--apply", "--json")

    assert 0 == ended.code
    assert {"WB-1.csv": "done", "WB-2.xlsx": "done"} == outcomes(ended)
    assert [2, 1] == [feed["done"] for feed in ended.document["feeds"]]
    assert ({"done": 2}, 0) == (
        ended.document["outcomes"],
        ended.document["not_reached"],
    )
    again = command("--apply", "--json").document
    assert [0, 0] == [feed["done"] for feed in again["feeds"]]


def test_without_apply_nothing_changes(command: CommandLine) -> None:
    """
    Each plan is in the answer.
    """
    write("WB-1.csv", "ada")

    first, second = (command("--json").document for _ in range(2))

    assert first == second
    assert ["create"] == [
        change["action"] for change in first["feeds"][0]["plan"]["changes"]
    ]


def test_one_failing_feed_never_stops_another(command: CommandLine) -> None:
    """
    Whatever is wrong with it: its licence, its format, a record, or we.

    A workbook of another kind is no file to pass over.
    """
    write("WB-0.csv", "nobody")
    Path("feeds", "WB-1.xls").write_bytes(b"no workbook")
    write("WB-2.csv", "ada", "")
    write("WB-3.csv", "grace")

    ended = command("--apply", "--json")

    assert 75 == ended.code
    assert {
        "WB-0.csv": "refused",
        "WB-1.xls": "unavailable",
        "WB-2.csv": "refused",
        "WB-3.csv": "done",
    } == outcomes(ended)
    assert (
        "unavailable.not_a_workbook"
        == (ended.document["feeds"][1]["problems"][0]["code"])
    )
    assert [1, 1] == [feed["done"] for feed in ended.document["feeds"][2:]]


def test_a_mistake_of_ours(
    command: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    It is told as a failure of that feed.
    """
    write("WB-1.csv", "ada")
    write("WB-2.csv", "grace")
    carry_out = module.carry_out

    def fail_once(
        service: SynchronisationService, plan: Plan, by: Actor, screen: Screen
    ) -> Carried:
        if plan.licence == "WB-1":
            raise ZeroDivisionError
        return carry_out(service, plan, by, screen)

    monkeypatch.setattr(module, "carry_out", fail_once)

    ended = command("--apply", "--json")

    assert (75, ["unavailable", "done"]) == (ended.code, [*outcomes(ended).values()])


def test_a_quarantine(command: CommandLine) -> None:
    """
    It says what is too much, with --apply as without.
    """
    people = ("ada", "grace", "hedy", "mary", "rosa")
    write("WB-1.csv", *people)
    write("WB-2.csv", "katherine", "")
    command("--apply")
    write("WB-1.csv", people[0])

    planned = command("--deactivate", "--json")
    ended = command("--deactivate", "--apply", "--json")
    shown = command("--deactivate", "--apply", "--language", "en")

    assert ["quarantined", "refused"] == [*outcomes(planned).values()]
    assert {"quarantined": 1, "refused": 1} == ended.document["outcomes"]
    assert ["synchronisation.too_many_deactivations"] == [
        reason["code"] for reason in ended.document["feeds"][0]["quarantine"]
    ]
    assert "4 users would be deactivated; at most 3 at once." in shown.out
    assert "1 record was not followed." in shown.out


def test_two_files_for_one_licence(command: CommandLine) -> None:
    """
    Neither is followed, as it is not known which counts.
    """
    write("WB-1.csv", "ada")
    write("WB-1.jsonl")
    write("WB-2.csv", "grace")

    ended = command("--apply", "--json")

    assert (1, ["refused", "refused", "done"]) == (
        ended.code,
        [*outcomes(ended).values()],
    )
    assert "cli.sync.two_feeds" == ended.document["feeds"][0]["problems"][0]["code"]


def test_all_failed(command: CommandLine) -> None:
    """
    Then the run failed.
    """
    Path("feeds", "WB-1.xlsx").write_bytes(b"no workbook")

    assert 69 == command("--apply").code


def test_an_interruption(command: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The feed under way is finished as far as its change, and the rest is counted.
    """
    write("WB-1.csv", "ada")
    write("WB-2.csv", "grace")

    def interrupted(_service: object, plan: Plan, *_: object) -> Carried:
        return Carried(plan=plan, outcomes=(), failure=None, is_interrupted=True)

    monkeypatch.setattr(module, "carry_out", interrupted)

    ended = command("--apply", "--json")

    assert (130, 1) == (ended.code, ended.document["not_reached"])


def test_words(command: CommandLine) -> None:
    """
    A line for each licence, with what matters.
    """
    write("WB-1.csv", "ada")
    write("WB-9.csv", "grace")

    ended = command("--apply", "--language", "en")

    assert "WB-1      done" in ended.out
    assert "1 done, 0 done before, 0 refused, 0 not reached." in ended.out
    assert "WB-9      refused" in ended.out
    assert "2 feeds, 0 not reached." in ended.out


@pytest.mark.parametrize(
    "arguments,code", [(("--licence", "WB-1"), 2), ((), 69)], ids=["licence", "empty"]
)
def test_what_makes_no_sense(
    command: CommandLine, arguments: tuple[str, ...], code: int
) -> None:
    """
    One licence is named, or no feed is there: an empty night is no success.
    """
    assert code == command(*arguments).code


def test_no_folder(command: CommandLine) -> None:
    """
    The folder is missing, and that is said.
    """
    Path("feeds").rmdir()

    ended = command("--json")

    assert (69, "unavailable.file_missing") == (
        ended.code,
        ended.document["problems"][0]["code"],
    )


def test_two_runs_exclude_each_other(command: CommandLine) -> None:
    """
    The second ends at once, and a run that was killed keeps no one out.
    """
    write("WB-1.csv", "ada")
    hold = (
        "import sys, pathlib; from winbooks_identity.adapters.one_at_a_time import alone\n"
        "with alone(pathlib.Path(sys.argv[1])): print('held', flush=True); input()"
    )
    with subprocess.Popen(  # noqa: S603  Our own interpreter.
        [sys.executable, "-c", hold, "feeds/.winbooks-identity.lock"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert b"held\n" == other.stdout.readline()

        ended = command("--apply", "--json")

        other.kill()

    assert (69, "unavailable.another_run") == (
        ended.code,
        ended.document["problems"][0]["code"],
    )
    assert 0 == command("--apply").code


def test_a_lock_that_cannot_be_made(tmp_path: Path) -> None:
    """
    The path is told; two in one process exclude each other as well.
    """
    with pytest.raises(Exception, match="nowhere"), alone(tmp_path / "nowhere" / "x"):
        pass
    file = tmp_path / "lock"
    with alone(file), pytest.raises(AnotherRun), alone(file):
        pass
    assert file.exists()
