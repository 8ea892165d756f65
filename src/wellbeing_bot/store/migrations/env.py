"""How Alembic runs our migrations: always on the connection it is handed."""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from wellbeing_bot.store.types import Base, UtcDateTime


def plain_types(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write column types as plain SQL ones, so that a migration does not change when our code does."""
    if kind != "type":
        return False
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, sa.Enum):
        return f"sa.String(length={item.length})"
    if isinstance(item, sa.JSON):
        return "JSON"
    if isinstance(item, sa.BigInteger):
        return "ID"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=plain_types,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
