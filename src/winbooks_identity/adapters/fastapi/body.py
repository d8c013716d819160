"""
How is a form read that comes as JSON or from a browser, and how is it documented?
"""

from collections.abc import Mapping
from typing import Any, Final, cast

from fastapi import Request
from starlette.exceptions import HTTPException

from ...errors import Invalid
from ...fields import Fields
from ...passwords import PasswordPolicy
from ...problems import NotPossible
from ..login_pages import MAX_BODY, LoginPage
from .limits import short


__all__ = ["documented", "read_body"]

_JSON: Final = "application/json"
_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")


async def read_body(request: Request) -> Fields:
    """
    Return what was sent: an object of JSON, or a form of a browser.

    Frames of FastAPI hold it; as fields, it shows nothing there.

    Raises:
        Invalid: it is neither.
        BodyTooLarge: it has more than `MAX_BODY` bytes.
    """
    request = Request(request.scope, short(request.receive, MAX_BODY))
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    # Another kind of body a page of another site could send unasked.
    if kind not in {_JSON, *_FORMS}:
        raise Invalid((NotPossible(),))
    try:
        found: object = await (request.json() if kind == _JSON else request.form())
    except (HTTPException, ValueError, RecursionError):
        found = None
    # Raised out here, so that no context leads back to what was sent.
    if not isinstance(found, Mapping):
        raise Invalid((NotPossible(),))
    return Fields(cast("Mapping[str, object]", found))


def documented(page: LoginPage, policy: PasswordPolicy) -> dict[str, Any]:
    """
    Return what OpenAPI says of the body, for ``openapi_extra``.
    """
    schema = page.json_schema(policy)
    kinds = (_JSON, _FORMS[0])
    return {
        "requestBody": {
            "required": True,
            "content": {kind: {"schema": schema} for kind in kinds},
        }
    }
