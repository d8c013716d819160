"""
An operator keeps the database small from the command line.
"""

import signal
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from command_line import CommandLine, Ended
from winbooks_identity import system
from winbooks_identity.adapters.embedded import open_office
from winbooks_identity.errors import StorageBusy
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.services.housekeeping import HousekeepingService, Removed
from winbooks_identity.testing import samples


DATABASE = ("--database", "office.sqlite3")
Stopped = Callable[..., Ended]


@pytest.fixture
def command(command: CommandLine) -> CommandLine:
    """
    Return what runs the command on a database with attempts of 100 and 50 days ago.
    """

    def work(unit: UnitOfWork) -> None:
        for days in (100, 50):
            at = system.now() - timedelta(days=days)
            unit.failed_attempts.add(samples.failed_attempt(str(days), at=at))

    with open_office("office.sqlite3", new=True) as office:
        office.storage.run(work)
    return command.below("database", "housekeep", *DATABASE)


def test_a_look(command: CommandLine) -> None:
    """
    It says what would go, and nothing does.  [S80]
    """
    first, second = (command("--dry-run", "--json").document for _ in range(2))

    assert first == second
    assert 1 == first["due"]["failed_attempts"]


def test_it_goes(command: CommandLine) -> None:
    """
    What is due by default, then what an operator asks for.
    """
    assert {
        "failed_attempts": 1,
        "mails": 0,
        "requests": 0,
        "history": 0,
    } == command("--json").document["removed"]

    ended = command("--failed-attempts", "49", "--language", "en")

    assert 0 == ended.code
    assert ["failed", "attempts", "1"] == ended.out.split()[3:6]
    assert "is gone" in ended.out


@pytest.mark.parametrize(
    "wrong",
    [
        ("--mails", "0"),
        ("--history", "-1"),
        ("--requests", "20", "--history", "10"),
        ("--mails", "9999999999999"),
    ],
)
def test_wrong_times(command: CommandLine, wrong: tuple[str, ...]) -> None:
    """
    They are refused before anything is opened.
    """
    assert 2 == command(*wrong).code


class TestStopped:
    """
    What was removed is said, however it ends.
    """

    @pytest.fixture
    def stopped(self, command: CommandLine, monkeypatch: pytest.MonkeyPatch) -> Stopped:
        """
        Return what runs the command, and does something after one row, or before.
        """

        def ended(happens: Callable[[], None], *, after: int) -> Ended:
            steps = HousekeepingService.run

            def stopping(service: HousekeepingService) -> Iterator[Removed]:
                for number, step in enumerate(steps(service, batch=1)):
                    if number == after:
                        happens()
                    yield step

            monkeypatch.setattr(HousekeepingService, "run", stopping)
            return command("--failed-attempts", "1", "--json")

        return ended

    def test_an_interruption(self, stopped: Stopped) -> None:
        """
        The step under way is finished.
        """
        ended = stopped(lambda: signal.raise_signal(signal.SIGINT), after=0)

        assert 130 == ended.code
        assert 1 == ended.document["removed"]["failed_attempts"]

    @pytest.mark.parametrize("after,code", [(0, 69), (1, 75)])
    def test_a_failure(self, stopped: Stopped, after: int, code: int) -> None:
        """
        Run again, it goes on.
        """

        def fail() -> None:
            raise StorageBusy

        ended = stopped(fail, after=after)

        assert code == ended.code
        assert "unavailable.storage_busy" == ended.document["problems"][0]["code"]
        assert after == ended.document.get("removed", {}).get("failed_attempts", 0)
