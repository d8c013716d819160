"""
Statements go to the driver as SQLAlchemy words them, and no more of them than needed.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Final
from uuid import uuid4

import attrs
import pytest
from sqlalchemy import Engine, bindparam, delete, select, text

from listening import heard
from people import NOW
from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
)
from winbooks_identity.adapters.sqlalchemy.schema import LICENCE, OUTBOX
from winbooks_identity.adapters.sqlalchemy.statements import Statements
from winbooks_identity.adapters.sqlalchemy.transactions import Transactions
from winbooks_identity.authorization import Distributor
from winbooks_identity.errors import StorageNotReady
from winbooks_identity.events import Event
from winbooks_identity.forms.new_user import GeneratedPassword, NewEmployee
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.life_cycle import Step
from winbooks_identity.mail.outbox import MailState
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.portal import Portal
from winbooks_identity.ports import Listing, UnitOfWork
from winbooks_identity.retention import Kept
from winbooks_identity.role import Role
from winbooks_identity.testing import samples
from winbooks_identity.testing.contracts import units
from winbooks_identity.testing.contracts.suite import outcome
from winbooks_identity.winbooks_id import WinBooksId


BY: Final = Distributor("4711")
ADA: Final = NewEmployee(
    winbooks_id=WinBooksId("ada@kantoor.example"),
    password=GeneratedPassword(),
    level=Level.ADMINISTRATOR,
    first_name=PersonName("Ada"),
    last_name=PersonName("Lovelace"),
    company_name=CompanyName("Kantoor Lovelace"),
    language=Language.DUTCH,
    roles=frozenset({Role.VIEW_ADMIN, Role.CONNECT_ACCOUNTANT}),
)

CALLED: Final = Listing(licence="4711", external_id="e-1")

#: How many statements, besides the beginning and the end of each transaction.
COUNTS: Final[Mapping[str, tuple[int, Callable[[Portal], object]]]] = {
    # The licence is looked at before the password is drawn, and once more with it;
    # then come request, ID, user, roles, credential and event.
    "a creation": (8, lambda portal: portal.provisioning.create(ADA, by=BY)),
    "a creation with a mail": (
        9,
        lambda portal: portal.provisioning.create(
            attrs.evolve(ADA, send_credentials=True), by=BY
        ),
    ),
    "a look-up by key": (
        1,
        lambda portal: portal.storage.read(
            lambda unit: unit.users.find(samples.identifier("ada"))
        ),
    ),
    "a look-up by ID": (
        2,
        lambda portal: portal.provisioning.find(samples.user().winbooks_id, by=BY),
    ),
    "a session": (1, lambda portal: portal.sessions.begin(samples.user())),
}


def portal_on(engine: Engine) -> Portal:
    """
    Return a portal with a licence and one user, whose history begins.
    """
    storage = SqlAlchemyStorage(engine)
    storage.run(units.fill)
    created = Event.of(Step.CREATE, None, samples.user(), by=BY, at=NOW)
    storage.run(lambda unit: unit.history.add(created))
    address = "https://portal.kantoor.example/"
    return Portal(
        storage,
        hasher=Argon2Hasher(CHEAPEST),
        letters=StandardLetters("portal@kantoor.example", address),
        sealer=AesGcmSealer({"1": b"s" * 32}),
        clock=lambda: NOW,
    )


class TestCounts:
    """
    Each statement costs a round trip on a server, so none is asked for twice.
    """

    @pytest.mark.parametrize("what", COUNTS)
    def test_no_more_than_needed(self, engine: Engine, what: str) -> None:
        """
        The count is exact, and the same on a file and on a server.
        """
        portal = portal_on(engine)
        count, act = COUNTS[what]

        with heard() as statements:
            act(portal)

        assert count == len(statements), statements


def plan_of(engine: Engine, asked: str) -> str:
    """
    Return how SQLite goes about what is *asked*.
    """
    with engine.connect() as connection:
        return str(
            connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {asked}",
                tuple("?" for _ in range(asked.count("?"))),
            ).all()
        )


class TestPlans:
    """
    What is asked each day is found by an index, not by a walk.
    """

    @pytest.mark.parametrize(
        "act",
        [
            lambda unit: unit.users.listed(CALLED, limit=10),
            lambda unit: unit.users.count_listed(CALLED),
        ],
        ids=["page", "number"],
    )
    def test_external_id(
        self, sqlite: Engine, act: Callable[[UnitOfWork], object]
    ) -> None:
        """
        Whom a directory outside calls so.
        """
        with heard() as statements:
            SqlAlchemyStorage(sqlite).read(act)
        (asked,) = statements

        plan = plan_of(sqlite, asked)
        assert "winbooks_user_by_external_id (licence=? AND external_id=?)" in plan

    @pytest.mark.parametrize(
        "ask",
        [
            lambda engine: SqlAlchemyOutboxQueue(engine).statistics(),
            lambda engine: SqlAlchemyStorage(engine).run(
                lambda unit: unit.housekeeping.forget(Kept.MAILS, NOW, limit=9)
            ),
        ],
        ids=["last sent", "kept for long enough"],
    )
    def test_mails_that_are_done(
        self, sqlite: Engine, ask: Callable[[Engine], object]
    ) -> None:
        """
        What was sent in ninety days is not read to find the last, or the oldest.
        """
        with heard() as statements:
            ask(sqlite)

        assert "winbooks_outbox_done (done_at" in plan_of(sqlite, statements[-1])


class TestTracing:
    """
    Who listens to the engine hears each statement, and nothing else changes.
    """

    def test_everything_is_heard(self, engine: Engine) -> None:
        """
        What is written while a tracer listens is what is read without one.
        """
        portal = portal_on(engine)
        with heard() as statements:
            created = portal.provisioning.create(
                attrs.evolve(ADA, send_credentials=True), by=BY
            )
            withdrawn = portal.storage.run(
                lambda unit: unit.outbox.withdraw(
                    {created.user.id}, set(), NOW + timedelta(days=1)
                )
            )
            traced = portal.provisioning.find(ADA.winbooks_id, by=BY)

        plain = portal.provisioning.find(ADA.winbooks_id, by=BY)
        (mail,) = portal.administration.mails(created.user, by=BY)

        assert (created.user, created.user, None) == (traced, plain, withdrawn)
        assert MailState.WAITING is mail.state
        assert any(
            said.startswith("INSERT INTO winbooks_outbox") for said in statements
        )

    def test_a_failure_is_told_as_ever(self, engine: Engine) -> None:
        """
        The library's exception, whichever way the statement went.
        """

        def fail(statements: Statements) -> None:
            statements.run(text("INSERT INTO winbooks_nothing VALUES (1)"))

        def look(statements: Statements) -> None:
            statements.rows(text("SELECT * FROM winbooks_nothing"))

        transactions = Transactions(engine)
        with heard():
            traced = [outcome(partial(transactions.run, work)) for work in (fail, look)]
        plain = [outcome(partial(transactions.run, work)) for work in (fail, look)]

        assert [StorageNotReady] * 2 == traced == plain


class TestStatements:
    """
    Parameters are bound and rows are read as the types of the columns say.
    """

    def test_text_names_its_columns(self, engine: Engine) -> None:
        """
        A row of a statement in plain SQL has what the database calls them.
        """
        (row,) = Transactions(engine).read(
            lambda statements: statements.rows(text("SELECT 1 AS one, 2 AS two"))
        )

        assert (1, 2) == (row.one, row.two)

    def test_a_list_has_any_length(self, engine: Engine) -> None:
        """
        None, one or many values, in one statement.
        """
        units.register(SqlAlchemyStorage(engine), "1")
        units.register(SqlAlchemyStorage(engine), "2")
        asked = select(LICENCE.c.number).where(
            LICENCE.c.number.in_(bindparam("numbers", expanding=True))
        )

        def found(statements: Statements) -> list[list[str]]:
            return [
                sorted(row.number for row in statements.rows(asked, {"numbers": each}))
                for each in ([], ["1"], ["1", "2"], ["3"])
            ]

        assert [[], ["1"], ["1", "2"], []] == Transactions(engine).read(found)

    def test_a_list_for_many(self, engine: Engine) -> None:
        """
        A statement with a list of values has no fixed text to be run many times with.
        """
        several = delete(OUTBOX).where(
            OUTBOX.c.user_id.in_(bindparam("of_users", expanding=True))
        )
        rows: list[Mapping[str, object]] = [{"of_users": [uuid4()]}, {"of_users": []}]

        with pytest.raises(TypeError, match="list of values"):
            Transactions(engine).run(lambda statements: statements.run(several, rows))

    def test_an_interruption_gives_the_connection_up(
        self, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        It may have been in the middle of an exchange, so no one gets it afterwards.
        """
        storage = SqlAlchemyStorage(engine)
        units.register(storage)
        with engine.connect() as connection:
            driver = type(connection.connection.driver_connection)

        def interrupt(*_: object) -> None:
            raise KeyboardInterrupt

        def work(statements: Statements) -> None:
            patched.setattr(driver, "cursor", interrupt)
            statements.rows(text("SELECT 1"))

        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
            Transactions(engine).run(work)

        assert ["4711"] == storage.read(lambda unit: unit.licences.numbers())
