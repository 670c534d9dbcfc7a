"""Communes, EPCI, départements, regions, the country."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from backend.models.base import Base

COUNTRY = "country:FR"


class Territory(Base):
    """One territory. Codes carry their kind: commune:34172, epci:243400017, region:76.

    `epci`, `ept`, `departement` and `region` are full codes and are read on communes: an EPCI may
    lie in several départements, so the set of communes decides who touches whom. `ept` is the
    second EPCI of a commune of the Métropole du Grand Paris.
    """

    __tablename__ = "territory"

    code: Mapped[str] = mapped_column(String(24), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    insee: Mapped[str | None] = mapped_column(String(8))
    siren: Mapped[str | None] = mapped_column(String(9), index=True)
    name: Mapped[str] = mapped_column(String(200))
    search_name: Mapped[str] = mapped_column(String(200), index=True)
    population: Mapped[int | None]
    epci: Mapped[str | None] = mapped_column(String(24), index=True)
    ept: Mapped[str | None] = mapped_column(String(24), index=True)
    departement: Mapped[str | None] = mapped_column(String(24), index=True)
    region: Mapped[str | None] = mapped_column(String(24), index=True)
