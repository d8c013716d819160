"""
What the library of the protocol asks of any storage, of the users of an office.

Its suite names users as it likes and gives them no names of persons: both are added
here on the way in, and taken off on the way out.
"""

from typing import Any, Final, cast

import pytest
from scim2_models import (
    Resource,
    ResourceType,
    ResponseParameters,
    ScimProvider,
    SearchRequest,
)
from scim2_server.storage import ScimStorage, SearchPage
from scim2_server.testing import ScimStorageContract

from office import Office
from winbooks_identity.adapters.scim.directory import Directory
from winbooks_identity.adapters.scim.errors import Wording
from winbooks_identity.adapters.scim.people import People
from winbooks_identity.adapters.scim.resources import Name, ScimUser, provider
from winbooks_identity.authorization import Distributor
from winbooks_identity.phone import PhoneNumber


_DOMAIN: Final = "@example.org"


class Plain(ScimStorage):
    """
    An office whose users are called by the part before the address's sign.
    """

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def get(
        self,
        resource_type: ResourceType,
        resource_id: str,
        *,
        response_parameters: ResponseParameters[Any] | None = None,
    ) -> Resource[Any]:
        """
        Return a user by a plain name.
        """
        return _plain(
            self._directory.get(
                resource_type, resource_id, response_parameters=response_parameters
            )
        )

    def search(
        self,
        resource_types: list[ResourceType],
        search_request: SearchRequest[Any],
        *,
        position: object = None,
    ) -> SearchPage:
        """
        Return users by plain names.
        """
        page = self._directory.search(resource_types, search_request, position=position)
        return SearchPage(page.total, [_plain(each) for each in page.resources])

    def create(
        self, resource_type: ResourceType, resource: Resource[Any]
    ) -> Resource[Any]:
        """
        Make a user with an address.
        """
        return _plain(self._directory.create(resource_type, _addressed(resource)))

    def update(
        self,
        resource_type: ResourceType,
        resource: Resource[Any],
        *,
        expected_version: str | None = None,
    ) -> Resource[Any]:
        """
        Change a user with an address.
        """
        changed = self._directory.update(
            resource_type, _addressed(resource), expected_version=expected_version
        )
        return _plain(changed)

    def delete(
        self,
        resource_type: ResourceType,
        resource_id: str,
        *,
        expected_version: str | None = None,
    ) -> None:
        """
        Delete a user.
        """
        self._directory.delete(
            resource_type, resource_id, expected_version=expected_version
        )


def _addressed(resource: Resource[Any]) -> Resource[Any]:
    user = cast("ScimUser[Any]", resource)
    named = {"user_name": f"{user.user_name}{_DOMAIN}"}
    name = user.name or Name(given_name="An", family_name="Peeters")
    return user.model_copy(update={**named, "name": name})


def _plain(resource: Resource[Any]) -> Resource[Any]:
    if isinstance(resource, ScimUser):
        resource.user_name = (resource.user_name or "").removesuffix(_DOMAIN)
    return resource


class TestDirectory(ScimStorageContract):
    """
    Users are read and written as the library expects.
    """

    @pytest.fixture
    def provider(self) -> ScimProvider:
        """
        Return what our service offers.
        """
        return provider()

    @pytest.fixture
    def storage(self) -> ScimStorage:
        """
        Return an office without users.
        """
        people = People(Office().portal, Distributor("WB-1", operator="suite"))
        return Plain(Directory(people, phone=PhoneNumber.parse, wording=Wording()))


#: Of the suite, what an office answers otherwise, and why.
LEFT_OUT: Final = {
    "what is written there (titles, names to show, user names) is not kept, or follows": (
        "test_get_keeps_what_the_response_returns",
        "test_update_replaces_the_stored_resource",
        "test_update_with_the_expected_version",
        "test_update_with_an_outdated_version",
        "test_update_with_a_taken_unique_value",
        "test_delete_with_an_outdated_version",
        "test_search_filters_as_the_filter_evaluator",
        "test_search_sorts_as_search_request_sort",
    ),
    "a WinBooks ID does not change here, so none gets free": (
        "test_update_frees_the_former_unique_values",
    ),
    "it makes a group": (
        "test_search_a_resource_type",
        "test_search_with_a_filter",
        "test_search_at_the_root",
        "test_search_at_the_root_on_an_attribute_some_types_lack",
    ),
    "there are no cursors": tuple(
        name for name in vars(ScimStorageContract) if name.startswith("test_cursor")
    ),
}
for _name in [each for names in LEFT_OUT.values() for each in names]:
    setattr(TestDirectory, _name, None)
