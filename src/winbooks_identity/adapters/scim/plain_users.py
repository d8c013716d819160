"""
Which whole users need no model to be read?

Okta puts a user as a whole for every change.  What stands in most of them is checked
here; one with anything else is read by the library of the protocol.
"""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias, cast

from .plain_changes import truth_of
from .resources import ScimUser


__all__ = ["PlainUser", "plain_user"]

PlainUser: TypeAlias = Mapping[str, str | bool | None]
"""
The wanted user, by the field names of a feed; `None` for a value that is missing.
"""

_Json: TypeAlias = dict[str, Any]

_USER: Final = str(ScimUser.__schema__)

#: Attributes that are stored, derived from others, or ignored.
_NAMES: Final = frozenset(
    {
        *("schemas", "id", "externalId", "userName", "name", "active"),
        *("preferredLanguage", "phoneNumbers", "displayName", "emails", "groups"),
        *("locale", "title", "meta"),
    }
)
_PARTS: Final = frozenset(
    {
        *("givenName", "familyName", "formatted", "middleName"),
        *("honorificPrefix", "honorificSuffix"),
    }
)
_PHONE: Final = frozenset({"display", "primary", "type", "value"})
_META: Final[tuple[_Json, ...]] = ({}, {"resourceType": "User"})


def plain_user(body: object) -> PlainUser | None:
    """
    Return what the *body* of a PUT says; `None` if anything else stands in it.
    """
    sent = cast("_Json", body) if isinstance(body, dict) else {}
    name = _object(sent.get("name"))
    if not (
        sent.keys() <= _NAMES
        and sent.get("schemas") == [_USER]
        and name.keys() <= _PARTS
        and _is_beside(sent)
    ):
        return None
    needed = {
        "login": sent.get("userName"),
        "first_name": name.get("givenName"),
        "last_name": name.get("familyName"),
    }
    given = {
        "external_id": sent.get("externalId", _Missing),
        "language": sent.get("preferredLanguage", _Missing),
        "phone": _phone(sent.get("phoneNumbers", [])),
    }
    found: dict[str, str | bool | None] = {"is_active": None}
    for part, value in {**needed, **given}.items():
        if value is _Missing:
            found[part] = None
        elif isinstance(value, str) and value.strip():
            found[part] = value
        else:
            return None
    if "active" in sent:
        found["is_active"] = truth_of(sent["active"])
        if found["is_active"] is None:
            return None
    return found


class _Missing:
    """
    Stands for what is not said.
    """


def _phone(numbers: object) -> object:
    """
    Return the only work number; a value that is no text if *numbers* is anything else.
    """
    if numbers == []:
        return _Missing
    listed = cast("list[object]", numbers) if isinstance(numbers, list) else []
    if len(listed) != 1:
        return None
    number = _object(listed[0])
    is_plain = number.keys() <= _PHONE and isinstance(number.get("type", ""), str)
    is_primary = number.get("primary", True)
    return number.get("value") if is_plain and isinstance(is_primary, bool) else None


def _is_beside(sent: _Json) -> bool:
    """
    Tell whether the attributes that are derived or not kept are well formed.
    """
    emails = sent.get("emails", [])
    return (
        all(isinstance(sent.get(name, ""), str) for name in ("id", "displayName"))
        and sent.get("meta", {}) in _META
        and isinstance(emails, list)
        and all(map(_is_email, cast("list[object]", emails)))
    )


def _is_email(sent: object) -> bool:
    email = _object(sent)
    return (
        email.keys() <= _PHONE
        and all(isinstance(email.get(name, ""), str) for name in ("type", "value"))
        and isinstance(email.get("primary", True), bool)
    )


def _object(value: object) -> _Json:
    """
    Return *value* if it is an object, otherwise one with a name that is never allowed.
    """
    return cast("_Json", value) if isinstance(value, dict) else {"": value}
