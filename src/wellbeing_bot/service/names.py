"""A name as somebody gave it, in the two parts we keep: volunteers learn the first and never the second."""

from __future__ import annotations

TITLES = frozenset({"mr", "mrs", "miss", "ms", "mx", "dr", "rev", "sir", "lady", "prof", "father", "sister"})


def split_name(said: str) -> tuple[str, str]:
    """First name and the rest. ``Mrs Jean Tolhurst`` is (Jean, Tolhurst).

    A title with one name (``Mrs Begum``) is how somebody wishes to be called, so it stays together.
    """
    words = said.split()
    title = bool(words) and words[0].lower().rstrip(".") in TITLES
    if title and len(words) == 2:
        return " ".join(words)[:60], ""
    if title and len(words) > 2:
        words = words[1:]
    if not words:
        return "", ""
    return words[0][:60], " ".join(words[1:])[:80]
