"""Mapped objects without the unit of work, for the statements that every turn runs.

Building a statement, compiling it, ordering a flush and loading through the ORM cost some hundred
microseconds a row; the database itself takes ten. Here each shape of INSERT, UPDATE and SELECT is written
out once and handed to the driver. Whatever is not plain (a relationship was set, something is deleted, a
key of several columns) goes to the ORM as before, so that nothing above needs to know. The decision and
its price: docs/decisions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import BindParameter, Column, Connection, Dialect, Select, Table, bindparam, select
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import InstanceState, Mapper, Session
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.sql import visitors

from wellbeing_bot.store.types import Base

E = TypeVar("E", bound=Base)
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
        self.from_database: list[Convert] = []
        self.defaults: dict[str, Callable[[], Any]] = {}
        self.left_to_database = set[str]()
        self.always = set[str]()  # None is a value here, not the absence of one
        for key, column in zip(self.keys, self.table.c, strict=True):
            self._learn(key, column, dialect)
        self._inserts: dict[tuple[str, ...], str] = {}
        self._updates: dict[tuple[str, ...], str] = {}

    def _learn(self, key: str, column: Column[Any], dialect: Dialect) -> None:
        kind = column.type.dialect_impl(dialect)
        self.to_database[key] = kind.bind_processor(dialect)
        self.from_database.append(kind.result_processor(dialect, None))
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

    def insert(self, keys: tuple[str, ...]) -> str:
        """``INSERT`` of these attributes."""
        known = self._inserts.get(keys)
        if known is None:
            columns, marks = ", ".join(self.names[k] for k in keys), ", ".join(self.mark for _ in keys)
            known = f"INSERT INTO {self.name} ({columns}) VALUES ({marks})"
            known += f" RETURNING {self.names[self.key]}" if self.returning else ""
            self._inserts[keys] = known
        return known

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
        identity = self.mapper.identity_key_from_primary_key((row[self.keys.index(self.key)],))
        known = session.identity_map.get(identity)
        if known is not None:
            return known
        made = self.mapper.class_manager.new_instance()
        state: InstanceState[Any] = made._sa_instance_state
        values = state.dict
        for key, value, convert in zip(self.keys, row, self.from_database, strict=True):
            values[key] = value if convert is None else convert(value)
        state.key = identity
        state.session_id = session.hash_key
        session.identity_map.add(state)
        session.kept.append(made)
        return made


_Written = tuple[str, "list[str] | None", Mapping[str, Any], dict[str, Convert]]
_SHAPES: dict[tuple[Any, str], Shape] = {}


def shape(mapper: Mapper[Any], dialect: Dialect) -> Shape:
    """The shape of a class, learnt once."""
    found = _SHAPES.get((mapper, dialect.name))
    if found is None:
        found = _SHAPES[mapper, dialect.name] = Shape(mapper, dialect)
    return found


class QuickSession(Session):
    """A session that writes plain rows itself and leaves everything else to the ORM."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.kept: list[Any] = []  # the identity map is weak: what was read or made stays known for this job

    def flush(self, objects: Any = None) -> None:
        """Write what is pending. Rows go in the order in which they were added."""
        if self._flushing or objects is not None or self._is_clean():
            super().flush(objects) if self._flushing or objects is not None else None
            return
        new = list(self._new)
        changed = [state for state in self.identity_map._modified if state not in self._deleted]
        dialect = self.at_hand().dialect
        states = [(state, shape(state.mapper, dialect)) for state in [*new, *changed]]
        if self._deleted or not all(_is_plain(state, its, state in self._new) for state, its in states):
            super().flush()
            return
        run = runner(self.at_hand())
        for state, its in states[: len(new)]:
            _insert(run, state, its)
            self.kept.append(state.obj())
        for state, its in states[len(new) :]:
            _update(run, state, its)
        self._register_persistent({state for state, _ in states})

    def at_hand(self) -> Connection:
        """The connection this session works on."""
        return self.bind if isinstance(self.bind, Connection) and self._transaction else self.connection()

    def expunge_all(self) -> None:
        """Forget every object, for the next job."""
        self.kept.clear()
        super().expunge_all()

    def pending(self, classes: frozenset[Any]) -> bool:
        """Whether something not yet written is of these classes, so that a query might miss it."""
        return (
            bool(self._deleted)
            or any(state.class_ in classes for state in self._new)
            or any(state.class_ in classes for state in self.identity_map._modified)
        )


def _is_plain(state: InstanceState[Any], its: Shape, new: bool) -> bool:
    if not its.plain or (its.links and not its.links.isdisjoint(state.committed_state)):
        return False
    if not new:  # what was expired is the ORM's to load again
        return its.key in state.dict and its.key not in state.committed_state
    return its.links.isdisjoint(state.dict) and its.left_to_database <= state.dict.keys()


def _insert(run: Runner, state: InstanceState[Any], its: Shape) -> None:
    values = state.dict
    for key, default in its.defaults.items():
        if key not in values:
            values[key] = default()
    keys = tuple(
        key for key in its.keys if values.get(key) is not None or (key in values and key in its.always)
    )
    parameters = [its.out(key, values[key]) for key in keys]
    made = run.insert(its.insert(keys), parameters)
    for key in its.keys:
        values.setdefault(key, None)
    if values[its.key] is None:
        values[its.key] = made


def _update(run: Runner, state: InstanceState[Any], its: Shape) -> None:
    values, before = state.dict, state.committed_state
    keys = tuple(key for key in its.keys if key in before and before[key] != values[key])
    if not keys:
        return
    assert state.key is not None
    parameters = [its.out(key, values[key]) for key in keys]
    changed = run.change(its.update(keys), [*parameters, its.out(its.key, state.key[1][0])])
    if changed != 1:
        raise StaleDataError(f"an UPDATE of one row of {its.name} met {changed}")


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


def given(name: str) -> BindParameter[Any]:
    """A parameter of a ``Query``."""
    return bindparam(name, required=False)


class Query(Generic[E]):
    """One named query for objects of a class, with its parameters as ``given``; written out once.

    ``narrow`` gets ``SELECT`` of all columns of the class and says the rest.
    """

    def __init__(self, entity: type[E], narrow: Callable[[Select[Any]], Select[Any]]) -> None:
        self.entity = entity
        self._narrow = narrow
        self._written: dict[str, _Written] = {}

    @cached_property
    def _statement(self) -> Select[Any]:
        return self._narrow(select(self.entity.__table__))

    @cached_property
    def _uses(self) -> frozenset[Any]:
        tables = {found for found in visitors.iterate(self._statement) if isinstance(found, Table)}
        tables |= {found.table for found in visitors.iterate(self._statement) if isinstance(found, Column)}
        return frozenset(one.class_ for one in Base.registry.mappers if one.local_table in tables)

    def all(self, session: Session, **parameters: Any) -> list[E]:
        """Every object, in the query's order."""
        if not isinstance(session, QuickSession):
            query = select(self.entity).from_statement(self._statement)
            return list(session.scalars(query, parameters))
        if session.pending(self._uses):
            session.flush()
        connection = session.at_hand()
        written, order, given, convert = self._for(connection.dialect)
        values = {name: parameters.get(name, value) for name, value in given.items()}
        for name, change in convert.items():
            if change is not None:
                values[name] = change(values[name])
        bound = values if order is None else [values[name] for name in order]
        found = runner(connection).rows(written, bound)
        its = shape(self.entity.__mapper__, connection.dialect)
        return [its.load(session, row) for row in found]

    def first(self, session: Session, **parameters: Any) -> E | None:
        """The first object, or None. The query itself says how many it looks at."""
        found = self.all(session, **parameters)
        return found[0] if found else None

    def _for(self, dialect: Dialect) -> _Written:
        known = self._written.get(dialect.name)
        if known is None:
            compiled: Any = self._statement.compile(dialect=dialect)
            if "POSTCOMPILE" in compiled.string:
                raise ValueError("IN is written anew for each list; say == and or_ in a query written once")
            order = list(compiled.positiontup or ()) if compiled.positional else None
            convert: dict[str, Convert] = {
                name: bind.type.dialect_impl(dialect).bind_processor(dialect)
                for bind, name in compiled.bind_names.items()
            }
            known = self._written[dialect.name] = (str(compiled), order, compiled.params, convert)
        return known
