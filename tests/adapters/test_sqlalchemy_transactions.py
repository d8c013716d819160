"""
Work is run again after a conflict, for a while, and never half.
"""

from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import OperationalError

from winbooks_identity.adapters.sqlalchemy import SqlAlchemyStorage, open_sqlite
from winbooks_identity.adapters.sqlalchemy.failures import Conflict
from winbooks_identity.adapters.sqlalchemy.statements import Statements
from winbooks_identity.adapters.sqlalchemy.transactions import Transactions
from winbooks_identity.errors import StorageBusy, StorageNotReady, Unavailable
from winbooks_identity.testing import samples


def busy_for(conflicts: int) -> "Work":
    """
    Return work that is in the way of others so many times.
    """
    return Work(conflicts)


class Work:
    """
    Counts its runs and ends the first of them in a conflict.
    """

    def __init__(self, conflicts: int) -> None:
        self.runs = 0
        self._conflicts = conflicts

    def __call__(self, statements: Statements) -> str:
        """
        Run once more.
        """
        del statements
        self.runs += 1
        if self.runs <= self._conflicts:
            raise Conflict
        return "done"


class TestConflicts:
    """
    A conflict is no failure: the work is run again.
    """

    def test_work_without_a_conflict_is_run_once(self, sqlite: Engine) -> None:
        """
        No one waits for nothing.
        """
        pauses: list[float] = []
        work = busy_for(0)

        result = Transactions(sqlite, sleep=pauses.append).run(work)

        assert ("done", 1, []) == (result, work.runs, pauses)

    def test_pauses_double_up_to_a_limit(self, sqlite: Engine) -> None:
        """
        Twelve runs, with pauses from 5 milliseconds to half a second.
        """
        pauses: list[float] = []
        transactions = Transactions(sqlite, sleep=pauses.append, chance=lambda: 1.0)

        result = transactions.run(busy_for(11))

        assert "done" == result
        assert [0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.5, 0.5, 0.5, 0.5] == (
            pytest.approx(pauses)
        )

    def test_pauses_are_spread(self, sqlite: Engine) -> None:
        """
        Chance decides how much of a pause is waited, from nothing to all.
        """
        pauses: list[float] = []
        transactions = Transactions(sqlite, sleep=pauses.append, chance=lambda: 0.25)

        transactions.run(busy_for(2))

        assert [0.00125, 0.0025] == pytest.approx(pauses)

    def test_the_twelfth_conflict_is_the_last(self, sqlite: Engine) -> None:
        """
        Then the storage is busy, and the conflict is its cause.
        """
        work = busy_for(99)
        transactions = Transactions(sqlite, sleep=lambda _: None)

        with pytest.raises(StorageBusy) as caught:
            transactions.run(work)

        assert StorageBusy is type(caught.value)
        assert isinstance(caught.value.__cause__, Conflict)
        assert 12 == work.runs

    def test_the_default_waits(self, sqlite: Engine) -> None:
        """
        Without anything given, chance and the clock of the system serve.
        """
        assert "done" == Transactions(sqlite).run(busy_for(1))


class TestFailures:
    """
    A statement that failed undoes all of its unit of work.
    """

    def test_a_failure_that_the_work_hides_is_raised(self, sqlite: Engine) -> None:
        """
        Work that catches a failure does not end as if nothing had been.
        """
        storage = SqlAlchemyStorage(sqlite)
        storage.run(lambda unit: unit.licences.register(samples.licence(), []))

        def work(statements: Statements) -> None:
            statements.run(text("DELETE FROM winbooks_licence"))
            with suppress(Unavailable):
                statements.run(text("INSERT INTO winbooks_nothing VALUES (1)"))
            with suppress(Unavailable):
                statements.rows(text("SELECT * FROM winbooks_login WHERE"))

        with pytest.raises(StorageNotReady):
            Transactions(sqlite).run(work)
        assert storage.run(lambda unit: unit.licences.find("4711"))

    def test_a_broken_rule_of_a_table_is_translated(self, sqlite: Engine) -> None:
        """
        A user who is there already is a mistake of the caller, and chained.
        """
        storage = SqlAlchemyStorage(sqlite)
        storage.run(lambda unit: unit.licences.register(samples.licence(), []))
        storage.run(lambda unit: unit.users.add(samples.user()))
        again = samples.user(address="other@kantoor.be")

        with pytest.raises(Unavailable) as caught:
            storage.run(lambda unit: unit.users.add(again))

        assert "IntegrityError" in repr(caught.value.__cause__)
        assert None is storage.run(
            lambda unit: unit.users.find_by_winbooks_id(again.winbooks_id)
        )

    def test_parameters_are_hidden(self, sqlite: Engine) -> None:
        """
        What stood in the row is not in the text of the driver's exception.
        """
        storage = SqlAlchemyStorage(sqlite)

        with pytest.raises(Unavailable) as caught:
            storage.run(lambda unit: unit.credentials.put(samples.credential()))

        assert "$argon2id$of-ada" not in str(caught.value.__cause__)

    def test_a_commit_that_fails_wrote_nothing(self, sqlite: Engine) -> None:
        """
        A reference that is checked at the commit fails there, as it would again.
        """
        transactions = Transactions(sqlite)

        def work(statements: Statements) -> None:
            statements.run(text("PRAGMA defer_foreign_keys = ON"))
            statements.run(text("INSERT INTO winbooks_dossier VALUES ('1', '2', '3')"))

        with pytest.raises(Unavailable) as caught:
            transactions.run(work)

        assert Unavailable is type(caught.value)
        assert [] == transactions.run(
            lambda statements: statements.rows(text("SELECT * FROM winbooks_dossier"))
        )

    def test_a_database_that_is_not_there(self, tmp_path: Path) -> None:
        """
        To try again would not help, so the storage is not called busy.
        """
        path = tmp_path / "gone.db"
        engine = open_sqlite(path)
        path.unlink()
        path.mkdir()

        with pytest.raises(StorageNotReady, match=r"gone\.db"):
            SqlAlchemyStorage(engine).run(lambda unit: unit.licences.find("4711"))

    def test_a_connection_that_cannot_roll_back(self, sqlite: Engine) -> None:
        """
        What the work raised is raised, whatever happens to the connection.
        """

        def fail(connection: object) -> None:
            del connection
            raise OperationalError("ROLLBACK", {}, RuntimeError())

        event.listen(sqlite, "rollback", fail)

        def work(statements: Statements) -> None:
            del statements
            raise LookupError

        with pytest.raises(LookupError):
            Transactions(sqlite).run(work)
