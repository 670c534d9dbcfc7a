"""The stored vectors: the truth that every index is rebuilt from."""

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.models.base import Base, Json


class Embedding(Base):
    """The vector of one record, in little-endian float32.

    `windows` holds one vector for each of `spans` (start and end in the record's text, in
    characters), n * dimension floats. `aspects` are the kinds and texts of what a need asks for
    one by one, `aspect_vectors` a vector each; NULL where they wait to be encoded.
    """

    __tablename__ = "embedding"
    __table_args__ = (Index(None, "model"),)

    record_kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    record_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    model: Mapped[str] = mapped_column(String(200))
    text_hash: Mapped[str] = mapped_column(String(64))
    dimension: Mapped[int]
    vector: Mapped[bytes] = mapped_column(LargeBinary)
    windows: Mapped[bytes | None] = mapped_column(LargeBinary)
    spans: Mapped[list[list[int]]] = mapped_column(Json, default=list)
    aspects: Mapped[list[list[str]] | None] = mapped_column(Json)
    aspect_vectors: Mapped[bytes | None] = mapped_column(LargeBinary)
