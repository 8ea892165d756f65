"""STOP in any words, and the other commands; and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.understanding.commands import read_command
from wellbeing_bot.understanding.meaning import InterruptKind

STOPS = (
    "stop",
    "STOP ALL",
    "Stop.",
    "stpo",
    "s.t.o.p",
    "stooop",
    "STOP STOP STOP",
    "please stop",
    "Stop. Thank you. Mr Read.",
    "no more texts please im moving to Devon",
    "leave me alone",
    "take me off your list",
    "unsubscribe",
    "opt out",
    "quit",
    "stop these bloody messages",
    "i told you before NO MORE MESSAGES",
    "do not contact me again",
    "I don't want these texts",
    "please delete my number from your system",
    "can you stop sending these to my mum, she passed away",
    "how do I unsubscribe",
    "who ever this is stop texting me",
    "no want message please",
    "stopp",
    "STOP!!",
    "stop please",
    "unsubscribe me",
    "stop texting me",
    "St op",
    "un subscribe",
    "stop txtin me",
    "STOP i dont want this",
    "stop im not interested",
    "wrong number stop texting",
    "i want off this list",
    "arret stop",
    "(stop)",
)

NOT_STOPS = (
    "i never said i was going friday take my name off",
    "never booked the walk, take me off please",
    "no text please",
    "stop the tuesday one",
    "stop by the chemist",
    "can you stop at the corner",
    "please stop the lift",
    "end of the week",
    "cancel my lunch",
    "which stop",
    "cant stop thinking about that cake",
    "oh stop it you",
    "help me stop smoking",
    "rain wont stop me",
    "did the choir stop in june",
    "stopped coming as i was ill",
    "i stop with my daughter",
    "stop putting me down for tea duty",
    "could you stop my newspaper",
    "at the end of the road",
    "week end is good",
    "dead end job",
    "quiet please",
    "cancel my appointment",
    "cancel my booking for the 9th",
    "do i need to cancel",
    "stop and shop",
    "doorstop",
    "I'll stop off at the hall",
    "stop the music being so loud",
    "delete my booking",
    "no more lifts needed",
    "i dont need the lift",
    "please text dont ring",
    "please stop phoning my landline",
    "leave me a message",
    "i come alone",
    "block of flats",
    "out of office",
    "can you pause my place",
    "can you text my daughter instead",
    "dont text me on sundays",
    "i dont do texting",
    "havent had any texts",
    "no messages from you this week",
    "who are these texts from",
    "change my number on your list",
    "disregard last text",
    "i said stop by mistake can i start again",
    "switch off the heating",
    "quit while im ahead",
    "opt out of the meal please",
    "take me off the register for thursday im away",
    "remove my lunch",
    "leave it with me",
    "no more than 2 of us",
    "no thank you",
    "not needed thanks my son is taking me",
    "dont bother coming",
    "dont put me on the hard walk",
    "stop the letters text me",
    "stop the volunteer coming",
    "stop my walk",
    "stop and chat",
    "stopped raining so im coming",
    "where do you stop",
    "will the rain stop play",
    "cant stop long",
    "i want you to stop the lift",
    "have to stop the walks for a while doctors orders",
    "please can we stop the tuesday call and have thursday",
    "can you stop sending the lady on tuesdays",
    "how do i stop being so anxious",
    "how do i get off the waiting list",
    "my number is blocked",
    "i nearly reported this as spam is it real",
    "wrong person you sent me Ivys time",
    "off to bed",
    "i got lost",
    "give over lol",
    "kindly stop at no 14",
    "dont put my photo on facebook",
    "tell mum to stop worrying",
    "what bus stop do I get off at",
    "couldn't stop smiling after the walk",
    "stop sending the Tuesday one but keep lunch",
    "don't stop",
    "take me off the walks",
    "take me off the list for lunch",
    "stop smoking group",
    "no more texts till I'm back from holiday",
    "stop texting me so early in the morning",
    "my ex won't leave me alone",
    "the rain didn't stop us",
    "I want to stop feeling lonely",
    "stop it, you're making me blush",
    "remove me from the Tuesday walk please",
    "dont text me about the walk, I'll come to lunch",
    "cancel Tuesday",
)


@pytest.mark.parametrize("text", STOPS)
@pytest.mark.parametrize("answering", [False, True])
def test_asking_to_be_texted_no_more_is_stop(text: str, answering: bool) -> None:
    assert read_command(text, answering=answering) is InterruptKind.STOP


@pytest.mark.parametrize("text", NOT_STOPS)
def test_asking_for_something_else_is_not_stop(text: str) -> None:
    assert read_command(text) is not InterruptKind.STOP


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("START", InterruptKind.START),
        ("unstop", InterruptKind.START),
        ("start texting me again", InterruptKind.START),
        ("help", InterruptKind.HELP),
        ("?", InterruptKind.HELP),
        ("menu", InterruptKind.HELP),
        ("who is this", InterruptKind.HELP),
        ("can someone ring me", InterruptKind.TALK_TO_PERSON),
        ("is this a robot i want a human", InterruptKind.TALK_TO_PERSON),
        ("back", InterruptKind.BACK),
        ("CANCEL", InterruptKind.CANCEL),
        ("END", InterruptKind.CANCEL),
        ("when does the walk start", None),
        ("I can help with the teas", None),
        ("my back hurts", None),
        ("YES", None),
        ("lovely walk today", None),
        ("", None),
    ],
)
def test_the_other_commands(text: str, kind: InterruptKind | None) -> None:
    assert read_command(text) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("HELP", InterruptKind.HELP),
        ("what do you mean", InterruptKind.HELP),
        ("why do you want to know", InterruptKind.HELP),
        ("can I talk to a person", InterruptKind.TALK_TO_PERSON),
        ("cancel it please", InterruptKind.CANCEL),
        ("that would be a great help", None),
        ("the stop", None),
        ("yes", None),
        ("y", None),
        ("help with bills", None),
        ("10 and can he stop at the chemist", None),
        ("wild horses wouldnt stop me", None),
        ("Helpman", None),
    ],
)
def test_while_a_question_waits_only_what_is_no_answer_is_a_command(
    text: str, kind: InterruptKind | None
) -> None:
    assert read_command(text, answering=True) is kind


def test_a_language_without_commands_still_has_stop() -> None:
    assert read_command("STOP", language="xx") is InterruptKind.STOP


@given(
    text=st.sampled_from(STOPS + NOT_STOPS),
    change=st.sampled_from([str.upper, str.lower, lambda t: f"  {t}\n", lambda t: t.replace(" ", "  ")]),
)
def test_case_and_spaces_change_nothing(text: str, change: object) -> None:
    assert callable(change)
    assert read_command(change(text)) is read_command(text)
