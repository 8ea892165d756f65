"""Lists that leave the house on paper: one page, in black on white, whatever they list."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, PackageLoader


def printed(template: str, **facts: object) -> str:
    """A page to print. ``template`` is its path in this package; it extends ``printed.html``."""
    return _pages().get_template(template).render(facts)


@lru_cache(maxsize=1)
def _pages() -> Environment:
    loader = PackageLoader("wellbeing_bot", "service")
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
