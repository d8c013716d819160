"""
Which changes of a user need no model to be read?

Most of what identity providers send sets a name, the language, the external id or
whether a user is active.  That is checked here; a request with anything else in it
is read by the library of the protocol as a whole.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias, cast

from .dialects import NOTHING
from .resources import CHANGES


__all__ = ["PATCH", "PlainChanges", "plain_changes", "truth_of"]

PlainChanges: TypeAlias = Mapping[str, str | bool]
"""
The new values, by the field names of a feed.
"""

PATCH: Final = "urn:ietf:params:scim:api:messages:2.0:PatchOp"

#: Paths in lower case of text attributes, and their field names in a feed.
_TEXTS: Final = {
    "externalid": "external_id",
    "name.familyname": "last_name",
    "name.givenname": "first_name",
    "preferredlanguage": "language",
}
_ACTIVE: Final = "active"

#: What the Portal does not keep of a person, in lower case.
_NOT_KEPT: Final = frozenset(
    {"locale", "nickname", "profileurl", "timezone", "title", "usertype"}
)
_ENTERPRISE: Final = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:user:"
_TRUTH: Final = {"true": True, "false": False}

_SETS: Final = frozenset({"add", "replace"})
_OPERATION: Final = frozenset({"op", "path", "value"})


def plain_changes(body: object) -> PlainChanges | None:
    """
    Return what the *body* of a PATCH sets; `None` if it does anything else.

    Where something is set twice, the last time counts.

    Args:
        body: as `dialects.of_user` returns it.
    """
    if not isinstance(body, dict):
        return None
    sent = cast("dict[str, Any]", body)
    schemas = sent.get("schemas", [PATCH])
    others = [name for name in sent if name != "schemas"]
    if schemas != [PATCH] or [name.casefold() for name in others] != ["operations"]:
        return None
    operations = sent[others[0]]
    if not isinstance(operations, list):
        return None
    listed = cast("list[object]", operations)
    if len(listed) > CHANGES:
        return None
    found: dict[str, str | bool] = {}
    for operation in listed:
        for path, value in _set_by(operation):
            if value is not None and _is_left_out(path):
                continue
            name, plain = _plain(path, value)
            if plain is None:
                return None
            found[name] = plain
    return found


def _is_left_out(path: object) -> bool:
    attribute = path.casefold() if isinstance(path, str) else ""
    of_enterprise = attribute.removeprefix(_ENTERPRISE)
    return attribute in _NOT_KEPT or (
        of_enterprise != attribute
        and of_enterprise.isascii()
        and of_enterprise.isalpha()
    )


def truth_of(value: object) -> bool | None:
    """
    Return a truth value that may be text; `None` for anything else.
    """
    if isinstance(value, str):
        return _TRUTH.get(value.casefold())
    return value if isinstance(value, bool) else None


def _set_by(operation: object) -> Iterator[tuple[object, object]]:
    """
    Yield the paths that *operation* sets, and the values; no path for anything else.
    """
    if operation == NOTHING:
        return
    asked = cast("dict[str, object]", operation) if isinstance(operation, dict) else {}
    op, value = asked.get("op"), asked.get("value")
    is_set = isinstance(op, str) and op.casefold() in _SETS
    if not is_set or not asked.keys() <= _OPERATION:
        yield None, None
    elif "path" in asked:
        yield asked["path"], value
    elif isinstance(value, dict):
        yield from cast("dict[object, object]", value).items()
    else:
        yield None, None


def _plain(path: object, value: object) -> tuple[str, str | bool | None]:
    attribute = path.casefold() if isinstance(path, str) else ""
    if attribute == _ACTIVE:
        return "is_active", truth_of(value)
    name = _TEXTS.get(attribute, "")
    if not name or not isinstance(value, str) or not value.strip():
        return name, None
    return name, value
