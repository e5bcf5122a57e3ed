"""Rows outside the actor's sites do not exist here."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar
from uuid import UUID

from sqlmodel import Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from propapp.core.access import Permission
from propapp.core.errors import NotAllowed, NotFound
from propapp.core.unit_of_work import UnitOfWork

RowT = TypeVar("RowT", bound=SQLModel)


class VisibleRows(Generic[RowT]):
    """What the actor may see of one table; the base of each slice's repository."""

    model: ClassVar[type[SQLModel]]
    kind: ClassVar[str]
    read: ClassVar[Permission]

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._actor = uow.actor
        self._session: Session = uow.session
        self._visible: SelectOfScalar[RowT] = self._visible_rows()

    def get(self, row_id: UUID) -> RowT:
        """The row, if the actor may see it and may do the work at hand at its site."""
        statement = self._visible.where(self.model.id == row_id)  # type: ignore[attr-defined]
        if self._uow.permission is not None:
            # Two people may change the same row; where the database locks rows, the second waits.
            statement = statement.with_for_update()
        row = self._session.exec(statement).one_or_none()
        if row is None:
            raise NotFound(kind=self.kind)
        if row.site_id not in self._workable:  # type: ignore[attr-defined]
            raise NotAllowed(kind=self.kind)
        return row

    def known_at(self, row_id: UUID, site_id: UUID) -> RowT | None:
        """The row of this id at this site; nothing where there is none of this id yet.

        What belongs to another site does not exist here, not even for whoever works at both.
        """
        return self.get_at(row_id, site_id) if self._session.get(self.model, row_id) else None

    def get_at(self, row_id: UUID, site_id: UUID) -> RowT:
        """``get``, where the row is one of this site's."""
        row = self.get(row_id)
        if row.site_id != site_id:  # type: ignore[attr-defined]
            raise NotFound(kind=self.kind)
        return row

    @property
    def _workable(self) -> frozenset[UUID]:
        # Without work at hand somebody only looks, and whoever sees a row may look at it.
        if self._uow.permission is None:
            return frozenset(self._actor.roles)
        return self._uow.workable_sites()

    def _visible_rows(self) -> SelectOfScalar[RowT]:
        sites = self._actor.sites_where(self.read)
        return select(self.model).where(col(self.model.site_id).in_(sites))  # type: ignore[attr-defined,return-value]
