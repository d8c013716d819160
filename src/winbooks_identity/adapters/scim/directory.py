"""
How does the library of the protocol read and write the users and groups of an office?
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final, cast, final

from scim2_models import (
    ForbiddenException,
    Resource,
    ResourceType,
    ResponseParameters,
    SearchRequest,
    UniquenessException,
)
from scim2_server.storage import ScimStorage, SearchPage

from ...dossier import Dossier
from ...errors import Invalid
from ...portal_user import PortalUser
from ...refusals import OutOfDate, UnknownUser
from ...role import Role
from ...winbooks_id import WinBooksId
from .errors import Wording, in_scim
from .groups import Groups, name_of
from .people import People
from .resources import PAGE, PhoneReader, PortalExtension, ScimGroup, ScimUser
from .searching import cut, in_pages, looked_up, needs_members, window
from .writing import named_group, version_of, wanted, written, written_group


__all__ = ["Directory"]

_USER: Final = "User"


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
        self._groups = Groups(people)
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
        with in_scim(self._wording):
            if resource_type.name == _USER:
                return self._written(self._people.get(resource_id))
            target = self._groups.target(resource_id)
            has_members = needs_members(response_parameters)
            return self._group(resource_id, target, has_members=has_members)

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
        names = {each.name for each in resource_types}
        wanted_filter = search_request.filter
        with in_scim(self._wording):
            if wanted_filter is None and search_request.sort_by is None:
                return self._page(names, search_request)
            found = self._candidates(names, search_request)
            if search_request.sort_by is None:
                return window(found, search_request)
            ordered = search_request.sort(list(found))
            return SearchPage(len(ordered), list(cut(ordered, search_request)))

    def create(
        self, resource_type: ResourceType, resource: Resource[Any]
    ) -> Resource[Any]:
        """
        Make a user; groups are dossiers and roles, which are not made here.
        """
        with in_scim(self._wording):
            if resource_type.name != _USER:
                if self._groups.has(str(cast("ScimGroup", resource).display_name)):
                    raise UniquenessException
                raise ForbiddenException
            asked = wanted(
                cast("ScimUser[PortalExtension]", resource), phone=self._phone
            )
            return self._written(self._people.create(asked))

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
            if resource_type.name != _USER:
                return self._update_group(key, resource, expected_version)
            user = self._current(key, expected_version)
            asked = wanted(
                cast("ScimUser[PortalExtension]", resource),
                phone=self._phone,
            )
            return self._written(self._people.update(user, asked))

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
            if resource_type.name != _USER:
                self._groups.get(resource_id)
                raise ForbiddenException
            self._people.delete(self._current(resource_id, expected_version))

    def _current(self, key: str, expected_version: str | None) -> PortalUser:
        user = self._people.get(key)
        if expected_version not in {None, version_of(user)}:
            raise OutOfDate(user.version)
        return user

    def _update_group(
        self, key: str, resource: Resource[Any], expected_version: str | None
    ) -> Resource[Any]:
        members = cast("ScimGroup", resource).members or []
        ids = {each.value for each in members if each.value is not None}
        return written_group(
            key, self._groups.change(key, ids, expected=expected_version)
        )

    def _page(self, names: set[str | None], asked: SearchRequest[Any]) -> SearchPage:
        """
        Read and write no more than the page, however many users there are.
        """
        start = asked.start_index_0 or 0
        left = PAGE if asked.count is None else asked.count
        found: list[Resource[Any]] = []
        total = 0
        if _USER in names:
            total = self._people.count()
            users = self._people.page(start=start, limit=left)
            found += self._all_written(users)
        if names - {_USER}:
            groups = list(self._groups.targets().items())
            before = max(start - total, 0)
            left -= len(found)
            has_members = needs_members(asked)
            found += [
                self._group(key, target, has_members=has_members)
                for key, target in groups[before : before + left]
            ]
            total += len(groups)
        return SearchPage(total, found)

    def _candidates(
        self, names: set[str | None], asked: SearchRequest[Any]
    ) -> Iterator[Resource[Any]]:
        """
        Yield those that match, one by one.
        """
        wanted_filter = asked.filter
        sought = looked_up(wanted_filter)
        if _USER in names:
            for page in in_pages(self._users(sought)):
                for resource in self._all_written(page):
                    if wanted_filter is None or wanted_filter.match(resource):
                        yield resource
        if names - {_USER}:
            has_members = needs_members(asked, wanted_filter)
            name, key = sought.get("displayname"), sought.get("id")
            for group_id, target in self._groups.targets().items():
                is_meant = name is None or (
                    name.casefold() == name_of(target).casefold()
                )
                if is_meant and key in {None, group_id}:
                    group = self._group(group_id, target, has_members=has_members)
                    if wanted_filter is None or wanted_filter.match(group):
                        yield group

    def _users(self, sought: Mapping[str, str]) -> Iterator[PortalUser]:
        """
        Yield those who may match; a user who is looked up is found at once.
        """
        name = sought.get("username", sought.get("emails.value"))
        external_id = sought.get("externalid")
        if name is not None:
            found = self._find(name)
            yield from () if found is None else (found,)
        elif external_id is not None:
            yield from self._people.all(external_id=external_id)
        elif "id" in sought:
            with suppress(UnknownUser):
                yield self._people.get(sought["id"])
        else:
            yield from self._people.all()

    def _find(self, name: str) -> PortalUser | None:
        try:
            return self._people.find(WinBooksId.parse(name))
        except Invalid:
            return None

    def _written(self, user: PortalUser) -> Resource[Any]:
        (resource,) = self._all_written([user])
        return resource

    def _all_written(self, users: Sequence[PortalUser]) -> list[Resource[Any]]:
        spans = self._people.spans(users)
        return [written(user, span=spans.get(user.id)) for user in users]

    def _group(
        self, key: str, target: Dossier | Role, *, has_members: bool
    ) -> Resource[Any]:
        if has_members:
            return written_group(key, self._groups.with_members(target))
        return named_group(key, name_of(target))
