"""Commits chunks of drafts, trying again when another writer came in between."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING

from sqlalchemy import Engine
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from backend.database import reading, writing
from backend.imports.batches import by_size
from backend.imports.draft import Draft
from backend.imports.plan import Plan, make_plan, texts_to_encode
from backend.imports.targets import RecordKind
from backend.imports.write import Destination, RacedError, write_plan
from backend.needs.text import Wishes, need_wishes

if TYPE_CHECKING:
    from backend.matches.matcher import Encoded

_ATTEMPTS = 3
Failed = list[tuple[int, str]]


@dataclass(slots=True)
class Saver:
    """Writes drafts to `where`; a dry run, or no `engine`, only says what would be done.

    `on_encoded` hears which share (0-1) of the present chunk is encoded.
    """

    engine: Engine | None
    where: Destination
    dry_run: bool
    keep_edited: bool
    on_encoded: Callable[[float], None] = lambda _share: None

    def save(self, drafts: Sequence[Draft]) -> tuple[Plan, Failed]:
        """What was done, and (row, why) for the drafts that the database refuses.

        A chunk is written whole; if the database refuses it, row by row.
        """
        try:
            return self._save(drafts), []
        except (DataError, IntegrityError, RacedError):
            return self._one_by_one(drafts)

    def _one_by_one(self, drafts: Sequence[Draft]) -> tuple[Plan, Failed]:
        whole, failed = Plan(), []
        for draft in drafts:
            try:
                plan = self._save([draft])
            except (DataError, IntegrityError) as error:
                failed.append((draft.row, f"the database refuses it: {error.orig}"))
            except RacedError:
                failed.append((draft.row, "the record is being changed elsewhere: import again"))
            else:
                whole.created += plan.created
                whole.updated += plan.updated
                whole.unchanged += plan.unchanged
        return whole, failed

    def _save(self, drafts: Sequence[Draft]) -> Plan:
        attempt = 1
        while True:
            try:
                return self._attempt(drafts)
            except (RacedError, IntegrityError):
                if attempt == _ATTEMPTS:
                    raise
                attempt += 1

    def _attempt(self, drafts: Sequence[Draft]) -> Plan:
        if self.engine is None or not drafts:
            return Plan(created=list(drafts))
        where = self.where
        with reading(self.engine) as session:
            plan = make_plan(session, where.kind, where.source, drafts, self.keep_edited)
            texts = self._texts(session, plan)
        if self.dry_run or not plan.drafts:
            return plan
        # Before the write transaction, so that it is short.
        encoded = self._encode(texts, _wishes(where.kind, plan.drafts))
        try:
            with writing(self.engine) as session:
                # Looked at again under the lock: another writer may have come first.
                plan = make_plan(session, where.kind, where.source, drafts, self.keep_edited)
                write_plan(session, where, plan, encoded)
        except BaseException:
            where.organisations.undo()
            raise
        where.organisations.keep()
        return plan

    def _texts(self, session: Session, plan: Plan) -> list[str]:
        matcher = self.where.matcher
        if matcher is None or self.dry_run:
            return []
        return texts_to_encode(session, self.where.kind, plan, matcher.model)

    def _encode(self, texts: Sequence[str], wishes: Mapping[str, Wishes]) -> dict[str, "Encoded"]:
        encoded: dict[str, Encoded] = {}
        if self.where.matcher is None:
            return encoded
        for batch in by_size(texts):
            asked = [wishes[text] for text in batch]
            vectors = self.where.matcher.encode(self.where.kind, batch, wishes=asked)
            encoded.update(zip(batch, vectors, strict=True))
            self.on_encoded(len(encoded) / len(texts))
        return encoded


def _wishes(kind: RecordKind, drafts: Iterable[Draft]) -> dict[str, Wishes]:
    """What each draft asks for one by one, by its text."""
    if kind == "solution":
        return {draft.text: Wishes() for draft in drafts}
    return {draft.text: need_wishes(SimpleNamespace(**draft.values)) for draft in drafts}
