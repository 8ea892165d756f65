"""All that is on record of one network, row by row, without the database's own numbers.

Each row says which table it is of, and refers to others as ``table/number``, counted in the order in which
they were made. So two databases that hold the same export the same, and a program elsewhere can read it.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.orm import Session

from wellbeing_bot.service.erasing.mentions import of_network
from wellbeing_bot.store import Base, Network

SECRETS = frozenset({"api_token", "link_code", "sign_in", "suppression"})
"""Tables of hashes and keys: worth nothing to anybody who may have the export."""

LEFT_OUT: Mapping[str, frozenset[str]] = {
    "account": frozenset({"password", "totp_secret"}),
    "inbound": frozenset({"provider_id"}),
    "outbound": frozenset({"provider_id", "leased_until", "inbound_id"}),
}
"""What is secret, or means something to one provider or one moment alone."""


_Numbers = Mapping[str, Mapping[int, int]]


def export(session: Session, network: Network) -> Iterator[str]:
    """The lines of the export: one JSON object each, keys in order, without the line's end."""
    numbers = _numbers(session, network)
    for table, ours in _tables(network.id):
        rows = session.execute(select(table).where(ours).order_by(*table.primary_key)).mappings()
        for number, row in enumerate(rows, start=1):
            yield json.dumps(_line(table, number, row, numbers), ensure_ascii=False, sort_keys=True)


def _line(table: Table, number: int, row: Mapping[Any, Any], numbers: _Numbers) -> dict[str, Any]:
    line: dict[str, Any] = {"table": table.name, "number": number}
    for column in table.columns:
        if column.name == "id" or column.name in LEFT_OUT.get(table.name, ()):
            continue
        line[column.name] = _plain(row[column.name])
        for key in column.foreign_keys:
            line[column.name] = _reference(key.column.table.name, row[column.name], numbers)
    return line


def _tables(network_id: int) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Each table, and which of its rows are the network's."""
    for table in Base.metadata.sorted_tables:
        ours = of_network(table, network_id)
        if ours is not None and table.name not in SECRETS:
            yield table, ours


def _numbers(session: Session, network: Network) -> _Numbers:
    """For each table the place of each row among the network's."""
    numbers = {"network": {network.id: 1}}
    for table, ours in _tables(network.id):
        if "id" in table.columns:
            key = table.columns["id"]
            found = session.scalars(select(key).where(ours).order_by(key))
            numbers[table.name] = {row: number for number, row in enumerate(found, start=1)}
    return numbers


def _reference(table: str, row: int | None, numbers: _Numbers) -> str | None:
    number = numbers.get(table, {}).get(row) if row is not None else None
    return f"{table}/{number}" if number is not None else None


def _plain(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value
    return value.isoformat() if isinstance(value, date | datetime) else value
