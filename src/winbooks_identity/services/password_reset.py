"""
What comes out of a password reset, and what belongs to it?
"""

import json
from hashlib import sha256
from typing import final

import attrs

from ..passwords import Password
from ..portal_user import PortalUser
from ..problems import Notice
from .creation import DoneBefore, MailedWhileInactive


__all__ = ["PasswordReset", "digest", "report"]


@final
@attrs.frozen(kw_only=True)
class PasswordReset:
    """
    The user as stored, and what the person who reset their password has to know.

    `password` is there once, to be handed over, when no mail takes it; `mailed`
    tells whether a mail with it waits for delivery.
    """

    user: PortalUser
    password: Password | None
    mailed: bool
    notices: tuple[Notice, ...]


def report(
    user: PortalUser, *, password: Password, mailed: bool, done_before: bool
) -> PasswordReset:
    """
    Return what the person who reset the password of *user* gets to see.
    """
    notices: tuple[Notice, ...] = ()
    if mailed and not user.is_active:
        notices += (MailedWhileInactive(),)
    if done_before:
        notices += (DoneBefore(),)
    return PasswordReset(
        user=user,
        password=None if mailed or done_before else password,
        mailed=mailed,
        notices=notices,
    )


def digest(user: PortalUser, *, mailed: bool) -> bytes:
    """
    Return what tells this reset of the password of *user* from every other.

    The password is left out: a repeated request may have generated another.
    """
    named = json.dumps(["reset_password", str(user.id), user.version, mailed])
    return sha256(named.encode()).digest()
