"""What all tables have in common: how they and their constraints are called."""

from __future__ import annotations

import re

from sqlalchemy.orm import declared_attr
from sqlmodel import SQLModel

# SQLite rewrites whole tables to change a constraint, and for that every constraint needs a name.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

_INNER_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


class Table(SQLModel):
    """A row of the table that is called as its class is: a WorkOrder stands in ``work_order``."""

    # SQLModel declares the name twice, as a class variable and as this; checkers see the first.
    @declared_attr.directive
    def __tablename__(cls) -> str:  # pyright: ignore[reportIncompatibleVariableOverride]  # noqa: N805
        return _INNER_CAPITAL.sub("_", cls.__name__).lower()
