"""
What does the library ask of the world around it?

Every port is a small protocol: a class fits by having the methods, without
importing this package.  What the methods promise is fixed by the contract
suites in `winbooks_identity.testing`.
"""

from ..mail.outbox import Sealer
from ..mail.ports import (
    Changed,
    ChangedLetter,
    CredentialsLetter,
    IdChangeLetter,
    Letters,
    LinkLetter,
    LinkLetters,
    Mailer,
    OutboxQueue,
    RelayQueue,
)
from .attempts import Attempts
from .hashing import (
    PasswordHasher,
)
from .housekeeping import Housekeeping
from .left_ids import LeftIds
from .licences import Licences, ProductLinks
from .logins import Credentials, FailedAttempts, LinkRequests
from .on_web import (
    OnWebAnswer,
    OnWebDirectory,
)
from .reading import reads_only
from .records import History, Outbox, Request, Requests, Span
from .storage import PAGE_SIZE, Storage, UnitOfWork
from .users import Listing, Outline, Users


__all__ = [
    "PAGE_SIZE",
    "Attempts",
    "Changed",
    "ChangedLetter",
    "Credentials",
    "CredentialsLetter",
    "FailedAttempts",
    "History",
    "Housekeeping",
    "IdChangeLetter",
    "LeftIds",
    "Letters",
    "Licences",
    "LinkLetter",
    "LinkLetters",
    "LinkRequests",
    "Listing",
    "Mailer",
    "OnWebAnswer",
    "OnWebDirectory",
    "Outbox",
    "OutboxQueue",
    "Outline",
    "PasswordHasher",
    "ProductLinks",
    "RelayQueue",
    "Request",
    "Requests",
    "Sealer",
    "Span",
    "Storage",
    "UnitOfWork",
    "Users",
    "reads_only",
]
