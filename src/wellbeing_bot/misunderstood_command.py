"""``wellbeing-bot misunderstood``: what the bot made nothing of, so that its vocabulary can grow.

The words are shown on the terminal of somebody with access to the database, and nowhere else. An example
taken from them is retyped into the vocabulary in other words, never copied: the text was somebody's.
"""

from __future__ import annotations

import yaml
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from wellbeing_bot.config import Settings
from wellbeing_bot.store import InboundRow, Misunderstood, Network
from wellbeing_bot.store.database import Database
from wellbeing_bot.understanding.meaning import Intent

MOST = 200


def examples(settings: Settings, network: str | None) -> int:
    """Print what the desk has learned as lines of the vocabulary. Exit code 0.

    Intents as in ``vocabulary/en/intent_examples.yaml``; plain answers by the step they were given at.
    """
    database = Database(settings.database_url)
    intents: dict[str, list[str]] = {}
    answers: dict[str, dict[str, list[str]]] = {}
    with database.reading() as session:
        query = select(Misunderstood).where(Misunderstood.example != "").order_by(Misunderstood.id)
        if network is not None:
            query = query.join(Network, Network.id == Misunderstood.network_id).where(Network.slug == network)
        for row in session.scalars(query):
            if row.meant in set(Intent):
                intents.setdefault(row.meant, []).append(row.example)
            else:
                answers.setdefault(row.step, {}).setdefault(row.meant, []).append(row.example)
    database.close()
    gathered: dict[str, object] = {**intents, **({"answers": answers} if answers else {})}
    print(
        yaml.safe_dump(gathered, allow_unicode=True, sort_keys=False, default_style=None)
        if gathered
        else "{}"
    )
    return 0


def run(settings: Settings, network: str | None) -> int:
    """List the newest texts not understood and not yet dealt with. Exit code 0."""
    table = Table("number", "when", "where", "text")
    database = Database(settings.database_url)
    with database.reading() as session:
        query = (
            select(Misunderstood, InboundRow.text)
            .join(InboundRow, InboundRow.id == Misunderstood.inbound_id)
            .where(Misunderstood.done_at.is_(None))
            .order_by(Misunderstood.id.desc())
            .limit(MOST)
        )
        if network is not None:
            query = query.join(Network, Network.id == Misunderstood.network_id).where(Network.slug == network)
        for row, text in session.execute(query):
            table.add_row(str(row.id), f"{row.at:%Y-%m-%d %H:%M}", row.step, text)
    database.close()
    Console().print(table)
    print("To teach the bot: write an example in your own words into the vocabulary, then run `check`.")
    return 0
