"""How far apart two postcodes are, to put near groups before far ones."""

from __future__ import annotations

import csv
import math
import re
from functools import cache
from importlib.resources import files

_METRES_A_MILE = 1609.344
_WHOLE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)[0-9][A-Z]{2}")


def distance_miles(postcode_a: str, postcode_b: str) -> float | None:
    """Miles as the crow flies between the middles of two outward codes.

    Args:
        postcode_a: a whole postcode or the outward code alone ("CT5 1AB", "ct51ab", "CT5").
        postcode_b: the other one.

    Returns:
        Miles; 0.0 within one outward code; None when either is unknown, which all of Northern Ireland is.

    Source of the positions: Ordnance Survey's Code-Point Open, see ``data/README.md``. They are on the
    British National Grid, in metres, so distance is Pythagoras.
    """
    a, b = _position(postcode_a), _position(postcode_b)
    if a is None or b is None:
        return None
    return math.dist(a, b) / _METRES_A_MILE


def outward_code(postcode: str) -> str:
    """The part of a postcode before the space ("CT5"), also of one written without it. May be unknown."""
    words = postcode.upper().split()
    if len(words) == 2:
        return words[0]
    joined = "".join(words)
    whole = _WHOLE.fullmatch(joined)
    return whole[1] if whole else joined


def is_known(postcode: str) -> bool:
    """Whether the outward code is on the map."""
    return _position(postcode) is not None


def _position(postcode: str) -> tuple[int, int] | None:
    return _positions().get(outward_code(postcode))


@cache
def _positions() -> dict[str, tuple[int, int]]:
    text = (files("wellbeing_bot") / "data" / "outcode_centroids.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["outcode"]: (int(row["easting_m"]), int(row["northing_m"])) for row in rows}
