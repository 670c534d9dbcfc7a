"""What routes declare in the OpenAPI document: their errors, with an example of each."""

from collections.abc import Mapping
from typing import Any

from backend.messages import DETAILS, TITLES
from backend.problems import MEDIA_TYPE

REFERENCE = {"$ref": "#/components/schemas/ProblemOut"}
SLUGS: Mapping[int, tuple[str, str]] = {
    400: ("bad-request", "unreadable"),
    401: ("unauthenticated", "sign-in"),
    403: ("forbidden", "not-allowed"),
    404: ("not-found", "no-page"),
    405: ("method-not-allowed", "method"),
    409: ("conflict", "conflict"),
    412: ("version-conflict", "stale"),
    413: ("too-large", "too-large"),
    422: ("validation", "validation"),
    428: ("version-required", "no-if-match"),
    500: ("internal", "internal"),
    503: ("unavailable", "database"),
}
EVERY_ROUTE = (401, 422, 500, 503)
WRITES = (400, 401, 403, 413)
WITHOUT_DATABASE = (500,)


def problems(
    *statuses: int, every: tuple[int, ...] = EVERY_ROUTE
) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route: `statuses`, and those of any route that reads the database."""
    return {status: _describe(status) for status in sorted({*statuses, *every})}


def _describe(status: int) -> dict[str, Any]:
    slug, detail = SLUGS[status]
    example = {
        "type": f"urn:passerelle:problem:{slug}",
        "title": TITLES[slug][0],
        "status": status,
        "detail": DETAILS[detail][0],
    }
    content = {MEDIA_TYPE: {"schema": REFERENCE, "example": example}}
    return {"description": TITLES[slug][0], "content": content}
