"""Plain words for kinds of task and for states."""

from __future__ import annotations

from collections.abc import Mapping

TASKS: Mapping[str, str] = {
    "answers_disagree": "Answers disagree: did they come?",
    "asked": "Answer to your question",
    "asks_for_person": "Asks for a person",
    "call_not_made": "A call that was not made",
    "calls_to_make": "Calls to make today",
    "carer_without_consent": "A carer wrote, without consent",
    "champion_checks": "Start a champion's checks",
    "appointment_other_time": "Would like another appointment",
    "appointment_outcome": "Did the appointment take place?",
    "appointment_unanswered": "Times offered, not answered",
    "appointment_withdrawn": "Can't come to an appointment",
    "champion_left_group": "A champion left a group",
    "champion_new_group": "A champion helps at one more group",
    "blocked": "Blocked the bot",
    "came_back": "Would like to be seen again",
    "answers_itself": "A machine answers our texts",
    "cap_of_network": "Today's texts are used up",
    "cap_of_phone": "Most texts in a day to one phone",
    "carrier_blocked": "Phone company blocks our texts",
    "channel_misconfigured": "The provider refuses our account",
    "flood": "A flood of texts",
    "telegram_out_of_reach": "Telegram does not take our messages",
    "texts_out_of_reach": "Texts do not leave",
    "change_unclear": "Wants to change something",
    "checks_expiring": "Checks run out soon",
    "complaint": "Complaint",
    "did_not_get_there": "Did not get there",
    "interest": "Would come if there were a group",
    "language_wanted": "Would like another language",
    "link_help": "Help with joining two channels",
    "message_failed": "Message failed",
    "message_unknown": "Message may not have arrived",
    "more_from_patient": "Wrote more",
    "new_champion": "New champion",
    "new_referral": "New referral",
    "no_champion": "No champion to meet them",
    "no_duty_rota": "Nobody on the duty rota",
    "not_handled": "Text not dealt with",
    "not_met": "Not met at the door",
    "not_reached": "Did not answer the first texts",
    "not_understood": "Text not understood",
    "offer_by_phone": "Free seat: please ring them",
    "opted_out": "Asked for no more texts",
    "phone_is_read": "Somebody else reads the phone",
    "possible_match": "May be one person",
    "proxy_wanted": "Carer would get their texts",
    "question": "Question about a group",
    "referral_declined": "Said no thank you to the first text",
    "reply_to_read": "Reply to read",
    "restored": "Going on from a backup",
    "result_in": "Questionnaire result in",
    "ride_refused": "Ride refused",
    "running_late": "Running late",
    "satisfaction": "How they found our help",
    "texted_after_stop": "Texted after STOP",
    "under_16": "Under 16",
    "unknown_line": "Text to a number nobody owns",
    "urgent_words": "Urgent words",
    "workshop_declined": "Can't come to the workshop",
    "wrong_number": "Wrong number",
}

OUTCOMES: Mapping[str, str] = {
    "reached": "Reached them",
    "coming": "They are coming",
    "not_coming": "They are not coming",
    "came": "They got there",
    "did_not_come": "They did not get there",
    "yes": "Yes, they would like it",
    "no": "No, thank you",
    "left_word": "Left word",
    "no_answer": "No answer",
    "wrong_number": "Wrong number",
}
"""What may come of a call, as it is typed in."""

STATES: Mapping[str, str] = {
    "asked": "asked",
    "a_bit": "did a bit",
    "set": "to do",
    "called_off": "called off",
    "did_not": "did not come",
    "gp": "GP",
    "nobody_came": "nobody came",
    "not_met": "not met",
    "self": "self-referral",
    "timed_out": "no answer in time",
    "waitlisted": "waiting list",
    "no_seat": "no place came free",
    "undelivered": "not delivered",
    "dropped": "not sent",
    "sending": "being sent",
    "unknown": "not known",
    "queued": "waiting to leave",
    "self_by_text": "by text",
    "read_out_by_staff": "read out by staff",
    "week_12": "12 weeks",
}

COLOURS: Mapping[str, str] = {
    "did_it": "green",
    "a_bit": "green",
    "set": "blue",
    "urgent": "red",
    "soon": "orange",
    "routine": "grey",
    "raised": "yellow",
    "acknowledged": "blue",
    "done": "green",
    "booked": "blue",
    "confirmed": "green",
    "attended": "green",
    "met": "green",
    "taken": "green",
    "accepted": "green",
    "active": "green",
    "delivered": "green",
    "read": "green",
    "complete": "green",
    "offered": "yellow",
    "asked": "yellow",
    "requested": "yellow",
    "waiting": "yellow",
    "waitlisted": "yellow",
    "unknown": "yellow",
    "checking": "yellow",
    "sent": "blue",
    "failed": "red",
    "undelivered": "red",
    "dropped": "red",
    "missed": "red",
    "not_met": "red",
    "refused": "red",
    "called_off": "grey",
    "no_seat": "grey",
}

WHY_NOT_SENT: Mapping[str, str] = {
    "opted_out": "they asked for no more texts",
    "expired": "it had lost its sense by then",
    "unknown_for_good": "nobody can tell whether it arrived",
    "cap": "too many messages in one day",
    "21610": "the phone company says they asked for no more texts",
    "21211": "it is not a phone number",
    "21614": "it is not a mobile",
    "30003": "the phone is switched off or out of reach",
    "30005": "the phone company does not know the number",
    "30006": "it is a landline",
    "30007": "the phone company filtered it",
    "403": "they blocked the bot",
    "unreachable": "the phone cannot be reached",
}


def task_title(kind: str) -> str:
    """What a kind of task is called on the worklist."""
    return TASKS.get(kind, kind.replace("_", " ").capitalize())


def state(value: object) -> str:
    """A state, source or other stored word as people say it."""
    word = str(getattr(value, "value", value) or "")
    return STATES.get(word, word.replace("_", " "))


def colour(value: object) -> str:
    """The colour of a state's tag; the word itself always stands in it."""
    return COLOURS.get(str(getattr(value, "value", value)), "grey")


def why_not_sent(code: str | None) -> str:
    """Why a message did not get there, as far as we were told."""
    if not code:
        return ""
    return WHY_NOT_SENT.get(code, f"code {code}")


AUDIT: Mapping[str, str] = {
    "looked": "looked",
    "task": "opened a task",
    "worklist": "opened the worklist",
    "caseload": "opened the caseload",
    "searched": "searched",
    "register": "opened a register",
    "manifest": "opened a list of rides",
    "calls": "opened the call list",
    "reply": "replied",
    "ask": "asked a question",
    "hold": "took the conversation over",
    "hand_back": "handed back to the bot",
    "acknowledge": "took a task",
    "done": "finished a task",
    "note": "wrote a note",
    "assign": "gave a task to somebody",
    "signed_in": "signed in",
    "account_locked": "account locked after wrong passwords or codes",
    "book": "booked a place",
    "withdraw": "gave up a place",
    "attendance": "filled in the register",
    "take_on": "changed the caseload",
    "contacted": "noted the first contact",
    "enter_person": "entered them",
    "offer_appointment": "offered times to talk",
    "book_appointment": "booked an appointment",
    "move_appointment": "moved an appointment",
    "call_off_appointment": "called an appointment off",
    "appointment_outcome": "noted how an appointment went",
    "refer": "referred them; the link worker texts first",
    "review": "opened the weekly review",
    "monitors": "opened the list of monitors",
    "export": "downloaded a file",
}


def audit(what: str) -> str:
    """What was done, in words."""
    return AUDIT.get(what, what.replace("_", " "))
