"""Phone numbers as people type them."""

from __future__ import annotations

import re


def e164(written: str) -> str | None:
    """A UK mobile number as it is stored; None when it is not one.

    >>> e164("07700 900123")
    '+447700900123'
    """
    digits = re.sub(r"[^\d+]", "", written)
    if digits.startswith("+44"):
        digits = "0" + digits[3:]
    return f"+44{digits[1:]}" if re.fullmatch(r"07\d{9}", digits) else None
