"""How a mapped class is written and read without the unit of work, and what runs its statements.

Each shape of INSERT and UPDATE is written out once and handed to the driver. ``store.quick`` decides when.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import JSON, Column, Connection, Dialect, Table
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import InstanceState, Mapper

if TYPE_CHECKING:
    from wellbeing_bot.store.quick import QuickSession

Convert = Callable[[Any], Any] | None


class Shape:
    """How one mapped class is written and read: its columns, their conversions, its statements so far."""

    def __init__(self, mapper: Mapper[Any], dialect: Dialect) -> None:
        self.mapper = mapper
        self.table = cast(Table, mapper.local_table)
        self.mark = "?" if dialect.paramstyle == "qmark" else "%s"
        self.returning = dialect.name != "sqlite"
        self.links = frozenset(mapper.relationships.keys())
        self.keys = [mapper.get_property_by_column(column).key for column in self.table.c]
        self.plain = len(mapper.primary_key) == 1 and not mapper.single and mapper.inherits is None
        self.key = mapper.get_property_by_column(mapper.primary_key[0]).key
        quote = dialect.identifier_preparer.quote
        self.name = quote(self.table.name)
        self.names = {key: quote(column.name) for key, column in zip(self.keys, self.table.c, strict=True)}
        self.to_database: dict[str, Convert] = {}
        self.from_database: list[tuple[str, Callable[[Any], Any]]] = []
        self.defaults: dict[str, Callable[[], Any]] = {}
        self.left_to_database = set[str]()
        self.always = set[str]()  # None is a value here, not the absence of one
        for key, column in zip(self.keys, self.table.c, strict=True):
            self._learn(key, column, dialect)
        self.place_of_key = self.keys.index(self.key)
        others = [key for key in self.keys if key != self.key]
        self.columns = [(key, self.to_database[key], key in self.always) for key in others]
        self.insert_with_key = self._insert([*others, self.key])
        self.insert = self._insert(others)
        self._updates: dict[tuple[str, ...], str] = {}

    def _learn(self, key: str, column: Column[Any], dialect: Dialect) -> None:
        kind = column.type.dialect_impl(dialect)
        self.to_database[key] = kind.bind_processor(dialect)
        convert = kind.result_processor(dialect, None)
        if convert is not None:
            is_json = isinstance(column.type, JSON)
            self.from_database.append((key, _json_read_by(convert) if is_json else convert))
        default: Any = column.default
        if column.server_default is not None or column.type.should_evaluate_none:
            self.always.add(key)
        if default is None:
            if column.server_default is not None:
                self.left_to_database.add(key)
        elif default.is_scalar:
            self.defaults[key] = lambda: default.arg
        elif default.is_callable:
            self.defaults[key] = lambda: default.arg(None)
        else:
            self.plain = False

    def _insert(self, keys: Sequence[str]) -> str:
        columns, marks = ", ".join(self.names[key] for key in keys), ", ".join(self.mark for _ in keys)
        returning = f" RETURNING {self.names[self.key]}" if self.returning else ""
        return f"INSERT INTO {self.name} ({columns}) VALUES ({marks}){returning}"

    def update(self, keys: tuple[str, ...]) -> str:
        """``UPDATE`` of these attributes of one row."""
        known = self._updates.get(keys)
        if known is None:
            sets = ", ".join(f"{self.names[k]} = {self.mark}" for k in keys)
            known = f"UPDATE {self.name} SET {sets} WHERE {self.names[self.key]} = {self.mark}"
            self._updates[keys] = known
        return known

    def out(self, key: str, value: Any) -> Any:
        """A value as the driver takes it."""
        convert = self.to_database[key]
        return value if convert is None else convert(value)

    def load(self, session: QuickSession, row: Any) -> Any:
        """The object of a row: the one the session knows already, else a new one in its charge."""
        identity = self.mapper.identity_key_from_primary_key((row[self.place_of_key],))
        known = session.identity_map.get(identity)
        if known is not None:
            return known
        made = self.mapper.class_manager.new_instance()
        state: InstanceState[Any] = made._sa_instance_state
        values = state.dict
        values.update(zip(self.keys, row, strict=True))
        for key, convert in self.from_database:
            values[key] = convert(values[key])
        state.key = identity
        state.session_id = session.hash_key
        session.identity_map.add(state)
        session.kept.append(made)
        return made


def _json_read_by(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The same, with the empty values that most columns of this kind hold not parsed each time."""

    def convert(value: Any) -> Any:
        if value == "[]":
            return []
        return {} if value == "{}" else read(value)

    return convert


_SHAPES: dict[tuple[Any, str], Shape] = {}


def shape(mapper: Mapper[Any], dialect: Dialect) -> Shape:
    """The shape of a class, learnt once."""
    found = _SHAPES.get((mapper, dialect.name))
    if found is None:
        found = _SHAPES[mapper, dialect.name] = Shape(mapper, dialect)
    return found


class Runner:
    """Runs written-out statements on a connection that is in a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sqlite = connection.connection.dbapi_connection if connection.dialect.name == "sqlite" else None

    def rows(self, statement: str, parameters: Any) -> Iterable[Any]:
        """All rows of a query."""
        if self._sqlite is not None:
            return cast("list[Any]", self._on_sqlite(statement, parameters).fetchall())
        return self._through_engine(statement, parameters).fetchall()

    def insert(self, statement: str, parameters: list[Any]) -> Any:
        """The key of the row that was made, where the database gives it one."""
        if self._sqlite is not None:
            return self._on_sqlite(statement, parameters).lastrowid
        return self._through_engine(statement, tuple(parameters)).scalar_one()

    def change(self, statement: str, parameters: list[Any]) -> int:
        """How many rows were met."""
        if self._sqlite is not None:
            return int(self._on_sqlite(statement, parameters).rowcount)
        return int(self._through_engine(statement, tuple(parameters)).rowcount)

    def _on_sqlite(self, statement: str, parameters: Any) -> Any:
        assert self._sqlite is not None
        try:
            return self._sqlite.execute(statement, parameters)
        except self._connection.dialect.loaded_dbapi.Error:
            # SQLite takes back a statement that failed; run again by the engine, it fails in its own words.
            return self._through_engine(statement, tuple(parameters)).cursor

    def _through_engine(self, statement: str, parameters: Any) -> CursorResult[Any]:
        return self._connection.exec_driver_sql(statement, parameters)


def runner(connection: Connection) -> Runner:
    """The runner of a connection, made once for as long as it is checked out."""
    known: Runner | None = connection.info.get("runner")
    if known is None or known._connection is not connection:
        known = connection.info["runner"] = Runner(connection)
    return known
