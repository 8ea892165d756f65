"""A backup is put back on another machine hours later: nobody is texted twice, and nothing goes out late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from tests import story_people
from tests.channels.stubs import TelegramStub, TwilioStub
from tests.faults.invariants import moment
from tests.live import prepare
from tests.story import Story
from tests.town import NUMBERS, START
from wellbeing_bot.app import build_live
from wellbeing_bot.backup_command import backup, restored
from wellbeing_bot.clock import DemoClock
from wellbeing_bot.config import Settings
from wellbeing_bot.messages import ChannelName
from wellbeing_bot.service.sending.claiming import Room, claim
from wellbeing_bot.store import OutboundRow, Reminder, Task

AFTER_THE_BACKUP = [moment(text) for text in ("2026-11-23T11:00", "2026-11-24T12:00", "2026-11-25T12:00")]
BACKED_UP, PUT_BACK = START, moment("2026-11-25T15:00")
"""Monday at nine, and Wednesday at three: the day before the walk, and after Wednesday's lunch."""


@contextmanager
def machine(settings: Settings, now: datetime) -> Iterator[Story]:
    """A live service on its database, started at that moment."""
    app = build_live(settings)
    app.clock = DemoClock(now)
    story = Story(Path(), app=app)
    story.begin_texts_at(int(now.timestamp()))
    app.notice_restore()
    app.road.recover(now)
    app.plan_networks()
    try:
        yield story
    finally:
        story.close()


def before_the_backup(story: Story, bot: str) -> None:
    """Answers are queued, one is being handed over, and reminders are to come."""
    for who in ("Vi", "Ruth"):
        story_people.ACTS["person"](story, who)
    story_people.ACTS["booked"](story, "Vi", "harbour-walk", "2026-11-26")
    story_people.ACTS["booked"](story, "Ruth", "lunch", "2026-11-25")
    story.settle()
    for who in ("Tom", "Jean", "Asha"):
        receive(story, who, "hello", bot)
        if who == "Tom":  # his answer is claimed, and the process is about to hand it over
            claim_all(story)


def claim_all(story: Story) -> None:
    rooms: dict[ChannelName, Room] = {"sms": Room(50, 5), "telegram": Room(50, 5)}
    deployment = story.app.deployment
    story.app.database.run(lambda session: claim(session, story.now, rooms, deployment))


def receive(story: Story, who: str, text: str, bot: str) -> None:
    """A text comes in and is answered, but nothing leaves yet."""
    line = {"line": bot} if NUMBERS[who].startswith("telegram") else {}
    settle, story.settle = story.settle, lambda: None  # type: ignore[method-assign]
    story.text(who, text, **line)
    story.settle = settle  # type: ignore[method-assign]


def carry_on(story: Story) -> None:
    """What the ticks of twenty minutes do."""
    story._loop.run_until_complete(story.app.reconcile())
    story.until(story.now + timedelta(minutes=20))


def texts(twilio: TwilioStub) -> Counter[str]:
    names = {number.removeprefix("sms:"): who for who, number in NUMBERS.items()}
    return Counter(names[message.to] for message in twilio.messages)


def tasks(story: Story) -> Counter[str]:
    with story.app.database.reading() as session:
        return Counter(session.scalars(select(Task.kind)))


def put_back(settings: Settings, copy: Path) -> Settings:
    return settings.model_copy(update={"database_url": f"sqlite:///{copy}"})


def test_what_the_old_machine_sent_after_the_backup_is_not_sent_again(tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with TwilioStub() as twilio, TelegramStub() as telegram:
        settings = prepare(tmp_path, twilio, telegram)
        bot = telegram.token.partition(":")[0]
        twilio.now = BACKED_UP
        with machine(settings, BACKED_UP) as old:
            before_the_backup(old, bot)
            assert backup(settings, copy, BACKED_UP) == 0
            for day in AFTER_THE_BACKUP:
                twilio.now = day
                old.until(day)
            twilio.text_comes_in(NUMBERS["Mary"].removeprefix("sms:"), "hello")
            old._loop.run_until_complete(old.app.reconcile())
            old.settle()
        sent, written = texts(twilio), len(telegram.texts_to(7700103))
        assert {who: sent[who] for who in ("Jean", "Tom", "Mary")} == {"Jean": 1, "Tom": 1, "Mary": 1}
        assert sent["Vi"] >= 1
        assert written == 1
        twilio.now = PUT_BACK
        with machine(put_back(settings, copy), PUT_BACK) as new:
            carry_on(new)
            assert texts(twilio) == sent
            assert len(telegram.texts_to(7700103)) == written
            assert tasks(new)["restored"] == 1
            assert tasks(new)["message_unknown"] >= 1  # the answer on Telegram: nobody can tell
            twilio.now = moment("2026-11-26T09:00")
            new.until(moment("2026-11-26T09:00"))
            assert texts(twilio)["Vi"] == sent["Vi"] + 1  # the morning of the walk: life goes on


def test_what_never_left_goes_out_once_and_what_is_over_does_not(tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with TwilioStub() as twilio, TelegramStub() as telegram:
        settings = prepare(tmp_path, twilio, telegram)
        twilio.now = BACKED_UP
        with machine(settings, BACKED_UP) as old:
            before_the_backup(old, telegram.token.partition(":")[0])
            assert backup(settings, copy, BACKED_UP) == 0
            already = texts(twilio)
        twilio.now = PUT_BACK
        with machine(put_back(settings, copy), PUT_BACK) as new:
            carry_on(new)
            sent = texts(twilio) - already
            assert sent["Jean"] == sent["Tom"] == 1
            assert sent["Vi"] == 1  # the nudge for tomorrow still makes sense until the evening
            assert sent["Ruth"] == 0
            with new.app.database.reading() as session:
                late = session.scalars(select(Reminder.kind).where(Reminder.state == "missed")).all()
                keys = session.scalars(select(OutboundRow.key)).all()
            assert "day_before" in late  # of yesterday, for Ruth's lunch
            assert "morning" in late
            assert not [key for key in keys if "morning" in key]


def test_a_copy_made_by_hand_is_noted_and_then_treated_alike(tmp_path: Path) -> None:
    with TwilioStub() as twilio, TelegramStub() as telegram:
        settings = prepare(tmp_path, twilio, telegram)
        with machine(settings, BACKED_UP) as old:
            assert tasks(old)["restored"] == 0
        assert restored(settings) == 0
        assert restored(settings) == 0
        with machine(settings, PUT_BACK) as new:
            assert tasks(new)["restored"] == 1


def test_a_backup_overwrites_nothing_and_needs_a_database(tmp_path: Path) -> None:
    with TwilioStub() as twilio, TelegramStub() as telegram:
        settings = prepare(tmp_path, twilio, telegram)
    there = tmp_path / "there.db"
    there.touch()
    assert backup(settings, there, BACKED_UP) == 1
    assert backup(settings.model_copy(update={"database_url": "postgresql://x/y"}), there, BACKED_UP) == 1
    nowhere = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'none.db'}"})
    assert backup(nowhere, tmp_path / "new.db", BACKED_UP) == 1
    assert not (tmp_path / "new.db").exists()
