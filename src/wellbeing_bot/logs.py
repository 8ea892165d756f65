"""What is logged: what happened, never what somebody wrote, their name or their number."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

_OURS = ("error", "kind", "count", "seconds", "channel", "code")


class JsonLines(logging.Formatter):
    """One JSON object a line. Of an error only its type and where it happened: its words may quote a text."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in _OURS if hasattr(record, name)}
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            line["error"] = type(error).__name__
            line["where"] = [
                f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)[-6:]
            ]
        return json.dumps(line, ensure_ascii=False)


def configure(level: str) -> None:
    """Log to standard error. Libraries that would log addresses and bodies are kept to warnings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in (
        "httpx",
        "httpcore",
        "twilio",
        "telegram",
        "apscheduler",
        "uvicorn",
        "sqlalchemy",
        "alembic",
    ):
        logging.getLogger(name).setLevel(logging.WARNING)
