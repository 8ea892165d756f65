"""Networks, the people in them and the ways to reach them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wellbeing_bot.store.states import ChampionState, ReferralState, Role
from wellbeing_bot.store.types import Base, BigId, Json, JsonList


class Network(Base):
    """A primary care network. Every row that holds a person belongs to one; nothing crosses."""

    __tablename__ = "network"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    zone: Mapped[str] = mapped_column(String(40), default="Europe/London")
    settings: Mapped[Json] = mapped_column(default=dict)  # read through service.settings.NetworkSettings


class Line(Base):
    """A number or bot of ours. A text to a line that nobody owns goes to the deployment's inbox."""

    __tablename__ = "line"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    channel: Mapped[str] = mapped_column(String(12))
    value: Mapped[str] = mapped_column(String(80))
    __table_args__ = (UniqueConstraint("channel", "value"),)


class Practice(Base):
    __tablename__ = "practice"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    ods_code: Mapped[str | None] = mapped_column(String(12))
    also: Mapped[JsonList] = mapped_column(default=list)  # other names people use for it


class Person(Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    key: Mapped[str | None] = mapped_column(String(60))  # short name in files and the simulator; erased too
    first_name: Mapped[str] = mapped_column(String(60), default="")
    last_name: Mapped[str] = mapped_column(String(80), default="")
    postcode: Mapped[str | None] = mapped_column(String(10))  # full, or the outward code alone
    practice_id: Mapped[int | None] = mapped_column(ForeignKey("practice.id"))
    language: Mapped[str] = mapped_column(String(12), default="en")  # asked for, never detected
    access_needs: Mapped[JsonList] = mapped_column(default=list)
    dietary_needs: Mapped[str] = mapped_column(String(200), default="")
    interests: Mapped[JsonList] = mapped_column(default=list)
    dislikes: Mapped[JsonList] = mapped_column(default=list)
    landline: Mapped[str | None] = mapped_column(String(20))  # to be rung, never texted
    contact_note: Mapped[str] = mapped_column(Text, default="")  # "never leave word"
    never_text_from: Mapped[str | None] = mapped_column(String(5))  # HH:MM local
    never_text_until: Mapped[str | None] = mapped_column(String(5))
    never_leave_word: Mapped[bool] = mapped_column(default=False)
    preferred_address_id: Mapped[int | None] = mapped_column(ForeignKey("address.id", use_alter=True))
    paused_from: Mapped[date | None]  # away from that day, when it lies ahead
    paused_until: Mapped[date | None]
    bereaved_on: Mapped[date | None]
    under_16: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    roles: Mapped[list[PersonRole]] = relationship(back_populates="person", lazy="select")

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def initials(self) -> str:
        return "".join(part[0].upper() for part in self.full_name.split() if part)

    def has(self, role: Role) -> bool:
        return any(row.role is role for row in self.roles)

    def away_on(self, day: date) -> bool:
        """Whether they asked to be left in peace that day."""
        if self.paused_until is None or day >= self.paused_until:
            return False
        return self.paused_from is None or day >= self.paused_from

    __table_args__ = (
        Index("ix_person_name", "network_id", "last_name", "first_name"),
        UniqueConstraint("network_id", "key"),
    )


class PersonRole(Base):
    __tablename__ = "person_role"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(primary_key=True)
    person: Mapped[Person] = relationship(back_populates="roles")
    __table_args__ = (Index("ix_person_role_role", "role", "person_id"),)  # the few that are not patients


class AddressRow(Base):
    """A way to reach somebody. It is also what a turn locks, so that texts are taken in order."""

    __tablename__ = "address"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    channel: Mapped[str] = mapped_column(String(12))
    value: Mapped[str] = mapped_column(String(80))
    line: Mapped[str] = mapped_column(String(80), default="")  # the line they last texted
    opted_out_at: Mapped[datetime | None]
    carrier_blocked_at: Mapped[datetime | None]  # the carrier will not deliver until they text START
    unreachable_at: Mapped[datetime | None]  # not a mobile, wrong number: nothing more is sent
    unreachable_why: Mapped[str | None] = mapped_column(String(40))
    unsafe: Mapped[bool] = mapped_column(default=False)  # somebody else may read it: say nothing that harms
    language: Mapped[str | None] = mapped_column(String(12))  # asked for before we know who they are
    last_inbound_at: Mapped[datetime | None]
    last_reply_notice_at: Mapped[datetime | None]  # when somebody waiting was last told so
    burst_since: Mapped[datetime | None]  # when the texts counted in ``burst`` began to come
    burst: Mapped[int] = mapped_column(default=0, server_default="0")
    same_text: Mapped[str | None] = mapped_column(String(32))  # a digest of the last text, digits left out
    same_count: Mapped[int] = mapped_column(default=0, server_default="0")  # how often in a row it came
    __table_args__ = (UniqueConstraint("network_id", "channel", "value"),)

    def __str__(self) -> str:
        return f"{self.channel}:{self.value}"


class PersonAddress(Base):
    """Whose address it is. Several people may share one."""

    __tablename__ = "person_address"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    address_id: Mapped[int] = mapped_column(ForeignKey("address.id"), index=True)
    verified: Mapped[bool] = mapped_column(default=True)
    ended_at: Mapped[datetime | None]
    __table_args__ = (UniqueConstraint("person_id", "address_id"),)


class Proxy(Base):
    """Somebody who gets a person's messages with that person's consent on record."""

    __tablename__ = "proxy"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    proxy_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    relation: Mapped[str] = mapped_column(String(40), default="")
    consent: Mapped[str] = mapped_column(String(200))  # how the consent was given
    gets_messages: Mapped[bool] = mapped_column(default=True)
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Agreement(Base):
    """The agreement to be texted, with the version of the words they saw. Not the UK GDPR basis."""

    __tablename__ = "agreement"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    address_id: Mapped[int] = mapped_column(ForeignKey("address.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30), default="texts")
    wording: Mapped[str] = mapped_column(String(40))
    given: Mapped[bool] = mapped_column(default=True)
    at: Mapped[datetime]


class Referral(Base):
    """A patient's episode."""

    __tablename__ = "referral"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[ReferralState] = mapped_column(default=ReferralState.WAITING)
    source: Mapped[str] = mapped_column(String(20), default="self")  # self, gp, carer, champion, staff
    referrer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    referrer: Mapped[str] = mapped_column(String(120), default="")
    consent: Mapped[str] = mapped_column(String(200), default="")
    concerns: Mapped[JsonList] = mapped_column(default=list)
    own_words: Mapped[str] = mapped_column(Text, default="")
    link_worker_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    opened_at: Mapped[datetime]
    first_contact_at: Mapped[datetime | None]
    booked_at: Mapped[datetime | None]
    active_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(200), default="")
    __table_args__ = (Index("ix_referral_caseload", "network_id", "state", "link_worker_id"),)


class Champion(Base):
    """What a volunteer champion needs to be asked. Checks carry the day they run out."""

    __tablename__ = "champion"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    state: Mapped[ChampionState] = mapped_column(default=ChampionState.INTERESTED)
    gender: Mapped[str] = mapped_column(String(20), default="")  # only to respect a patient's preference
    how_to_know: Mapped[str] = mapped_column(String(80), default="")  # "a red hat", "a green lanyard"
    dbs_until: Mapped[date | None]
    badge_until: Mapped[date | None]
    training_until: Mapped[date | None]
    away_from: Mapped[date | None]
    away_until: Mapped[date | None]
    paused: Mapped[bool] = mapped_column(default=False)
    most_a_month: Mapped[int | None]
    workshop_at: Mapped[datetime | None]  # the workshop they were asked to
    workshop_place: Mapped[str] = mapped_column(String(160), default="")
    workshop_answer: Mapped[str] = mapped_column(String(4), default="")  # yes, no, or not answered
    active_since: Mapped[datetime | None]  # when they were first welcomed as active
    entered_at: Mapped[datetime]


class ChampionGroup(Base):
    """Which groups a champion meets people at."""

    __tablename__ = "champion_group"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("activity_group.id"), primary_key=True)


class Duty(Base):
    """The duty rota: who is told of something urgent, in order."""

    __tablename__ = "duty"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    position: Mapped[int] = mapped_column(default=1)
    weekdays: Mapped[JsonList] = mapped_column(default=list)  # 0 Monday .. 6; empty is every day
    start: Mapped[str | None] = mapped_column(String(5))
    until: Mapped[str | None] = mapped_column(String(5))


class Suppression(Base):
    """A keyed hash of an address that asked to be forgotten, so that it is never texted again."""

    __tablename__ = "suppression"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("network_id", "digest"),)


class LinkCode(Base):
    """A code sent to one address to prove that the person texting from another also holds it.

    Where we know nobody there is a row as well, with nothing to prove: it counts the tries, so that nobody
    can tell the one from the other.
    """

    __tablename__ = "link_code"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    from_address_id: Mapped[int] = mapped_column(ForeignKey("address.id"), index=True)
    to_address_id: Mapped[int | None] = mapped_column(ForeignKey("address.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class PossibleMatch(Base):
    """Two records that may be one person. A link worker decides; decided once, it is not raised again."""

    __tablename__ = "possible_match"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)  # the newer record
    other_id: Mapped[int] = mapped_column(
        ForeignKey("person.id"), index=True
    )  # the one that was there before
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"))
    same: Mapped[bool | None]  # nothing until somebody has decided
    decided_by: Mapped[str] = mapped_column(String(120), default="")
    decided_at: Mapped[datetime | None]
    at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("person_id", "other_id"),)
