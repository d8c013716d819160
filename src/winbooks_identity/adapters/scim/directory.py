"""
How does the library of the protocol read and write the users and groups of an office?
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast, final

from scim2_models import (
    Resource,
    ResourceType,
    ResponseParameters,
    SearchRequest,
    UniquenessException,
)
from scim2_server.storage import ScimStorage, SearchPage

from ...portal_user import PortalUser
from ...refusals import NotAuthorised, OutOfDate
from .entries import Entry, KnownGroup, KnownUser, version_of
from .errors import GroupExists, GroupsAreGiven, Wording, in_scim
from .following import Wanted
from .people import People
from .plain_changes import PlainChanges
from .plain_users import PlainUser
from .reading import USER, Found, Reader
from .resources import PhoneReader, PortalExtension, ScimGroup, ScimUser
from .searching import needs_members
from .writing import changed, plainly, wanted


__all__ = ["Directory"]


@final
class Directory(ScimStorage):
    """
    The users and groups of one licence, in the name of one token.

    Args:
        people: the users, and who acts.
        phone: reads a phone number.
        wording: the words of what is refused.
    """

    def __init__(self, people: People, *, phone: PhoneReader, wording: Wording) -> None:
        self._people = people
        self._reader = Reader(people)
        self._phone = phone
        self._wording = wording

    def get(
        self,
        resource_type: ResourceType,
        resource_id: str,
        *,
        response_parameters: ResponseParameters[Any] | None = None,
    ) -> Resource[Any]:
        """
        Return the user or group with that id.
        """
        return self.read(resource_type, resource_id, response_parameters).resource()

    def read(
        self,
        resource_type: ResourceType,
        resource_id: str,
        response_parameters: ResponseParameters[Any] | None = None,
    ) -> Entry:
        """
        Return what is known of the user or group with that id.
        """
        has_members = needs_members(response_parameters)
        with in_scim(self._wording):
            return self._reader.get(
                str(resource_type.name), resource_id, has_members=has_members
            )

    def user(self, user_id: str) -> KnownUser:
        """
        Return what is known of the user with that id.
        """
        with in_scim(self._wording):
            return KnownUser(self._people.get(user_id))

    def search(
        self,
        resource_types: list[ResourceType],
        search_request: SearchRequest[Any],
        *,
        position: object = None,
    ) -> SearchPage:
        """
        Return a page of those that match, and how many do.
        """
        del position
        found = self.find(resource_types, search_request)
        return SearchPage(found.total, [each.resource() for each in found.entries])

    def find(
        self, resource_types: Sequence[ResourceType], asked: SearchRequest[Any]
    ) -> Found:
        """
        Return what is known of a page of those that match, and how many do.
        """
        with in_scim(self._wording):
            return self._reader.search(
                [str(each.name) for each in resource_types], asked
            )

    def look_up(
        self, kind: str, sought: Mapping[str, str], *, has_members: bool
    ) -> Sequence[Entry]:
        """
        Return what is known of those that have what is *sought*.
        """
        with in_scim(self._wording):
            return list(self._reader.look_up(kind, sought, has_members=has_members))

    def create(
        self, resource_type: ResourceType, resource: Resource[Any]
    ) -> Resource[Any]:
        """
        Make a user; groups are dossiers and roles, which are not made here.
        """
        with in_scim(self._wording):
            if resource_type.name != USER:
                self._refuse_name(str(cast("ScimGroup", resource).display_name))
                raise NotAuthorised((GroupsAreGiven(),))
            asked = self._wanted(resource)
            return KnownUser(self._people.create(asked)).resource()

    def update(
        self,
        resource_type: ResourceType,
        resource: Resource[Any],
        *,
        expected_version: str | None = None,
    ) -> Resource[Any]:
        """
        Make a user or the members of a group as *resource* says.
        """
        key = str(resource.id)
        with in_scim(self._wording):
            if resource_type.name != USER:
                return self._update_group(key, resource, expected_version)
            user = self._current(key, expected_version)
            return self._changed(user, self._wanted(resource)).resource()

    def replaced(self, entry: KnownUser, resource: Resource[Any]) -> Entry:
        """
        Make the user of *entry*, as they were read, as *resource* says.
        """
        with in_scim(self._wording):
            return self._changed(entry.known.user, self._wanted(resource))

    def put(self, entry: KnownUser, sent: PlainUser) -> Entry:
        """
        Make the user of *entry*, as they were read, as *sent* says.
        """
        with in_scim(self._wording):
            return self._changed(entry.known.user, plainly(sent, phone=self._phone))

    def changed(self, entry: KnownUser, changes: PlainChanges) -> Entry:
        """
        Make *changes* to the user of *entry*, as they were read.
        """
        with in_scim(self._wording):
            user = entry.known.user
            asked = changed(user, changes, phone=self._phone)
            return entry if asked is None else self._changed(user, asked)

    def delete(
        self,
        resource_type: ResourceType,
        resource_id: str,
        *,
        expected_version: str | None = None,
    ) -> None:
        """
        Deactivate a user and show them no more; groups stay.
        """
        with in_scim(self._wording):
            if resource_type.name != USER:
                self._reader.groups.get(resource_id)
                raise NotAuthorised((GroupsAreGiven(),))
            self._people.delete(self._current(resource_id, expected_version))

    def _refuse_name(self, name: str) -> None:
        """
        Refuse a new group called *name*, and name the existing one to link.

        Raises:
            UniquenessException: there is a group with that name.
        """
        groups = self._reader.groups
        target = groups.named(name)
        if target is not None:
            known = GroupExists(groups.id_of(target))
            raise UniquenessException(detail=self._wording.says((known,)))

    def _current(self, key: str, expected_version: str | None) -> PortalUser:
        user = self._people.get(key).user
        if expected_version not in {None, version_of(user)}:
            raise OutOfDate(user.version)
        return user

    def _update_group(
        self, key: str, resource: Resource[Any], expected_version: str | None
    ) -> Resource[Any]:
        members = cast("ScimGroup", resource).members or []
        ids = {each.value for each in members if each.value is not None}
        group = self._reader.groups.change(key, ids, expected=expected_version)
        return KnownGroup(key, group.target, group).resource()

    def _wanted(self, resource: Resource[Any]) -> Wanted:
        return wanted(cast("ScimUser[PortalExtension]", resource), phone=self._phone)

    def _changed(self, user: PortalUser, asked: Wanted) -> Entry:
        return KnownUser(self._people.update(user, asked))
