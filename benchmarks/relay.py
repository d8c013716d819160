"""
How fast does a relay deliver, beside the least that smtplib can do?

Run with ``python benchmarks/relay.py``.  Both talk to the same server on this
machine, in a process of its own, over one kept connection in clear.  The relay
also claims each mail from a SQLite file, prolongs its lease, opens its seal and
notes its delivery, with every note on the disk before it goes on.
"""

import asyncio
import multiprocessing
import os
import platform
import smtplib
import sqlite3
import statistics
import tempfile
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from winbooks_identity import system
from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.adapters.memory import InMemoryOutboxQueue, InMemoryStorage
from winbooks_identity.adapters.smtp import Security, SmtpMailer
from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
    migrations,
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
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=[there], daemon=True)
    server.start()
    port: int = here.recv()
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} processors,"
        f" Python {platform.python_version()}, SQLite {sqlite3.sqlite_version};"
        f" {MAILS} mails, {ROUNDS} rounds"
    )
    runs = {
        "smtplib alone": bare,
        "mailer alone": mailer_alone,
        "relay, queue in memory": in_memory,
        "relay, queue in a SQLite file": in_sqlite,
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
            f"{name:32}{statistics.median(rates):7.0f} mails/s"
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


def relayed(port: int, storage: Storage, queue: OutboxQueue) -> float:
    """
    Return the seconds that a relay takes to empty *queue*.
    """
    sealer = AesGcmSealer({"1": os.urandom(32)})
    waiting = [sealed(letter(), sealer) for _ in range(MAILS)]

    def post(unit: UnitOfWork) -> None:
        unit.licences.register(samples.licence(), [])
        unit.users.add(samples.user())
        for mail in waiting:
            unit.outbox.put(mail)

    storage.run(post)
    with SmtpMailer("localhost", port, security=Security.NONE) as mailer:
        relay = Relay(queue, mailer, sealer)
        begin = perf_counter()
        delivery = relay.deliver()
        seconds = perf_counter() - begin
    if delivery.count(DeliveryOutcome.SENT) != MAILS:
        raise SystemExit("the relay did not deliver everything")
    return seconds


def sealed(mail: Mail, sealer: AesGcmSealer) -> OutboxMail:
    """
    Return *mail* as it waits.
    """
    now = system.now()
    return OutboxMail.close(
        mail,
        sealer,
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
