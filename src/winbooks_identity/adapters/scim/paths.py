"""
What does the path of a request mean?

Only the id differs from user to user, so the rest is computed once.
"""

from dataclasses import replace
from functools import lru_cache
from typing import Final

from scim2_models import SCIMException
from scim2_server.routing import Target, match


__all__ = ["target_of"]

_known: Final = lru_cache(maxsize=64)(match)


@lru_cache(maxsize=64)  # A request asks for it several times.
def target_of(method: str, path: str) -> Target:
    """
    Return what is asked for.

    Raises:
        SCIMException: there is no such *path*, or it does not support *method*.
    """
    place, _, key = path.strip("/").rpartition("/")
    if not place or key == ".search":
        return _known(method, path)
    try:
        return replace(_known(method, f"{place}/-"), resource_id=key)
    except SCIMException:
        # The error names the path as it was sent.
        return match(method, path)
