"""
A relay on a database that was made from another one sends nothing that waited there.
"""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import URL, Engine, create_engine, event, text

from winbooks_identity.adapters.sqlalchemy import (
    Capabilities,
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
    open_postgresql,
)
from winbooks_identity.adapters.sqlalchemy.engines import IsolationLevel
from winbooks_identity.mail.outbox import MailState
from winbooks_identity.ports import OutboxQueue, Storage
from winbooks_identity.testing import samples
from winbooks_identity.testing.contracts.queue_suite import entries_of, put


def hold(queue: OutboxQueue) -> int:
    """
    Do what a relay does at the beginning of a pass.
    """
    return queue.hold_if_restored(samples.NOW, reason="mail.held")


def put_another(storage: Storage, name: str) -> None:
    """
    Let one more mail wait.
    """
    storage.run(lambda unit: unit.outbox.put(samples.mail(name)))


@pytest.fixture
def original(emptied_postgresql: URL) -> Iterator[Engine]:
    """
    Return an engine on a database where relays have been, and where a mail waits.
    """
    engine = open_postgresql(emptied_postgresql)
    put(SqlAlchemyStorage(engine), samples.mail())
    hold(SqlAlchemyOutboxQueue(engine))
    yield engine
    engine.dispose()


@pytest.fixture
def copy(original: Engine, postgresql_server: URL) -> URL:
    """
    Return the address of a copy of it.
    """
    original.dispose()
    name = f"winbooks_{uuid4().hex}"
    administration = create_engine(postgresql_server, isolation_level="AUTOCOMMIT")
    with administration.connect() as connection:
        made = f"CREATE DATABASE {name} TEMPLATE {original.url.database}"
        connection.execute(text(made))
    administration.dispose()
    return original.url.set(database=name)


class TestCopy:
    """
    What waited may have been sent since: it is held back, once.  [S83]
    """

    @pytest.mark.parametrize("level", ["READ COMMITTED", "REPEATABLE READ"])
    def test_of_two_relays_one_holds(
        self, original: Engine, copy: URL, level: IsolationLevel
    ) -> None:
        """
        What comes then goes out, no link is made twice, and the original goes on.
        """
        first, second = (
            open_postgresql(copy, isolation_level=each)
            for each in ("READ COMMITTED", level)
        )
        storage, queue = SqlAlchemyStorage(first), SqlAlchemyOutboxQueue(first)
        storage.run(lambda unit: unit.link_requests.put(samples.link_request()))
        held: list[int] = []

        @event.listens_for(second, "before_cursor_execute")
        def come_between(_: object, __: object, statement: str, *___: object) -> None:
            if not held and statement.startswith("UPDATE winbooks_home"):
                held.append(hold(queue))
                put_another(storage, "later")

        held.append(hold(SqlAlchemyOutboxQueue(second)))

        assert [1, 0, 0] == [*held, hold(queue)]
        (dead,) = entries_of(queue, MailState.DEAD)
        assert ("mail.held", True) == (dead.reason, dead.is_kept)
        (waiting,) = entries_of(queue, MailState.WAITING)
        assert samples.mail("later").id == waiting.mail_id
        assert [] == storage.read(
            lambda unit: [*unit.link_requests.waiting(after=None, limit=9)]
        )
        there = SqlAlchemyOutboxQueue(original)
        assert (0, 1) == (hold(there), there.statistics().waiting)
        first.dispose()
        second.dispose()

    @pytest.mark.parametrize(
        "lack",
        ["REVOKE EXECUTE ON FUNCTION {} FROM PUBLIC", "ALTER FUNCTION {} RENAME TO no"],
        ids=["no right", "no function"],
    )
    def test_who_cannot_ask_for_the_server(self, copy: URL, lack: str) -> None:
        """
        The database and the table tell, and what was known of the server stays.
        """
        administration = create_engine(copy)
        with administration.begin() as connection:
            before = connection.execute(text("TABLE winbooks_home")).one()
            role = f"role_of_{copy.database}"
            for statement in (
                f"CREATE ROLE {role}",
                f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}",
                lack.format("pg_control_system()"),
            ):
                connection.execute(text(statement))
        engine = open_postgresql(copy.update_query_dict({"options": f"-crole={role}"}))

        assert [1, 0] == [hold(SqlAlchemyOutboxQueue(engine)) for _ in range(2)]

        engine.dispose()
        with administration.begin() as connection:
            after = connection.execute(text("TABLE winbooks_home")).one()
            connection.execute(text(f"DROP OWNED BY {role}"))
            connection.execute(text(f"DROP ROLE {role}"))
        administration.dispose()
        assert before.system_identifier == after.system_identifier
        assert before.database_oid != after.database_oid

    def test_a_database_that_cannot_tell(self, copy: URL) -> None:
        """
        It is asked nothing, and its mails go out.
        """
        engine = open_postgresql(
            copy, capabilities=Capabilities(skips_locked=True, has_advisory_locks=True)
        )

        assert 0 == hold(SqlAlchemyOutboxQueue(engine))

        engine.dispose()
