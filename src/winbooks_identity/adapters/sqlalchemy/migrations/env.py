"""
What does Alembic run our migrations on?
"""

from typing import Any, Final

from alembic import context

from winbooks_identity.adapters.sqlalchemy.migrations import VERSION_TABLE


_ATTRIBUTES: Final[dict[str, Any]] = context.config.attributes
if context.is_offline_mode():
    context.configure(
        url=_ATTRIBUTES["url"],
        version_table=VERSION_TABLE,
        literal_binds=True,
        dialect_opts={"paramstyle": "named"},
    )
else:
    context.configure(connection=_ATTRIBUTES["connection"], version_table=VERSION_TABLE)
with context.begin_transaction():
    context.run_migrations()
