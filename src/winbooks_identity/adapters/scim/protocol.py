"""
Where does our SCIM differ from what the library of the protocol does by itself?
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast, final

from pydantic import ValidationError
from scim2_models import (
    InvalidFilterException,
    InvalidPathException,
    InvalidValueException,
    PatchOp,
    PayloadTooLargeException,
    Resource,
    ResourceType,
    ResponseParameters,
    ScimProvider,
    SearchRequest,
)
from scim2_server.conditions import Conditions
from scim2_server.requests import ScimRequest
from scim2_server.responses import ScimResponse
from scim2_server.routing import Target
from scim2_server.service import ScimService

from . import dialects, paths, spelling
from .discovery import published
from .errors import without_values
from .plain_changes import PlainChanges, plain_changes
from .plain_users import PlainUser, plain_user
from .resources import BYTES, CHANGES, EXPRESSION, ScimGroup, ScimUser


__all__ = ["Protocol"]


@final
class Protocol(ScimService):
    """
    Reads requests as identity providers mean them.
    """

    def __init__(self, offered: ScimProvider) -> None:
        super().__init__(offered)
        # Identity providers ask for the same each time.
        self._asked = lru_cache(maxsize=128)(self._read_asked)

    def max_body_size(self, request: ScimRequest) -> int | None:
        """
        Return how many bytes a request may have; every kind has an end.
        """
        limit = super().max_body_size(request)
        return BYTES if limit is None else limit

    @staticmethod
    def match(request: ScimRequest) -> Target:
        """
        Return what is asked for; it is looked up several times for each request.
        """
        return paths.target_of(request.method.upper(), request.path)

    def read_response_parameters(
        self, resource_type: ResourceType, query: Mapping[str, str]
    ) -> ResponseParameters[Any]:
        """
        Return the response parameters for users or groups; callers must not change them.
        """
        return self._asked(
            str(resource_type.name),
            query.get("attributes"),
            query.get("excludedAttributes"),
        )

    def _read_asked(
        self, kind: str, attributes: str | None, excluded: str | None
    ) -> ResponseParameters[Any]:
        sent = {"attributes": attributes, "excludedAttributes": excluded}
        query = {name: text for name, text in sent.items() if text is not None}
        with self.provider:
            return super().read_response_parameters(self.get_resource_type(kind), query)

    def publish(self, base_url: str, resource: Resource[Any]) -> Resource[Any]:
        """
        Return *resource*, which was made for this answer, with addresses.
        """
        assert resource.meta is not None  # noqa: S101  The directory gives each one.
        resource.meta.location = self.resource_location(
            base_url, self.get_resource_type_of(resource), str(resource.id)
        )
        if isinstance(resource, ScimGroup):
            for member in resource.members or []:
                member.ref = cast("Any", f"{base_url}/Users/{member.value}")
        return resource

    def schemas(self, location: str, query: Mapping[str, str]) -> ScimResponse:
        """
        Return the schemas, as clients are to read them.
        """
        return _published(super().schemas(location, query))

    def schema(
        self, location: str, schema_id: str, query: Mapping[str, str]
    ) -> ScimResponse:
        """
        Return one schema, as clients are to read it.
        """
        return _published(super().schema(location, schema_id, query))

    def resource_types(self, location: str, query: Mapping[str, str]) -> ScimResponse:
        """
        Return the kinds of resources, as clients are to read them.
        """
        return _published(super().resource_types(location, query))

    def resource_type(
        self, location: str, resource_type_id: str, query: Mapping[str, str]
    ) -> ScimResponse:
        """
        Return one kind of resources, as clients are to read it.
        """
        return _published(super().resource_type(location, resource_type_id, query))

    def read_search(
        self,
        resource_types: list[ResourceType],
        payload: Any,  # noqa: ANN401  As it came.
    ) -> tuple[SearchRequest[Any], Any]:
        """
        Return what is looked for; a long filter is not even read.
        """
        # Of whatever name: the library reads several spellings of each.
        if isinstance(payload, dict) and any(
            len(str(value)) > EXPRESSION
            for value in cast("dict[str, Any]", payload).values()
        ):
            raise InvalidFilterException
        return super().read_search(resource_types, payload)

    def read_plain_changes(
        self, body: bytes, content_type: str | None
    ) -> PlainChanges | None:
        """
        Return what a PATCH of a user sets, if it does nothing else.
        """
        return plain_changes(dialects.of_user(self.decode_body(body, content_type)))

    def read_plain_user(
        self, body: bytes, content_type: str | None, known: str
    ) -> PlainUser | None:
        """
        Return what a PUT says of the user whose registered ID is *known*.

        `None` if it says anything that needs a model, or another ID.
        """
        sent = plain_user(self.decode_body(body, content_type))
        if sent is None or spelling.registered(known, sent["login"]) != known:
            return None
        return sent

    def read_patch(
        self, resource_type: ResourceType, body: bytes, content_type: str | None
    ) -> "PatchOp[Any]":
        """
        Return the changes that are meant; what is read-only is left out.
        """
        sent = self.decode_body(body, content_type)
        is_of_user = resource_type.name == "User"
        meant = dialects.of_user(sent) if is_of_user else dialects.of_group(sent)
        _ensure_bounded(meant)
        return super().read_patch(
            resource_type, json.dumps(meant).encode(), content_type
        )

    def apply_patch(
        self,
        current: Resource[Any],
        patch_op: "PatchOp[Any]",
        conditions: Conditions,
    ) -> Resource[Any] | None:
        """
        Return what *patch_op* makes of *current*; `None` if it changes nothing.
        """
        if isinstance(current, ScimUser):
            for operation in patch_op.operations or []:
                spelling.take_registered(current, operation)
        try:
            return super().apply_patch(current, patch_op, conditions)
        except InvalidValueException as error:
            cause = error.__cause__
            # Its sentence would repeat the value, which can be a password.
            raise (
                without_values(cause) if isinstance(cause, ValidationError) else error
            ) from None

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
            name = spelling.registered(current.user_name or "", replacement.user_name)
            replacement = replacement.model_copy(update={"user_name": name})
        return super().apply_replacement(current, replacement, conditions)


def _ensure_bounded(patch: object) -> None:
    operations = dialects.operations_of(patch)
    if len(operations) > CHANGES:
        raise PayloadTooLargeException
    if any(len(str(each.get("path", ""))) > EXPRESSION for each in operations):
        raise InvalidPathException


def _published(response: ScimResponse) -> ScimResponse:
    response.body = published(response.body or {})
    return response
