"""Queries of objects whose SQL is made once, as `prepared` does it for plain values."""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.query import get_related_populators

from forum.lib.prepared import Statement, converters_of


class PreparedObjects(Statement):
    """`build` gives a query of a model, annotated and with what is selected beside it; calling this
    runs it, as a list of objects. It prefetches nothing.
    """

    def __call__(self, **values: Any) -> list[Any]:
        rows = self._rows(connections[DEFAULT_DB_ALIAS], values)
        return [self.made(row) for row in rows]

    def first(self, **values: Any) -> Any:
        return next(iter(self(**values)), None)

    def _compiled(self, built: Any, connection: Any) -> tuple[str, Sequence[Any], dict[int, Any]]:
        compiler = built.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        # However long its lists are, the statement has the same columns.
        self.made = _Maker(compiler)
        return sql, parameters, converters_of(compiler)


class _Maker:
    """Makes of a row what Django's own `ModelIterable` makes of it."""

    def __init__(self, compiler: Any) -> None:
        told = compiler.klass_info
        fields = told["select_fields"]
        self.start, self.end = fields[0], fields[-1] + 1
        self.model = told["model"]
        self.names = [each[0].target.attname for each in compiler.select[self.start : self.end]]
        # The stubs tell of a later Django.
        beside: Any = get_related_populators
        self.beside = beside(told, compiler.select, DEFAULT_DB_ALIAS)
        self.annotated = tuple((compiler.annotation_col_map or {}).items())

    def __call__(self, row: Sequence[Any]) -> Any:
        made = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.start : self.end])
        for each in self.beside:
            each.populate(row, made)
        for name, at in self.annotated:
            setattr(made, name, row[at])
        return made
