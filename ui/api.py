"""The API as the pages call it: one client, one kind of error."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, cast
from urllib.parse import quote

import httpx
import streamlit as st

from ui import i18n
from ui.letters import Alerts, Letter, LetterPage
from ui.records import (
    CriterionAnswers,
    Kind,
    MatchList,
    Me,
    Need,
    NeedPage,
    OwnMatches,
    Solution,
    SolutionPage,
    Territory,
    Vocabularies,
)
from ui.secret import secret

Problem = Literal[
    "unreachable",
    "slow",
    "not_found",
    "invalid",
    "conflict",
    "refused",
    "signed_out",
    "busy",
    "broken",
]
Query = Mapping[str, str | int | Sequence[str]]

BASE_URL_VARIABLE = "PASSERELLE_API_URL"
DEFAULT_BASE_URL = "http://127.0.0.1:8000/api"
TIMEOUT_SECONDS = 20.0
LONGEST_SEARCH = 20_000
TELLING_LENGTH = 60

_BY_STATUS: dict[int, Problem] = {
    401: "signed_out",
    404: "not_found",
    409: "conflict",
    412: "conflict",
    422: "invalid",
    428: "conflict",
    503: "busy",
}


class ApiError(Exception):
    """Why a call failed, in the terms a page needs to tell the reader what to do.

    `detail` is the API's own sentence in the reader's language ("" when there was no answer);
    `fields` pairs each refused field with its message.
    """

    def __init__(
        self, problem: Problem, detail: str = "", fields: tuple[tuple[str, str], ...] = ()
    ) -> None:
        super().__init__(problem, detail, fields)
        self.problem = problem
        self.detail = detail
        self.fields = fields


class Client:
    """Calls of `/v1`. Every method raises ApiError and nothing else."""

    def __init__(
        self,
        base_url: str,
        language: Callable[[], str],
        transport: httpx.BaseTransport | None = None,
        secret: Callable[[], str | None] = lambda: None,
    ) -> None:
        self._language = language
        self._secret = secret
        self._http = httpx.Client(
            base_url=f"{base_url.rstrip('/')}/v1", timeout=TIMEOUT_SECONDS, transport=transport
        )

    def me(self) -> Me:
        """Who is asking."""
        return cast("Me", self._get("/me"))

    def solutions(self, query: Query) -> SolutionPage:
        """One page of published solutions."""
        return cast("SolutionPage", self._get("/solutions", query))

    def needs(self, query: Query) -> NeedPage:
        """One page of published needs."""
        return cast("NeedPage", self._get("/needs", query))

    def solution(self, record_id: str) -> Solution:
        """One solution."""
        return cast("Solution", self._get(f"/solutions/{segment(record_id)}"))

    def need(self, record_id: str) -> Need:
        """One need."""
        return cast("Need", self._get(f"/needs/{segment(record_id)}"))

    def matches(self, kind: Kind, record_id: str, query: Query) -> MatchList:
        """The solutions that answer a need, or the needs that a solution answers."""
        query = {**query, "lang": self._language()}
        return cast("MatchList", self._get(f"/{kind}/{segment(record_id)}/matches", query))

    def answers(self, solution_id: str, need_id: str) -> CriterionAnswers:
        """The criteria of a need and what the solution says of each."""
        return cast("CriterionAnswers", self._get(_answers(solution_id, need_id)))

    def answer(
        self, solution_id: str, need_id: str, answers: Sequence[Mapping[str, str | None]]
    ) -> CriterionAnswers:
        """Say whether the solution meets criteria of the need; an answer of None is taken back."""
        body = {"answers": list(answers)}
        return cast(
            "CriterionAnswers", self._call("PUT", _answers(solution_id, need_id), json=body)
        )

    def search(
        self,
        kind: Kind,
        text: str,
        filters: Mapping[str, object],
        *,
        relax: Sequence[str] = (),
        limit: int = 10,
        arrangement: Mapping[str, str] | None = None,
        counts: bool = False,
    ) -> MatchList:
        """Records of a kind ranked by meaning for a free text; nothing is kept by the service."""
        body = {
            "text": text[:LONGEST_SEARCH],
            # A few words are too few to tell their language by: take the reader's.
            "lang": self._language() if len(text) < TELLING_LENGTH else None,
            "kind": kind,
            "limit": limit,
            "filters": filters,
            "relax": list(relax),
            **(arrangement or {}),
            "counts": counts,
        }
        return cast("MatchList", self._call("POST", "/search", json=body))

    def territories(self, text: str, limit: int = 8) -> list[Territory]:
        """Territories whose name or code begins like the text."""
        found = self._get("/territories", {"q": text, "limit": limit})
        return cast("list[Territory]", found["items"] if isinstance(found, dict) else found)

    def territory(self, code: str) -> Territory:
        """One territory by its code, such as `departement:34`."""
        return cast("Territory", self._get(f"/territories/{segment(code)}"))

    def vocabularies(self) -> Vocabularies:
        """Every vocabulary of the service."""
        return cast("Vocabularies", self._get("/vocabularies"))

    def own_matches(self, solutions: int, limit: int) -> OwnMatches:
        """The needs that one's own published solutions answer."""
        query: Query = {"solutions": solutions, "limit": limit, "lang": self._language()}
        return cast("OwnMatches", self._get("/me/matches", query))

    def create(self, kind: Kind, record: Mapping[str, object], key: str) -> Solution | Need:
        """Keep a new record; the same key again keeps no second one."""
        named = {"Idempotency-Key": key}
        answer = self._call("POST", f"/{kind}", json=dict(record), headers=named)
        return cast("Solution | Need", answer)

    def update(
        self, kind: Kind, record_id: str, version: int, changes: Mapping[str, object]
    ) -> Solution | Need:
        """Change a record, provided it still is at the version that was read."""
        answer = self._call(
            "PATCH",
            f"/{kind}/{segment(record_id)}",
            json=dict(changes),
            headers={"If-Match": f'"{version}"'},
        )
        return cast("Solution | Need", answer)

    def archive(self, kind: Kind, record_id: str, version: int) -> Solution | Need:
        """Take a record out of every list, provided it still is at the version that was read."""
        path = f"/{kind}/{segment(record_id)}/archive"
        return cast(
            "Solution | Need", self._call("POST", path, headers={"If-Match": f'"{version}"'})
        )

    def alerts(self) -> Alerts:
        """Which letters one gets."""
        return cast("Alerts", self._get("/me/alerts"))

    def change_alerts(self, choices: Mapping[str, object]) -> Alerts:
        """Choose which letters one gets."""
        return cast("Alerts", self._call("PUT", "/me/alerts", json=dict(choices)))

    def letters(self, query: Query) -> LetterPage:
        """Letters of the outbox in one state; for operators."""
        return cast("LetterPage", self._get("/mail", query))

    def retry_letter(self, letter_id: str) -> Letter:
        """Have a letter tried again; for operators."""
        return cast("Letter", self._call("POST", f"/mail/{segment(letter_id)}/retry"))

    def get(self, path: str, query: Query | None = None) -> Any:
        """What is at a path below `/v1`; its parts are made with `segment`."""
        return self._get(path, query)

    def send(
        self, method: str, path: str, body: object = None, version: int | None = None, key: str = ""
    ) -> Any:
        """Change what still is at `version`, if given; the same `key` again changes nothing."""
        headers = {"If-Match": f'"{version}"'} if version is not None else {}
        headers |= {"Idempotency-Key": key} if key else {}
        return self._call(method, path, json=body, headers=headers)

    def _get(self, path: str, query: Query | None = None) -> Any:
        return self._call("GET", path, params=dict(query or {}))

    def _call(self, method: str, path: str, **options: Any) -> Any:
        headers = {"Accept-Language": self._language(), **options.pop("headers", {})}
        if secret := self._secret():
            headers["Authorization"] = f"Bearer {secret}"
        try:
            response = self._http.request(method, path, headers=headers, **options)
        except httpx.TimeoutException as error:
            raise ApiError("slow") from error
        except httpx.HTTPError as error:
            raise ApiError("unreachable") from error
        if response.is_success:
            return None if response.status_code == 204 else _json(response)
        raise _problem(response)


def client() -> Client:
    """The client every page shares."""
    return _client(os.environ.get(BASE_URL_VARIABLE) or DEFAULT_BASE_URL)


def vocabularies() -> Vocabularies:
    """The vocabularies, asked for once a minute at most: operators change their words."""
    return _vocabularies(os.environ.get(BASE_URL_VARIABLE) or DEFAULT_BASE_URL)


def forget_vocabularies() -> None:
    """Ask for the vocabularies again: the reader has just changed them."""
    _vocabularies.clear()


@st.cache_resource(show_spinner=False)
def _client(base_url: str) -> Client:
    return Client(base_url, i18n.language, secret=secret)


@st.cache_data(show_spinner=False, ttl=60)
def _vocabularies(base_url: str) -> Vocabularies:
    return _client(base_url).vocabularies()


def _problem(response: httpx.Response) -> ApiError:
    problem = _BY_STATUS.get(response.status_code)
    if problem is None:
        problem = "broken" if response.status_code >= 500 else "refused"
    try:
        body = response.json()
    except ValueError:
        body = {}
    if not isinstance(body, dict):
        body = {}
    fields = tuple((e.get("field", ""), e.get("message", "")) for e in body.get("errors") or ())
    return ApiError(problem, str(body.get("detail") or body.get("title") or ""), fields)


def _json(response: httpx.Response) -> Any:
    if response.status_code == 204:
        return None
    try:
        return response.json()
    except ValueError as error:
        raise ApiError("broken") from error


def _answers(solution_id: str, need_id: str) -> str:
    return f"/solutions/{segment(solution_id)}/answers/{segment(need_id)}"


def segment(value: str) -> str:
    """One part of a path: what comes from the address bar must not reach another route."""
    return quote(value, safe="").replace(".", "%2E") or "-"
