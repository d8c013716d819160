"""
Where does our SCIM differ from what the library of the protocol does by itself?
"""

from typing import Any, final

from scim2_models import Resource
from scim2_server.conditions import Conditions
from scim2_server.requests import ScimRequest
from scim2_server.service import ScimService

from .resources import BYTES, ScimUser


__all__ = ["Protocol"]


@final
class Protocol(ScimService):
    """
    Reads requests as identity providers mean them.
    """

    def max_body_size(self, request: ScimRequest) -> int | None:
        """
        Return how many bytes a request may have; every kind has an end.
        """
        limit = super().max_body_size(request)
        return BYTES if limit is None else limit

    def apply_replacement(
        self,
        current: Resource[Any],
        replacement: Resource[Any],
        conditions: Conditions,
    ) -> Resource[Any] | None:
        """
        Return what *replacement* makes of *current*; `None` if it changes nothing.

        A WinBooks ID in any spelling is taken for the one that is registered.  [R4]
        """
        if isinstance(current, ScimUser) and isinstance(replacement, ScimUser):
            known, sent = current.user_name or "", replacement.user_name or ""
            if known.casefold() == sent.casefold():
                replacement = replacement.model_copy(update={"user_name": known})
        return super().apply_replacement(current, replacement, conditions)
