"""
What does a user look like in SCIM, and what does the service say of itself?

Only what the Portal keeps is declared: identity providers send more, and what is not
declared is left out.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, TypeAlias, final

from pydantic import Field
from scim2_models import (
    URN,
    AnyExtension,
    AuthenticationScheme,
    Bulk,
    CaseExact,
    ChangePassword,
    ComplexAttribute,
    ETag,
    Extension,
    Filter,
    Mutability,
    Patch,
    Reference,
    Required,
    Resource,
    ResourceType,
    Returned,
    ScimPolicy,
    ScimProvider,
    ServiceProviderConfig,
    Sort,
    Uniqueness,
)

from ...forms.new_user import NewEmployee
from ...language import Language
from ...phone import PhoneNumber as PortalPhoneNumber


if TYPE_CHECKING:
    _User: TypeAlias = Reference[Any]
else:
    # The name of a kind of resource, which no type checker knows.
    _User = Reference["User"]

__all__ = [
    "ALWAYS",
    "BYTES",
    "CHANGES",
    "EXPRESSION",
    "PAGE",
    "Email",
    "Member",
    "Name",
    "PhoneNumber",
    "PhoneReader",
    "PortalExtension",
    "ScimGroup",
    "ScimUser",
    "provider",
]

PhoneReader: TypeAlias = Callable[[str], PortalPhoneNumber]
"""
Reads a phone number.
"""

#: How many resources an answer holds at most.
PAGE: Final = 500

#: Bytes of a request; our choice.
BYTES: Final = 1_000_000

#: Characters of a filter or a path; our choice, more than any identity provider sends.
EXPRESSION: Final = 2_000

#: Operations of a PATCH; our choice.
CHANGES: Final = 500

#: Operations of a bulk request; our choice.
_OPERATIONS: Final = 100


@final
class Name(ComplexAttribute):
    """
    The names of a person.
    """

    family_name: Annotated[str | None, Required.true] = None
    given_name: Annotated[str | None, Required.true] = None


@final
class PhoneNumber(ComplexAttribute):
    """
    A phone number of a person; the Portal keeps one.
    """

    value: str | None = None
    type: str | None = Field(default=None, examples=["work"])


@final
class Email(ComplexAttribute):
    """
    The address of a person: that of their WinBooks ID.
    """

    value: Annotated[str | None, Mutability.read_only] = None
    type: Annotated[str | None, Mutability.read_only] = None
    primary: Annotated[bool | None, Mutability.read_only] = None


class ScimUser(Resource[AnyExtension]):
    """
    A member of the staff.  `user_name` is the WinBooks ID.  [R65]
    """

    __schema__: ClassVar[URN | None] = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[
        str | None, Required.true, Uniqueness.global_, Mutability.immutable
    ] = None
    name: Annotated[Name | None, Required.true] = None
    display_name: Annotated[str | None, Mutability.read_only] = None
    emails: Annotated[list[Email] | None, Mutability.read_only] = None
    active: bool | None = None
    preferred_language: str | None = Field(
        default=None, examples=[each.value for each in Language]
    )
    phone_numbers: list[PhoneNumber] | None = None
    password: Annotated[
        str | None, Mutability.write_only, Returned.never, CaseExact.true
    ] = Field(default=None, repr=False)


@final
class Member(ComplexAttribute):
    """
    A member of a group.
    """

    value: Annotated[str | None, Mutability.immutable, CaseExact.true] = None
    ref: Annotated[
        _User | None,
        Mutability.immutable,
    ] = Field(default=None, serialization_alias="$ref", validation_alias="$ref")
    type: Annotated[str | None, Mutability.immutable] = Field(
        default=None, examples=["User"]
    )


class ScimGroup(Resource[Any]):
    """
    A dossier or a role; its members are the staff who can open it or hold it.
    """

    __schema__: ClassVar[URN | None] = URN(
        "urn:ietf:params:scim:schemas:core:2.0:Group"
    )

    display_name: Annotated[str | None, Required.true, Mutability.immutable] = None
    members: list[Member] | None = None


class PortalExtension(Extension):
    """
    What only the Portal says of a person.
    """

    __schema__: ClassVar[URN | None] = URN(
        "urn:winbooks:params:scim:schemas:extension:portal:2.0:User"
    )

    level: str | None = Field(
        default=None, examples=[each.value for each in NewEmployee.possible_levels()]
    )
    company_name: str | None = None
    notify_all_dossiers: bool | None = None
    licence: Annotated[str | None, Mutability.read_only, Returned.request] = None
    ready_for_digital_products: Annotated[
        bool | None, Mutability.read_only, Returned.request
    ] = None


#: By schema, what always has a value: it is published as required, so that no client
#: removes it, and leaving it out leaves it to the Portal.
ALWAYS: Final = {
    str(ScimUser.__schema__): frozenset({"active", "preferredLanguage"}),
    str(PortalExtension.__schema__): frozenset(
        {"level", "companyName", "notifyAllDossiers"}
    ),
}


def provider() -> ScimProvider:
    """
    Return what the service offers, and what of it identity providers may bend.
    """
    return ScimProvider(
        models=[ScimUser, PortalExtension, ScimGroup],
        resource_types=[
            ResourceType.from_resource(ScimUser[PortalExtension]),
            ResourceType.from_resource(ScimGroup),
        ],
        config=ServiceProviderConfig(
            patch=Patch(supported=True),
            bulk=Bulk(
                supported=True, max_operations=_OPERATIONS, max_payload_size=BYTES
            ),
            filter=Filter(supported=True, max_results=PAGE),
            change_password=ChangePassword(supported=False),
            sort=Sort(supported=True),
            etag=ETag(supported=True),
            authentication_schemes=[
                AuthenticationScheme(
                    type=AuthenticationScheme.Type.oauthbearertoken,
                    name="Bearer token",
                    description="A token of one licence, made by its distributor",
                )
            ],
        ),
        policy=ScimPolicy(
            unknown=ScimPolicy.Unknown.ignore,
            remove_value_as_filter=ScimPolicy.RemoveValue.apply,
            unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
        ),
    )
