"""A small stand-in for the API over real HTTP, for cases the real one cannot be put into.

It keeps records in memory, ranks by shared words and can be told to fail.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.ui.stub_staff import StaffStub

VOCABULARIES = Path(__file__).parents[2] / "data" / "vocabularies"
NOW = "2026-11-02T09:30:00+00:00"
CRITERIA = ("essential_criteria", "desirable_criteria")
TERRITORIES = [
    {"code": "commune:34172", "kind": "commune", "name": "Montpellier", "departement": "34"},
    {"code": "epci:243400017", "kind": "epci", "name": "Montpellier Méditerranée Métropole"},
    {"code": "departement:34", "kind": "departement", "name": "Hérault"},
    {"code": "region:76", "kind": "region", "name": "Occitanie"},
    {"code": "country:FR", "kind": "country", "name": "France"},
]


def solution(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A published solution as the API answers it."""
    record = {
        "id": f"s{number}",
        "organisation": {"id": f"o{number}", "name": f"Coopérative {number}", "kind": "startup"},
        "source": "demo",
        "title": f"Solution {number}",
        "summary": "Des capteurs préviennent la commune avant que le cours d'eau ne déborde.",
        "description": "Les capteurs mesurent le niveau. Une alerte part par SMS.",
        "themes": ["water"],
        "beneficiaries": ["residents"],
        "perimeters": ["region:76"],
        "perimeter_names": {"region:76": "Occitanie"},
        "labels": ["open_source"],
        "languages": ["fr"],
        "maturity": 8,
        "price_band": "10k_40k",
        "client_references": [],
        "deployment_weeks": 6,
        "licence": None,
        "website": None,
        "has_contact": True,
        "contact": None,
        **_common(),
    }
    return {**record, **changes}


def operator_me() -> dict[str, Any]:
    """An operator who is signed in."""
    person = {
        "id": "p1",
        "name": "Opératrice",
        "email": "operatrice@exemple.example",
        "lang": "fr",
        "operator": True,
    }
    return {"person": person, "belongings": [], "demo": False}


def me_with(*roles: str, operator: bool = False) -> dict[str, Any]:
    """Somebody signed in who holds roles, each in an organisation of its own."""
    known = operator_me()
    return {
        **known,
        "person": {**known["person"], "operator": operator},
        "belongings": [
            {
                "organisation_id": f"o-{role}",
                "organisation_name": f"Organisme {role}",
                "role": role,
                "status": "active",
            }
            for role in roles
        ],
    }


STATES = ("failed", "waiting", "sent")


def usual_alerts() -> dict[str, Any]:
    """What a person gets who has chosen nothing; they have one need."""
    kinds = ("introduction", "moderation", "match", "search", "reminder")
    record = {"id": "n1", "kind": "need", "title": "Besoin 1", "least_band": None}
    return {
        "frequencies": dict.fromkeys(kinds, "immediate"),
        "least_band": "good",
        "records": [record],
    }


def letter(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A letter that was given up."""
    return {
        "id": f"m{number}",
        "kind": "introduction",
        "address": f"personne{number}@exemple.example",
        "created_at": NOW,
        "due_at": NOW,
        "attempts": 1,
        "sent_at": None,
        "given_up_at": NOW,
        "last_error": "550 5.1.1 No such mailbox",
        **changes,
    }


def need(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A published need as the API answers it."""
    record = {
        "id": f"n{number}",
        "organisation": {"id": f"c{number}", "name": f"Commune {number}", "kind": "commune"},
        "source": "demo",
        "title": f"Besoin {number}",
        "context": "Le cours d'eau déborde deux fois par an.",
        "description": "",
        "expected_outcome": "Prévenir les habitants une heure avant.",
        "essential_criteria": ["Alerte par SMS"],
        "desirable_criteria": [],
        "themes": ["water"],
        "beneficiaries": ["residents"],
        "perimeters": ["departement:34"],
        "perimeter_names": {"departement:34": "Hérault"},
        "languages": ["fr"],
        "budget_band": None,
        "budget_why_blank": "not_decided",
        "response_deadline": "2027-03-31",
        "project_stage": "considered",
        "anonymous": False,
        **_common(),
    }
    return {**record, **changes}


def _common() -> dict[str, Any]:
    return {
        "lang": "fr",
        "status": "published",
        "yours": True,
        "version": 1,
        "created_at": NOW,
        "updated_at": NOW,
        "published_at": NOW,
    }


@dataclass
class Stub:
    """The state of the stand-in: change it between two requests."""

    solutions: list[dict[str, Any]] = field(default_factory=list)
    needs: list[dict[str, Any]] = field(default_factory=list)
    hidden: list[dict[str, Any]] = field(default_factory=list)
    notices: list[dict[str, str]] = field(default_factory=list)
    similar: list[dict[str, Any]] = field(default_factory=list)
    newcomer: str | None = None
    bands: list[str] = field(default_factory=lambda: ["strong", "good", "possible", "uncertain"])
    fail: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    answers: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    me: dict[str, Any] = field(default_factory=operator_me)
    alerts: dict[str, Any] = field(default_factory=usual_alerts)
    letters: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    sending: bool = True
    read: str | None = None  # the version of the last request
    given: dict[str, Any] = field(default_factory=dict)
    calls: list[tuple[str, str, Any]] = field(default_factory=list)
    # Method, path, body and If-Match of each change.
    sent: list[tuple[str, str, Any, str | None]] = field(default_factory=list)
    staff: StaffStub = field(default_factory=StaffStub)

    def last(self, path: str) -> Any:
        """The query or body of the last request to a path."""
        return next(sent for _, at, sent in reversed(self.calls) if at == path)

    def answer(self, method: str, url: str, body: Any) -> tuple[int, Any]:
        """Status and JSON for one request; `fail`, then `given`, come first.

        Both are looked up by "METHOD /path".
        """
        parts = urlsplit(url)
        path = unquote(parts.path).removeprefix("/api/v1")
        query = parse_qs(parts.query)
        self.calls.append((method, path, body if method != "GET" else query))
        wanted = f"{method} {path}"
        forced = (200, self.given[wanted]) if wanted in self.given else None
        if (forced := self.fail.get(wanted, forced)) is not None:
            return forced
        known = {
            "/me": lambda: self.me,
            "/vocabularies": vocabularies,
            "/me/alerts": lambda: self._alerts(body),
            "/mail": lambda: self._letters(query),
            "/me/matches": lambda: self._own(int(query["limit"][0])),
        }
        if path in known:
            return 200, known[path]()
        if path == "/territories":
            asked = query.get("q", [""])[0].lower()
            return 200, [t for t in TERRITORIES if asked in t["name"].lower()]
        if path.startswith("/territories/"):
            code = path.removeprefix("/territories/")
            return _one([{**t, "id": t["code"]} for t in TERRITORIES], code)
        if path == "/search":
            return 200, self._ranked(body["kind"], body["text"], None, body["limit"], body["relax"])
        given = self.staff.answer(self, method, path, query, body)
        return given or self._records(method, path, query, body)

    def _alerts(self, body: Any) -> dict[str, Any]:
        """Keeps choices as the API does."""
        given = body or {}
        self.alerts["frequencies"].update(given.get("frequencies", {}))
        self.alerts["least_band"] = given.get("least_band", self.alerts["least_band"])
        for record in self.alerts["records"]:
            record["least_band"] = given.get("records", {}).get(record["id"], record["least_band"])
        return self.alerts

    def _letters(self, query: Any) -> dict[str, Any]:
        """The letters of the state that is asked for."""
        state = query.get("state", ["failed"])[0]
        items = self.letters.get(state, [])
        return {
            "items": items,
            "next_cursor": None,
            "total": len(items),
            "counts": {name: len(self.letters.get(name, [])) for name in STATES},
            "sending": self.sending,
        }

    def _records(self, method: str, path: str, query: Any, body: Any) -> tuple[int, Any]:
        kind, *rest = path.strip("/").split("/")
        records = self.solutions if kind == "solutions" else self.needs
        if method == "POST" and not rest:
            return 201, self._create(kind, body)
        if method == "PATCH" or rest[1:] == ["archive"]:
            return self._change(records, rest[0], body or {"status": "archived"}, self.read)
        if not rest:
            return 200, {**_page(records, query), "counts": self.staff.counts}
        if rest[1:2] == ["answers"]:
            return 200, self._answers(rest[0], rest[2], (body or {}).get("answers", []))
        status, record = _one(records, rest[0])
        if status == 200 and rest[1:] == ["matches"]:
            other = "needs" if kind == "solutions" else "solutions"
            limit = int(query.get("limit", ["10"])[0])
            subject = {"kind": kind[:-1], "id": record["id"], "title": record["title"]}
            return 200, self._ranked(other, record["title"], subject, limit, query.get("relax", []))
        return status, record

    def _own(self, limit: int) -> dict[str, Any]:
        """A list for each published solution."""
        published = [s for s in self.solutions if s["status"] == "published"]
        subjects = [{"kind": "solution", "id": s["id"], "title": s["title"]} for s in published]
        lists = [self._ranked("needs", s["title"], s, limit, []) for s in subjects]
        return {"items": lists, "total": len(lists)}

    def _answers(self, solution_id: str, need_id: str, given: list[Any]) -> dict[str, Any]:
        """Keeps and gives answers as the API does, by the place of the criterion."""
        _, record = _one(self.needs, need_id)
        known = self.answers.setdefault((solution_id, need_id), {})
        known.update({one["criterion"]: one for one in given})
        named = [(text, name) for name in CRITERIA for text in record[name]]
        items = [
            {
                "criterion": text,
                "essential": name == "essential_criteria",
                "answer": known.get(text, {}).get("answer"),
                "note": known.get(text, {}).get("note"),
                "updated_at": None,
            }
            for text, name in named
        ]
        return {"need_id": need_id, "solution_id": solution_id, "items": items}

    def _create(self, kind: str, body: dict[str, Any]) -> dict[str, Any]:
        records = self.solutions if kind == "solutions" else self.needs
        make = solution if kind == "solutions" else need
        number = len(records) + 1
        record = make(number, **{"id": f"new{number}", **body})
        record["organisation"] = {
            "id": "o",
            "kind": "commune",
            "name": "",
            **(body.get("organisation") or {}),
        }
        records.append(record)
        return record

    def _change(
        self, records: list[Any], wanted: str, body: Any, read: str | None = None
    ) -> tuple[int, Any]:
        status, record = _one(records, wanted)
        if status == 200 and read not in (None, f'"{record["version"]}"'):
            return 412, {"title": "Changed", "status": 412}
        if status == 200:
            record.update(body, version=record["version"] + 1)
        return status, record

    def _ranked(
        self, kind: str, text: str, subject: Any, limit: int, relax: list[str]
    ) -> dict[str, Any]:
        records = self.solutions if kind == "solutions" else self.needs
        hidden = [h for h in self.hidden if h["filter"] not in relax]
        kept = records[: len(records) - sum(h["count"] for h in hidden)] if hidden else records
        kept = [r for r in kept if r["status"] == "published"]
        items = [
            {
                "rank": rank,
                "original_rank": rank,
                "newcomer": self.newcomer if rank == 2 else None,
                "similar": self.similar if rank == 1 else [],
                "id": record["id"],
                "score": round(0.92 - 0.07 * rank, 2),
                "band": self.bands[min((rank - 1) // 2, len(self.bands) - 1)],
                "signals": {"meaning": 0.8, "words": 0.4, "facts": 0.6},
                "reasons": _reasons(record),
                "record": record,
            }
            for rank, record in enumerate(kept[:limit], 1)
        ]
        return {
            "subject": subject,
            "direction": "need_to_solutions" if kind == "solutions" else "solution_to_needs",
            "snapshot_id": "0f3a" * 16 if subject else None,
            "model": "stub",
            "index_revision": 7,
            "weights": {"dense": 0.6, "words": 0.25},
            "filters": {},
            "arrangement": {"group": True, "spread": None, "newcomers": True},
            "notices": self.notices,
            "hidden": hidden,
            "eligible": len(kept),
            "counts": self.staff.counts,
            "items": items if text.strip() else [],
        }


def vocabularies() -> dict[str, Any]:
    """The project's own vocabularies, as the API gives them."""
    lists = {p.stem: json.loads(p.read_text("utf-8")) for p in VOCABULARIES.glob("*.json")}
    statuses = lists["statuses"]
    known = {f"{kind}_statuses": words for kind, words in statuses.items()}
    return {**lists, **known, "statuses": statuses["moderation"]}


def serve(stub: Stub) -> tuple[ThreadingHTTPServer, str]:
    """Start the stand-in on a free loopback port; returns the server and its base address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(size)) if size else None
            stub.read = self.headers.get("If-Match")
            if self.command != "GET":
                path = urlsplit(self.path).path.removeprefix("/api/v1")
                stub.sent.append((self.command, path, body, stub.read))
            status, answer = stub.answer(self.command, self.path, body)
            sent = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        do_POST = do_PATCH = do_PUT = do_DELETE = do_GET  # noqa: N815

        def log_message(self, *_: Any) -> None:
            """Keep the tests' output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}/api"


def _one(records: list[dict[str, Any]], wanted: str) -> tuple[int, Any]:
    for record in records:
        if record["id"] == wanted:
            return 200, record
    return 404, {"title": "Not found", "status": 404, "detail": "Rien ici."}


def _page(records: list[dict[str, Any]], query: dict[str, list[str]]) -> dict[str, Any]:
    wanted = query.get("status", ["published"])
    shown = [r for r in records if r["status"] in wanted]
    for theme in query.get("theme", []):
        shown = [r for r in shown if any(t.split(".")[0] == theme for t in r["themes"])]
    start, limit = int(query.get("cursor", ["0"])[0]), int(query.get("limit", ["20"])[0])
    more = str(start + limit) if start + limit < len(shown) else None
    return {"items": shown[start : start + limit], "next_cursor": more, "total": len(shown)}


def _reasons(record: dict[str, Any]) -> list[dict[str, Any]]:
    sentence = re.split(r"(?<=[.!?])\s", record.get("summary") or record.get("context") or "")[0]
    return [
        _reason("sentence", "fits", "Une phrase répond directement à la demande.", sentence),
        _reason("themes", "fits", "Même thématique : eau et milieux aquatiques."),
        _reason("perimeter", "fits", "Intervient sur tout le territoire demandé."),
        _reason("budget", "unknown", "Le budget du besoin n'est pas indiqué."),
        _reason("language", "misses", "Rédigé dans une autre langue."),
    ]


def _reason(kind: str, polarity: str, text: str, quote: str | None = None) -> dict[str, Any]:
    return {
        "kind": kind,
        "polarity": polarity,
        "text": text,
        "quote": quote,
        "codes": [],
        "strength": None,
    }
