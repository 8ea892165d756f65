"""Verbs of a transcript that are about questionnaires. The harness: ``story_runner``.

questionnaires standard                    (the network asks what the standard plans say)
patient Jean                               (on record: her phone, a referral that Lena took up today)
patient Jean loneliness                    (... and what it is about)
shares Tom Jean                            (Tom has no phone of his own: texts to him go to Jean's)
carer Tom Jean                             (Tom gets Jean's messages, on her phone)
bereaved Jean
presses Asha 7                             (the button of that name on the last text she got)
presses Asha 7 questionnaire.ons4.happy    (... on an older one)
asking Jean ons4 entry open
answer Jean ons4 entry satisfied 6         (or skip, or none: not answered)
quotation Jean "the walks"
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.story import Story
from tests.story_people import reached
from tests.town import NUMBERS
from wellbeing_bot.messages import InboundKind
from wellbeing_bot.service.people import new_person
from wellbeing_bot.service.questionnaires.looking import plan
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Answer, Asking, Network, OutboundRow, Person, Proxy, Referral
from wellbeing_bot.store.states import ReferralState, Role


def _write(story: Story, job: Callable[[Work], object]) -> None:
    def run(session: Session) -> None:
        network = session.scalars(select(Network)).one()
        work = Work(session, story.now, story.app.deployment, network)
        job(work)
        session.flush()
        plan(work)

    story.app.database.run(run)


_PLANS: Mapping[str, dict[str, Any]] = {
    "standard": {},
    "lunches": {
        "plans": [
            {
                "ask": "able_to_look_after_health",
                "from": "session",
                "group_kinds": ["lunch"],
                "points": {
                    "before": {"at": "09:30", "good_for": "2 hours"},
                    "after": {"at": "16:00", "good_for": "3 hours", "follows": "before"},
                },
            }
        ]
    },
}


def _questionnaires(story: Story, which: str) -> None:
    def switch_on(work: Work) -> None:
        work.network.settings = {**work.network.settings, "questionnaires": _PLANS[which]}

    _write(story, switch_on)


def _named(work: Work, name: str) -> Person:
    return work.session.scalars(select(Person).where(Person.first_name == name)).one()


def _patient(story: Story, name: str, *concerns: str) -> None:
    enter_patient(story, name, NUMBERS[name], *concerns)


def enter_patient(story: Story, name: str, phone: str, *concerns: str) -> None:
    """Somebody Lena took on today, reached at ``phone`` ("sms:+447700900123")."""

    def enter(work: Work) -> None:
        person = new_person(work, Role.PATIENT, first_name=name, last_name="Marsh")
        reached(work, person, phone)
        _referred(work, person, concerns)

    _write(story, enter)


def _referred(work: Work, person: Person, concerns: tuple[str, ...]) -> None:
    work.session.add(
        Referral(
            network_id=work.network.id,
            person_id=person.id,
            state=ReferralState.ACTIVE,
            source="gp",
            concerns=list(concerns),
            link_worker_id=_named(work, "Lena").id,
            opened_at=work.now,
            first_contact_at=work.now,
            active_at=work.now,
        )
    )


def _shares(story: Story, name: str, whose: str) -> None:
    def enter(work: Work) -> None:
        person = new_person(work, Role.PATIENT, first_name=name, last_name="Marsh")
        reached(work, person, NUMBERS[whose])
        _referred(work, person, ())

    _write(story, enter)


def _carer(story: Story, name: str, of: str) -> None:
    def enter(work: Work) -> None:
        carer = new_person(work, Role.CARER, first_name=name)
        reached(work, carer, NUMBERS[of])
        person = _named(work, of)
        work.session.add(
            Proxy(person_id=person.id, proxy_id=carer.id, consent="said so at the surgery", since=work.now)
        )

    _write(story, enter)


def _bereaved(story: Story, name: str) -> None:
    def note(work: Work) -> None:
        _named(work, name).bereaved_on = work.local_now.date()

    _write(story, note)


def _presses(story: Story, name: str, label: str, key: str = "") -> None:
    with story.app.database.reading() as session:
        rows = session.scalars(select(OutboundRow).order_by(OutboundRow.id.desc()))
        values = [
            button["value"]
            for row in rows
            if story.phone(row.address_id) == name and (not key or row.key == key)
            for button in row.buttons
            if button["label"] == label
        ]
    assert values, f"no button {label!r}"
    story.text(name, values[0], kind=InboundKind.BUTTON)


def _asking(session: Session, name: str, instrument: str, point: str) -> Asking | None:
    return session.scalar(
        select(Asking)
        .join(Person, Person.id == Asking.person_id)
        .where(Person.first_name == name, Asking.instrument == instrument, Asking.point == point)
    )


def _expect_asking(story: Story, name: str, instrument: str, point: str, state: str) -> None:
    with story.app.database.reading() as session:
        row = _asking(session, name, instrument, point)
        have = row.state.value if row else "none"
    assert have == state, f"the asking is {have}"


def _expect_answer(story: Story, name: str, instrument: str, point: str, item: str, value: str) -> None:
    with story.app.database.reading() as session:
        row = _asking(session, name, instrument, point)
        assert row is not None, "there is no such asking"
        found = session.scalar(select(Answer).where(Answer.asking_id == row.id, Answer.item == item))
        have = "none" if found is None else "skip" if found.skipped else str(found.number)
    assert have == value, f"the answer is {have}"


def _expect_quotation(story: Story, name: str, words: str) -> None:
    with story.app.database.reading() as session:
        rows = session.scalars(
            select(Asking).join(Person, Person.id == Asking.person_id).where(Person.first_name == name)
        )
        have = [row.quotation for row in rows if row.quotation_consent]
    assert have == ([words] if words else []), f"the quotations are {have}"


ACTS: Mapping[str, Callable[..., Any]] = {
    "questionnaires": _questionnaires,
    "patient": _patient,
    "shares": _shares,
    "carer": _carer,
    "bereaved": _bereaved,
    "presses": _presses,
}
"""Something happens; what goes out because of it is written in the lines that follow."""

CHECKS: Mapping[str, Callable[..., Any]] = {
    "asking": _expect_asking,
    "answer": _expect_answer,
    "quotation": _expect_quotation,
}
"""What must be on record."""
