"""
How is everything kept in one database, with all or nothing?
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Final, TypeVar, final
from uuid import UUID

import attrs
from sqlalchemy import Engine, bindparam, delete, func, insert, select, update

from ...credential import Credential
from ...dossier import LicenceNumber
from ...mail.outbox import OVERTAKEN, MailKind, OutboxEntry, OutboxMail
from ...passwords.impact import Stamp
from ...ports import Request, UnitOfWork, reads_only
from . import rows
from .failed_attempts import FailedAttempts
from .history import History
from .housekeeping import Housekeeping
from .left_ids import LeftIds
from .licences import Licences
from .link_requests import LinkRequests
from .mails import select_entries, withdrawing
from .product_links import ProductLinks
from .schema import CREDENTIAL, OUTBOX, REQUEST, USER
from .statements import Statements
from .transactions import Transactions
from .users import Users
from .writes import insert_if_absent, insert_or_replace


__all__ = ["SqlAlchemyStorage", "reading"]

T = TypeVar("T")

_PUT_CREDENTIAL: Final = insert_or_replace(CREDENTIAL)
_SELECT_CREDENTIAL: Final = select(CREDENTIAL).where(
    CREDENTIAL.c.user_id == bindparam("user_id")
)
_DELETE_CREDENTIALS: Final = delete(CREDENTIAL).where(
    CREDENTIAL.c.user_id == bindparam("old_id")
)
_REPLACE_CREDENTIAL: Final = (
    update(CREDENTIAL)
    .where(CREDENTIAL.c.user_id == bindparam("old_id"))
    .where(CREDENTIAL.c.password_hash == bindparam("old_hash"))
    .returning(CREDENTIAL.c.user_id)
)
_COUNT_STAMPS: Final = (
    select(USER.c.licence, CREDENTIAL.c.policy, func.count().label("passwords"))
    .join_from(CREDENTIAL, USER, CREDENTIAL.c.user_id == USER.c.user_id)
    .group_by(USER.c.licence, CREDENTIAL.c.policy)
)
_COUNT_STAMPS_OF_LICENCE: Final = _COUNT_STAMPS.where(
    USER.c.licence == bindparam("of_licence")
)
_INSERT_REQUEST: Final = insert_if_absent(REQUEST)
#: It is locked so that the commit waits for a synchronous standby: what the first
#: call stored may be on this server alone.
_SELECT_REQUEST: Final = (
    select(REQUEST)
    .where(REQUEST.c.request_id == bindparam("request_id"))
    .with_for_update()
)
_INSERT_MAIL: Final = insert(OUTBOX)
_WITHDRAW: Final = (
    withdrawing("now", "why")
    .where(OUTBOX.c.user_id.in_(bindparam("of_users", expanding=True)))
    .where(OUTBOX.c.kind.in_(bindparam("of_kinds", expanding=True)))
)
_SELECT_MAILS: Final = (
    select_entries()
    .where(OUTBOX.c.user_id == bindparam("of_user"))
    .order_by(OUTBOX.c.created_at.desc(), OUTBOX.c.mail_id.desc())
)


@final
class SqlAlchemyStorage:
    """
    Keeps everything in the database behind *engine*.

    Its tables are made and brought up to date by `migrations.upgrade`, never
    from here.

    Args:
        engine: made by `open_sqlite` or `open_postgresql`, or another that
            speaks PostgreSQL.
    """

    def __init__(self, engine: Engine) -> None:
        self._transactions = Transactions(engine)

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Call *work* in a transaction and return its result: all or nothing.

        Raises:
            StorageBusy: the database is away, starting, read-only, full or too
                busy, or denies the role something; nothing was written.
            StorageNotReady: the tables are missing, old or too new, the file or
                the database cannot serve, or the process was forked while it
                used a SQLite file; nothing was written.
            OutcomeUnknown: the connection was lost at the commit of a unit of
                work that wrote.
            Unavailable: the database refused a statement, which it would do
                again; nothing was written.
        """
        return self._transactions.run(lambda statements: work(_UnitOfWork(statements)))

    def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Call *work*, which only reads, and return its result.

        It sees one state of the database, and waits for no one who writes.

        Raises:
            RuntimeError: *work* writes.
            StorageBusy, StorageNotReady, Unavailable: as `run`.
        """
        return self._transactions.read(lambda statements: work(reading(statements)))


def reading(statements: Statements) -> UnitOfWork:
    """
    Return what reads with *statements*, and writes nothing.
    """
    return reads_only(_UnitOfWork(statements))


@final
class _UnitOfWork:
    def __init__(self, statements: Statements) -> None:
        self.licences = Licences(statements)
        self.users = Users(statements)
        self.credentials = _Credentials(statements)
        self.requests = _Requests(statements)
        self.outbox = _Outbox(statements)
        self.history = History(statements)
        self.product_links = ProductLinks(statements)
        self.link_requests = LinkRequests(statements)
        self.failed_attempts = FailedAttempts(statements)
        self.housekeeping = Housekeeping(statements)
        self.left_ids = LeftIds.of(statements, self.users, self.product_links)


@final
@attrs.frozen
class _Credentials:
    _statements: Statements

    def put(self, credential: Credential) -> None:
        self._statements.run(_PUT_CREDENTIAL, rows.credential_row(credential))

    def replace(self, earlier: Credential, credential: Credential) -> bool:
        row = {
            **rows.credential_row(credential),
            "old_id": earlier.user_id,
            "old_hash": earlier.password_hash,
        }
        del row["user_id"]
        return self._statements.row(_REPLACE_CREDENTIAL, row) is not None

    def remove(self, user_ids: AbstractSet[UUID]) -> None:
        if user_ids:
            gone = [{"old_id": user_id} for user_id in user_ids]
            self._statements.run(_DELETE_CREDENTIALS, gone)

    def find(self, user_id: UUID) -> Credential | None:
        row = self._statements.row(_SELECT_CREDENTIAL, {"user_id": user_id})
        return None if row is None else rows.read_credential(row)

    def stamps(self, licence: LicenceNumber | None = None) -> Mapping[Stamp, int]:
        found = (
            self._statements.rows(_COUNT_STAMPS)
            if licence is None
            else self._statements.rows(
                _COUNT_STAMPS_OF_LICENCE, {"of_licence": licence}
            )
        )
        return {Stamp(row.licence, row.policy): row.passwords for row in found}


@final
@attrs.frozen
class _Requests:
    _statements: Statements

    def remember(self, request: Request) -> Request | None:
        if self._statements.row(_INSERT_REQUEST, rows.request_row(request)):
            return None
        (known,) = self._statements.rows(_SELECT_REQUEST, {"request_id": request.id})
        return rows.read_request(known)


@final
@attrs.frozen
class _Outbox:
    _statements: Statements

    def put(self, mail: OutboxMail) -> None:
        self._statements.run(_INSERT_MAIL, rows.mail_row(mail))

    def withdraw(
        self, user_ids: AbstractSet[UUID], kinds: AbstractSet[MailKind], now: datetime
    ) -> None:
        self._statements.run(
            _WITHDRAW,
            {
                "of_users": [*user_ids],
                "of_kinds": [kind.value for kind in kinds],
                "now": now,
                "why": OVERTAKEN,
            },
        )

    def of_user(self, user_id: UUID) -> Sequence[OutboxEntry]:
        found = self._statements.rows(_SELECT_MAILS, {"of_user": user_id})
        return [rows.read_entry(row) for row in found]
