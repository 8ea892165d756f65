"""The page with the phones."""

from __future__ import annotations

from importlib.resources import files

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

_CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _CSP,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


async def show(_: Request) -> Response:
    """Plain HTML; its one script fetches everything else from the API."""
    html = (files("wellbeing_bot.web") / "templates" / "simulator.html").read_text(encoding="utf-8")
    return HTMLResponse(html, headers=_HEADERS)
