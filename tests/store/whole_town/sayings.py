"""What people text: of their own accord, and in answer to what they were asked."""

from __future__ import annotations

import random
import re

from tests.store.whole_town.townsfolk import Resident

HELLOS = (
    "my gp said to text, I'd like to come on the harbour walk but I'm scared to walk in on my own",
    "hello, is there anything for people on their own near CT5",
    "can I come to the lunch on wednesday, id need a lift",
    "the wednesday lunch please, I use a frame and cant get there on my own, need picking up",
    "id like the gentle walk but I dont want to walk in alone",
    "Hi my name is {name} id like to join the gentle walk please",
    "I lost my husband in june. the surgery gave me this number",
    "football on a friday?? im 45 bit unfit",
    "bereavement group please",
    "is there boccia for wheelchair users",
    "mens walk saturday can i come along",
    "hello",
    "who is this",
    "I look after my mum and could do with some help for her",
    "id like to volunteer, can I help",
    "I get so lonely at weekends",
    "money worries, the cab thing my doctor told me of",
    "table tennis",
    "could I borrow a blood pressure monitor, I cant get to the surgery",
    "citizens advice please, my rent went up",
    "where can I get a cheap hot meal",
    "my brother drinks too much, is there help for families",
    "I like singing, anything on?",
)
ANY_TIME = (
    "cant come this week sorry",
    "not this week",
    "cant make it on thursday",
    "when is the next one?",
    "where do I go",
    "who is meeting me?",
    "what am I booked on",
    "is it on today",
    "can I get a lift to the lunch",
    "I need a lift to the lunch please",
    "dont need the lift now",
    "what time is my lift",
    "moving to the tuesday one",
    "take me off the walks but keep the lunch",
    "take me off the football",
    "away till 3 feb",
    "im away until 10 march",
    "im back",
    "running late",
    "nobody came",
    "remind me on monday",
    "please meet me",
    "can I talk to a person",
    "thank you x",
    "id like to join the harbour walk",
    "can I come to the lunch",
    "join boccia",
    "what else is there",
    "no more than 1 a month",
    "asdf ghjk",
    "my knee is bad today love",
    "I have a complaint, nobody spoke to me last time",
    "HELP",
    "can we bring the dog",
    "I came yesterday and it was lovely",
    "",
    "can I borrow a blood pressure monitor",
    "ive finished with the monitor",
    "my blood pressure was 145 over 90",
    "book citizens advice",
    "what help is there with food",
    "is there somebody who would sit with my husband for an hour",
    "anything for my mum, she has dementia",
    "tell me when the singing starts",
    "can we change my appointment",
    "when is my appointment",
    "I cant make the appointment",
    "take me off the waiting list",
    "my mobile is in my daughters name, how is mum doing",
    "PAUSE",
    "which groups am I down for",
    "can I have a blood pressure check at the lunch",
    "we will be two",
    "easy words please",
    "not tuesday but wednesday",
    "actually can I come after all",
    "no more questions",
    "did my DBS come through",
    "sorry wrong day, I meant next week",
)
RARE = ("STOP", "STOP", "wrong number", "I cant go on, I want to end it all", "text me on telegram instead")
ODDLY = (
    "dunno",
    "what do you mean?",
    "maybe",
    "yes and no",
    "9",
    "2",
    "NONE",
    "skip",
    "back",
    "ask my daughter",
    "who wants to know",
    "ok thanks love",
    "see you there",
    "\U0001f44d",
    "it depends on the weather and on my hip, I will see how I feel on the day",
    "tuesday",
    "no sorry I meant CT6",
    "person",
)
YES, NO = (
    ("yes", "yes please", "YES", "ok then", "yeah go on", "y"),
    ("no", "no thanks", "No", "nope not for me"),
)
YES_AS_A_RULE = 0.78

ANSWERS: dict[str, tuple[str, ...]] = {
    "self_referral.postcode": ("CT5", "ct6 5ab", "CT5 1AA", "its ct5", "dont know"),
    "self_referral.postcode_again": ("CT6",),
    "self_referral.practice": ("not sure", "the net loft", "Marsh Lane", "2", "dr smith"),
    "self_referral.practice_again": ("marsh lane",),
    "self_referral.matters": ("more company", "money", "I feel low since he died", "getting out", "skip"),
    "self_referral.needs": ("none", "I use a stick", "wheelchair", "a frame and no steps", "no"),
    "self_referral.needs_again": ("none", "a stick"),
    "self_referral.what_to_change": ("postcode", "1", "4", "nothing"),
    "join_group.prefer": ("a woman", "dont mind", "2", "man please"),
    "lunch_details.party": ("1", "just me", "2", "me and my sister"),
    "lunch_details.diet": ("none", "no nuts", "diabetic", "veggie"),
    "lunch_details.needs": ("none", "wheelchair"),
    "ride_request.ways": ("both", "1", "just there", "home only"),
    "ride_request.address": ("4 Mill Lane, Samphire Bay", "12 Beacon Road, Samphire Bay", "mill lane"),
    "ride_request.address_more": ("4 Mill Lane, Samphire Bay",),
    "ride_request.needs": ("none", "wheelchair", "a stick"),
    "ride_request.more_needs": ("none", "no", "oxygen"),
    "ride_request.party": ("1", "2"),
    "ride_request.phone": ("this one", "07700 900999"),
    "drive_request.when_there": ("11.30", "half 11", "about 12", "11.45am"),
    "pause.until": ("3 feb", "next monday", "10 march"),
    "remind_when.day": ("monday", "wednesday"),
    "carer_referral.relation": ("my mum", "a neighbour"),
    "carer_referral.their_phone": ("01632 960777", "skip"),
    "carer_referral.needs": ("company", "help at home"),
    "went_and_home.who": ("the man with the red scarf", "Mary"),
    "move_place.how_long": ("once", "every time"),
    "which_person.which": ("{name}", "both", "{name}"),
    "what_helped.ask": ("the people", "the walk, it got me out", "skip"),
    "staff_question.ask": ("tuesday morning is fine", "yes"),
    "link_channels.number": ("07700 900301", "skip"),
    "link_channels.name": ("{name}", "skip"),
    "link_channels.code": ("skip", "123456"),
    "pause_whom.which": ("1", "for myself"),
    "as_whom.ask": ("for myself", "2"),
    "join_as.which": ("as a champion", "for myself"),
    "clarify.which": ("1", "2"),
    "which_to_change.which": ("1", "2"),
    "monitor_loan.address": ("4 Mill Lane, Samphire Bay", "mill lane"),
    "monitor_loan.more": ("4 Mill Lane, Samphire Bay",),
    "monitor_deliver.day": ("thursday", "tomorrow", "friday"),
    "clinic_book.choose": ("1", "2", "LATER", "none", "friday"),
    "appointment_offer.ask": ("1", "2", "3", "none", "could we do thursday afternoon", "1 please"),
    "appointment_offer.what_suits": ("thursday afternoon", "mornings"),
    "first_contact.what_helps": ("somebody to talk to", "a walk would be nice", "CALL ME", "money"),
    "goal_ask.ask": ("walk to the shop", "ring my brother", "skip"),
    "goal_review.ask": ("did it", "a bit", "not yet", "7", "it rained all week so no"),
    "goal_review.ask_again": ("a bit", "not yet"),
    "satisfied.ask": ("9", "10", "very happy thank you", "skip"),
    "satisfied.more": ("no", "you were all so kind"),
}
"""By the words that asked. What is not here is answered from what the text says: yes, a number, a name."""


def first_text(who: Resident, chance: random.Random) -> str:
    return chance.choice(HELLOS).replace("{name}", who.name)


def own_text(chance: random.Random) -> str:
    """Something they would like to say or know, now and then something that matters more."""
    return chance.choice(RARE) if chance.random() < 0.035 else chance.choice(ANY_TIME)


def asks(key: str, text: str) -> bool:
    """Whether a text wants an answer."""
    base = ".".join(key.split(".")[:2])
    return base in ANSWERS or "?" in text or "Reply" in text or _lines(text) > 0 or "YES or NO" in text


def answer(key: str, text: str, who: Resident, chance: random.Random) -> str:
    """What somebody answers who has read the text, most of the time."""
    if chance.random() < who.oddly:
        return chance.choice(ODDLY)
    base = ".".join(key.split(".")[:2])
    if base == "notices.which_question":
        return f"{chance.randrange(1, _lines(text) + 1)} {chance.choice(('yes', 'yes', 'no'))}"
    if base in ANSWERS:
        return chance.choice(ANSWERS[base]).replace("{name}", who.name)
    if key.startswith("questionnaire"):
        return _number(text, chance)
    if re.search(r"\bname\b", text) and "Hello" not in text:
        return chance.choice((who.name, f"its {who.name}", f"my name is {who.name}"))
    lines = _lines(text)
    if lines and "YES" not in text:
        return str(chance.randrange(1, lines + 1)) if chance.random() < 0.9 else "none"
    return chance.choice(YES) if chance.random() < YES_AS_A_RULE else chance.choice(NO)


def _lines(text: str) -> int:
    """How many numbered lines there are to choose from."""
    return len(re.findall(r"^\d+[.:)]? ", text, re.MULTILINE))


def _number(text: str, chance: random.Random) -> str:
    if re.search(r"\b(YES|NO)\b", text):
        return chance.choice(YES)
    lines = _lines(text)
    return str(chance.randrange(1, lines + 1) if lines else chance.randrange(11))
