"""
How does the library of the protocol read and write the users and groups of an office?
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final, cast, final

from scim2_models import (
    ForbiddenException,
    Meta,
    Resource,
    ResourceType,
    ResponseParameters,
    ScimFilter,
    SearchRequest,
    UniquenessException,
)
from scim2_models.path import CompareOperator, Comparison
from scim2_server.storage import ScimStorage, SearchPage

from ...errors import Invalid
from ...portal_user import PortalUser
from ...refusals import OutOfDate
from ...winbooks_id import WinBooksId
from .errors import Wording, in_scim
from .groups import Groups, PortalGroup
from .people import People
from .resources import Member, PhoneReader, PortalExtension, ScimGroup, ScimUser
from .writing import version_of, wanted, written


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
        del response_parameters
        with in_scim(self._wording):
            if resource_type.name == _USER:
                return written(self._people.get(resource_id))
            return _written_group(resource_id, self._groups.get(resource_id))

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
            found = [
                resource
                for resource in self._candidates(names, wanted_filter)
                if wanted_filter is None or _matches(resource, wanted_filter)
            ]
        ordered = search_request.sort(found) if search_request.sort_by else found
        return SearchPage(len(ordered), list(_slice(ordered, search_request)))

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
            return written(self._people.create(asked))

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
            return written(self._people.update(user, asked))

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
        return _written_group(
            key, self._groups.change(key, ids, expected=expected_version)
        )

    def _page(self, names: set[str | None], asked: SearchRequest[Any]) -> SearchPage:
        """
        Write no more than the page, however many users there are.
        """
        users = list(self._people.all()) if _USER in names else []
        groups = list(self._groups.all()) if names - {_USER} else []
        entries: list[PortalUser | tuple[str, PortalGroup]] = [*users, *groups]
        page = [
            written(each) if isinstance(each, PortalUser) else _written_group(*each)
            for each in _slice(entries, asked)
        ]
        return SearchPage(len(entries), page)

    def _candidates(
        self, names: set[str | None], wanted_filter: ScimFilter[Any] | None
    ) -> Iterator[Resource[Any]]:
        if _USER in names:
            yield from map(written, self._users(wanted_filter))
        if names - {_USER}:
            name = _looked_up(wanted_filter, "displayname")
            for key, group in self._groups.all():
                if name is None or name.casefold() == group.display_name.casefold():
                    yield _written_group(key, group)

    def _users(self, wanted_filter: ScimFilter[Any] | None) -> Iterator[PortalUser]:
        """
        Yield those who may match; a user who is looked up is found at once.
        """
        name = _looked_up(wanted_filter, "username")
        external_id = _looked_up(wanted_filter, "externalid")
        if name is not None:
            found = self._find(name)
            yield from () if found is None else (found,)
        elif external_id is not None:
            for user in self._people.all():
                if user.external_id == external_id:
                    yield user
        else:
            yield from self._people.all()

    def _find(self, name: str) -> PortalUser | None:
        try:
            return self._people.find(WinBooksId.parse(name))
        except Invalid:
            return None


def _looked_up(wanted_filter: ScimFilter[Any] | None, name: str) -> str | None:
    """
    Return the text that the attribute called *name* is compared to, and nothing else.
    """
    node = None if wanted_filter is None else wanted_filter.ast
    if (
        isinstance(node, Comparison)
        and node.op is CompareOperator.eq
        and isinstance(node.value, str)
        and str(node.attr_path).rpartition(":")[2].casefold() == name
    ):
        return node.value
    return None


def _matches(resource: Resource[Any], wanted_filter: ScimFilter[Any]) -> bool:
    return wanted_filter.match(resource)


def _slice(entries: Sequence[Any], asked: SearchRequest[Any]) -> Sequence[Any]:
    start = asked.start_index_0 or 0
    stop = None if asked.count is None else start + asked.count
    return entries[start:stop]


def _written_group(key: str, group: PortalGroup) -> Resource[Any]:
    return ScimGroup(
        id=key,
        display_name=group.display_name,
        members=[
            Member(
                value=str(each.id),
                ref=cast("Any", f"Users/{each.id}"),
                type=_USER,
            )
            for each in group.members
        ]
        or None,
        meta=Meta(resource_type="Group", version=group.version),
    )
