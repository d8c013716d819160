"""
In which tables does everything stand?

Each rule of uniqueness is the primary key of a table of its own, and whatever
belongs to a user begins with their internal key.  So the tables can be spread
over machines: `winbooks_login` by its key, `winbooks_request` by its id,
`winbooks_product_link` by its licence, `winbooks_attempt_count` by its counter,
`winbooks_failed_attempt` and
`winbooks_link_request` by their ids, those of the users by `user_id`, with the two small
tables of licences on each machine; `winbooks_home` is not spread.  No foreign key crosses those
borders.

A host may fold `metadata` into its own and into its own migrations.
"""

from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

from .columns import Flag, Identifier, Instant


__all__ = [
    "ATTEMPT_COUNT",
    "CREDENTIAL",
    "DOSSIER",
    "EVENT",
    "FAILED_ATTEMPT",
    "HOME",
    "LICENCE",
    "LINK_REQUEST",
    "LOGIN",
    "OUTBOX",
    "PRODUCT_LINK",
    "REQUEST",
    "USER",
    "USER_DOSSIER",
    "USER_ROLE",
    "metadata",
]

metadata: Final = MetaData()

LICENCE: Final = Table(
    "winbooks_licence",
    metadata,
    Column("number", Text, primary_key=True),
    Column("product", Text, nullable=False),
    Column("holder", Text, nullable=False),
    Column("language", Text, nullable=False),
    sqlite_strict=True,
)

DOSSIER: Final = Table(
    "winbooks_dossier",
    metadata,
    Column("licence", Text, ForeignKey(LICENCE.c.number), primary_key=True),
    Column("number", Text, primary_key=True),
    Column("name", Text, nullable=False),
    sqlite_strict=True,
)

#: Who owns a WinBooks ID, or left it at `left_at` and holds it back.  The database checks the key once more: the printable
#: characters of ASCII without capitals, 254 at the most.  [R1, R2, R3, R4]
LOGIN: Final = Table(
    "winbooks_login",
    metadata,
    Column("login_key", Text, primary_key=True),
    Column("user_id", Identifier, nullable=False),
    Column("left_at", Instant),
    CheckConstraint(
        "length(login_key) BETWEEN 3 AND 254 AND ltrim(login_key,"
        " 'abcdefghijklmnopqrstuvwxyz0123456789.@!#$%&''*+-/=?^_`{|}~') = ''",
        name="winbooks_login_key_is_canonical",
    ),
    Index(
        "winbooks_login_left",
        "left_at",
        sqlite_where=text("left_at IS NOT NULL"),
        postgresql_where=text("left_at IS NOT NULL"),
    ),
    sqlite_strict=True,
)

USER: Final = Table(
    "winbooks_user",
    metadata,
    Column("user_id", Identifier, primary_key=True),
    Column("winbooks_id", Text, nullable=False),
    Column("licence", Text, ForeignKey(LICENCE.c.number), nullable=False),
    Column("level", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("credential_source", Text, nullable=False),
    Column("first_name", Text, nullable=False),
    Column("last_name", Text, nullable=False),
    Column("company_name", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("phone", Text),
    Column("notify_all_dossiers", Flag, nullable=False),
    Column("pending_id", Text),
    Column("pending_until", Instant),
    Column("external_id", Text),
    Column("address_proven", Flag, nullable=False),
    Column("deactivated_by_feed", Flag, nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint("version >= 1", name="winbooks_user_version_is_positive"),
    CheckConstraint(
        "NOT (deactivated_by_feed AND status = 'active')",
        name="winbooks_user_deactivated_is_inactive",
    ),
    CheckConstraint(
        "(pending_id IS NULL) = (pending_until IS NULL)",
        name="winbooks_user_pending_id_has_an_end",
    ),
    Index("winbooks_user_by_licence", "licence", "user_id"),
    Index(
        "winbooks_user_by_external_id",
        "licence",
        "external_id",
        "user_id",
        sqlite_where=text("external_id IS NOT NULL"),
        postgresql_where=text("external_id IS NOT NULL"),
    ),
    sqlite_strict=True,
)

USER_ROLE: Final = Table(
    "winbooks_user_role",
    metadata,
    Column("user_id", Identifier, ForeignKey(USER.c.user_id), primary_key=True),
    Column("role", Text, primary_key=True),
    sqlite_strict=True,
)

USER_DOSSIER: Final = Table(
    "winbooks_user_dossier",
    metadata,
    Column("user_id", Identifier, ForeignKey(USER.c.user_id), primary_key=True),
    Column("licence", Text, primary_key=True),
    Column("dossier", Text, primary_key=True),
    ForeignKeyConstraint(["licence", "dossier"], [DOSSIER.c.licence, DOSSIER.c.number]),
    sqlite_strict=True,
)

CREDENTIAL: Final = Table(
    "winbooks_credential",
    metadata,
    Column("user_id", Identifier, ForeignKey(USER.c.user_id), primary_key=True),
    Column("password_hash", Text, nullable=False),
    Column("policy", Text, nullable=False),
    Column("must_change", Flag, nullable=False),
    Column("expires_at", Instant),
    sqlite_strict=True,
)

REQUEST: Final = Table(
    "winbooks_request",
    metadata,
    Column("request_id", Identifier, primary_key=True),
    Column("user_id", Identifier, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Index("winbooks_request_by_user", "user_id"),
    sqlite_strict=True,
)

#: A mail keeps its content and its recipient while it waits, or is dead.
OUTBOX: Final = Table(
    "winbooks_outbox",
    metadata,
    Column("user_id", Identifier, ForeignKey(USER.c.user_id), primary_key=True),
    Column("mail_id", Identifier, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("recipient", Text),
    Column("sealed", LargeBinary),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease", Identifier),
    Column("reason", Text),
    Column("done_at", Instant),
    CheckConstraint(
        "state IN ('waiting', 'sent', 'dead', 'withdrawn')",
        name="winbooks_outbox_state_is_known",
    ),
    CheckConstraint(
        "(state <> 'waiting' OR sealed IS NOT NULL)"
        " AND (state IN ('waiting', 'dead') OR sealed IS NULL)"
        " AND (sealed IS NULL) = (recipient IS NULL)"
        " AND (state = 'waiting') = (done_at IS NULL)",
        name="winbooks_outbox_content_is_erased",
    ),
    Index(
        "winbooks_outbox_waiting",
        "due_at",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index(
        "winbooks_outbox_dead",
        "done_at",
        sqlite_where=text("state = 'dead'"),
        postgresql_where=text("state = 'dead'"),
    ),
    Index(
        "winbooks_outbox_done",
        "done_at",
        sqlite_where=text("done_at IS NOT NULL"),
        postgresql_where=text("done_at IS NOT NULL"),
    ),
    sqlite_strict=True,
)

#: What happened stays when the user is gone, so nothing here refers to them.
EVENT: Final = Table(
    "winbooks_event",
    metadata,
    Column("user_id", Identifier, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("licence", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("author", Identifier),
    Column("outsider", Text),
    Column("operator", Text),
    Column("at", Instant, nullable=False),
    Column("changes", Text, nullable=False),
    CheckConstraint(
        "(author IS NULL) <> (outsider IS NULL)", name="winbooks_event_has_one_author"
    ),
    CheckConstraint(
        "operator IS NULL OR outsider IS NOT NULL",
        name="winbooks_event_operator_is_outside",
    ),
    sqlite_strict=True,
)

PRODUCT_LINK: Final = Table(
    "winbooks_product_link",
    metadata,
    Column("licence", Text, primary_key=True),
    Column("product", Text, primary_key=True),
    Column("place", Text, primary_key=True),
    Column("windows_user", Text),
    Column("user_id", Identifier, nullable=False),
    Column("winbooks_id", Text, nullable=False),
    Column("linked_at", Instant, nullable=False),
    Index("winbooks_product_link_by_user", "user_id"),
    sqlite_strict=True,
)

#: How many attempts there were; a counter is a keyed digest, so it names no one.
ATTEMPT_COUNT: Final = Table(
    "winbooks_attempt_count",
    metadata,
    Column("counter", LargeBinary, primary_key=True),
    Column("attempts", Integer, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Index("winbooks_attempt_count_by_end", "ends_at"),
    sqlite_strict=True,
)

#: An attempt whose subject is no one's keeps no source.
FAILED_ATTEMPT: Final = Table(
    "winbooks_failed_attempt",
    metadata,
    Column("attempt_id", Identifier, primary_key=True),
    Column("user_id", Identifier),
    Column("door", Text, nullable=False),
    Column("source", Text),
    Column("at", Instant, nullable=False),
    CheckConstraint(
        "user_id IS NOT NULL OR source IS NULL",
        name="winbooks_failed_attempt_names_nobody_unknown",
    ),
    Index("winbooks_failed_attempt_by_user", "user_id"),
    Index("winbooks_failed_attempt_by_time", "at"),
    sqlite_strict=True,
)

#: A link that was asked for; the ID that was typed is sealed, in one length.
LINK_REQUEST: Final = Table(
    "winbooks_link_request",
    metadata,
    Column("request_id", Identifier, primary_key=True),
    Column("asked_at", Instant, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("winbooks_link_request_by_time", "asked_at", "request_id"),
    sqlite_strict=True,
)

#: Where relays found the mails last, in one row: see `Home`.  In SQLite it is empty.
HOME: Final = Table(
    "winbooks_home",
    metadata,
    Column("home", Integer, primary_key=True, autoincrement=False),
    Column("system_identifier", Text),
    Column("database_oid", Text),
    Column("table_oid", Text),
    CheckConstraint("home = 1", name="winbooks_home_is_one"),
    sqlite_strict=True,
)
