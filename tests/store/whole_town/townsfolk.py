"""Who lives in the town: the groups of the demo, its staff and champions, and two hundred people besides.

A few of them live next door, in a network of its own; two of those have a phone that texts both.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Literal

from tests.store.whole_town import neighbours
from wellbeing_bot.service.importing.yaml_file import read_yaml

Part = Literal[
    "newcomer",
    "referred",
    "member",
    "couple",
    "landline",
    "champion",
    "driver",
    "council",
    "staff",
    "proxy",
]
HOME = "samphire-bay"

_FIRST_NAMES = (
    "Ada Alf Amy Ann Bert Beth Bill Cath Clem Cora Dai Dawn Dee Don Dora Ed Ella Elsie Enid Eric Ewan Fay "
    "Flo Fred Gail Gareth Gina Glen Greta Gus Hal Hattie Hugh Ida Ike Iris Ivor Jack Jan Jed Jess Jim Joy "
    "Kay Keith Kit Lara Len Les Lily Liz Lou Lucy Mal Mair Meg Mick Mo Nan Neil Nell Nora Olive Oscar Pam "
    "Pat Peg Percy Phil Polly Rab Reg Rhys Rita Rob Rosa Roy Sal Seth Sid Stella Sue Syd Tess Tilly Tim "
    "Trudy Una Vera Vic Wyn Yusuf Zena"
)
NAMES = _FIRST_NAMES.split()
WEEKLY = ("harbour-walk", "gentle-walk", "mens-walk", "bereavement", "football", "boccia", "wellbeing-lunch")
LINES = {HOME: {"sms": "+447700900000", "telegram": "7700900000"}, neighbours.SLUG: neighbours.LINES}
"""By the short name of a network, its number and its bot."""


@dataclass
class Resident:
    """Somebody with a phone of their own or a share in one, and how they are with texts."""

    name: str
    phone: str  # "sms:+447700900300"; empty for somebody without a mobile
    part: Part
    answers: float = 0.9  # how often they answer what they are asked
    oddly: float = 0.08  # how often the answer is beside the point
    own_texts: int = 3  # how often they text of their own accord
    late: bool = False  # texts at any hour of the night as well
    network: str = HOME  # whose number they text


@dataclass
class Town:
    """The set-up document and everybody in it."""

    document: dict[str, Any]
    next_door: dict[str, Any] = field(default_factory=neighbours.document)
    residents: list[Resident] = field(default_factory=list)

    @property
    def documents(self) -> dict[str, Any]:
        """Both networks, as one deployment."""
        return {"networks": [self.document, self.next_door]}

    @property
    def to_refer(self) -> list[Resident]:
        """Those whom staff enter in the course of the months."""
        return [one for one in self.residents if one.part == "referred"]

    @property
    def phones(self) -> dict[str, list[Resident]]:
        """Who reads which phone."""
        found: dict[str, list[Resident]] = {}
        for one in self.residents:
            if one.phone:
                found.setdefault(one.phone, []).append(one)
        return found


def settle(chance: random.Random, people: int) -> Town:
    """A town of that many people besides the demo's own."""
    written = (files("wellbeing_bot") / "data" / "demo_network.yaml").read_text("utf-8")
    town = Town(dict(read_yaml("demo_network.yaml", written).data))
    _those_of_the_demo(town)
    made = _Maker(town, chance)
    shares = (
        ("newcomer", 0.33),
        ("member", 0.3),
        ("champion", 0.07),
        ("driver", 0.02),
        ("referred", 0.07),
        ("newcomer_next_door", 0.03),
        ("member_next_door", 0.03),
    )
    for part, share in shares:
        for _ in range(max(1, round(people * share))):
            getattr(made, part)()
    for _ in range(round(people * 0.04)):
        made.couple()
    for _ in range(round(people * 0.05)):
        made.landline()
    while made.made < people:
        made.proxy_and_their_person()
    return town


def _those_of_the_demo(town: Town) -> None:
    """Staff, champions and drivers; and those of next door."""
    for person in town.next_door["people"]:
        part: Part = "champion" if person.get("champion") else "staff"
        phone = f"sms:+44{person['phone'].replace(' ', '')[1:]}"
        town.residents.append(Resident(person["first_name"], phone, part, network=neighbours.SLUG))
    drivers = {provider["person"]: provider for provider in town.document["ride_providers"]}
    for person in town.document["people"]:
        phone = person.get("phone")
        address = f"sms:+44{phone.replace(' ', '')[1:]}" if phone else ""
        address = f"telegram:{person['telegram']}" if person.get("telegram") else address
        part = "member"
        if person.get("champion"):
            part = "champion"
        elif person["key"] in drivers:
            part = "driver" if drivers[person["key"]].get("volunteer") else "council"
        elif set(person.get("roles", ())) & {"coordinator", "link_worker"}:
            part = "staff"
        town.residents.append(Resident(person["first_name"], address, part))


class _Maker:
    """Makes people of each kind, each with a number or a chat that nobody else has."""

    def __init__(self, town: Town, chance: random.Random) -> None:
        self.town, self.chance, self.made = town, chance, 0

    def newcomer(self) -> None:
        """Nobody we know: writes to us first."""
        self._resident("newcomer", self._phone())

    def member(self) -> None:
        """Comes to one or two groups already."""
        groups = self.chance.sample(WEEKLY, self.chance.choice((1, 1, 2)))
        self._entered("member", self._phone(), memberships=groups, referral=self._referral())

    def referred(self) -> None:
        """Known to a practice, which refers them one day: the link worker writes first."""
        self._resident("referred", self._phone(sms=True))

    def newcomer_next_door(self) -> None:
        """Writes to the other network; the first from a phone that texts ours too."""
        theirs = [one.phone for one in self.town.residents if one.part == "newcomer" and one.network == HOME]
        others = [one for one in self.town.residents if one.network != HOME]
        phone = theirs[0] if theirs and not others else self._phone(sms=True)
        self._resident("newcomer", phone).network = neighbours.SLUG

    def member_next_door(self) -> None:
        """Comes to something there every week."""
        groups = [group["key"] for group in self.town.next_door["groups"]]
        chosen = self.chance.sample(groups, self.chance.choice((1, 2)))
        resident = self._entered(
            "member", self._phone(sms=True), into=self.town.next_door, memberships=chosen
        )
        resident.network = neighbours.SLUG

    def champion(self) -> None:
        """Meets people at two groups."""
        details = {
            "gender": self.chance.choice(("woman", "man")),
            "how_to_know": self.chance.choice(("a blue hat", "a striped scarf", "")),
            "dbs_until": "+400 days",
            "badge_until": "+400 days",
            "training_until": "+400 days",
            "groups": self.chance.sample(WEEKLY, 3),
        }
        self._entered("champion", self._phone(), champion=details)

    def driver(self) -> None:
        """Has a car and some time."""
        resident = self._entered("driver", self._phone(), roles=["provider"])
        key = self.town.document["people"][-1]["key"]
        self.town.document["ride_providers"].append(
            {
                "name": f"{resident.name}'s car",
                "person": key,
                "volunteer": True,
                "takes_wheelchair": self.chance.random() < 0.5,
                "carries": ["walking_frame", "stick", "wheelchair"],
                "seats": 3,
                "cutoff_working_days": 1,
                "cutoff_time": "16:00",
            }
        )

    def couple(self) -> None:
        """Two people, one phone."""
        phone = self._phone(sms=True)
        for _ in range(2):
            self._entered(
                "couple", phone, memberships=[self.chance.choice(WEEKLY)], referral=self._referral()
            )

    def landline(self) -> None:
        """Is rung by staff, and never texted."""
        number = f"01632 9604{self.made:02d}"[:12]
        self._entered(
            "landline",
            "",
            landline=number,
            agreed=False,
            memberships=[self.chance.choice(("wellbeing-lunch", "gentle-walk"))],
            referral=self._referral(),
        )

    def proxy_and_their_person(self) -> None:
        """A daughter who gets her mother's texts."""
        proxy = self._entered("proxy", self._phone(sms=True), roles=["carer"])
        proxies = [
            {
                "person": self.town.document["people"][-1]["key"],
                "relation": "daughter",
                "consent": f"said {proxy.name} may have them",
            }
        ]
        self._entered("member", self._phone(sms=True), memberships=["gentle-walk"], proxies=proxies)

    def _referral(self) -> dict[str, Any]:
        days = self.chance.randrange(1, 40)
        return {
            "state": "active",
            "source": "self",
            "concerns": ["loneliness"],
            "link_worker": self.chance.choice(("marcus", "ffion")),
            "opened": f"-{days + 5} days",
            "first_contact": f"-{days + 2} days",
            "active": f"-{days} days",
        }

    def _entered(
        self, part: Part, phone: str, *, into: dict[str, Any] | None = None, **more: Any
    ) -> Resident:
        resident = self._resident(part, phone)
        written: dict[str, Any] = {"key": f"p{self.made}", "first_name": resident.name, "postcode": "CT5"}
        if phone:
            channel, _, value = phone.partition(":")
            address = {channel: int(value) if channel == "telegram" else f"0{value[3:]}"}
            written["addresses"] = [{**address, **self._trouble()}]
        (into or self.town.document)["people"].append({**written, **more})
        return resident

    def _trouble(self) -> dict[str, str]:
        """A few phones do not take what is sent to them."""
        if self.chance.random() < 0.98:
            return {}
        return {"simulate": self.chance.choice(("landline", "opted_out"))}

    def _resident(self, part: Part, phone: str) -> Resident:
        self.made += 1
        kind = self.chance.random()
        resident = Resident(self._name(), phone, part)
        if part not in {"newcomer", "referred", "member", "couple"}:
            resident.own_texts = 1
        elif kind < 0.08:
            resident.answers, resident.own_texts = 0.05, 1  # hardly ever says anything
        elif kind < 0.14:
            resident.oddly = 0.8  # answers everything wrongly
        elif kind < 0.24:
            resident.late = True
        self.town.residents.append(resident)
        return resident

    def _name(self) -> str:
        name = NAMES[self.made % len(NAMES)]
        return name if self.made < len(NAMES) else f"{name}-{NAMES[(self.made * 7) % len(NAMES)]}"

    def _phone(self, *, sms: bool = False) -> str:
        number = 300 + self.made
        if not sms and self.chance.random() < 0.15:
            return f"telegram:7700901{number}"
        return f"sms:+447700900{number}"
