"""What routes ask for: the session, the version a change is based on."""

import re
from typing import Annotated

from fastapi import Depends, Header
from sqlalchemy.orm import Session

from backend.database import get_session
from backend.problems import InvalidField, Problem

# Function scope: the transaction is committed before the answer leaves.
SessionDep = Annotated[Session, Depends(get_session, scope="function")]


def expected_version(
    if_match: Annotated[
        str | None, Header(description='The version you have read, for example `"1"`.')
    ] = None,
) -> int:
    """The version in If-Match. Raises Problem 428 when absent, 422 when it is not one version."""
    if if_match is None:
        raise Problem(428, "version-required", "no-if-match")
    found = re.fullmatch(r'"([0-9]{1,9})"', if_match.strip())
    if found is None:
        raise InvalidField("If-Match", "if_match")
    return int(found.group(1))


ExpectedVersion = Annotated[int, Depends(expected_version)]


def idempotency_key(
    given: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            description="A name of your choice: sent again within a week, it makes no second one.",
        ),
    ] = None,
) -> str | None:
    """The name by which a repeat is recognised. Raises Problem 422 unless 1-100 plain signs."""
    if given is None or re.fullmatch(r"[!-~]{1,100}", given):
        return given
    raise InvalidField("Idempotency-Key", "idempotency_key")


RepeatKey = Annotated[str | None, Depends(idempotency_key)]


def etag(version: int) -> str:
    """The ETag of a record's version."""
    return f'"{version}"'


def stale(current: int, given: int) -> Problem:
    """412: the record has changed since it was read."""
    return Problem(
        412,
        "version-conflict",
        "stale",
        headers={"ETag": etag(current)},
        current=current,
        given=given,
    )
