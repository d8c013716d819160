"""
Which attributes does an answer keep?

The library of the protocol says so of a user and a group that have everything, once
for each choice; of users and groups is kept what was kept of those.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, TypeAlias, cast, final

import attrs
from scim2_models import Context, Resource, ResponseParameters

from .entries import Json
from .resources import PortalExtension, ScimGroup, ScimUser


__all__ = ["Cut", "cut_of", "kept"]

_WITH_EVERYTHING: Final[Mapping[str, Json]] = {
    "User": {
        "schemas": [str(ScimUser.__schema__), str(PortalExtension.__schema__)],
        "id": "-",
        "externalId": "-",
        "userName": "-",
        "name": {"familyName": "-", "givenName": "-"},
        "displayName": "-",
        "emails": [{"value": "-", "type": "-", "primary": True}],
        "active": True,
        "preferredLanguage": "-",
        "phoneNumbers": [{"value": "-", "type": "-"}],
        str(PortalExtension.__schema__): {
            "level": "-",
            "companyName": "-",
            "notifyAllDossiers": True,
            "licence": "-",
            "readyForDigitalProducts": True,
        },
    },
    "Group": {
        "schemas": [str(ScimGroup.__schema__)],
        "id": "-",
        "displayName": "-",
        "members": [{"value": "-", "$ref": "https://example.org/-", "type": "-"}],
    },
}
_META: Final = {
    "version": "-",
    "created": "2026-01-01T00:00:00Z",
    "lastModified": "2026-01-01T00:00:00Z",
    "location": "https://example.org/-",
}
_EMPTY: Final[tuple[object, ...]] = ({}, [])

_MODELS: Final[Mapping[str, type[Resource[Any]]]] = {
    "User": ScimUser[PortalExtension],
    "Group": ScimGroup,
}


_Parts: TypeAlias = dict[str, "_Parts | None"]
"""
By names, what is left out of each value; `None` for the whole of it.
"""


@final
@attrs.frozen
class Cut:
    """
    What an answer keeps of a resource.

    Args:
        schemas: those that it still speaks of.
        left_out: what is left out of it.
    """

    schemas: Sequence[str]
    left_out: _Parts


def cut_of(kind: str, asked: ResponseParameters[Any]) -> Cut:
    """
    Return what an answer keeps of a resource of that *kind*.
    """
    return _cut_of(kind, _names(asked.attributes), _names(asked.excluded_attributes))


def kept(document: Json, cut: Cut) -> Json:
    """
    Return *document* with what *cut* keeps; what is empty then is left out.
    """
    _leave_out(document, cut.left_out)
    document["schemas"] = cut.schemas
    return document


def _leave_out(document: Json, parts: _Parts) -> None:
    for name, inside in parts.items():
        if inside is None:
            document.pop(name, None)
        elif name in document:
            value: object = document[name]
            for each in cast(
                "list[Json]", value if isinstance(value, list) else [value]
            ):
                _leave_out(each, inside)
            if value in _EMPTY:
                del document[name]


@lru_cache(maxsize=128)  # Identity providers ask for the same each time.
def _cut_of(kind: str, attributes: tuple[str, ...], excluded: tuple[str, ...]) -> Cut:
    everything = {**_WITH_EVERYTHING[kind], "meta": {"resourceType": kind, **_META}}
    left = (
        _MODELS[kind]
        .model_validate(everything)
        .model_dump(
            scim_ctx=Context.RESOURCE_QUERY_RESPONSE,
            response_parameters=ResponseParameters[Any].model_validate(
                {
                    "attributes": attributes or None,
                    "excludedAttributes": excluded or None,
                }
            ),
        )
    )
    schemas = left.pop("schemas")
    del everything["schemas"]
    return Cut(schemas, _difference(everything, left))


def _difference(everything: Json, left: Json) -> _Parts:
    """
    Return what makes *left* of *everything*.
    """
    return {
        name: _inside(value, left[name]) if name in left else None
        for name, value in everything.items()
        if left.get(name) != value
    }


def _inside(everything: Any, left: Any) -> _Parts:  # noqa: ANN401  JSON.
    if isinstance(left, list):
        return _difference(everything[0], cast("list[Json]", left)[0])
    return _difference(everything, left)


def _names(paths: list[Any] | None) -> tuple[str, ...]:
    return tuple(map(str, paths or ()))
