"""
How is a user written in SCIM, and what does a SCIM user want?
"""

from typing import Any, Final, cast

from scim2_models import Meta

from ...level import Level
from ...names import CompanyName
from ...passwords import Password
from ...portal_user import PortalUser
from ...ports import Span
from ...role import readiness
from ...synchronisation.desired_user import BadRecord, DesiredUser, read
from .following import Wanted
from .groups import PortalGroup
from .resources import (
    Email,
    Member,
    Name,
    PhoneReader,
    PortalExtension,
    ScimGroup,
    ScimUser,
)
from .resources import PhoneNumber as ScimPhoneNumber


__all__ = ["named_group", "version_of", "wanted", "written", "written_group"]

#: Stands for an external id until the user has a key, which takes its place.
_NONE: Final = "-"


def version_of(user: PortalUser) -> str:
    """
    Return the entity tag of *user*.
    """
    return f'W/"{user.version}"'


def written(user: PortalUser, *, span: Span | None = None) -> ScimUser[PortalExtension]:
    """
    Return *user*, who was made and changed as *span* says, as SCIM says it.
    """
    # An external id of the Portal's own stands for none.
    external_id = None if user.external_id == str(user.id) else user.external_id
    found = ScimUser[PortalExtension](
        id=str(user.id),
        external_id=external_id,
        user_name=user.winbooks_id.address,
        name=Name(family_name=str(user.last_name), given_name=str(user.first_name)),
        display_name=f"{user.first_name} {user.last_name}",
        emails=[Email(value=user.winbooks_id.address, type="work", primary=True)],
        active=user.is_active,
        preferred_language=user.language.value,
        phone_numbers=(
            None
            if user.phone is None
            else [ScimPhoneNumber(value=str(user.phone), type="work")]
        ),
        meta=Meta(
            resource_type="User",
            version=version_of(user),
            created=None if span is None else span.first,
            last_modified=None if span is None else span.last,
        ),
    )
    found[PortalExtension] = PortalExtension(
        level=user.level.value,
        company_name=str(user.company_name),
        notify_all_dossiers=user.notify_all_dossiers,
        licence=user.licence,
        ready_for_digital_products=not readiness(user.roles),
    )
    return found


def named_group(key: str, name: str) -> ScimGroup:
    """
    Return a group without its members.
    """
    meta = Meta(resource_type="Group")
    return ScimGroup(id=key, display_name=name, meta=meta)


def written_group(key: str, group: PortalGroup) -> ScimGroup:
    """
    Return *group* as SCIM says it.
    """
    return ScimGroup(
        id=key,
        display_name=group.display_name,
        members=[
            Member(
                value=str(each.id),
                ref=cast("Any", f"Users/{each.id}"),
                type="User",
            )
            for each in group.members
        ]
        or None,
        meta=Meta(resource_type="Group", version=group.version),
    )


def wanted(
    resource: ScimUser[PortalExtension],
    *,
    phone: PhoneReader,
) -> Wanted:
    """
    Return what *resource* wants a user to be.

    Language and phone that the Portal does not know are left out, as in a feed.

    Args:
        resource: the whole state that is asked for.
        phone: reads a phone number.

    Raises:
        InvalidFields: with every problem of every field.
    """
    name = resource.name or Name()
    record = {
        "external_id": resource.external_id or _NONE,
        "login": resource.user_name,
        "first_name": name.given_name,
        "last_name": name.family_name,
        "language": resource.preferred_language,
        "phone": _phone_in(resource),
        "is_active": True if resource.active is None else resource.active,
    }
    desired = read(record, place=1, phone=phone)
    if isinstance(desired, BadRecord):
        desired = DesiredUser.parse(record, phone=phone)
    extension = resource[PortalExtension] or PortalExtension()
    return Wanted(
        desired=desired,
        has_external_id=bool(resource.external_id),
        has_active=resource.active is not None,
        has_phone=any(each.value for each in resource.phone_numbers or []),
        level=None if extension.level is None else Level.parse(extension.level),
        company_name=(
            None
            if extension.company_name is None
            else CompanyName.parse(extension.company_name)
        ),
        notify_all_dossiers=extension.notify_all_dossiers,
        password=None if resource.password is None else Password(resource.password),
    )


def _phone_in(resource: ScimUser[PortalExtension]) -> str | None:
    """
    Return the number that the Portal keeps: that of work, or the first.
    """
    numbers = [each for each in resource.phone_numbers or [] if each.value]
    numbers.sort(key=lambda each: each.type != "work")
    return numbers[0].value if numbers else None
