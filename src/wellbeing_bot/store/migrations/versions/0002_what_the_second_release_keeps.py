"""What the second release keeps"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB, "postgresql")

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("activity_group", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("good_to_know", sa.String(length=300), server_default="", nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("activity_group", schema=None) as batch_op:
        batch_op.drop_column("good_to_know")
