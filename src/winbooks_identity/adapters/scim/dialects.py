"""
What do identity providers send that the standard does not say?

Entra ID puts a value into a list or an object where the standard has the value alone,
writes what is read-only, and sends changes of nothing; Okta names the id among the
changes.  What is meant is plain, so it is read that way.
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final, TypeAlias, cast


__all__ = ["NOTHING", "of_group", "of_user", "operations_of"]

Json: TypeAlias = dict[str, Any]

#: Attributes of a user that hold one value, in lower case.
_SINGLE: Final = frozenset(
    {
        "active",
        "companyname",
        "externalid",
        "level",
        "name.familyname",
        "name.givenname",
        "notifyalldossiers",
        "password",
        "preferredlanguage",
        "username",
    }
)

#: Attributes of a user that follow from others: what is sent of them is left out.
_DERIVED: Final = frozenset({"displayname", "emails", "groups", "id", "meta"})

_DERIVED_OF_GROUP: Final = frozenset({"externalid", "id", "meta"})

#: What can stand around a value.
_AROUND: Final = frozenset({"$ref", "display", "primary", "type", "value"})

#: An operation on an attribute that is not declared changes nothing.
_OPERATION: Final = frozenset({"op", "path", "value"})
NOTHING: Final[Json] = {"op": "add", "path": "nothing", "value": "nothing"}


def of_user(body: object) -> object:
    """
    Return the *body* of a PATCH of a user as the standard would have it.

    What is no PATCH comes back as it is, to be refused.
    """
    return _in_standard(body, _operation_on_user)


def of_group(body: object) -> object:
    """
    Return the *body* of a PATCH of a group as the standard would have it.

    A member is meant by the id alone, whatever else stands beside it.
    """
    return _in_standard(body, _operation_on_group)


def operations_of(body: object) -> Sequence[Json]:
    """
    Return the operations in the *body* of a PATCH, as many as are some.
    """
    sent = cast("Json", body) if isinstance(body, dict) else {}
    for name, operations in sent.items():
        if name.casefold() == "operations" and isinstance(operations, list):
            listed = cast("list[object]", operations)
            return [cast("Json", each) for each in listed if isinstance(each, dict)]
    return ()


def _in_standard(body: object, read: Callable[[Json], Json]) -> object:
    if not isinstance(body, dict):
        return body
    sent = cast("Json", body)
    name = next((each for each in sent if each.casefold() == "operations"), None)
    operations = None if name is None else sent[name]
    if name is None or not isinstance(operations, list | dict):
        return sent
    listed = cast(
        "list[object]", operations if isinstance(operations, list) else [operations]
    )
    meant = [
        read(_in_lower_case(cast("Json", each))) if isinstance(each, dict) else each
        for each in listed
    ]
    return {**sent, name: meant or [NOTHING]}


def _in_lower_case(operation: Json) -> Json:
    """
    Return *operation* with its own names as the standard writes them.
    """
    return {
        name.casefold() if name.casefold() in _OPERATION else name: value
        for name, value in operation.items()
    }


def _operation_on_user(operation: Json) -> Json:
    path = operation.get("path")
    if not isinstance(path, str) or not path:
        return _without_path(
            operation,
            _DERIVED,
            lambda name, value: _alone(value) if _attribute(name) in _SINGLE else value,
        )
    if _root(path) in _DERIVED:
        return NOTHING
    if "value" in operation and _attribute(path) in _SINGLE:
        return {**operation, "value": _alone(operation["value"])}
    return operation


def _operation_on_group(operation: Json) -> Json:
    path = operation.get("path")
    if not isinstance(path, str) or not path:
        return _without_path(operation, _DERIVED_OF_GROUP, _members_in)
    if _root(path) in _DERIVED_OF_GROUP:
        return NOTHING
    if "value" in operation:
        return {**operation, "value": _members_in(path, operation["value"])}
    return operation


def _without_path(
    operation: Json, derived: AbstractSet[str], read: Callable[[str, object], object]
) -> Json:
    value = operation.get("value")
    if not isinstance(value, dict):
        return operation
    sent = cast("Json", value)
    changes = {
        name: read(name, each)
        for name, each in sent.items()
        if _root(name) not in derived
    }
    return {**operation, "value": changes} if changes else NOTHING


def _members_in(path: str, value: object) -> object:
    """
    Return a *value* for members with nothing but their ids.
    """
    if _attribute(path) != "members":
        return value
    if isinstance(value, list):
        return [_member(each) for each in cast("list[object]", value)]
    return value if _object(value) is None else [_member(value)]


def _member(sent: object) -> object:
    if isinstance(sent, str):
        return {"value": sent}
    member = _object(sent)
    return (
        sent if member is None or "value" not in member else {"value": member["value"]}
    )


def _attribute(path: str) -> str:
    """
    Return the attribute that *path* ends in, without the schema before it.
    """
    return path.rpartition(":")[2].casefold()


def _root(path: str) -> str:
    head = path.partition("[")[0]
    return _attribute(head).partition(".")[0]


def _alone(value: object) -> object:
    """
    Return a value that is wrapped in a list of one or in an object, by itself.
    """
    found = value
    if isinstance(value, list):
        listed = cast("list[object]", value)
        found = listed[0] if len(listed) == 1 else listed
    wrapped = _object(found)
    if wrapped is None or "value" not in wrapped or not {*wrapped} <= _AROUND:
        return found
    return wrapped["value"]


def _object(value: object) -> Json | None:
    return cast("Json", value) if isinstance(value, dict) else None
