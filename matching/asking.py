"""Who asks, a need or a solution, whole and in parts: stored, or a text typed just now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matching.answering import Answers, answers_of_solutions, answers_to_needs, make_page
from matching.aspects import Wishlist, aspects_of, nothing_asked
from matching.background import Background
from matching.corpus import Corpus
from matching.embedders import encode_profiles
from matching.ragged import unit
from matching.rank import Query, make_query
from matching.types import Embedder, Encoding, Profile, Side, Vectors


@dataclass(frozen=True, slots=True)
class Asking:
    """One side of a list: its text and facts, its vectors, and what it asks for one by one."""

    side: Side
    profile: Profile
    encoding: Encoding
    wishlist: Wishlist

    @property
    def candidates(self) -> Side:
        """Needs ask for solutions, solutions for needs."""
        return "solution" if self.side == "need" else "need"

    def projected(self, background: Background) -> "Asking":
        """The same with all vectors as the ranking compares them; once, before anything else."""
        encoding = background.project_encoding(self.encoding)
        return Asking(self.side, self.profile, encoding, self.wishlist.projected(background))

    def query(self, centre: Vectors) -> Query:
        """What is ranked for, with the centre of the asking side, shape (d,), taken out."""
        wishes = self.wishlist.wishes
        profile = self.profile
        return make_query(profile.text, profile.lang, self.encoding.vector, centre, wishes)

    def answers(
        self,
        corpus: Corpus,
        query: Query,
        centre: Vectors,
        profiles: Sequence[Profile],
        wishlists: Mapping[str, Wishlist],
    ) -> Answers:
        """What is answered of what each candidate asks for, or of what is asked of it.

        `wishlists` are those of candidates that are needs, centred, by id.
        """
        if self.side == "need":
            return answers_of_solutions(corpus, query, self.wishlist.centred(centre), profiles)
        windows = unit(self.encoding.windows - centre)
        spans = self.encoding.spans
        page = make_page(self.profile.text, self.profile.lang, spans, query.vector, windows)
        return answers_to_needs(corpus, query, page, wishlists)


def ask(embedder: Embedder, side: Side, profile: Profile) -> Asking:
    """A text that is not stored; a need's is encoded in one batch with its sentences."""
    if side == "solution":
        (encoding,) = encode_profiles(embedder, side, [profile.text])
        return Asking(side, profile, encoding, nothing_asked(profile.lang, embedder.dimension))
    aspects = aspects_of(profile.text)
    vectors = embedder.encode_query([profile.text, *(aspect.text for aspect in aspects)])
    none = np.zeros((0, embedder.dimension), np.float32)
    wishlist = Wishlist(aspects, vectors[1:], profile.lang)
    return Asking(side, profile, Encoding(vectors[0], none), wishlist)
