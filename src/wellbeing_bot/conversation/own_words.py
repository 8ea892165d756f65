"""The engine's own words: notices in conversations/engine.yaml, to be changed and translated there."""

from __future__ import annotations

from collections.abc import Mapping

from wellbeing_bot.conversation.facts import FactType

NOT_UNDERSTOOD = "not_understood"  # said before the question when a step has no ``again``
REPLY_YES_OR_NO = "reply_yes_or_no"
REPLY_WITH_NUMBER = "reply_with_number"
WHICH_OF_TWO = "which_of_two"
HANDED_OVER = "handed_over"  # not understood, a person was told
KEPT = "kept"  # a person was told before; this was put with it
PERSON_COMING = "person_coming"  # asked for one
WHERE_WERE_WE = "where_were_we"
CANNOT_SKIP = "cannot_skip"
CANNOT_GO_BACK = "cannot_go_back"
CANCELLED = "cancelled"
QUESTION_CHANGED = "question_changed"
READ_BACK = "read_back"
CORRECTED = "corrected"
WENT_WRONG = "went_wrong"
YES = "yes_button"
NO = "no_button"

OWN_WORDS: Mapping[str, Mapping[str, FactType]] = {
    NOT_UNDERSTOOD: {},
    REPLY_YES_OR_NO: {},
    REPLY_WITH_NUMBER: {"options": "text"},
    WHICH_OF_TWO: {"first": "text", "second": "text"},
    HANDED_OVER: {},
    KEPT: {},
    PERSON_COMING: {},
    WHERE_WERE_WE: {},
    CANNOT_SKIP: {},
    CANNOT_GO_BACK: {},
    CANCELLED: {},
    QUESTION_CHANGED: {},
    READ_BACK: {"answer": "text"},
    CORRECTED: {"answer": "text"},
    WENT_WRONG: {},
    YES: {},
    NO: {},
}
"""Each notice the engine says, and the facts it gives it."""
