"""
How is a form read that comes as JSON or from a browser, and how is it documented?
"""

from collections.abc import Mapping
from typing import Any, Final, cast

from fastapi import Request

from ...errors import Invalid
from ...passwords import PasswordPolicy
from ...problems import NotPossible
from ..login_pages import LoginPage


__all__ = ["documented", "read_body"]

_JSON: Final = "application/json"
_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")


async def read_body(request: Request) -> Mapping[str, object]:
    """
    Return what was sent: an object of JSON, or a form of a browser.

    Raises:
        Invalid: it is neither.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in _FORMS:
        return await request.form()
    # Another kind of body a page of another site could send unasked.
    if kind != _JSON:
        raise Invalid((NotPossible(),))
    try:
        found: object = await request.json()
    except (ValueError, RecursionError):
        found = None
    # Raised out here, so that no context leads back to what was sent.
    if not isinstance(found, dict):
        raise Invalid((NotPossible(),))
    return cast("dict[str, object]", found)


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
