"""
How does SCIM write a user or a group that it has read?

As JSON, which is what most answers need, or as a resource of the library of the
protocol, which can be compared, sorted and changed.
"""

from datetime import UTC, datetime
from typing import Any, Final, Protocol, TypeAlias, final

import attrs
from scim2_models import Resource

from ...dossier import Dossier
from ...portal_user import PortalUser
from ...role import Role, is_ready
from .groups import PortalGroup, name_of
from .known import Known
from .resources import PortalExtension, ScimGroup, ScimUser


__all__ = [
    "Entry",
    "Json",
    "KnownGroup",
    "KnownUser",
    "external_id_of",
    "version_of",
]

Json: TypeAlias = dict[str, Any]

_USER: Final = str(ScimUser.__schema__)
_GROUP: Final = str(ScimGroup.__schema__)
_PORTAL: Final = str(PortalExtension.__schema__)

_Stored: Final = ScimUser[PortalExtension]


class Entry(Protocol):
    """
    A user or a group.
    """

    @property
    def key(self) -> str:
        """
        Return its id.
        """
        ...

    @property
    def version(self) -> str | None:
        """
        Return its entity tag, if it was read as a whole.
        """
        ...

    def document(self, base_url: str | None = None) -> Json:
        """
        Return all that it has, as JSON, with addresses if *base_url* is given.
        """
        ...

    def resource(self) -> Resource[Any]:
        """
        Return it as a resource, without addresses.
        """
        ...


@final
@attrs.frozen
class KnownUser:
    """
    A user, and when they were made and changed.
    """

    known: Known

    @property
    def key(self) -> str:
        """
        Return the id: their internal key.
        """
        return str(self.known.user.id)

    @property
    def version(self) -> str:
        """
        Return the entity tag.
        """
        return version_of(self.known.user)

    def document(self, base_url: str | None = None) -> Json:
        """
        Return the user as JSON; an external id of the Portal's own stands for none.
        """
        user, span = self.known
        key = str(user.id)
        address = user.winbooks_id.address
        first_name, last_name = user.first_name.text, user.last_name.text
        meta: Json = {"resourceType": "User", "version": version_of(user)}
        if span is not None:
            meta["created"] = _written(span.first)
            meta["lastModified"] = _written(span.last)
        if base_url is not None:
            meta["location"] = f"{base_url}/Users/{key}"
        document: Json = {
            "schemas": [_USER, _PORTAL],
            "id": key,
            "userName": address,
            "name": {"familyName": last_name, "givenName": first_name},
            "displayName": f"{first_name} {last_name}",
            "emails": [{"value": address, "type": "work", "primary": True}],
            "active": user.is_active,
            "preferredLanguage": user.language.value,
            "meta": meta,
            _PORTAL: {
                "level": user.level.value,
                "companyName": user.company_name.text,
                "notifyAllDossiers": user.notify_all_dossiers,
                "licence": user.licence,
                "readyForDigitalProducts": is_ready(user.roles),
            },
        }
        # As `external_id_of` says; to write the key once more takes its time.
        if user.external_id not in {None, key}:
            document["externalId"] = user.external_id
        if user.phone is not None:
            document["phoneNumbers"] = [{"value": str(user.phone), "type": "work"}]
        return document

    def resource(self) -> ScimUser[PortalExtension]:
        """
        Return the user as a resource.
        """
        return _Stored.model_validate(self.document())


@final
@attrs.frozen
class KnownGroup:
    """
    A group; *members* are `None` where they were not read.
    """

    key: str
    target: Dossier | Role
    members: PortalGroup | None = None

    @property
    def version(self) -> str | None:
        """
        Return the entity tag, which changes with the members.
        """
        return None if self.members is None else self.members.version

    def document(self, base_url: str | None = None) -> Json:
        """
        Return the group as JSON, without members where they were not read.
        """
        meta: Json = {"resourceType": "Group"}
        if base_url is not None:
            meta["location"] = f"{base_url}/Groups/{self.key}"
        document: Json = {
            "schemas": [_GROUP],
            "id": self.key,
            "displayName": name_of(self.target),
            "meta": meta,
        }
        if self.members is None:
            return document
        meta["version"] = self.members.version
        place = "Users" if base_url is None else f"{base_url}/Users"
        if self.members.members:
            document["members"] = [
                {"value": str(each.id), "$ref": f"{place}/{each.id}", "type": "User"}
                for each in self.members.members
            ]
        return document

    def resource(self) -> ScimGroup:
        """
        Return the group as a resource.
        """
        return ScimGroup.model_validate(self.document())


def version_of(user: PortalUser) -> str:
    """
    Return the entity tag of *user*.
    """
    return f'W/"{user.version}"'


def external_id_of(user: PortalUser) -> str | None:
    """
    Return the external id of *user*; `None` if it is only the Portal's own key.
    """
    known = user.external_id
    return None if known is None or known == str(user.id) else known


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"
