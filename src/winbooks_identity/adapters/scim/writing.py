"""
What does an identity provider want a user to be?
"""

from typing import Final

from ...level import Level
from ...names import CompanyName
from ...passwords import Password
from ...synchronisation.desired_user import BadRecord, DesiredUser, read
from .following import Wanted
from .resources import Name, PhoneReader, PortalExtension, ScimUser


__all__ = ["wanted"]

#: Stands for an external id until the user has a key, which takes its place.
_NONE: Final = "-"


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
