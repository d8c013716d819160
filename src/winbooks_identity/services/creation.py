"""
What comes out of a creation, and what belongs to it?
"""

import json
from hashlib import sha256
from typing import ClassVar, final

import attrs

from .. import role
from ..dossier import LicenceNumber
from ..forms.new_user import NewUser
from ..passwords import Password
from ..portal_user import PortalUser
from ..problems import Notice


__all__ = [
    "Created",
    "DoneBefore",
    "MailedWhileInactive",
    "Source",
    "digest",
    "report",
]


@attrs.frozen
class MailedWhileInactive(Notice):
    """
    The login data went to a user who cannot sign in yet.  [R58, Q6]
    """

    code: ClassVar[str] = "creation.mailed_while_inactive"


@attrs.frozen
class DoneBefore(Notice):
    """
    The request was carried out before; its password is not shown again.
    """

    code: ClassVar[str] = "creation.done_before"


@final
@attrs.frozen
class Source:
    """
    A directory outside, such as an identity provider, that makes a user.  [R65]

    Args:
        external_id: what it calls the user; their internal key by default.
    """

    external_id: str | None = None

    def onto(self, user: PortalUser) -> PortalUser:
        """
        Return the new *user* as one whom the directory knows.

        Whom it makes inactive it may activate later.  [S30]
        """
        return attrs.evolve(
            user,
            external_id=self.external_id or str(user.id),
            deactivated_by_feed=not user.is_active,
        )


@final
@attrs.frozen(kw_only=True)
class Created:
    """
    The user as stored, and what their creator has to know.

    `password` is there once, for the creator to hand over, when no mail takes
    it; never on an on Web licence, where the user has it.  `mailed` tells
    whether a mail with the login data waits for delivery.  [R57, R58]
    """

    user: PortalUser
    password: Password | None
    mailed: bool
    notices: tuple[Notice, ...]


def report(
    user: PortalUser, new: NewUser, *, password: Password, done_before: bool
) -> Created:
    """
    Return what the creator of *user* gets to see.
    """
    notices: tuple[Notice, ...] = role.readiness(user.roles) if user.is_staff else ()
    if new.send_credentials and not user.is_active:
        notices += (MailedWhileInactive(),)
    if done_before:
        notices += (DoneBefore(),)
    handed_over = not (new.send_credentials or user.is_on_web or done_before)
    return Created(
        user=user,
        password=password if handed_over else None,
        mailed=new.send_credentials,
        notices=notices,
    )


def digest(new: NewUser, licence: LicenceNumber, source: Source | None = None) -> bytes:
    """
    Return what tells the creation of *new* in *licence* from every other.

    The password is left out: a repeated request may have generated another.
    """
    fields = {
        field.name: str(getattr(new, field.name))
        for field in attrs.fields(type(new))
        if field.name not in {"password", "dossiers", "roles"}
    }
    fields["licence"] = licence
    fields["dossiers"] = json.dumps(sorted(new.dossiers))
    fields["roles"] = json.dumps(sorted(each.value for each in new.roles))
    if source is not None:
        fields["external_id"] = str(source.external_id)
    return sha256(json.dumps(fields, sort_keys=True).encode()).digest()
