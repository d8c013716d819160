"""
Make the first tables.
"""

from uuid import UUID

import sqlalchemy as sa
from alembic import op

from winbooks_identity.adapters.sqlalchemy.columns import Flag, Identifier, Instant


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """
    Make every table, those first that others refer to.
    """
    _make_licences()
    _make_users()
    _make_requests()
    _make_outbox()
    _make_history()
    _make_product_links()
    _make_attempts()
    _make_link_requests()
    _make_home()


def _make_licences() -> None:
    op.create_table(
        "winbooks_licence",
        sa.Column("number", sa.Text, primary_key=True),
        sa.Column("product", sa.Text, nullable=False),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "winbooks_dossier",
        sa.Column(
            "licence",
            sa.Text,
            sa.ForeignKey("winbooks_licence.number"),
            primary_key=True,
        ),
        sa.Column("number", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sqlite_strict=True,
    )


def _make_users() -> None:
    op.create_table(
        "winbooks_login",
        sa.Column("login_key", sa.Text, primary_key=True),
        sa.Column("user_id", Identifier, nullable=False),
        sa.Column("left_at", Instant),
        sa.CheckConstraint(
            "length(login_key) BETWEEN 3 AND 254 AND ltrim(login_key,"
            " 'abcdefghijklmnopqrstuvwxyz0123456789.@!#$%&''*+-/=?^_`{|}~') = ''",
            name="winbooks_login_key_is_canonical",
        ),
        sqlite_strict=True,
    )
    op.create_index(
        "winbooks_login_left",
        "winbooks_login",
        ["left_at"],
        sqlite_where=sa.text("left_at IS NOT NULL"),
        postgresql_where=sa.text("left_at IS NOT NULL"),
    )
    op.create_table(
        "winbooks_user",
        sa.Column("user_id", Identifier, primary_key=True),
        sa.Column("winbooks_id", sa.Text, nullable=False),
        sa.Column(
            "licence", sa.Text, sa.ForeignKey("winbooks_licence.number"), nullable=False
        ),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("credential_source", sa.Text, nullable=False),
        sa.Column("first_name", sa.Text, nullable=False),
        sa.Column("last_name", sa.Text, nullable=False),
        sa.Column("company_name", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("phone", sa.Text),
        sa.Column("notify_all_dossiers", Flag, nullable=False),
        sa.Column("pending_id", sa.Text),
        sa.Column("pending_until", Instant),
        sa.Column("external_id", sa.Text),
        sa.Column("address_proven", Flag, nullable=False),
        sa.Column("deactivated_by_feed", Flag, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("version >= 1", name="winbooks_user_version_is_positive"),
        sa.CheckConstraint(
            "NOT (deactivated_by_feed AND status = 'active')",
            name="winbooks_user_deactivated_is_inactive",
        ),
        sa.CheckConstraint(
            "(pending_id IS NULL) = (pending_until IS NULL)",
            name="winbooks_user_pending_id_has_an_end",
        ),
        sqlite_strict=True,
    )
    op.create_index("winbooks_user_by_licence", "winbooks_user", ["licence", "user_id"])
    op.create_index(
        "winbooks_user_by_external_id",
        "winbooks_user",
        ["licence", "external_id", "user_id"],
        sqlite_where=sa.text("external_id IS NOT NULL"),
        postgresql_where=sa.text("external_id IS NOT NULL"),
    )
    op.create_table(
        "winbooks_user_role",
        _user_id(),
        sa.Column("role", sa.Text, primary_key=True),
        sqlite_strict=True,
    )
    op.create_table(
        "winbooks_user_dossier",
        _user_id(),
        sa.Column("licence", sa.Text, primary_key=True),
        sa.Column("dossier", sa.Text, primary_key=True),
        sa.ForeignKeyConstraint(
            ["licence", "dossier"],
            ["winbooks_dossier.licence", "winbooks_dossier.number"],
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "winbooks_credential",
        _user_id(),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("policy", sa.Text, nullable=False),
        sa.Column("must_change", Flag, nullable=False),
        sa.Column("expires_at", Instant),
        sqlite_strict=True,
    )


def _make_requests() -> None:
    op.create_table(
        "winbooks_request",
        sa.Column("request_id", Identifier, primary_key=True),
        sa.Column("user_id", Identifier, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("winbooks_request_by_user", "winbooks_request", ["user_id"])


def _make_outbox() -> None:
    op.create_table(
        "winbooks_outbox",
        _user_id(),
        sa.Column("mail_id", Identifier, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text),
        sa.Column("sealed", sa.LargeBinary),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("due_at", Instant, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("lease", Identifier),
        sa.Column("reason", sa.Text),
        sa.Column("done_at", Instant),
        sa.CheckConstraint(
            "state IN ('waiting', 'sent', 'dead', 'withdrawn')",
            name="winbooks_outbox_state_is_known",
        ),
        sa.CheckConstraint(
            "(state <> 'waiting' OR sealed IS NOT NULL)"
            " AND (state IN ('waiting', 'dead') OR sealed IS NULL)"
            " AND (sealed IS NULL) = (recipient IS NULL)"
            " AND (state = 'waiting') = (done_at IS NULL)",
            name="winbooks_outbox_content_is_erased",
        ),
        sqlite_strict=True,
    )
    for index, column, condition in (
        ("winbooks_outbox_waiting", "due_at", "state = 'waiting'"),
        ("winbooks_outbox_dead", "done_at", "state = 'dead'"),
        ("winbooks_outbox_done", "done_at", "done_at IS NOT NULL"),
    ):
        op.create_index(
            index,
            "winbooks_outbox",
            [column],
            sqlite_where=sa.text(condition),
            postgresql_where=sa.text(condition),
        )


def _make_history() -> None:
    op.create_table(
        "winbooks_event",
        sa.Column("user_id", Identifier, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("licence", sa.Text, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("author", Identifier),
        sa.Column("outsider", sa.Text),
        sa.Column("operator", sa.Text),
        sa.Column("at", Instant, nullable=False),
        sa.Column("changes", sa.Text, nullable=False),
        sa.CheckConstraint(
            "(author IS NULL) <> (outsider IS NULL)",
            name="winbooks_event_has_one_author",
        ),
        sa.CheckConstraint(
            "operator IS NULL OR outsider IS NOT NULL",
            name="winbooks_event_operator_is_outside",
        ),
        sqlite_strict=True,
    )


def _make_product_links() -> None:
    op.create_table(
        "winbooks_product_link",
        sa.Column("licence", sa.Text, primary_key=True),
        sa.Column("product", sa.Text, primary_key=True),
        sa.Column("place", sa.Text, primary_key=True),
        sa.Column("windows_user", sa.Text),
        sa.Column("user_id", Identifier, nullable=False),
        sa.Column("winbooks_id", sa.Text, nullable=False),
        sa.Column("linked_at", Instant, nullable=False),
        sqlite_strict=True,
    )
    op.create_index(
        "winbooks_product_link_by_user", "winbooks_product_link", ["user_id"]
    )


def _make_attempts() -> None:
    op.create_table(
        "winbooks_attempt_count",
        sa.Column("counter", sa.LargeBinary, primary_key=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("ends_at", Instant, nullable=False),
        sqlite_strict=True,
    )
    op.create_index(
        "winbooks_attempt_count_by_end", "winbooks_attempt_count", ["ends_at"]
    )
    op.create_table(
        "winbooks_failed_attempt",
        sa.Column("attempt_id", Identifier, primary_key=True),
        sa.Column("user_id", Identifier),
        sa.Column("door", sa.Text, nullable=False),
        sa.Column("source", sa.Text),
        sa.Column("at", Instant, nullable=False),
        sa.CheckConstraint(
            "user_id IS NOT NULL OR source IS NULL",
            name="winbooks_failed_attempt_names_nobody_unknown",
        ),
        sqlite_strict=True,
    )
    for index, column in (("user", "user_id"), ("time", "at")):
        op.create_index(
            f"winbooks_failed_attempt_by_{index}", "winbooks_failed_attempt", [column]
        )


def _make_link_requests() -> None:
    op.create_table(
        "winbooks_link_request",
        sa.Column("request_id", Identifier, primary_key=True),
        sa.Column("asked_at", Instant, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )
    op.create_index(
        "winbooks_link_request_by_time",
        "winbooks_link_request",
        ["asked_at", "request_id"],
    )


def _make_home() -> None:
    op.create_table(
        "winbooks_home",
        sa.Column("home", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("system_identifier", sa.Text),
        sa.Column("database_oid", sa.Text),
        sa.Column("table_oid", sa.Text),
        sa.CheckConstraint("home = 1", name="winbooks_home_is_one"),
        sqlite_strict=True,
    )


def _user_id() -> sa.Column[UUID]:
    return sa.Column(
        "user_id", Identifier, sa.ForeignKey("winbooks_user.user_id"), primary_key=True
    )
