"""
A product's own tables hold values of the library.
"""

import warnings
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from alembic.autogenerate import (
    compare_metadata,
    produce_migrations,
    render_python_code,
)
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import URL, Engine, ForeignKey, create_engine, select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, aliased, mapped_column

from winbooks_identity import Invalid, Language, Level, Product, WinBooksId
from winbooks_identity.adapters.sqlalchemy.types import (
    CompanyNameType,
    LanguageType,
    LevelType,
    PersonNameType,
    PhoneType,
    ProductType,
    RefersToUser,
    WinBooksIdType,
    render_item,
    unique_by_key,
)
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.phone import PhoneNumber


class Base(DeclarativeBase):
    """
    The tables of a product.
    """


class Contract(RefersToUser, Base):
    """
    A table of a product.
    """

    __tablename__ = "contracts"

    id: Mapped[int] = mapped_column(primary_key=True)
    winbooks_id: Mapped[WinBooksId] = mapped_column(WinBooksIdType)
    name: Mapped[PersonName | None] = mapped_column(PersonNameType)
    company: Mapped[CompanyName | None] = mapped_column(CompanyNameType)
    phone: Mapped[PhoneNumber | None] = mapped_column(PhoneType)
    level: Mapped[Level | None] = mapped_column(LevelType)
    language: Mapped[Language | None] = mapped_column(LanguageType)
    product: Mapped[Product | None] = mapped_column(ProductType)


class Note(Base):
    """
    Another one, that names people by their IDs.
    """

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    author: Mapped[WinBooksId] = mapped_column(WinBooksIdType)
    contract: Mapped[int | None] = mapped_column(ForeignKey("contracts.id"))


INDEX = unique_by_key("contracts_by_key", Contract.winbooks_id)

ADA = WinBooksId.parse("Ada@example.org")
JOAN = WinBooksId.parse("joan@example.org")
USER = UUID(int=7)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """
    Return an empty database.
    """
    if request.param == "sqlite":
        engine = create_engine(f"sqlite:///{tmp_path / 'product.sqlite3'}")
        yield engine
        engine.dispose()
        return
    server: URL = request.getfixturevalue("postgresql_server")
    name = f"product_{request.getfixturevalue('worker_id')}"
    administration = create_engine(server, isolation_level="AUTOCOMMIT")
    with administration.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        engine = create_engine(server.set(database=name))
        yield engine
        engine.dispose()
        connection.execute(text(f"DROP DATABASE {name}"))
    administration.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """
    Return a session on the tables of the product.
    """
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session


def contract(**values: Any) -> Contract:  # noqa: ANN401  A row has values of all kinds.
    """
    Return a row with Ada's ID.
    """
    return Contract(**{"portal_user_id": USER, "winbooks_id": ADA, **values})


class TestValues:
    """
    In Python they are values, in the database text.
    """

    def test_there_and_back(self, session: Session, engine: Engine) -> None:
        """
        Whatever was stored comes back.
        """
        values: dict[str, object] = {
            "winbooks_id": ADA,
            "name": PersonName("Zoë"),
            "company": CompanyName("Fiduciaire Peeters"),
            "phone": PhoneNumber.parse("+3221234567"),
            "level": Level.POWER_USER,
            "language": Language.FRENCH,
            "product": Product.ON_WEB,
        }
        session.add(contract(**values))
        session.commit()
        session.expire_all()

        row = session.scalars(select(Contract)).one()

        assert values == {name: getattr(row, name) for name in values}
        assert ("Ada@example.org", USER) == (
            row.winbooks_id.address,
            row.portal_user_id,
        )
        with engine.connect() as connection:
            stored = (
                connection.execute(text("SELECT * FROM contracts")).mappings().one()
            )
        assert ("Ada@example.org", "Power User", "fr") == (
            stored["winbooks_id"],
            stored["level"],
            stored["language"],
        )

    def test_nothing(self, session: Session) -> None:
        """
        What may be empty is `None`.
        """
        session.add(contract())
        session.commit()

        unleveled = select(Contract.id).where(Contract.level.is_(None))
        assert 1 == len(session.scalars(unleveled).all())
        nobody = Contract.winbooks_id == None  # noqa: E711  As SQLAlchemy reads it.
        assert [] == session.scalars(select(Contract).where(nobody)).all()

    @pytest.mark.parametrize("wrong", ["no ID", 7, PersonName("Ada")])
    def test_what_is_no_value(self, session: Session, wrong: object) -> None:
        """
        It is never written.
        """
        session.add(contract(winbooks_id=wrong))

        with pytest.raises((StatementError, TypeError)):
            session.commit()

    def test_what_another_program_wrote(self, session: Session) -> None:
        """
        It is never read as a value.
        """
        session.add(contract())
        session.commit()
        session.execute(text("UPDATE contracts SET winbooks_id = 'nobody'"))
        session.expire_all()

        with pytest.raises(Invalid):
            session.scalars(select(Contract)).all()

    def test_shown_in_a_statement(self, engine: Engine) -> None:
        """
        A statement is printed with its values.
        """
        statement = select(Contract.id).where(Contract.name == PersonName("O'Brien"))
        options = {"literal_binds": True}

        shown = str(statement.compile(engine, compile_kwargs=options))

        assert "'O''Brien'" in shown
        nothing = sa.literal(None, PersonNameType())
        assert "NULL" in str(select(nothing).compile(engine, compile_kwargs=options))
        assert PersonName is PersonNameType().python_type


class TestKeys:
    """
    Any spelling finds an ID, and no two rows have one.  [R2, R3, R4]
    """

    @pytest.fixture(autouse=True)
    def people(self, session: Session) -> None:
        """
        Ada and Joan have a contract, and Ada wrote a note.
        """
        session.add_all([contract(), contract(winbooks_id=JOAN)])
        session.flush()
        session.add(Note(author="ADA@EXAMPLE.ORG", contract=None))
        session.commit()

    @pytest.mark.parametrize(
        "found",
        [
            Contract.winbooks_id == WinBooksId.parse("ADA@example.org"),
            Contract.winbooks_id == "aDa@EXAMPLE.org",
            Contract.winbooks_id.in_(["ADA@example.org", "nobody@example.org"]),
            Contract.winbooks_id != JOAN,
            Contract.winbooks_id.not_in([JOAN]),
            Contract.winbooks_id < WinBooksId.parse("B@example.org"),
            ~Contract.winbooks_id.is_distinct_from(WinBooksId.parse("ada@example.org")),
        ],
        ids=str,
    )
    def test_look_up(self, session: Session, found: Any) -> None:  # noqa: ANN401  An expression.
        """
        The key decides, not the spelling.
        """
        assert [ADA] == list(session.scalars(select(Contract.winbooks_id).where(found)))

    def test_join(self, session: Session) -> None:
        """
        Two columns are compared by their keys as well.
        """
        joined = select(Contract.winbooks_id).join(
            Note, Note.author == Contract.winbooks_id
        )
        other = aliased(Note)
        again = joined.join(other, other.author == Note.author)

        assert [ADA] == list(session.scalars(joined))
        assert [ADA] == list(session.scalars(again))

    def test_other_comparisons(self, session: Session) -> None:
        """
        They see the address as it was registered.
        """
        spelled = Contract.winbooks_id.like("Ada@%")

        assert [ADA] == list(
            session.scalars(select(Contract.winbooks_id).where(spelled))
        )

    def test_no_doubles(self, session: Session) -> None:
        """
        The index knows the key.
        """
        session.add(contract(winbooks_id="ADA@Example.org"))

        with pytest.raises(IntegrityError):
            session.commit()


class TestAlembic:
    """
    A migration has plain columns, and nothing is found twice.
    """

    def test_a_migration_is_written_and_runs(self, engine: Engine) -> None:
        """
        It imports nothing of the library.
        """
        # On SQLite, Alembic says that it leaves an index on an expression out.
        with engine.begin() as connection, warnings.catch_warnings():
            warnings.filterwarnings("ignore", "autogenerate skipping")
            context = MigrationContext.configure(
                connection,
                opts={"target_metadata": Base.metadata, "compare_type": True},
            )
            made = produce_migrations(context, Base.metadata).upgrade_ops
            assert made is not None
            written = render_python_code(
                made, render_item=render_item, migration_context=context
            )
            assert "winbooks_identity" not in written
            assert "sa.String(length=254)" in written
            assert "sa.Uuid()" in written
            with Operations.context(context) as op:
                exec(f"if op:\n    {written}", {"sa": sa, "op": op})  # noqa: S102  Its own.

            assert [] == compare_metadata(context, Base.metadata)

        with Session(engine) as session:
            session.add(contract())
            session.commit()
            assert ADA == session.scalars(select(Contract.winbooks_id)).one()

    def test_what_is_not_ours(self) -> None:
        """
        Alembic writes it down itself.
        """
        context = SimpleNamespace(imports=set[str]())

        assert render_item("type", sa.Integer(), context) is False
        assert render_item("server_default", WinBooksIdType(), context) is False
        assert set() == context.imports
