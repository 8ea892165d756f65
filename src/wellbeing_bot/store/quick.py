"""Mapped objects without the unit of work, for the statements that every turn runs.

Building a statement, compiling it, ordering a flush and loading through the ORM cost some hundred
microseconds a row; the database itself takes ten. Here each shape of INSERT, UPDATE and SELECT is written
out once and handed to the driver. Whatever is not plain (a relationship was set, something is deleted, a
key of several columns) goes to the ORM as before, so that nothing above needs to know. The decision and
its price: docs/decisions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar

from sqlalchemy import BindParameter, Column, Connection, Dialect, Select, Table, bindparam, select
from sqlalchemy.orm import InstanceState, Session, SessionTransaction
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.sql import visitors

from wellbeing_bot.store.shapes import Convert, Runner, Shape, runner, shape
from wellbeing_bot.store.types import Base

E = TypeVar("E", bound=Base)
_Written = tuple[str, "list[str] | None", Mapping[str, Any], dict[str, Convert]]


class QuickSession(Session):
    """A session that writes plain rows itself and leaves everything else to the ORM."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.kept: list[Any] = []  # the identity map is weak: what was read or made stays known for this job
        self.written = set[type]()  # classes of which this job wrote rows
        self.born = set[tuple[type, Any]]()  # rows this job made: nothing from before can belong to them
        self.answers: dict[tuple[Query[Any], tuple[Any, ...]], list[Any]] = {}
        self.remembers = True

    def flush(self, objects: Any = None) -> None:
        """Write what is pending. Rows go in the order in which they were added."""
        if self._flushing or objects is not None or self._is_clean():
            super().flush(objects) if self._flushing or objects is not None else None
            return
        new = list(self._new)
        changed = [state for state in self.identity_map._modified if state not in self._deleted]
        dialect = self.at_hand().dialect
        states = [(state, shape(state.mapper, dialect)) for state in [*new, *changed]]
        self._wrote({state.class_ for state in (*new, *changed, *self._deleted)})
        if self._deleted or not all(_is_plain(state, its, state in self._new) for state, its in states):
            self.remembers = False  # what the unit of work writes besides is its own affair
            super().flush()
            return
        run = runner(self.at_hand())
        for state, its in states[: len(new)]:
            _insert(run, state, its)
            self.kept.append(state.obj())
            self.born.add((state.class_, state.dict[its.key]))
        for state, its in states[len(new) :]:
            _update(run, state, its)
        self._register_persistent({state for state, _ in states})

    def at_hand(self) -> Connection:
        """The connection this session works on."""
        if isinstance(self.bind, Connection) and self._transaction:
            return self.bind
        return super().connection()

    def connection(self, *args: Any, **settings: Any) -> Connection:
        """The connection, to somebody who may write anything with it."""
        self.remembers = False
        return super().connection(*args, **settings)

    def begin_nested(self) -> SessionTransaction:
        """A savepoint: what was written may be undone without our hearing of it."""
        self.remembers = False
        nested = super().begin_nested()
        super().connection()  # sets the savepoint now: rows written by the driver itself would come before it
        return nested

    def execute(self, statement: Any, *args: Any, **settings: Any) -> Any:
        """As usual; an INSERT, UPDATE or DELETE in so many words ends what is remembered."""
        if not getattr(statement, "is_select", False):
            self.remembers = False
        return super().execute(statement, *args, **settings)

    def expunge_all(self) -> None:
        """Forget every object, for the next job."""
        self.kept.clear()
        self.written.clear()
        self.born.clear()
        self.answers.clear()
        self.remembers = True
        super().expunge_all()

    def _wrote(self, classes: set[type]) -> None:
        self.written |= classes
        for asked in [key for key in self.answers if not key[0].uses.isdisjoint(classes)]:
            del self.answers[asked]

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
    parameters: list[Any] = []
    for key, convert, always in its.columns:
        value = values.get(key)
        if value is None and not (always and key in values):
            values[key] = None
        elif convert is not None:
            value = convert(value)
        parameters.append(value)
    if values.get(its.key) is None:
        values[its.key] = run.insert(its.insert, parameters)
    else:
        run.insert(its.insert_with_key, [*parameters, its.out(its.key, values[its.key])])


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


def made_now(session: Session, owner: type[Base], key: Any) -> bool:
    """Whether a row was made in this very job, so that nothing from before can belong to it."""
    return isinstance(session, QuickSession) and (owner, key) in session.born


def given(name: str) -> BindParameter[Any]:
    """A parameter of a ``Query``."""
    return bindparam(name, required=False)


class Query(Generic[E]):
    """One named query for objects of a class, with its parameters as ``given``; written out once.

    ``narrow`` gets ``SELECT`` of all columns of the class and says the rest. ``of`` names the parameter, and
    its class, that every row found belongs to by a foreign key: of a row made in this job nothing is asked.
    """

    def __init__(
        self,
        entity: type[E],
        narrow: Callable[[Select[Any]], Select[Any]],
        *,
        of: tuple[str, type[Base]] | None = None,
    ) -> None:
        self.entity = entity
        self._narrow = narrow
        self._of = of
        self._written: dict[str, _Written] = {}

    @cached_property
    def _statement(self) -> Select[Any]:
        return self._narrow(select(self.entity.__table__))

    @cached_property
    def uses(self) -> frozenset[Any]:
        """The classes whose rows the answer depends on."""
        tables = {found for found in visitors.iterate(self._statement) if isinstance(found, Table)}
        tables |= {found.table for found in visitors.iterate(self._statement) if isinstance(found, Column)}
        return frozenset(one.class_ for one in Base.registry.mappers if one.local_table in tables)

    def all(self, session: Session, **parameters: Any) -> list[E]:
        """Every object, in the query's order. Asked twice in one job, it is looked up once."""
        if not isinstance(session, QuickSession):
            query = select(self.entity).from_statement(self._statement)
            return list(session.scalars(query, parameters))
        if session.pending(self.uses):
            session.flush()
        if not session.remembers:
            return self._ask(session, parameters)
        if self._of is not None and self._is_of_newborn(session, parameters):
            return []
        asked = (self, tuple(parameters.items()))
        known = session.answers.get(asked)
        if known is None:
            known = session.answers[asked] = self._ask(session, parameters)
        return list(known)

    def _is_of_newborn(self, session: QuickSession, parameters: Mapping[str, Any]) -> bool:
        """Whether it asks for what belongs to a row made just now, to which nothing was added since."""
        assert self._of is not None
        name, owner = self._of
        born = made_now(session, owner, parameters[name])
        return born and session.written.isdisjoint(self.uses - {owner})

    def _ask(self, session: QuickSession, parameters: Mapping[str, Any]) -> list[E]:
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
