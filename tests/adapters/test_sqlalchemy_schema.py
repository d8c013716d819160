"""
The tables themselves refuse what must not be in them.
"""

from datetime import timedelta

import pytest
from sqlalchemy import Column, Dialect, Engine, create_engine, insert, text, update
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateTable

from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
)
from winbooks_identity.adapters.sqlalchemy.schema import LOGIN, OUTBOX, USER, metadata
from winbooks_identity.mail.outbox import MailState
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.testing import samples


#: Everything but capitals that stands in the local part of an address.
LONGEST_KEY = "a" * 64 + "@" + "b" * 183 + ".co.be"


def insert_login(engine: Engine, key: str) -> None:
    """
    Write a login past the library.
    """
    with engine.begin() as connection:
        connection.execute(
            insert(LOGIN), {"login_key": key, "user_id": samples.identifier("ada")}
        )


class TestLogin:
    """
    A key is in lower case ASCII and has 254 characters at the most.  [R1, R4]
    """

    @pytest.mark.parametrize(
        "key", ["a@b", "ada.+!#$%&'*/=?^_`{|}~-09@xn--mnchen-3ya.be", LONGEST_KEY]
    )
    def test_takes_a_key(self, engine: Engine, key: str) -> None:
        """
        Every character that an address may have is taken.
        """
        insert_login(engine, key)

        with engine.connect() as connection:
            assert (
                key
                == connection.execute(
                    text("SELECT login_key FROM winbooks_login")
                ).scalar()
            )

    @pytest.mark.parametrize(
        "key",
        [
            "Ada@kantoor.be",
            "adá@kantoor.be",
            "a da@kantoor.be",
            "@b",
            LONGEST_KEY + "e",
        ],
    )
    def test_refuses_what_is_no_key(self, engine: Engine, key: str) -> None:
        """
        Whoever writes past the library cannot make a twin either.
        """
        with pytest.raises(IntegrityError):
            insert_login(engine, key)


class TestOutbox:
    """
    What was sent, withdrawn or over for a week is erased.
    """

    @pytest.mark.parametrize("end", ["sent", "withdrawn", "dead"])
    def test_content_and_recipient_are_gone(self, engine: Engine, end: str) -> None:
        """
        Neither the sealed mail nor the address is in the row any more.
        """
        _put(engine)
        queue = SqlAlchemyOutboxQueue(engine)
        (claimed,) = queue.claim(samples.NOW, lease=timedelta(minutes=1), limit=1)

        if end == "sent":
            queue.sent(claimed, samples.NOW)
        elif end == "withdrawn":
            (entry,) = queue.entries({MailState.WAITING}, before=None, limit=1)
            queue.discard(entry, samples.NOW, reason="mail.discarded")
        else:
            queue.bury(claimed, samples.NOW, reason="mail.refused")
            queue.erase(claimed.mail.expires_at + timedelta(days=1))

        with engine.connect() as connection:
            row = connection.execute(text("SELECT * FROM winbooks_outbox")).one()
        assert (end, None, None) == (row.state, row.sealed, row.recipient)

    @pytest.mark.parametrize("column", [OUTBOX.c.sealed, OUTBOX.c.recipient], ids=str)
    def test_a_waiting_mail_is_whole(
        self, engine: Engine, column: Column[object]
    ) -> None:
        """
        A mail that waits cannot lose what has to be sent.
        """
        _put(engine)

        with pytest.raises(IntegrityError), engine.begin() as connection:
            connection.execute(update(OUTBOX).values({column: None}))

    def test_a_sent_mail_keeps_nothing(self, engine: Engine) -> None:
        """
        A mail is not marked as sent with its content in the row.
        """
        _put(engine)

        with pytest.raises(IntegrityError), engine.begin() as connection:
            connection.execute(
                text("UPDATE winbooks_outbox SET state = 'sent', done_at = due_at")
            )


class TestLookUps:
    """
    Every question that is asked each day has an index.
    """

    @pytest.mark.parametrize(
        "question, index",
        [
            ("SELECT * FROM winbooks_login WHERE login_key = 'a'", "winbooks_login"),
            (
                "SELECT * FROM winbooks_user WHERE licence = '1' ORDER BY user_id",
                "winbooks_user_by_licence",
            ),
            (
                "SELECT * FROM winbooks_outbox WHERE state = 'waiting' ORDER BY due_at",
                "winbooks_outbox_waiting",
            ),
            (
                "SELECT * FROM winbooks_outbox WHERE state = 'dead' ORDER BY done_at",
                "winbooks_outbox_dead",
            ),
        ],
    )
    def test_uses_an_index(self, sqlite: Engine, question: str, index: str) -> None:
        """
        No table is read from end to end, and nothing is sorted.
        """
        with sqlite.connect() as connection:
            plan = connection.execute(text(f"EXPLAIN QUERY PLAN {question}")).all()

        assert 1 == len(plan)
        assert index in plan[0].detail
        assert "USING" in plan[0].detail


class TestOtherDialects:
    """
    A database that speaks PostgreSQL under another name gets its types.
    """

    def test_types_follow_the_dialect_not_its_name(self) -> None:
        """
        CockroachDB's dialect is one of PostgreSQL with a name of its own.
        """
        relative: Dialect = type("Relative", (PGDialect,), {"name": "cockroachdb"})()

        statement = str(CreateTable(USER).compile(dialect=relative))

        assert "user_id UUID NOT NULL" in statement
        assert "notify_all_dossiers BOOLEAN NOT NULL" in statement

    def test_each_rule_of_uniqueness_is_a_primary_key(self) -> None:
        """
        No table has another unique key, so each can be spread by its first.
        """
        engine = create_engine("postgresql+psycopg://")

        statements = [
            str(CreateTable(table).compile(engine)) for table in metadata.sorted_tables
        ]

        assert not [each for each in statements if "UNIQUE" in each]

    def test_what_is_a_users_begins_with_his_key(self) -> None:
        """
        The tables of one user stand on one machine.
        """
        of_users = [
            table for table in metadata.sorted_tables if "user_id" in table.primary_key
        ]

        assert {"user_id"} == {next(iter(each.primary_key)).name for each in of_users}
        assert 6 == len(of_users)


def _put(engine: Engine) -> None:
    def work(unit: UnitOfWork) -> None:
        unit.licences.register(samples.licence(), [])
        unit.users.add(samples.user())
        unit.outbox.put(samples.mail())

    SqlAlchemyStorage(engine).run(work)
