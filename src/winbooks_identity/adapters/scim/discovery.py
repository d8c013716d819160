"""
What does the service say of its schemas?

A value that can be changed and not removed has no word of its own in the standard:
it is said to be required.  The service takes users without it all the same.
"""

from typing import Any, Final, cast

from .resources import ALWAYS, PortalExtension, ScimGroup, ScimUser


__all__ = ["published"]

#: By schema, what it is called, and what it is about.
_NAMES: Final = {
    str(ScimUser.__schema__): ("User", "A member of the staff of an office"),
    str(PortalExtension.__schema__): ("PortalUser", "What only the Portal says"),
    str(ScimGroup.__schema__): (
        "Group",
        "A dossier or a role; its members are the staff who have it",
    ),
}


def published(document: dict[str, Any]) -> dict[str, Any]:
    """
    Return a schema, a resource type or a list of them as clients get to see it.
    """
    if "Resources" in document:
        listed = cast("list[dict[str, Any]]", document["Resources"])
        return {**document, "Resources": [published(each) for each in listed]}
    if "schemaExtensions" in document:
        extensions = cast("list[dict[str, Any]]", document["schemaExtensions"])
        return {
            **document,
            "schemaExtensions": [
                {**each, "required": each["schema"] in ALWAYS} for each in extensions
            ],
        }
    schema = str(document.get("id"))
    if schema not in _NAMES:
        return document
    name, description = _NAMES[schema]
    required = ALWAYS.get(schema, frozenset[str]())
    attributes = cast("list[dict[str, Any]]", document["attributes"])
    return {
        **document,
        "name": name,
        "description": description,
        "attributes": [
            {**each, "required": each["required"] or each["name"] in required}
            for each in attributes
        ],
    }
