"""Storing new objects by a statement that is made once, as `prepared` does it for queries."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

from forum.lib.transactions import Changing

# Their columns take such values as they are, on either database.
_PLAIN_FIELDS = (
    models.BooleanField,
    models.CharField,
    models.FloatField,
    models.ForeignKey,
    models.IntegerField,
    models.TextField,
)
_NOTHING = frozenset({type(None)})
_PLAIN_VALUES = frozenset({bool, float, int, str}) | _NOTHING


class _Form(NamedTuple):
    sql: str
    # Each with the types of the values that go as they are.
    fields: tuple[tuple[Any, frozenset[type]], ...]
    # What an object holds for each of them.
    held: Callable[[Any], tuple[Any, ...]]


class PreparedInsert:
    """Calling it stores an object that is new for sure, and gives it its key.

    It sends no signals, takes no expressions, and the database gives nothing but the key.
    `shared`: where a row with these values is there already, the object takes its key.
    `once`: where a row stands in its way by any unique values, nothing is stored, and calling it
    says so. Whoever stores the same in the same moment waits to hear which it is.
    """

    def __init__(
        self, model: type[models.Model], *, shared: Sequence[str] = (), once: bool = False
    ) -> None:
        self.model, self.shared, self.once = model, shared, once
        self.forms: dict[str, _Form] = {}

    def __call__(self, new: Any) -> bool:
        connection = connections[DEFAULT_DB_ALIAS]
        form = self.forms.get(connection.vendor) or self._prepare(connection, new)
        parameters = [
            value if type(value) in as_it_is else _prepared(new, field, connection)
            for (field, as_it_is), value in zip(form.fields, form.held(new), strict=True)
        ]
        with Changing(connection) as cursor:
            cursor.execute(form.sql, parameters)
            stored = cursor.fetchone()
        if stored is None:
            return False
        (new.pk,) = stored
        new._state.adding, new._state.db = False, DEFAULT_DB_ALIAS
        return True

    def together(self, new: Sequence[Any]) -> None:
        """Mostly there is one; several are worth a statement of their own."""
        if len(new) == 1:
            self(new[0])
        elif new:
            self.model._default_manager.bulk_create(new, **self._conflict)

    def _prepare(self, connection: Any, new: Any) -> _Form:
        fields = [
            field
            for field in self.model._meta.concrete_fields
            if not field.generated and not isinstance(field, models.AutoField)
        ]
        same = [self.model._meta.get_field(name) for name in self.shared]
        conflict = OnConflict.UPDATE if same else OnConflict.IGNORE if self.once else None
        query = InsertQuery(
            self.model, on_conflict=conflict, update_fields=same, unique_fields=same
        )
        query.insert_values(fields, [new])
        compiler: Any = query.get_compiler(connection=connection)
        compiler.returning_fields = [self.model._meta.pk]
        ((sql, _),) = compiler.as_sql()
        told = tuple((field, _as_they_are(field)) for field in fields)
        held = attrgetter(*(field.attname for field in fields))
        form = self.forms[connection.vendor] = _Form(sql, told, held)
        return form

    @property
    def _conflict(self) -> dict[str, Any]:
        """A row that is there is written all the same: that holds it until the transaction ends."""
        if not self.shared:
            return {}
        return {
            "update_conflicts": True, "unique_fields": self.shared, "update_fields": self.shared,
        }  # fmt: skip


def _as_they_are(field: Any) -> frozenset[type]:
    if isinstance(field, _PLAIN_FIELDS):
        return _PLAIN_VALUES
    is_set_here = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return frozenset() if is_set_here else _NOTHING


def _prepared(new: Any, field: Any, connection: Any) -> Any:
    return field.get_db_prep_save(field.pre_save(new, add=True), connection=connection)
