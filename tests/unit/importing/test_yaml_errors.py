"""Every error of a YAML file says where it is, what is wrong and what to write."""

from __future__ import annotations

import pytest

from tests.unit.importing.conftest import Problems

GROUP = "groups:\n  - {key: walk, name: Walk, "
PERSON = "people:\n  - first_name: Jean\n    phone: 07700 900123\n    "


@pytest.mark.parametrize(
    ("text", "line", "wrong", "write"),
    [
        ("groups: [", 1, "not YAML", "quotes"),
        ("- a\n- b\n", 1, "no document of sections", "groups:"),
        ("network:\n  slug: a\n  slug: b\n  name: A\n", 3, "slug is written twice", "Keep one"),
        ("network: &n {slug: a, name: A}\nvenues: [*n]\n", 2, "*reference", "quotes"),
        ("gruops: []\n", 1, "nothing is called 'gruops'", "groups"),
        ("network:\n  slug: a\n", 1, "name is missing", "Add name:"),
        ("network: {slug: Herring Bay, name: A}\n", 1, "not a short name", "dashes"),
        ("network: {slug: a, name: A, zone: Margate}\n", 1, "not a time zone", "Europe/London"),
        (GROUP + "schedule: Thursdays}\n", 2, "not a schedule", "FREQ=WEEKLY;BYDAY=TH"),
        (GROUP + "schedule: FREQ=WEEKLY}\n", 2, "does not say on which day", "BYDAY"),
        (GROUP + "schedule: FREQ=MONTHLY;BYDAY=WE}\n", 2, "which WE of the month", "2WE"),
        (GROUP + "schedule: FREQ=WEEKLY;BYDAY=XX}\n", 2, "BYDAY=XX is not read", "FREQ="),
        (GROUP + "schedule: FREQ=WEEKLY;INTERVAL=2;BYDAY=TH}\n", 2, "first date", "first_date"),
        (GROUP + "schedule: FREQ=WEEKLY;INTERVAL=0;BYDAY=TH}\n", 2, "INTERVAL=0", "FREQ="),
        (GROUP + "schedule: FREQ=HOURLY}\n", 2, "FREQ=HOURLY is not read", "FREQ="),
        (GROUP + "start: half ten}\n", 2, "not a time of day", "10:00"),
        (GROUP + "capacity: lots}\n", 2, "not a whole number", "20"),
        (GROUP + "capacity: 0}\n", 2, "too small", "1 or more"),
        (GROUP + "running: perhaps}\n", 2, "neither yes nor no", "yes or no"),
        (GROUP + "first_date: 31/02/2027}\n", 2, "not a date", "26/11/2026"),
        (GROUP + "tags: {a: b}}\n", 2, "a list is wanted", "[one, two]"),
        (PERSON + "phone2: 1\n", 4, "nothing is called 'phone2'", "phone"),
        (PERSON + "roles: [patinet]\n", 4, "'patinet' is not known", "patient"),
        (PERSON + "postcode: by the sea\n", 4, "not a postcode", "CT5"),
        (PERSON + "champion: {dbs_until: soon}\n", 4, "not a date", "2026-11-26"),
        (
            PERSON + "champion: {away_from: 2027-02-02, away_until: 2027-02-01}\n",
            4,
            "before they go",
            "earlier",
        ),
        (PERSON + 'never_text_from: "22:00"\n', 2, "start and an end", "both"),
        ("people:\n  - first_name: Jean\n", 2, "neither a key nor a number", "phone:"),
        ("people:\n  - {first_name: Jean, phone: 01632 960123}\n", 2, "cannot take texts", "landline"),
        ("people:\n  - {first_name: Jean, addresses: [mail:a@b]}\n", 2, "not an address", "sms:"),
        ("people:\n  - {phone: 07700 900123}\n", 2, "first_name is missing", "Jean"),
        ("lines:\n  - {sms: 07700 900000, telegram: 1}\n", 2, "one number or one bot", "telegram:"),
        ("duty:\n  - {person: sam, weekdays: [Monday, Funday]}\n", 2, "not a day of the week", "Mon"),
        ("settings: {quiet_from: late}\n", 1, "not a time of day", "20:00"),
        ("settings: {serivce_name: A}\n", 1, "serivce_name", "service_name"),
        (f"venues:\n  - name: {'x' * 121}\n", 2, "too long", "120 characters"),
    ],
)
def test_an_error_names_its_line_and_its_cure(
    problems: Problems, text: str, line: int, wrong: str, write: str
) -> None:
    (problem,) = problems(n_yaml=text)

    assert problem.startswith(f"n.yaml:{line}: ")
    assert wrong in problem
    assert write in problem


def test_all_errors_come_at_once(problems: Problems) -> None:
    found = problems(
        n_yaml="""
        network: {slug: a}
        groups:
          - {key: walk, name: Walk, start: late}
          - {key: lunch, nam: Lunch}
        """,
        champions_csv="first_name,phone\nAmir,12\n",
        venues_csv="nmae\nHall\n",
    )

    assert [problem.split(": ")[0] for problem in found] == [
        "champions.csv:2",
        "n.yaml:1",
        "n.yaml:3",
        "n.yaml:4",
        "n.yaml:4",
        "venues.csv:1",
        "venues.csv:1",
    ]


def test_values_are_what_the_author_wrote_and_not_what_yaml_makes_of_them(problems: Problems) -> None:
    """10:30 is 630 in YAML 1.1, no is false and 0770... a number in base eight."""
    assert not problems(
        n_yaml="""
        groups:
          - {key: no, name: Yes, start: 10:30, nudge_time: 9.15}
        people:
          - {key: on, first_name: No, last_name: Null, phone: 07700900123}
        """
    )


def test_a_deep_nest_of_brackets_is_refused_kindly(problems: Problems) -> None:
    (problem,) = problems(n_yaml="groups: " + "[" * 5000)

    assert "cannot be read as YAML" in problem or "not YAML" in problem
