"""A key that the first release left out on PostgreSQL: the address somebody prefers is one of ours."""

from __future__ import annotations

from alembic import op

revision = "0001a"
down_revision = "0001"

NAME = "fk_person_preferred_address_id_address"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.create_foreign_key(NAME, "person", "address", ["preferred_address_id"], ["id"])


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(NAME, "person", type_="foreignkey")
