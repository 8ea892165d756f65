"""Whether anything of somebody is left in a database: every text of every table is looked through."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from sqlalchemy import JSON, Enum, String, select

from wellbeing_bot.store import Base
from wellbeing_bot.store.database import Database


def traces(database: Database, words: Iterable[str]) -> list[str]:
    """Where these words, names or numbers stand, as "table.column: word". Empty when nothing is left."""
    wanted = [word for word in words if word]
    if not wanted:
        return []
    numbers = "|".join(re.escape(word) for word in wanted if word.strip("+").isdigit())
    others = "|".join(re.escape(word) for word in wanted if not word.strip("+").isdigit())
    expression = re.compile(
        rf"(?<!\d)(?:0|44)?(?:{numbers or '(?!)'})(?!\d)|(?<!\w)(?:{others or '(?!)'})(?!\w)", re.IGNORECASE
    )
    found: list[str] = []
    with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            columns = [
                column
                for column in table.columns
                if isinstance(column.type, String | JSON) and not isinstance(column.type, Enum)
            ]
            if not columns:
                continue
            for row in session.execute(select(*columns)):
                for column, value in zip(columns, row, strict=True):
                    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                    if value and (hit := expression.search(text)):
                        found.append(f"{table.name}.{column.name}: {hit[0]} in {text!r}")
    return found


def number_words(written: str) -> list[str]:
    """A number in the forms it may be kept in: ``sms:+447700900101`` gives 7700900101 too."""
    value = written.partition(":")[2]
    return [value, value.removeprefix("+44")]
