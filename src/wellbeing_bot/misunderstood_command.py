"""``wellbeing-bot misunderstood``: what the bot made nothing of, so that its vocabulary can grow.

The words are shown on the terminal of somebody with access to the database, and nowhere else. An example
taken from them is retyped into the vocabulary in other words, never copied: the text was somebody's.
"""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from wellbeing_bot.config import Settings
from wellbeing_bot.store import InboundRow, Misunderstood, Network
from wellbeing_bot.store.database import Database

MOST = 200


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
