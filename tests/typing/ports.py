"""
Read by type checkers and never run: every adapter fits its port.
"""

from typing import assert_type

from winbooks_identity import (
    Distributor,
    Licence,
    NewEmployee,
    Password,
    PasswordPolicy,
    PortalUser,
    Problem,
    ProvisioningService,
    WinBooksId,
)
from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.argon2 import Argon2Hasher
from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.adapters.mail_directory import MailDirectory
from winbooks_identity.adapters.mail_printer import MailPrinter
from winbooks_identity.adapters.memory import (
    InMemoryMailer,
    InMemoryOnWebDirectory,
    InMemoryOutboxQueue,
    InMemoryStorage,
)
from winbooks_identity.adapters.smtp import SmtpMailer
from winbooks_identity.adapters.sqlalchemy import (
    SqlAlchemyOutboxQueue,
    SqlAlchemyStorage,
)
from winbooks_identity.mail.outbox import Sealer
from winbooks_identity.ports import (
    Letters,
    Mailer,
    OnWebDirectory,
    OutboxQueue,
    PasswordHasher,
    Storage,
)
from winbooks_identity.services.creation import Created


storages: list[type[Storage]] = [InMemoryStorage, SqlAlchemyStorage]
queues: list[type[OutboxQueue]] = [InMemoryOutboxQueue, SqlAlchemyOutboxQueue]
mailers: list[type[Mailer]] = [
    InMemoryMailer,
    MailDirectory,
    MailPrinter,
    SmtpMailer,
]
hashers: list[type[PasswordHasher]] = [Argon2Hasher]
sealers: list[type[Sealer]] = [AesGcmSealer]
letters: list[type[Letters]] = [StandardLetters]
directories: list[type[OnWebDirectory]] = [InMemoryOnWebDirectory]


def everyday(service: ProvisioningService, licence: Licence) -> None:
    """
    Use the names of the root as a product does.
    """
    assert_type(WinBooksId.check("ada@example.org"), tuple[Problem, ...])
    assert_type(WinBooksId.parse("ada@example.org"), WinBooksId)
    assert_type(PasswordPolicy().check("abc"), tuple[Problem, ...])
    assert_type(PasswordPolicy().generate(), Password)
    assert_type(Password("abc").reveal(), str)
    new = NewEmployee.parse({}, licence=licence)
    created = service.create(new, by=Distributor(licence.number))
    assert_type(created, Created)
    assert_type(created.user, PortalUser)
    assert_type(created.password, Password | None)
