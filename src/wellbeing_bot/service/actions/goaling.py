"""Goals: choosing one small thing by text, and saying how it went."""

from __future__ import annotations

from collections.abc import Mapping

from wellbeing_bot.conversation import Outcome
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service import goals
from wellbeing_bot.service.actions.base import action, number, person_of, text
from wellbeing_bot.service.talking import Talk
from wellbeing_bot.store import Goal
from wellbeing_bot.store.states import GoalState
from wellbeing_bot.understanding.goal_words import read_how_it_went


def keep_goal(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """They chose one small thing: it is kept, and asked about in a week."""
    work = talk.work
    goal = goals.set_goal(
        work, person_of(talk), text(args, "goal_words"), by=text(args, "link_worker"), by_text=True
    )
    return Outcome("done", {"when": goals.review_words(work, goal)})


def goal_went(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Keep how it went, in their words and, where it is plain, as one of three."""
    said = text(args, "said")
    heard = read_how_it_went(said)
    if heard.how is None:
        return Outcome("unclear")
    goals.reviewed(talk.work, _goal(talk, args), GoalState(heard.how), score=heard.score, said=said)
    return Outcome(heard.how)


def goal_unclear(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Their words are kept as they are; the link worker reads them on the record."""
    goals.reviewed(talk.work, _goal(talk, args), GoalState.TOLD, said=text(args, "said"))
    return Outcome("done")


def goal_unanswered(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """No answer is no answer; nobody is asked again."""
    goals.reviewed(talk.work, _goal(talk, args), GoalState.UNANSWERED)
    return Outcome("done")


def ask_word_about_goal(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """They would like a word with their link worker about it."""
    goals.wants_a_word(talk.work, _goal(talk, args))
    return Outcome("done")


def _goal(talk: Talk, args: Mapping[str, Fact]) -> Goal:
    return talk.work.session.get_one(Goal, number(args, "goal"))


ACTIONS = (
    action(
        "keep_goal",
        "Keeps the one small thing they chose, and asks about it in a week.",
        keep_goal,
        takes={"goal_words": "text", "link_worker": "text"},
        gives={"done": {"when": "text"}},
    ),
    action(
        "goal_went",
        "Keeps how their one small thing went.",
        goal_went,
        takes={"goal": "number", "said": "text"},
        gives={"did_it": {}, "a_bit": {}, "not_yet": {}, "unclear": {}},
    ),
    action(
        "goal_unclear",
        "Keeps their words about it as they are.",
        goal_unclear,
        takes={"goal": "number", "said": "text"},
    ),
    action("goal_unanswered", "Notes that they did not answer.", goal_unanswered, takes={"goal": "number"}),
    action(
        "ask_word_about_goal",
        "Raises a task: they would like a word with their link worker about it.",
        ask_word_about_goal,
        takes={"goal": "number"},
    ),
)
