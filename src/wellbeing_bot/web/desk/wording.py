"""Plain words for kinds of task and for states."""

from __future__ import annotations

from collections.abc import Mapping

from wellbeing_bot.service.desk.registry import DESK

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
    "champion_leaving": "A champion would like to stop",
    "monitor_trouble": "About a monitor they have",
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
    "at_the_door": "At the door, finds nobody",
    "meet_preference": "By whom they would be met",
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

NEXT: Mapping[str, str] = {
    "answers_disagree": "Ask the person or the champion, then put it right on the register of that date.",
    "asks_for_person": "Ring them, or write to them on their page. While you talk, the bot keeps quiet.",
    "blocked": "No message reaches them. Ring them, or ask their practice for another number.",
    "came_back": "Open a referral again on their page, and ring them.",
    "carer_without_consent": "Ask the person themselves before anything is put on record about them.",
    "change_unclear": "Ask them what they mean, and change it for them on their page.",
    "checks_expiring": "Renew the check, then enter its new date on the champion's page.",
    "complaint": "Read it, tell whoever handles complaints where you work, and ring them.",
    "did_not_get_there": "Ring them: are they all right, and what would help next time?",
    "interest": "When there are enough of them, make a group, or book them on one like it.",
    "message_failed": "Ring them. If the number is wrong, put the right one on their page.",
    "message_unknown": "If it matters that they know, ring them.",
    "new_champion": "Ring them, then invite them to a workshop or enter their checks on the champion's page.",
    "new_referral": 'Ring or write to them. Then press "First contact made" on their page.',
    "no_champion": "Ring a champion of that group, or go yourself. Otherwise tell them that nobody can.",
    "not_met": "Ring them and say sorry, and find out what happened from the champion.",
    "not_reached": "Ring them, or ask the practice that referred them whether the number is right.",
    "not_understood": "Read what they texted, and answer it on their page.",
    "opted_out": "Nothing is texted to them any more. Ring them if they still wait for something.",
    "possible_match": "Look at both records. People who share a phone are often two, such as a couple.",
    "reply_to_read": "Read it, and answer on their page if it needs an answer.",
    "result_in": "Look at the answers on their page. A low or a falling score may need a call.",
    "ride_refused": "Find another way there, or ring them: they cannot come without a ride.",
    "running_late": "Tell whoever leads the group, or the champion who waits.",
    "under_16": "Tell whoever answers for children where you work. The bot asks them nothing.",
    "urgent_words": "Ring them now. If you cannot reach them and think they are in danger, ring 999.",
    "wrong_number": "Ask their practice for the right number, and put it on their page.",
}
"""What usually helps with a kind of task. A task's own summary stands above it."""


def next_step(kind: str) -> str:
    """What to do about a kind of task; empty where its summary says it."""
    return NEXT.get(kind, "")


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
    "not_needed": "their place was given up before it went out",
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


TABLES: Mapping[str, str] = {
    "person": "Who they are",
    "address": "Phones",
    "person_address": "Whose phone is whose",
    "person_role": "Roles",
    "inbound": "Texts from them",
    "outbound": "Texts to them",
    "asking": "Questionnaires",
    "audit": "Who looked or changed something",
    "task": "Tasks",
    "task_note": "Notes",
    "conversation": "Conversations",
    "proxy": "Who may speak for them",
    "signposted": "Services they were told of",
    "monitor_loan": "Monitors lent",
    "call_to_make": "Calls",
    "referral": "Referrals",
    "agreement": "Agreement to be texted",
}


def table(name: str) -> str:
    """What is kept in a table, as a heading."""
    return TABLES.get(name, f"{name.replace('_', ' ').capitalize()}s")


AUDIT: Mapping[str, str] = {
    "champions": "opened the list of champions",
    "group": "opened a group",
    "misunderstood": "opened texts not understood",
    "everything": "opened everything on record",
    "audit_file": "downloaded who did what",
    "account_added": "added an account",
    "account_disabled": "disabled an account",
    "account_enabled": "enabled an account",
    "account_reset": "reset an account",
    "token_added": "made a token",
    "token_revoked": "revoked a token",
    "erase": "erased the record",
    "merge": "merged two records",
    "discharge": "discharged them",
    "enter_champion": "entered a champion",
    "change_champion": "changed a champion's details",
    "begin_long_work": "began an import, an export or a message to many",
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
    if what in AUDIT:
        return AUDIT[what]
    action = DESK.get(what)
    return f"{action.about[:1].lower()}{action.about[1:].rstrip('.')}" if action else what.replace("_", " ")
