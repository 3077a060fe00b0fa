"""Queries asked so often that building their SQL would cost more than answering them (decision 0008).

A queryset is written as always, only with a `Parameter` wherever a value comes later, and built once for each kind of
database. Asking again costs no more than sending the statement and loading its row: PostgreSQL keeps each statement
with its plan for as long as the connection lives.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeGuard, TypeVar

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import BigIntegerField, BooleanField, Expression, F, Field, Func, JSONField, Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql import UpdateQuery
from django.db.transaction import TransactionManagementError

from lms.kernel.clock import DatabaseNow

M = TypeVar("M", bound=Model)
Sql = tuple[str, tuple[Any, ...]]
_populators: Any = get_related_populators  # what the types know of it is another version's
_connection: Any = connection  # the types leave out how it wraps a cursor


class Late:
    """Among a statement's values: one that is known only when the statement is sent."""

    def value(self, given: Mapping[str, Any]) -> Any:
        raise NotImplementedError


class Parameter(Late, Expression):
    """Stands in a prepared queryset for the value that `first(name=…)` or `run(name=…)` brings, of `field`'s type."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Sql:
        return "%s", (self,)

    def value(self, given: Mapping[str, Any]) -> Any:
        return self.output_field.get_db_prep_save(given[self.name], connection)


class Key(Parameter):
    """A `Parameter` for the key of a row."""

    def __init__(self, name: str) -> None:
        super().__init__(name, BigIntegerField())


class _Keys(Key):
    """A list of keys, as one value."""

    def value(self, given: Mapping[str, Any]) -> Any:
        keys = [self.output_field.get_db_prep_save(key, connection) for key in given[self.name]]
        return keys if connection.vendor == "postgresql" else json.dumps(keys)


class OneOf(Func):
    """A condition of a prepared queryset: the key in `column` is in the list that comes as `name`. A plan for any list
    counts on some ten keys.
    """

    output_field = BooleanField()

    def __init__(self, column: str, name: str) -> None:
        super().__init__(F(column), _Keys(name))

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Sql:
        return self.as_sql(compiler, connection, template="%(expressions)s)", arg_joiner=" = ANY(")

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Sql:
        each = " IN (SELECT value FROM json_each("
        return super().as_sqlite(compiler, connection, template="%(expressions)s))", arg_joiner=each)


class _Values(Parameter):
    """A value for each of some keys, as one value: `{key: text}`."""

    def __init__(self, name: str) -> None:
        super().__init__(name, JSONField())

    def value(self, given: Mapping[str, Any]) -> Any:
        return json.dumps({str(key): str(value) for key, value in given[self.name].items()})


class ValueOf(Func):
    """Of the mapping that comes as `name` (key → number): the number for the key in `column`, NULL where it has none.
    One UPDATE with it gives many rows a value each.
    """

    def __init__(self, column: str, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(_Values(name), F(column), output_field=field)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Sql:
        return self.as_sql(
            compiler, connection, template="(%(expressions)s::text)::numeric", arg_joiner="::jsonb ->> "
        )

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Sql:
        path = """json_extract(%(expressions)s || '"')"""
        return super().as_sqlite(compiler, connection, template=path, arg_joiner=""", '$."' || """)


@dataclass(frozen=True)
class Supplied(Late):
    """A value that is asked for anew whenever the statement is sent."""

    supply: Callable[[], Any]

    def value(self, given: Mapping[str, Any]) -> Any:
        return self.supply()


class Now(DatabaseNow):
    """The database's clock, read whenever the statement is sent."""

    def value_of(self, supply: Callable[[], Any]) -> Any:
        return Supplied(supply)


class _Statement:
    """SQL with its values, some of them late. For PostgreSQL the others are part of it, as a partial index needs."""

    def __init__(self, sql: str, values: Sequence[Any]) -> None:
        self.sql, self.values = sql, values
        if connection.vendor == "postgresql":
            self.sql = sql.replace("%%", "%%%%") % tuple(
                "%s" if _is_late(value) else _literal(value) for value in values
            )
            self.values = [value for value in values if _is_late(value)]

    def send(self, cursor: CursorWrapper, given: Mapping[str, Any]) -> None:
        cursor.execute(self.sql, [each.value(given) if _is_late(each) else each for each in self.values])


def _is_late(value: Any) -> TypeGuard[Late]:
    return isinstance(value, Late)


def _literal(value: Any) -> str:
    return psycopg.ClientCursor(connection.connection).mogrify("%s", [value]).replace("%", "%%")


def _cursor() -> CursorWrapper:
    """One whose statements PostgreSQL prepares (`prepare_threshold` in the settings) and plans once. Where statements
    are logged it is an ordinary one: their values belong to the log.
    """
    if connection.vendor != "postgresql" or connection.queries_logged:
        return connection.cursor()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        wrapped: CursorWrapper = _connection._prepare_cursor(psycopg.Cursor(connection.connection))
    return wrapped


class _Select(_Statement):
    """A SELECT with what Django needs to make Python of its columns."""

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        compiler: Any = queryset.query.get_compiler(using=connection.alias)
        super().__init__(*compiler.as_sql())
        self.compiler = compiler
        self.locks = queryset.query.select_for_update
        self.converters = compiler.get_converters([expression for expression, _sql, _alias in compiler.select])

    def rows(self, given: Mapping[str, Any]) -> list[list[Any]]:
        if self.locks and not connection.in_atomic_block:
            raise TransactionManagementError("a row is locked only inside a transaction")
        with _cursor() as cursor:
            self.send(cursor, given)
            return [self._converted(row) for row in cursor.fetchall()]

    def _converted(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for index, (converters, expression) in self.converters.items():
            for convert in converters:
                values[index] = convert(values[index], expression, connection)
        return values


class _Models(_Select, Generic[M]):
    """A SELECT whose rows are models."""

    def __init__(self, queryset: QuerySet[M, Any]) -> None:
        super().__init__(queryset)
        columns, about = self.compiler.select, self.compiler.klass_info
        self.annotations = self.compiler.annotation_col_map or {}
        self.model: type[M] = about["model"]
        self.own = slice(about["select_fields"][0], about["select_fields"][-1] + 1)
        self.names = [column[0].target.attname for column in columns[self.own]]
        self.related: Sequence[Any] = _populators(about, columns, connection.alias)

    def load(self, row: list[Any]) -> M:
        loaded = self.model.from_db(connection.alias, self.names, row[self.own])
        for populator in self.related:
            populator.populate(row, loaded)
        for name, index in self.annotations.items():
            setattr(loaded, name, row[index])
        return loaded


S = TypeVar("S", bound=_Statement)


class _Built(Generic[S]):
    """One statement for each kind of database, built when it is asked for the first time."""

    def __init__(self, build: Callable[[], S]) -> None:
        self._build = build
        self._built: dict[str, S] = {}

    def __call__(self) -> S:
        built = self._built.get(connection.vendor)
        if built is None:
            built = self._built[connection.vendor] = self._build()
        return built


class Prepared(Generic[M]):
    """A queryset that is built once: `Prepared(lambda: Person.objects.filter(pk=Key("pk")))`.

    It may select related models, annotate, lock and leave columns out; it may not prefetch.
    """

    def __init__(self, queryset: Callable[[], QuerySet[M, Any]]) -> None:
        self._statement = _Built(lambda: _Models(queryset()))

    def all(self, **given: Any) -> list[M]:
        """All rows' models. Raises KeyError for a parameter left out."""
        statement = self._statement()
        return [statement.load(row) for row in statement.rows(given)]

    def first(self, **given: Any) -> M | None:
        """The first row's model; for querysets of one row, or sliced to it."""
        return next(iter(self.all(**given)), None)


class PreparedRows:
    """The same for `values_list(…)`."""

    def __init__(self, queryset: Callable[[], QuerySet[Any, Any]]) -> None:
        self._statement = _Built(lambda: _Select(queryset()))

    def all(self, **given: Any) -> list[list[Any]]:
        """All rows, each with its values in order. Raises KeyError for a parameter left out."""
        return self._statement().rows(given)


class PreparedUpdate:
    """An UPDATE of the rows of a queryset, built once; its values and its filter may hold a `Parameter`."""

    def __init__(self, queryset: Callable[[], QuerySet[Any, Any]], **changes: Any) -> None:
        self._statement = _Built(lambda: _update(queryset(), changes))

    def run(self, **given: Any) -> int:
        """How many rows it changed. Raises KeyError for a parameter left out."""
        with _cursor() as cursor:
            self._statement().send(cursor, given)
            return cursor.rowcount


def _update(queryset: QuerySet[Any, Any], changes: Mapping[str, Any]) -> _Statement:
    query: Any = queryset.query.chain(UpdateQuery)
    query.add_update_values(changes)
    return _Statement(*query.get_compiler(using=connection.alias).as_sql())
