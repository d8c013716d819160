"""
What if an identity provider writes a WinBooks ID in another spelling?
"""

from typing import Any, cast

from scim2_models import PatchOperation

from .resources import ScimUser


__all__ = ["registered", "take_registered"]


def registered(known: str, sent: object) -> object:
    """
    Return the ID *known*, as it is registered, if it is what was *sent*.  [R4]
    """
    is_same = isinstance(sent, str) and sent.strip().casefold() == known.casefold()
    return known if is_same else sent


def take_registered(user: ScimUser[Any], operation: PatchOperation[Any]) -> None:
    """
    Let *operation* write the ID of *user* as it is registered.
    """
    known = user.user_name or ""
    path, value = operation.path, cast("object", cast("Any", operation).value)
    if _is_of_id(str(path)):
        operation.value = registered(known, value)
    elif path is None and isinstance(value, dict):
        operation.value = {
            name: registered(known, sent) if _is_of_id(name) else sent
            for name, sent in cast("dict[str, object]", value).items()
        }


def _is_of_id(path: str) -> bool:
    return path.rpartition(":")[2].casefold() == "username"
