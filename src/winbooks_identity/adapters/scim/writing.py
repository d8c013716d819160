"""
What does an identity provider want a user to be?
"""

from collections.abc import Mapping
from typing import Final

from ...level import Level
from ...names import CompanyName
from ...passwords import Password
from ...portal_user import PortalUser
from ...synchronisation.desired_user import BadRecord, DesiredUser, read
from .entries import external_id_of
from .following import Wanted
from .plain_changes import PlainChanges
from .plain_users import PlainUser
from .resources import Name, PhoneReader, PortalExtension, ScimUser


__all__ = ["changed", "plainly", "wanted"]

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
        "external_id": resource.external_id,
        "login": resource.user_name,
        "first_name": name.given_name,
        "last_name": name.family_name,
        "language": resource.preferred_language,
        "phone": _phone_in(resource),
        "is_active": True if resource.active is None else resource.active,
    }
    extension = resource[PortalExtension] or PortalExtension()
    return Wanted(
        desired=_desired(record, phone),
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


def changed(
    user: PortalUser, changes: PlainChanges, *, phone: PhoneReader
) -> Wanted | None:
    """
    Return what *changes* want *user* to be; `None` if they are that already.

    Raises:
        InvalidFields: with every problem of every field.
    """
    known: dict[str, str | bool | None] = {
        "external_id": external_id_of(user),
        "first_name": user.first_name.text,
        "last_name": user.last_name.text,
        "language": user.language.value,
        "is_active": user.is_active,
    }
    if changes.items() <= known.items():
        return None
    record = {
        **known,
        **changes,
        "login": user.winbooks_id.address,
        "phone": None if user.phone is None else str(user.phone),
    }
    return plainly(record, phone=phone)


def plainly(sent: PlainUser, *, phone: PhoneReader) -> Wanted:
    """
    Return what *sent* wants a user to be.

    Raises:
        InvalidFields: with every problem of every field.
    """
    is_active = sent["is_active"]
    record = {**sent, "is_active": True if is_active is None else is_active}
    return Wanted(
        desired=_desired(record, phone),
        has_external_id=sent["external_id"] is not None,
        has_active=is_active is not None,
        has_phone=sent["phone"] is not None,
    )


def _desired(record: Mapping[str, object], phone: PhoneReader) -> DesiredUser:
    named = {**record, "external_id": record["external_id"] or _NONE}
    desired = read(named, place=1, phone=phone)
    if isinstance(desired, BadRecord):
        return DesiredUser.parse(named, phone=phone)
    return desired


def _phone_in(resource: ScimUser[PortalExtension]) -> str | None:
    """
    Return the number that the Portal keeps: that of work, or the first.
    """
    numbers = [each for each in resource.phone_numbers or [] if each.value]
    numbers.sort(key=lambda each: each.type != "work")
    return numbers[0].value if numbers else None
