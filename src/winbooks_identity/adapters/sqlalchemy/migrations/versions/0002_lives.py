"""
Keep what happens to users, where their IDs were entered, and changes of ID.
"""

import sqlalchemy as sa
from alembic import op

from winbooks_identity.adapters.sqlalchemy.columns import Identifier, Instant


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """
    Add two columns and two tables; what is stored stays as it is.
    """
    op.add_column("winbooks_user", sa.Column("new_winbooks_id", sa.Text))
    op.add_column("winbooks_user", sa.Column("new_id_expires_at", Instant))
    op.create_table(
        "winbooks_event",
        sa.Column("user_id", Identifier, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("licence", sa.Text, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("changes", sa.Text, nullable=False),
        sqlite_strict=True,
    )
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
