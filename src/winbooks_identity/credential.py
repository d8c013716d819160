"""
What is kept of a password?
"""

from datetime import datetime
from typing import Self, final
from uuid import UUID

import attrs

from .portal_user import PortalUser


__all__ = ["Credential", "InitialPassword"]


@final
@attrs.frozen(kw_only=True)
class Credential:
    """
    What a user's sign-in is checked against; never the password.  [R19, S5]

    `policy` is the fingerprint of the policy that accepted the password.  An
    initial password, so one that another person has seen, has to be changed at
    the first sign-in and has an end, `expires_at` in UTC (OWASP ASVS 5.0,
    6.4.1).  Without an end it waits for its user to be activated: see `started`.
    """

    user_id: UUID
    password_hash: str = attrs.field(repr=False)
    policy: str
    must_change: bool = False
    expires_at: datetime | None = None

    @classmethod
    def initial(
        cls,
        user: PortalUser,
        password_hash: str,
        *,
        policy: str,
        ends: datetime | None,
    ) -> Self:
        """
        Return the credential of *user* for a password that others have seen.

        It *ends*, in UTC, and has to be changed; an on Web one does neither, or
        it would no longer be the on Web one.  [R60, Q8, S5]
        """
        return cls(
            user_id=user.id,
            password_hash=password_hash,
            policy=policy,
            must_change=not user.is_on_web,
            expires_at=None if user.is_on_web else ends,
        )

    def started(self, ends: datetime) -> Self:
        """
        Return the credential once its user was activated.

        An initial password without an end *ends* then, in UTC.  [S5]
        """
        if not self.must_change or self.expires_at is not None:
            return self
        return attrs.evolve(self, expires_at=ends)

    def has_ended(self, now: datetime) -> bool:
        """
        Tell whether the password no longer opens anything at *now*, in UTC.  [Q8]
        """
        return self.expires_at is not None and self.expires_at <= now


@final
@attrs.frozen(kw_only=True)
class InitialPassword:
    """
    Whether a user still has a password that others have seen.  [S5]

    `ends_at`, in UTC, is `None` where it has no end yet; `has_ended` tells that it
    signs no one in any more.
    """

    must_change: bool
    ends_at: datetime | None
    has_ended: bool

    @classmethod
    def of(cls, credential: Credential | None, *, now: datetime) -> Self:
        """
        Return what *credential* says of it at *now*, in UTC.
        """
        if credential is None or not credential.must_change:
            return cls(must_change=False, ends_at=None, has_ended=False)
        return cls(
            must_change=True,
            ends_at=credential.expires_at,
            has_ended=credential.has_ended(now),
        )
