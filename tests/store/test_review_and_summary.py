"""The weekly list and the practices' summaries, of a few people at every point of their way."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.story import Story
from wellbeing_bot.meeting_command import review as review_command
from wellbeing_bot.meeting_command import summary as summary_command
from wellbeing_bot.service.people import new_person
from wellbeing_bot.service.places.signing_up import sign_up
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers import review, summary
from wellbeing_bot.store import Group, Network, Person, Practice, Referral, Session_, Task
from wellbeing_bot.store.states import PlaceState, ReferralState, Role, Urgency


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    made = Story(tmp_path)
    made.app.database.run(lambda session: _fill(Work(session, made.now, made.app.deployment, _one(session))))
    yield made
    made.close()


def _one(session: Session) -> Network:
    return session.scalars(select(Network)).one()


def _fill(work: Work) -> None:
    work.network.settings = {**work.network.settings, "snomed": {"referral": "871731000000106"}}
    lena = work.session.scalars(select(Person).where(Person.first_name == "Lena")).one()
    surgery = work.session.scalars(select(Practice).order_by(Practice.id)).first()
    assert surgery is not None
    for name, days, state, own in (
        ("New", 2, ReferralState.WAITING, True),
        ("Long", 30, ReferralState.WAITING, False),
        ("=Gone", 60, ReferralState.DISCHARGED, True),
        ("Before", 200, ReferralState.DISCHARGED, True),
    ):
        person = new_person(work, Role.PATIENT, first_name=name, last_name="Person")
        person.practice_id = surgery.id
        closed = {"=Gone": 1, "Before": 150}.get(name)
        work.session.add(
            Referral(
                network_id=work.network.id,
                person_id=person.id,
                source="gp",
                referrer="Dr Mensah",
                state=state,
                own_words="my secret sorrow",
                outcome="Walks every week." if closed else "",
                link_worker_id=lena.id if own else None,
                opened_at=work.now - timedelta(days=days),
                closed_at=work.now - timedelta(days=closed) if closed else None,
                concerns=[],
            )
        )
        work.session.flush()
        if name == "Long":
            for kind, urgency in (("urgent_words", Urgency.URGENT), ("not_reached", Urgency.SOON)):
                work.session.add(
                    Task(
                        network_id=work.network.id,
                        kind=kind,
                        urgency=urgency,
                        person_id=person.id,
                        summary="my secret sorrow",
                        raised_at=work.now,
                    )
                )


def reviewed(story: Story, worker: str = "") -> review.Review:
    with story.app.database.reading() as session:
        work = Work(session, story.now, story.app.deployment, _one(session))
        lena = session.scalars(select(Person).where(Person.first_name == worker)).one() if worker else None
        return review.review(work, link_worker=lena)


def test_each_is_listed_for_each_reason_the_most_pressing_first(story: Story) -> None:
    found = [(line.why, line.name, line.days) for line in reviewed(story).lines]
    assert found == [
        ("urgent", "Long Person", 0),
        ("new", "New Person", 2),
        ("waiting", "Long Person", 30),
        ("not_reached", "Long Person", 0),
        ("discharged", "=Gone Person", 1),
    ]


def test_a_link_workers_list_holds_her_own_people_alone(story: Story) -> None:
    assert {line.name for line in reviewed(story, "Lena").lines} == {"New Person", "=Gone Person"}


def test_what_is_done_is_off_the_list(story: Story) -> None:
    with story.app.database.reading() as session:
        tasks = session.scalars(select(Task.id).where(Task.kind == "not_reached")).all()
    for task in tasks:
        story.desk("done", task=task)
    assert not reviewed(story).under("not_reached")
    story.until(story.now + timedelta(days=8))
    assert not reviewed(story).under("urgent")
    assert not reviewed(story).under("discharged")


def test_the_form_and_the_file_hold_nobodys_words_and_run_nothing(story: Story) -> None:
    found = reviewed(story)
    page, file = review.to_html(found), review.to_csv(found)
    assert "secret" not in page + file
    assert page.count("<table>") == len({line.why for line in found.lines})
    rows = list(csv.reader(io.StringIO(file)))
    assert rows[0] == list(review.COLUMNS)
    assert "'=Gone Person" in {row[2] for row in rows}


def entries(story: Story) -> dict[str, summary.Entry]:
    with story.app.database.reading() as session:
        work = Work(session, story.now, story.app.deployment, _one(session))
        return {entry.name: entry for entry in summary.summaries(work, work.now - timedelta(days=90))}


def test_a_summary_says_what_was_done_in_plain_lines(story: Story) -> None:
    found = entries(story)
    assert "Before Person" not in found
    gone = found["=Gone Person"]
    assert gone.lines[0].startswith("Referred by Dr Mensah on ")
    assert gone.lines[-1].endswith(": Walks every week.")
    assert gone.codes == ("871731000000106",)
    written = summary.to_text(list(found.values())) + summary.to_csv(list(found.values()))
    assert "secret" not in written


def test_groups_are_counted_and_a_sensitive_one_is_not_named(story: Story) -> None:
    def been(session: Session) -> None:
        work = Work(session, story.now, story.app.deployment, _one(session))
        person = session.scalars(select(Person).where(Person.first_name == "New")).one()
        for key in ("harbour-walk", "bereavement"):
            found = session.scalars(
                select(Session_).join(Group, Group.id == Session_.group_id).where(Group.key == key)
            ).first()
            assert found is not None
            sign_up(work, person, found).state = PlaceState.ATTENDED

    story.app.database.run(been)
    said = " ".join(entries(story)["New Person"].lines)
    assert "Harbour Walk once" in said
    assert "a group once" in said
    assert "Bereavement" not in said


def test_codes_stand_only_where_the_network_set_them(story: Story) -> None:
    def take_out(session: Session) -> None:
        network = _one(session)
        network.settings = {**network.settings, "snomed": {}}

    story.app.database.run(take_out)
    assert {entry.codes for entry in entries(story).values()} == {()}


def test_the_commands_write_a_list_and_a_file_for_each_practice(
    story: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, now = story.app.settings, datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    asked = {"network": "", "waiting_days": 14}
    assert review_command(settings, now, link_worker="lena", kind="csv", **asked) == 0  # type: ignore[arg-type]
    assert "New Person" in capsys.readouterr().out
    assert review_command(settings, now, link_worker="Nobody", kind="html", **asked) == 1  # type: ignore[arg-type]
    assert "0 link workers" in capsys.readouterr().err
    since, folder = now - timedelta(days=90), tmp_path / "out"
    assert summary_command(settings, folder, now, network="", since=since, kind="txt") == 0
    files = {file.name: file.read_text("utf-8") for file in folder.iterdir()}
    assert set(files) == {"seabank-surgery-1.txt", "harbour-medical-centre-2.txt"}
    assert "Long Person" in files["seabank-surgery-1.txt"]
    assert files["harbour-medical-centre-2.txt"] == ""
    assert summary_command(settings, folder, now, network="elsewhere", since=since, kind="csv") == 1
