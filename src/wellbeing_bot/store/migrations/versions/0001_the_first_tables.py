"""The first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB, "postgresql")

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "early_status",
        sa.Column("id", ID, nullable=False),
        sa.Column("provider_id", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("error_code", sa.String(length=40), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_early_status")),
    )
    with op.batch_alter_table("early_status", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_early_status_provider_id"), ["provider_id"], unique=False)

    op.create_table(
        "network",
        sa.Column("id", ID, nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("settings", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network")),
        sa.UniqueConstraint("slug", name=op.f("uq_network_slug")),
    )
    op.create_table(
        "address",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("value", sa.String(length=80), nullable=False),
        sa.Column("line", sa.String(length=80), nullable=False),
        sa.Column("opted_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("carrier_blocked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unreachable_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unreachable_why", sa.String(length=40), nullable=True),
        sa.Column("unsafe", sa.Boolean(), nullable=False),
        sa.Column("last_inbound_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_reply_notice_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_address_network_id_network")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
        sa.UniqueConstraint(
            "network_id", "channel", "value", name=op.f("uq_address_network_id_channel_value")
        ),
    )
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_address_network_id"), ["network_id"], unique=False)

    op.create_table(
        "api_token",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_api_token_network_id_network")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_token_digest")),
    )
    op.create_table(
        "balancing_measure",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_balancing_measure_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_balancing_measure")),
        sa.UniqueConstraint(
            "network_id", "name", "month", name=op.f("uq_balancing_measure_network_id_name_month")
        ),
    )
    op.create_table(
        "line",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("value", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_line_network_id_network")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line")),
        sa.UniqueConstraint("channel", "value", name=op.f("uq_line_channel_value")),
    )
    with op.batch_alter_table("line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_line_network_id"), ["network_id"], unique=False)

    op.create_table(
        "practice",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("ods_code", sa.String(length=12), nullable=True),
        sa.Column("also", JSON, nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_practice_network_id_network")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice")),
    )
    with op.batch_alter_table("practice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_practice_network_id"), ["network_id"], unique=False)

    op.create_table(
        "suppression",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_suppression_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppression")),
        sa.UniqueConstraint("network_id", "digest", name=op.f("uq_suppression_network_id_digest")),
    )
    op.create_table(
        "venue",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("directions", sa.String(length=300), nullable=False),
        sa.Column("step_free", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_venue_network_id_network")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue")),
    )
    with op.batch_alter_table("venue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_venue_network_id"), ["network_id"], unique=False)

    op.create_table(
        "activity_group",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("about", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("tags", JSON, nullable=False),
        sa.Column("also", JSON, nullable=False),
        sa.Column("for_whom", JSON, nullable=False),
        sa.Column("venue_id", ID, nullable=True),
        sa.Column("meeting_point", sa.String(length=160), nullable=False),
        sa.Column("rrule", sa.String(length=200), nullable=False),
        sa.Column("first_date", sa.Date(), nullable=True),
        sa.Column("start_time", sa.String(length=5), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("running", sa.Boolean(), nullable=False),
        sa.Column("launched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("nudge_days_before", sa.Integer(), nullable=False),
        sa.Column("nudge_time", sa.String(length=5), nullable=False),
        sa.Column("asks_expect", sa.Boolean(), nullable=False),
        sa.Column("offers_transport", sa.Boolean(), nullable=False),
        sa.Column("agencies", JSON, nullable=False),
        sa.Column("risk_assessed_until", sa.Date(), nullable=True),
        sa.Column("insured_until", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_activity_group_network_id_network")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_activity_group_venue_id_venue")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_group")),
        sa.UniqueConstraint("network_id", "key", name=op.f("uq_activity_group_network_id_key")),
    )
    with op.batch_alter_table("activity_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_group_network_id"), ["network_id"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("key", sa.String(length=60), nullable=True),
        sa.Column("first_name", sa.String(length=60), nullable=False),
        sa.Column("last_name", sa.String(length=80), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=True),
        sa.Column("practice_id", ID, nullable=True),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("access_needs", JSON, nullable=False),
        sa.Column("dietary_needs", sa.String(length=200), nullable=False),
        sa.Column("interests", JSON, nullable=False),
        sa.Column("dislikes", JSON, nullable=False),
        sa.Column("landline", sa.String(length=20), nullable=True),
        sa.Column("contact_note", sa.Text(), nullable=False),
        sa.Column("never_text_from", sa.String(length=5), nullable=True),
        sa.Column("never_text_until", sa.String(length=5), nullable=True),
        sa.Column("never_leave_word", sa.Boolean(), nullable=False),
        sa.Column("preferred_address_id", ID, nullable=True),
        sa.Column("paused_from", sa.Date(), nullable=True),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("bereaved_on", sa.Date(), nullable=True),
        sa.Column("under_16", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["person.id"], name=op.f("fk_person_merged_into_id_person")
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_person_network_id_network")),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_person_practice_id_practice")
        ),
        sa.ForeignKeyConstraint(
            ["preferred_address_id"],
            ["address.id"],
            name=op.f("fk_person_preferred_address_id_address"),
            use_alter=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("network_id", "key", name=op.f("uq_person_network_id_key")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index("ix_person_name", ["network_id", "last_name", "first_name"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_network_id"), ["network_id"], unique=False)

    op.create_table(
        "account",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("email", sa.String(length=160), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("password", sa.String(length=200), nullable=True),
        sa.Column("totp_secret", sa.String(length=200), nullable=True),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_account_network_id_network")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_network_id"), ["network_id"], unique=False)

    op.create_table(
        "activity_session",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("occurs_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("venue_id", ID, nullable=True),
        sa.Column("meeting_point", sa.String(length=160), nullable=False),
        sa.Column("why_off", sa.String(length=200), nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["activity_group.id"], name=op.f("fk_activity_session_group_id_activity_group")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_activity_session_network_id_network")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_activity_session_venue_id_venue")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_session")),
        sa.UniqueConstraint("group_id", "occurs_on", name=op.f("uq_activity_session_group_id_occurs_on")),
    )
    with op.batch_alter_table("activity_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_session_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_activity_session_starts_at"), ["starts_at"], unique=False)

    op.create_table(
        "agreement",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("address_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("wording", sa.String(length=40), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_agreement_address_id_address")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_agreement_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_address_id"), ["address_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_person_id"), ["person_id"], unique=False)

    op.create_table(
        "audit",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=True),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("details", JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_audit_network_id_network")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_audit_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_person_id"), ["person_id"], unique=False)

    op.create_table(
        "champion",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("gender", sa.String(length=20), nullable=False),
        sa.Column("how_to_know", sa.String(length=80), nullable=False),
        sa.Column("dbs_until", sa.Date(), nullable=True),
        sa.Column("badge_until", sa.Date(), nullable=True),
        sa.Column("training_until", sa.Date(), nullable=True),
        sa.Column("away_from", sa.Date(), nullable=True),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("most_a_month", sa.Integer(), nullable=True),
        sa.Column("workshop_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("workshop_place", sa.String(length=160), nullable=False),
        sa.Column("workshop_answer", sa.String(length=4), nullable=False),
        sa.Column("active_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_champion_network_id_network")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_champion_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_champion")),
    )
    with op.batch_alter_table("champion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_champion_network_id"), ["network_id"], unique=False)

    op.create_table(
        "champion_group",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["activity_group.id"], name=op.f("fk_champion_group_group_id_activity_group")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_champion_group_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "group_id", name=op.f("pk_champion_group")),
    )
    op.create_table(
        "duty",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("weekdays", JSON, nullable=False),
        sa.Column("start", sa.String(length=5), nullable=True),
        sa.Column("until", sa.String(length=5), nullable=True),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_duty_network_id_network")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_duty_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
    )
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_network_id"), ["network_id"], unique=False)

    op.create_table(
        "inbound",
        sa.Column("id", ID, nullable=False),
        sa.Column("provider_id", sa.String(length=120), nullable=False),
        sa.Column("network_id", ID, nullable=True),
        sa.Column("address_id", ID, nullable=True),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("sender", sa.String(length=100), nullable=False),
        sa.Column("line", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("media", JSON, nullable=False),
        sa.Column("carrier_opt_out", sa.String(length=10), nullable=True),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("understood", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_inbound_address_id_address")),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_inbound_network_id_network")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_inbound_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound")),
        sa.UniqueConstraint("provider_id", name=op.f("uq_inbound_provider_id")),
    )
    with op.batch_alter_table("inbound", schema=None) as batch_op:
        batch_op.create_index("ix_inbound_thread", ["address_id", "id"], unique=False)
        batch_op.create_index(
            "ix_inbound_unhandled",
            ["id"],
            unique=False,
            sqlite_where=sa.text("state = 'recorded'"),
            postgresql_where=sa.text("state = 'recorded'"),
        )

    op.create_table(
        "interest",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["activity_group.id"], name=op.f("fk_interest_group_id_activity_group")
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_interest_network_id_network")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_interest_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest")),
    )
    with op.batch_alter_table("interest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interest_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_interest_network_id"), ["network_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_interest_person_id"), ["person_id"], unique=False)

    op.create_table(
        "link_code",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("from_address_id", ID, nullable=False),
        sa.Column("to_address_id", ID, nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["from_address_id"], ["address.id"], name=op.f("fk_link_code_from_address_id_address")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_link_code_person_id_person")),
        sa.ForeignKeyConstraint(
            ["to_address_id"], ["address.id"], name=op.f("fk_link_code_to_address_id_address")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_code")),
    )
    with op.batch_alter_table("link_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_code_from_address_id"), ["from_address_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_link_code_to_address_id"), ["to_address_id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why_ended", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["activity_group.id"], name=op.f("fk_membership_group_id_activity_group")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_membership_network_id_network")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_membership_open",
            ["group_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "person_address",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("address_id", ID, nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["address_id"], ["address.id"], name=op.f("fk_person_address_address_id_address")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_address_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_address")),
        sa.UniqueConstraint("person_id", "address_id", name=op.f("uq_person_address_person_id_address_id")),
    )
    with op.batch_alter_table("person_address", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_address_address_id"), ["address_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_address_person_id"), ["person_id"], unique=False)

    op.create_table(
        "person_role",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_role_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "role", name=op.f("pk_person_role")),
    )
    op.create_table(
        "proxy",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("proxy_id", ID, nullable=False),
        sa.Column("relation", sa.String(length=40), nullable=False),
        sa.Column("consent", sa.String(length=200), nullable=False),
        sa.Column("gets_messages", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_proxy_person_id_person")),
        sa.ForeignKeyConstraint(["proxy_id"], ["person.id"], name=op.f("fk_proxy_proxy_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proxy")),
    )
    with op.batch_alter_table("proxy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proxy_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proxy_proxy_id"), ["proxy_id"], unique=False)

    op.create_table(
        "referral",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("referrer_id", ID, nullable=True),
        sa.Column("referrer", sa.String(length=120), nullable=False),
        sa.Column("consent", sa.String(length=200), nullable=False),
        sa.Column("concerns", JSON, nullable=False),
        sa.Column("own_words", sa.Text(), nullable=False),
        sa.Column("link_worker_id", ID, nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_contact_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("active_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_worker_id"], ["person.id"], name=op.f("fk_referral_link_worker_id_person")
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_referral_network_id_network")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_referral_person_id_person")),
        sa.ForeignKeyConstraint(["referrer_id"], ["person.id"], name=op.f("fk_referral_referrer_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index("ix_referral_caseload", ["network_id", "state", "link_worker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_link_worker_id"), ["link_worker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_person_id"), ["person_id"], unique=False)

    op.create_table(
        "ride_provider",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("volunteer", sa.Boolean(), nullable=False),
        sa.Column("vehicle", sa.String(length=80), nullable=False),
        sa.Column("takes_wheelchair", sa.Boolean(), nullable=False),
        sa.Column("carries", JSON, nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("cutoff_working_days", sa.Integer(), nullable=False),
        sa.Column("cutoff_time", sa.String(length=5), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_ride_provider_network_id_network")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ride_provider_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ride_provider")),
    )
    with op.batch_alter_table("ride_provider", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ride_provider_network_id"), ["network_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_invitation_network_id_network")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id_person")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["activity_session.id"], name=op.f("fk_invitation_session_id_activity_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("session_id", "person_id", name=op.f("uq_invitation_session_id_person_id")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitation_session_id"), ["session_id"], unique=False)

    op.create_table(
        "meet_again",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("wisher_id", ID, nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("other_id", ID, nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_meet_again_network_id_network")
        ),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_meet_again_other_id_person")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["activity_session.id"], name=op.f("fk_meet_again_session_id_activity_session")
        ),
        sa.ForeignKeyConstraint(["wisher_id"], ["person.id"], name=op.f("fk_meet_again_wisher_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meet_again")),
        sa.UniqueConstraint("session_id", "wisher_id", name=op.f("uq_meet_again_session_id_wisher_id")),
    )
    with op.batch_alter_table("meet_again", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meet_again_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meet_again_session_id"), ["session_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meet_again_wisher_id"), ["wisher_id"], unique=False)

    op.create_table(
        "place",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("first_time", sa.Boolean(), nullable=False),
        sa.Column("party", sa.Integer(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wants_meeting", sa.Boolean(), nullable=False),
        sa.Column("meet_preference", sa.String(length=20), nullable=False),
        sa.Column("meet_round", sa.Integer(), nullable=False),
        sa.Column("patient_said", sa.String(length=10), nullable=True),
        sa.Column("champion_said", sa.String(length=10), nullable=True),
        sa.Column("register_said", sa.String(length=10), nullable=True),
        sa.Column("home_safe", sa.Boolean(), nullable=True),
        sa.Column("meet_again", sa.Boolean(), nullable=True),
        sa.Column("why_off", sa.String(length=40), nullable=False),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_place_network_id_network")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_place_person_id_person")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["activity_session.id"], name=op.f("fk_place_session_id_activity_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("session_id", "person_id", name=op.f("uq_place_session_id_person_id")),
    )
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_place_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_place_session_id"), ["session_id"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("digest", name=op.f("uq_sign_in_digest")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_account_id"), ["account_id"], unique=False)

    op.create_table(
        "slot",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("agency", sa.String(length=80), nullable=False),
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_slot_network_id_network")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["activity_session.id"], name=op.f("fk_slot_session_id_activity_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot")),
        sa.UniqueConstraint(
            "session_id", "what", "starts_at", name=op.f("uq_slot_session_id_what_starts_at")
        ),
    )
    with op.batch_alter_table("slot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_slot_session_id"), ["session_id"], unique=False)

    op.create_table(
        "call_to_make",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=True),
        sa.Column("place_id", ID, nullable=True),
        sa.Column("occurrence", sa.String(length=160), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("say", sa.Text(), nullable=False),
        sa.Column("asks", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_call_to_make_network_id_network")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_call_to_make_person_id_person")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_call_to_make_place_id_place")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["activity_session.id"], name=op.f("fk_call_to_make_session_id_activity_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_to_make")),
        sa.UniqueConstraint("occurrence", name=op.f("uq_call_to_make_occurrence")),
    )
    with op.batch_alter_table("call_to_make", schema=None) as batch_op:
        batch_op.create_index(
            "ix_call_to_make_open",
            ["network_id", "due_at"],
            unique=False,
            sqlite_where=sa.text("state = 'to_make'"),
            postgresql_where=sa.text("state = 'to_make'"),
        )
        batch_op.create_index(batch_op.f("ix_call_to_make_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_to_make_place_id"), ["place_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_to_make_session_id"), ["session_id"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("place_id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("champion_id", ID, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=20), nullable=False),
        sa.Column("champion_said", sa.String(length=10), nullable=True),
        sa.Column("patient_said", sa.String(length=10), nullable=True),
        sa.ForeignKeyConstraint(["champion_id"], ["person.id"], name=op.f("fk_meeting_champion_id_person")),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_meeting_network_id_network")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_meeting_place_id_place")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["activity_session.id"], name=op.f("fk_meeting_session_id_activity_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint(
            "place_id", "champion_id", "round", name=op.f("uq_meeting_place_id_champion_id_round")
        ),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_champion_id"), ["champion_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_place_id"), ["place_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_session_id"), ["session_id"], unique=False)

    op.create_table(
        "ride",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("place_id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("provider_id", ID, nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("there", sa.Boolean(), nullable=False),
        sa.Column("back", sa.Boolean(), nullable=False),
        sa.Column("pick_up", sa.String(length=200), nullable=False),
        sa.Column("needs", JSON, nullable=False),
        sa.Column("party", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("ask_round", sa.Integer(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("window_from", sa.String(length=5), nullable=True),
        sa.Column("window_until", sa.String(length=5), nullable=True),
        sa.Column("why_refused", sa.String(length=200), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_ride_network_id_network")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ride_person_id_person")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_ride_place_id_place")),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["ride_provider.id"], name=op.f("fk_ride_provider_id_ride_provider")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["activity_session.id"], name=op.f("fk_ride_session_id_activity_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ride")),
    )
    with op.batch_alter_table("ride", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ride_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ride_place_id"), ["place_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ride_session_id"), ["session_id"], unique=False)

    op.create_table(
        "slot_booking",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("slot_id", ID, nullable=False),
        sa.Column("place_id", ID, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_slot_booking_network_id_network")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_slot_booking_place_id_place")),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_slot_booking_slot_id_slot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot_booking")),
    )
    with op.batch_alter_table("slot_booking", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_slot_booking_place_id"), ["place_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_slot_booking_slot_id"), ["slot_id"], unique=False)
        batch_op.create_index(
            "uq_slot_booking_open",
            ["slot_id", "place_id"],
            unique=True,
            sqlite_where=sa.text("state = 'booked'"),
            postgresql_where=sa.text("state = 'booked'"),
        )

    op.create_table(
        "conversation",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("address_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("script", sa.String(length=60), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("session_id", ID, nullable=True),
        sa.Column("meeting_id", ID, nullable=True),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("interrupted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["address_id"], ["address.id"], name=op.f("fk_conversation_address_id_address")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_conversation_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_conversation_network_id_network")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_conversation_person_id_person")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["activity_session.id"], name=op.f("fk_conversation_session_id_activity_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
    )
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conversation_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(
            "ix_conversation_open",
            ["address_id"],
            unique=False,
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        )
        batch_op.create_index(batch_op.f("ix_conversation_person_id"), ["person_id"], unique=False)

    op.create_table(
        "driver_ask",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("ride_id", ID, nullable=False),
        sa.Column("provider_id", ID, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_driver_ask_network_id_network")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["ride_provider.id"], name=op.f("fk_driver_ask_provider_id_ride_provider")
        ),
        sa.ForeignKeyConstraint(["ride_id"], ["ride.id"], name=op.f("fk_driver_ask_ride_id_ride")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_driver_ask")),
        sa.UniqueConstraint(
            "ride_id", "provider_id", "round", name=op.f("uq_driver_ask_ride_id_provider_id_round")
        ),
    )
    with op.batch_alter_table("driver_ask", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_driver_ask_provider_id"), ["provider_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_driver_ask_ride_id"), ["ride_id"], unique=False)

    op.create_table(
        "task",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("urgency", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("occurrence", sa.String(length=160), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("address_id", ID, nullable=True),
        sa.Column("session_id", ID, nullable=True),
        sa.Column("place_id", ID, nullable=True),
        sa.Column("meeting_id", ID, nullable=True),
        sa.Column("ride_id", ID, nullable=True),
        sa.Column("asking_id", sa.Integer(), nullable=True),
        sa.Column("assigned_to", sa.String(length=120), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.String(length=120), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(length=120), nullable=False),
        sa.Column("escalation", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_task_address_id_address")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_task_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_task_network_id_network")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_task_person_id_person")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_task_place_id_place")),
        sa.ForeignKeyConstraint(["ride_id"], ["ride.id"], name=op.f("fk_task_ride_id_ride")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["activity_session.id"], name=op.f("fk_task_session_id_activity_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("occurrence", name=op.f("uq_task_occurrence")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(
            "ix_task_open",
            ["network_id", "urgency", "due_at"],
            unique=False,
            sqlite_where=sa.text("state != 'done'"),
            postgresql_where=sa.text("state != 'done'"),
        )
        batch_op.create_index(batch_op.f("ix_task_person_id"), ["person_id"], unique=False)

    op.create_table(
        "asking",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("instrument", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("point", sa.String(length=20), nullable=False),
        sa.Column("covers", JSON, nullable=False),
        sa.Column("conversation_id", ID, nullable=True),
        sa.Column("group_id", ID, nullable=True),
        sa.Column("session_id", ID, nullable=True),
        sa.Column("referral_id", ID, nullable=True),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_prompt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unanswered_prompts", sa.Integer(), nullable=False),
        sa.Column("nudged", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("how_closed", sa.String(length=20), nullable=False),
        sa.Column("quotation", sa.Text(), nullable=False),
        sa.Column("quotation_consent", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_asking_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["activity_group.id"], name=op.f("fk_asking_group_id_activity_group")
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_asking_network_id_network")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_asking_person_id_person")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_asking_referral_id_referral")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["activity_session.id"], name=op.f("fk_asking_session_id_activity_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asking")),
    )
    with op.batch_alter_table("asking", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_asking_conversation_id"), ["conversation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_asking_person_id"), ["person_id"], unique=False)

    op.create_table(
        "hold",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("address_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("task_id", ID, nullable=True),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_hold_address_id_address")),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_hold_network_id_network")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hold_person_id_person")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_hold_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hold_address_id"), ["address_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hold_person_id"), ["person_id"], unique=False)

    op.create_table(
        "misunderstood",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("inbound_id", ID, nullable=False),
        sa.Column("conversation_id", ID, nullable=True),
        sa.Column("step", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_misunderstood_conversation_id_conversation"),
        ),
        sa.ForeignKeyConstraint(
            ["inbound_id"], ["inbound.id"], name=op.f("fk_misunderstood_inbound_id_inbound")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_misunderstood_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_misunderstood")),
    )
    with op.batch_alter_table("misunderstood", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_misunderstood_network_id"), ["network_id"], unique=False)

    op.create_table(
        "outbound",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("address_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("session_id", ID, nullable=True),
        sa.Column("conversation_id", ID, nullable=True),
        sa.Column("inbound_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("buttons", JSON, nullable=False),
        sa.Column("line", sa.String(length=80), nullable=False),
        sa.Column("occurrence", sa.String(length=160), nullable=True),
        sa.Column("by_user", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("provider_id", sa.String(length=120), nullable=True),
        sa.Column("error_code", sa.String(length=40), nullable=True),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_outbound_address_id_address")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_outbound_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_outbound_network_id_network")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_outbound_person_id_person")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["activity_session.id"], name=op.f("fk_outbound_session_id_activity_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbound")),
        sa.UniqueConstraint("occurrence", name=op.f("uq_outbound_occurrence")),
    )
    with op.batch_alter_table("outbound", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbound_due",
            ["due_at", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('queued', 'sending', 'unknown')"),
            postgresql_where=sa.text("state IN ('queued', 'sending', 'unknown')"),
        )
        batch_op.create_index(batch_op.f("ix_outbound_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbound_provider_id"), ["provider_id"], unique=False)
        batch_op.create_index("ix_outbound_thread", ["address_id", "id"], unique=False)

    op.create_table(
        "possible_match",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("other_id", ID, nullable=False),
        sa.Column("task_id", ID, nullable=True),
        sa.Column("same", sa.Boolean(), nullable=True),
        sa.Column("decided_by", sa.String(length=120), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_possible_match_network_id_network")
        ),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_possible_match_other_id_person")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_possible_match_person_id_person")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_possible_match_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_possible_match")),
        sa.UniqueConstraint("person_id", "other_id", name=op.f("uq_possible_match_person_id_other_id")),
    )
    with op.batch_alter_table("possible_match", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_possible_match_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_possible_match_person_id"), ["person_id"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("occurrence", sa.String(length=160), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("address_id", ID, nullable=True),
        sa.Column("session_id", ID, nullable=True),
        sa.Column("place_id", ID, nullable=True),
        sa.Column("meeting_id", ID, nullable=True),
        sa.Column("ride_id", ID, nullable=True),
        sa.Column("conversation_id", ID, nullable=True),
        sa.Column("task_id", ID, nullable=True),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_reminder_address_id_address")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_reminder_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_reminder_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_reminder_network_id_network")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reminder_person_id_person")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_reminder_place_id_place")),
        sa.ForeignKeyConstraint(["ride_id"], ["ride.id"], name=op.f("fk_reminder_ride_id_ride")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["activity_session.id"], name=op.f("fk_reminder_session_id_activity_session")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_reminder_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("occurrence", name=op.f("uq_reminder_occurrence")),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_conversation_id"), ["conversation_id"], unique=False)
        batch_op.create_index(
            "ix_reminder_due",
            ["due_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'due'"),
            postgresql_where=sa.text("state = 'due'"),
        )
        batch_op.create_index(batch_op.f("ix_reminder_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminder_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminder_place_id"), ["place_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminder_ride_id"), ["ride_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminder_session_id"), ["session_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminder_task_id"), ["task_id"], unique=False)

    op.create_table(
        "task_note",
        sa.Column("id", ID, nullable=False),
        sa.Column("task_id", ID, nullable=False),
        sa.Column("inbound_id", ID, nullable=True),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["inbound_id"], ["inbound.id"], name=op.f("fk_task_note_inbound_id_inbound")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_note_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_note")),
    )
    with op.batch_alter_table("task_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_note_task_id"), ["task_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("id", ID, nullable=False),
        sa.Column("asking_id", ID, nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("skipped", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["asking_id"], ["asking.id"], name=op.f("fk_answer_asking_id_asking")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("asking_id", "item", name=op.f("uq_answer_asking_id_item")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_asking_id"), ["asking_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_asking_id"))

    op.drop_table("answer")
    with op.batch_alter_table("task_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_note_task_id"))

    op.drop_table("task_note")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_task_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_session_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_ride_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_place_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_person_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_meeting_id"))
        batch_op.drop_index(
            "ix_reminder_due",
            sqlite_where=sa.text("state = 'due'"),
            postgresql_where=sa.text("state = 'due'"),
        )
        batch_op.drop_index(batch_op.f("ix_reminder_conversation_id"))

    op.drop_table("reminder")
    with op.batch_alter_table("possible_match", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_possible_match_person_id"))
        batch_op.drop_index(batch_op.f("ix_possible_match_other_id"))

    op.drop_table("possible_match")
    with op.batch_alter_table("outbound", schema=None) as batch_op:
        batch_op.drop_index("ix_outbound_thread")
        batch_op.drop_index(batch_op.f("ix_outbound_provider_id"))
        batch_op.drop_index(batch_op.f("ix_outbound_person_id"))
        batch_op.drop_index(
            "ix_outbound_due",
            sqlite_where=sa.text("state IN ('queued', 'sending', 'unknown')"),
            postgresql_where=sa.text("state IN ('queued', 'sending', 'unknown')"),
        )

    op.drop_table("outbound")
    with op.batch_alter_table("misunderstood", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_misunderstood_network_id"))

    op.drop_table("misunderstood")
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hold_person_id"))
        batch_op.drop_index(batch_op.f("ix_hold_address_id"))

    op.drop_table("hold")
    with op.batch_alter_table("asking", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_asking_person_id"))
        batch_op.drop_index(batch_op.f("ix_asking_conversation_id"))

    op.drop_table("asking")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_person_id"))
        batch_op.drop_index(
            "ix_task_open",
            sqlite_where=sa.text("state != 'done'"),
            postgresql_where=sa.text("state != 'done'"),
        )

    op.drop_table("task")
    with op.batch_alter_table("driver_ask", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_driver_ask_ride_id"))
        batch_op.drop_index(batch_op.f("ix_driver_ask_provider_id"))

    op.drop_table("driver_ask")
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conversation_person_id"))
        batch_op.drop_index(
            "ix_conversation_open",
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        )
        batch_op.drop_index(batch_op.f("ix_conversation_meeting_id"))

    op.drop_table("conversation")
    with op.batch_alter_table("slot_booking", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_slot_booking_open",
            sqlite_where=sa.text("state = 'booked'"),
            postgresql_where=sa.text("state = 'booked'"),
        )
        batch_op.drop_index(batch_op.f("ix_slot_booking_slot_id"))
        batch_op.drop_index(batch_op.f("ix_slot_booking_place_id"))

    op.drop_table("slot_booking")
    with op.batch_alter_table("ride", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ride_session_id"))
        batch_op.drop_index(batch_op.f("ix_ride_place_id"))
        batch_op.drop_index(batch_op.f("ix_ride_person_id"))

    op.drop_table("ride")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_session_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_place_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_champion_id"))

    op.drop_table("meeting")
    with op.batch_alter_table("call_to_make", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_to_make_session_id"))
        batch_op.drop_index(batch_op.f("ix_call_to_make_place_id"))
        batch_op.drop_index(batch_op.f("ix_call_to_make_person_id"))
        batch_op.drop_index(
            "ix_call_to_make_open",
            sqlite_where=sa.text("state = 'to_make'"),
            postgresql_where=sa.text("state = 'to_make'"),
        )

    op.drop_table("call_to_make")
    with op.batch_alter_table("slot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_slot_session_id"))

    op.drop_table("slot")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_account_id"))

    op.drop_table("sign_in")
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_place_session_id"))
        batch_op.drop_index(batch_op.f("ix_place_person_id"))

    op.drop_table("place")
    with op.batch_alter_table("meet_again", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meet_again_wisher_id"))
        batch_op.drop_index(batch_op.f("ix_meet_again_session_id"))
        batch_op.drop_index(batch_op.f("ix_meet_again_other_id"))

    op.drop_table("meet_again")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_session_id"))
        batch_op.drop_index(batch_op.f("ix_invitation_person_id"))

    op.drop_table("invitation")
    with op.batch_alter_table("ride_provider", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ride_provider_network_id"))

    op.drop_table("ride_provider")
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_referral_person_id"))
        batch_op.drop_index(batch_op.f("ix_referral_link_worker_id"))
        batch_op.drop_index("ix_referral_caseload")

    op.drop_table("referral")
    with op.batch_alter_table("proxy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proxy_proxy_id"))
        batch_op.drop_index(batch_op.f("ix_proxy_person_id"))

    op.drop_table("proxy")
    op.drop_table("person_role")
    with op.batch_alter_table("person_address", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_address_person_id"))
        batch_op.drop_index(batch_op.f("ix_person_address_address_id"))

    op.drop_table("person_address")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_membership_open",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_membership_person_id"))

    op.drop_table("membership")
    with op.batch_alter_table("link_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_link_code_to_address_id"))
        batch_op.drop_index(batch_op.f("ix_link_code_from_address_id"))

    op.drop_table("link_code")
    with op.batch_alter_table("interest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interest_person_id"))
        batch_op.drop_index(batch_op.f("ix_interest_network_id"))
        batch_op.drop_index(batch_op.f("ix_interest_group_id"))

    op.drop_table("interest")
    with op.batch_alter_table("inbound", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_inbound_unhandled",
            sqlite_where=sa.text("state = 'recorded'"),
            postgresql_where=sa.text("state = 'recorded'"),
        )
        batch_op.drop_index("ix_inbound_thread")

    op.drop_table("inbound")
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_network_id"))

    op.drop_table("duty")
    op.drop_table("champion_group")
    with op.batch_alter_table("champion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_champion_network_id"))

    op.drop_table("champion")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_person_id"))
        batch_op.drop_index(batch_op.f("ix_audit_at"))

    op.drop_table("audit")
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_person_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_address_id"))

    op.drop_table("agreement")
    with op.batch_alter_table("activity_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_session_starts_at"))
        batch_op.drop_index(batch_op.f("ix_activity_session_group_id"))

    op.drop_table("activity_session")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_network_id"))

    op.drop_table("account")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_network_id"))
        batch_op.drop_index("ix_person_name")

    op.drop_table("person")
    with op.batch_alter_table("activity_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_group_network_id"))

    op.drop_table("activity_group")
    with op.batch_alter_table("venue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_venue_network_id"))

    op.drop_table("venue")
    op.drop_table("suppression")
    with op.batch_alter_table("practice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_practice_network_id"))

    op.drop_table("practice")
    with op.batch_alter_table("line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_line_network_id"))

    op.drop_table("line")
    op.drop_table("balancing_measure")
    op.drop_table("api_token")
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_address_network_id"))

    op.drop_table("address")
    op.drop_table("network")
    with op.batch_alter_table("early_status", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_early_status_provider_id"))

    op.drop_table("early_status")
