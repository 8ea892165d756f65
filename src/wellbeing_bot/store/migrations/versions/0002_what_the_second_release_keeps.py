"""What the second release keeps"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB, "postgresql")

revision = "0002"
down_revision = "0001a"


def upgrade() -> None:
    op.create_table(
        "pace",
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("full_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_pace")),
    )
    op.create_table(
        "reconciled",
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_reconciled")),
    )
    op.create_table(
        "restoration",
        sa.Column("id", ID, nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("restored_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restoration")),
    )
    op.create_table(
        "directory_service",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("needs", JSON, nullable=False),
        sa.Column("line", sa.String(length=100), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("opens", sa.String(length=60), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("area", JSON, nullable=False),
        sa.Column("for_whom", sa.String(length=60), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_directory_service_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_service")),
        sa.UniqueConstraint("network_id", "name", name=op.f("uq_directory_service_network_id_name")),
    )
    op.create_table(
        "long_work",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("args", JSON, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("result_name", sa.String(length=80), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_long_work_network_id_network")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_long_work")),
    )
    with op.batch_alter_table("long_work", schema=None) as batch_op:
        batch_op.create_index("ix_long_work_newest", ["network_id", "id"], unique=False)

    op.create_table(
        "spending",
        sa.Column("network_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_spending_network_id_network")),
        sa.PrimaryKeyConstraint("network_id", "day", name=op.f("pk_spending")),
    )
    op.create_table(
        "wording_change",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("now", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_wording_change_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording_change")),
    )
    with op.batch_alter_table("wording_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wording_change_key"), ["key"], unique=False)
        batch_op.create_index(batch_op.f("ix_wording_change_network_id"), ["network_id"], unique=False)

    op.create_table(
        "clinic_wait",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["activity_group.id"], name=op.f("fk_clinic_wait_group_id_activity_group")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_clinic_wait_network_id_network")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_clinic_wait_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clinic_wait")),
    )
    with op.batch_alter_table("clinic_wait", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clinic_wait_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_clinic_wait_person_id"), ["person_id"], unique=False)

    op.create_table(
        "goal",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("words", sa.String(length=160), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("by_text", sa.Boolean(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("review_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_goal_network_id_network")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_goal_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_person_id"), ["person_id"], unique=False)

    op.create_table(
        "monitor_loan",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("champion_id", ID, nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("bring_to", sa.String(length=200), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bring_on", sa.Date(), nullable=True),
        sa.Column("lent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_back", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["champion_id"], ["person.id"], name=op.f("fk_monitor_loan_champion_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_monitor_loan_network_id_network")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_monitor_loan_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monitor_loan")),
    )
    with op.batch_alter_table("monitor_loan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_monitor_loan_network_id"), ["network_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_monitor_loan_person_id"), ["person_id"], unique=False)

    op.create_table(
        "signposted",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("service_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("need", sa.String(length=40), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_signposted_network_id_network")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_signposted_person_id_person")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["directory_service.id"], name=op.f("fk_signposted_service_id_directory_service")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signposted")),
    )
    with op.batch_alter_table("signposted", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signposted_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_signposted_when", ["network_id", "at"], unique=False)

    op.create_table(
        "worker_notices",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("new_referral", sa.Boolean(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("result", sa.Boolean(), nullable=False),
        sa.Column("appointment", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_worker_notices_network_id_network")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_worker_notices_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_worker_notices")),
    )
    op.create_table(
        "appointment",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("link_worker_id", ID, nullable=False),
        sa.Column("referral_id", ID, nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("times", JSON, nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["link_worker_id"], ["person.id"], name=op.f("fk_appointment_link_worker_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_appointment_network_id_network")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_appointment_person_id_person")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_appointment_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index("ix_appointment_diary", ["link_worker_id", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointment_person_id"), ["person_id"], unique=False)

    op.create_table(
        "monitor_loan_ask",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("loan_id", ID, nullable=False),
        sa.Column("champion_id", ID, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["champion_id"], ["person.id"], name=op.f("fk_monitor_loan_ask_champion_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["loan_id"], ["monitor_loan.id"], name=op.f("fk_monitor_loan_ask_loan_id_monitor_loan")
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_monitor_loan_ask_network_id_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monitor_loan_ask")),
        sa.UniqueConstraint(
            "loan_id", "champion_id", "round", name=op.f("uq_monitor_loan_ask_loan_id_champion_id_round")
        ),
    )
    with op.batch_alter_table("monitor_loan_ask", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_monitor_loan_ask_champion_id"), ["champion_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_monitor_loan_ask_loan_id"), ["loan_id"], unique=False)

    op.create_table(
        "satisfaction",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("referral_id", ID, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name=op.f("fk_satisfaction_network_id_network")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_satisfaction_person_id_person")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_satisfaction_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_satisfaction")),
        sa.UniqueConstraint("referral_id", name=op.f("uq_satisfaction_referral_id")),
    )
    with op.batch_alter_table("satisfaction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_satisfaction_network_id"), ["network_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_satisfaction_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("activity_group", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("good_to_know", sa.String(length=300), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("slot_minutes", sa.Integer(), nullable=True))

    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.add_column(sa.Column("language", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("burst_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("burst", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("same_text", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("same_count", sa.Integer(), server_default="0", nullable=False))

    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(
            "ix_membership_of_group",
            ["group_id", "id"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    with op.batch_alter_table("misunderstood", schema=None) as batch_op:
        batch_op.add_column(sa.Column("meant", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("example", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("outbound", schema=None) as batch_op:
        batch_op.add_column(sa.Column("channel", sa.String(length=12), server_default="", nullable=False))
        batch_op.add_column(sa.Column("report_asked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_outbound_channel_due",
            ["channel", "kind", "due_at", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('queued', 'sending', 'unknown')"),
            postgresql_where=sa.text("state IN ('queued', 'sending', 'unknown')"),
        )
        batch_op.create_index("ix_outbound_sent", ["address_id", "sent_at"], unique=False)
        batch_op.create_index(
            "ix_outbound_unreported",
            ["sent_at"],
            unique=False,
            sqlite_where=sa.text("state = 'sent' AND channel = 'sms'"),
            postgresql_where=sa.text("state = 'sent' AND channel = 'sms'"),
        )
        batch_op.create_index(
            "ix_outbound_waiting",
            ["address_id", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('queued', 'sending', 'unknown')"),
            postgresql_where=sa.text("state IN ('queued', 'sending', 'unknown')"),
        )

    with op.batch_alter_table("person_role", schema=None) as batch_op:
        batch_op.create_index("ix_person_role_role", ["role", "person_id"], unique=False)

    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(
            "ix_reminder_escalate",
            ["due_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'due' AND kind = 'escalate'"),
            postgresql_where=sa.text("state = 'due' AND kind = 'escalate'"),
        )


def downgrade() -> None:
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_reminder_escalate",
            sqlite_where=sa.text("state = 'due' AND kind = 'escalate'"),
            postgresql_where=sa.text("state = 'due' AND kind = 'escalate'"),
        )

    with op.batch_alter_table("person_role", schema=None) as batch_op:
        batch_op.drop_index("ix_person_role_role")

    with op.batch_alter_table("outbound", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbound_waiting",
            sqlite_where=sa.text("state IN ('queued', 'sending', 'unknown')"),
            postgresql_where=sa.text("state IN ('queued', 'sending', 'unknown')"),
        )
        batch_op.drop_index(
            "ix_outbound_unreported",
            sqlite_where=sa.text("state = 'sent' AND channel = 'sms'"),
            postgresql_where=sa.text("state = 'sent' AND channel = 'sms'"),
        )
        batch_op.drop_index("ix_outbound_sent")
        batch_op.drop_index(
            "ix_outbound_channel_due",
            sqlite_where=sa.text("state IN ('queued', 'sending', 'unknown')"),
            postgresql_where=sa.text("state IN ('queued', 'sending', 'unknown')"),
        )
        batch_op.drop_column("report_asked_at")
        batch_op.drop_column("channel")

    with op.batch_alter_table("misunderstood", schema=None) as batch_op:
        batch_op.drop_column("example")
        batch_op.drop_column("meant")

    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_membership_of_group",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.drop_column("same_count")
        batch_op.drop_column("same_text")
        batch_op.drop_column("burst")
        batch_op.drop_column("burst_since")
        batch_op.drop_column("language")

    with op.batch_alter_table("activity_group", schema=None) as batch_op:
        batch_op.drop_column("slot_minutes")
        batch_op.drop_column("good_to_know")

    with op.batch_alter_table("satisfaction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_satisfaction_person_id"))
        batch_op.drop_index(batch_op.f("ix_satisfaction_network_id"))

    op.drop_table("satisfaction")
    with op.batch_alter_table("monitor_loan_ask", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_monitor_loan_ask_loan_id"))
        batch_op.drop_index(batch_op.f("ix_monitor_loan_ask_champion_id"))

    op.drop_table("monitor_loan_ask")
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appointment_person_id"))
        batch_op.drop_index("ix_appointment_diary")

    op.drop_table("appointment")
    op.drop_table("worker_notices")
    with op.batch_alter_table("signposted", schema=None) as batch_op:
        batch_op.drop_index("ix_signposted_when")
        batch_op.drop_index(batch_op.f("ix_signposted_person_id"))

    op.drop_table("signposted")
    with op.batch_alter_table("monitor_loan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_monitor_loan_person_id"))
        batch_op.drop_index(batch_op.f("ix_monitor_loan_network_id"))

    op.drop_table("monitor_loan")
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_goal_person_id"))

    op.drop_table("goal")
    with op.batch_alter_table("clinic_wait", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clinic_wait_person_id"))
        batch_op.drop_index(batch_op.f("ix_clinic_wait_group_id"))

    op.drop_table("clinic_wait")
    with op.batch_alter_table("wording_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_wording_change_network_id"))
        batch_op.drop_index(batch_op.f("ix_wording_change_key"))

    op.drop_table("wording_change")
    op.drop_table("spending")
    with op.batch_alter_table("long_work", schema=None) as batch_op:
        batch_op.drop_index("ix_long_work_newest")

    op.drop_table("long_work")
    op.drop_table("directory_service")
    op.drop_table("restoration")
    op.drop_table("reconciled")
    op.drop_table("pace")
