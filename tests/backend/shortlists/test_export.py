"""Exports read again by readers of others, and compared value by value."""

import builtins
import csv
import io
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader
from sqlalchemy.orm import Session

from backend.accounts.identify import COOKIE
from backend.accounts.sessions import open_session
from backend.database import writing
from backend.models import Person
from tests.backend.conftest import SignIn
from tests.backend.shortlists.conftest import Desk
from tests.factories import (
    make_member,
    make_need,
    make_organisation,
    make_shortlisted,
    make_solution,
)

AT = datetime(2026, 7, 1, 12, 30, tzinfo=UTC)
HOSTILE = (
    "=1+1",
    "+33",
    "-2+3",
    "@SUM(A1)",
    '=HYPERLINK("http://elsewhere.example";"x")',
    "<b>gras</b> & <script>",
    "_x0041_ ; , \" ' \n=1",
    "https://elsewhere.example",
    "0123",
)
SEPARATOR = {"fr": ";", "en": ","}
EXACT = (
    "position,title,organisation,decision,reason,note,maturity,price_band,state,added_by,added_at"
)


def fetch(desk: Desk, form: str, lang: str = "fr", **query: Any) -> bytes:
    answer = desk.client.get(f"{desk.url}-export", params={"format": form, "lang": lang, **query})
    assert answer.status_code == 200, answer.text
    return answer.content


def read_csv(content: bytes, lang: str) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=SEPARATOR[lang]))


def read_sheet(content: bytes, place: int = 0) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[place]


def values(content: bytes, place: int = 0) -> list[list[Any]]:
    return [list(row) for row in read_sheet(content, place).iter_rows(values_only=True)]


def read_pdf(content: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return " ".join(text.split())


@pytest.fixture
def kept(desk: Desk, session: Session) -> Desk:
    """Two entries: one decided and full, one bare whose solution left."""
    place = make_organisation(session, name="Coopérative du Lez")
    full = make_solution(
        session,
        title="Écoute des fuites",
        organisation_id=place.id,
        maturity=9,
        price_band="10k_40k",
        contact_name="Clara Contact",
        contact_email="clara@exemple.example",
        contact_phone="0600000000",
    )
    gone = make_solution(session, title="Retirée", status="archived", summary="Secret")
    make_shortlisted(
        session,
        desk.need,
        full,
        note="Ligne 1\nLigne 2",
        decision="kept",
        reason="Répond à tout",
        added_by=desk.person.id,
        added_at=AT,
    )
    make_shortlisted(session, desk.need, gone, position=2, added_at=AT)
    session.commit()
    return desk


HEADS = {
    "fr": [
        *("Rang", "Solution", "Proposée par", "Décision", "Raison de la décision", "Note"),
        *("Maturité (1 à 9)", "Prix", "État", "Ajoutée par", "Ajoutée le"),
    ],
    "en": [
        *("Place", "Solution", "Offered by", "Decision", "Reason for the decision", "Note"),
        *("Maturity (1 to 9)", "Price", "State", "Added by", "Added on"),
    ],
}
ROWS = {
    "fr": [
        [
            *(1, "Écoute des fuites", "Coopérative du Lez", "Retenue", "Répond à tout"),
            *(
                "Ligne 1\nLigne 2",
                9,
                "De 10\u00a0000 à 40\u00a0000\u00a0€",
                "Publiée",
                "Sana Agent",
            ),
        ],
        [2, "Retirée", None, "Non décidée", None, None, None, None, "N'est plus publiée", None],
    ],
    "en": [
        [
            *(1, "Écoute des fuites", "Coopérative du Lez", "Kept", "Répond à tout"),
            *("Ligne 1\nLigne 2", 9, "€10,000 to €40,000", "Published", "Sana Agent"),
        ],
        [2, "Retirée", None, "Not decided", None, None, None, None, "No longer published", None],
    ],
}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_csv_holds_every_value_in_the_reader_s_language(kept: Desk, lang: str) -> None:
    head, *rows = read_csv(fetch(kept, "csv", lang, columns=EXACT.split(",")), lang)
    assert head[:11] == HEADS[lang]
    expected = [["" if v is None else str(v) for v in row] for row in ROWS[lang]]
    assert [row[:10] for row in rows] == expected
    assert [row[10] for row in rows] == ["2026-07-01 14:30+02:00"] * 2


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_workbook_holds_every_value_with_its_type(kept: Desk, lang: str) -> None:
    content = fetch(kept, "xlsx", lang, columns=EXACT.split(","))
    head, *rows = values(content)
    assert head == HEADS[lang]
    assert [row[:10] for row in rows] == ROWS[lang]
    assert [row[10] for row in rows] == [datetime(2026, 7, 1, 14, 30)] * 2  # noqa: DTZ001
    sheet = read_sheet(content)
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:K3")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_pdf_is_tagged_titled_and_holds_every_value(kept: Desk, lang: str) -> None:
    content = fetch(kept, "pdf", lang, columns=EXACT.split(","))
    reader = PdfReader(io.BytesIO(content))
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/Lang"] == lang
    assert bool(catalogue["/MarkInfo"]["/Marked"])
    assert "/StructTreeRoot" in catalogue
    assert "pdfuaid" in catalogue["/Metadata"].get_object().get_data().decode()
    assert reader.metadata is not None
    assert (
        reader.metadata.title
        == {
            "fr": "Présélection : Réduire les fuites",
            "en": "Shortlist: Réduire les fuites",
        }[lang]
    )
    text = read_pdf(content)
    shown = [str(v) for row in ROWS[lang] for v in row if v is not None]
    assert [value for value in shown if " ".join(value.split()) not in text] == []
    assert [head for head in HEADS[lang] if head not in text] == []


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
def test_nobody_s_contact_and_nothing_of_a_withdrawn_page_is_in_it(kept: Desk, form: str) -> None:
    every = kept.client.get("/openapi.json").json()["components"]["schemas"]["ColumnsChosen"]
    columns = every["properties"]["columns"]["items"]["enum"]
    content = fetch(kept, form, columns=columns)
    text = read_pdf(content) if form == "pdf" else content.decode("utf-8", "replace")
    if form == "xlsx":
        text = str(values(content) + values(content, 1))
    assert "Écoute des fuites" in text
    for secret in ("Clara", "clara@", "0600000000", "Secret"):
        assert secret not in text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_in_every_file(desk: Desk, session: Session, text: str) -> None:
    solution = make_solution(session, title="Solution")
    make_shortlisted(session, desk.need, solution, note=text)
    session.commit()
    (cell,) = read_csv(fetch(desk, "csv", columns="note"), "fr")[1][:1]
    assert cell == (f"'{text}" if text[0] in "=+-@" else text)
    sheet = read_sheet(fetch(desk, "xlsx", columns="note"))
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A2"].hyperlink) == (text, "s", None)
    shown = read_pdf(fetch(desk, "pdf", columns="note"))
    assert " ".join(text.split())[:12] in shown


def test_reasons_and_criteria_are_those_of_the_list_it_was_taken_from(
    desk: Desk, three: list[str]
) -> None:
    listed = desk.client.get(f"/v1/needs/{desk.need.id}/matches").json()
    desk.keep(three[0], snapshot_id=listed["snapshot_id"])
    for lang, start in (("fr", "Thèmes en commun"), ("en", "Themes in common")):
        content = fetch(desk, "csv", lang, columns=["reasons", "band"])
        head, row = read_csv(content, lang)
        assert any(line.startswith(start) for line in row[0].split("\n"))
        about = dict(zip(head[2:], row[2:], strict=True))
        assert listed["snapshot_id"] in about.values()
        assert any("L311-3-1" in text for text in about.values())
        assert "Ville de Lunel" in about.values()


def test_list_made_by_hand_says_that_no_algorithm_took_part(kept: Desk) -> None:
    head, row, _ = read_csv(fetch(kept, "csv", "en", columns="title"), "en")
    about = dict(zip(head, row, strict=True))
    assert about["How it was made"].endswith("no algorithm took part.")
    assert "Lists it was taken from" not in about


def test_columns_are_remembered_for_each_person(
    kept: Desk, session: Session, sign_in: SignIn
) -> None:
    colleague = make_member(session, kept.place, "authority_staff")
    session.commit()
    chosen = {"columns": ["note", "title"]}
    assert kept.client.put("/v1/me/columns", json=chosen).json() == chosen
    assert kept.client.get("/v1/me/columns").json() == chosen
    assert read_csv(fetch(kept, "csv", "en"), "en")[0][:2] == ["Note", "Solution"]
    theirs = sign_in(colleague).get("/v1/me/columns").json()["columns"]
    assert theirs[:2] == ["position", "title"]
    assert kept.client.put("/v1/me/columns", json={"columns": []}).json()["columns"] == theirs


def test_unknown_column_or_form_is_refused(kept: Desk) -> None:
    for query in ({"format": "csv", "columns": "contact"}, {"format": "odt"}, {}):
        answer = kept.client.get(f"{kept.url}-export", params=query)
        assert (answer.status_code, answer.headers["content-type"]) == (
            422,
            "application/problem+json",
        )


def test_browser_s_cookie_is_enough_for_a_link(kept: Desk, visitor: TestClient) -> None:
    with writing(visitor.app.state.engine) as session:  # type: ignore[attr-defined]
        secret = open_session(session, session.get_one(Person, kept.person.id))
    headers = {"Cookie": f"{COOKIE}={secret}"}
    url = f"{kept.url}-export?format=csv"
    answer = visitor.get(url, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == (
        'attachment; filename="preselection-reduire-les-fuites.csv"'
    )
    assert visitor.get(url).status_code == 401


def test_anonymous_need_names_its_author_to_its_own_staff_only(
    session: Session, sign_in: SignIn, visitor: TestClient
) -> None:
    place = make_organisation(session, name="Ville discrète")
    own = make_member(session, place, "authority_staff")
    other = make_member(session, make_organisation(session, name="Autre"), "authority_staff")
    need = make_need(session, organisation_id=place.id, anonymous=True)
    make_shortlisted(session, need, make_solution(session))
    session.commit()
    url = f"/v1/needs/{need.id}/shortlist-export?format=csv"
    assert "Ville discrète" in sign_in(own).get(url).text
    for client in (visitor, sign_in(other)):
        answer = client.get(url)
        assert (answer.status_code in {401, 404}, "discrète" in answer.text) == (True, False)


def test_empty_shortlist_is_exported_too(desk: Desk) -> None:
    assert len(read_csv(fetch(desk, "csv"), "fr")) == 1
    assert len(values(fetch(desk, "xlsx"))) == 1
    assert "Aucune solution n'a encore été retenue" in read_pdf(fetch(desk, "pdf"))


def test_machine_without_libraries_says_so_in_one_sentence(
    kept: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = builtins.__import__

    def missing(name: str, *rest: Any, **named: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango'")
        return known(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", missing)
    answer = kept.client.get(f"{kept.url}-export?format=pdf")
    assert (answer.status_code, answer.json()["detail"].count(".")) == (503, 1)
    assert "libpango" not in answer.text
