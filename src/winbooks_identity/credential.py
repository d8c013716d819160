"""
What is kept of a password?
"""

from datetime import datetime
from typing import Self, final
from uuid import UUID

import attrs

from .portal_user import PortalUser


__all__ = ["Credential"]


@final
@attrs.frozen(kw_only=True)
class Credential:
    """
    What a user's sign-in is checked against; never the password.  [R19]

    `policy` is the fingerprint of the policy that accepted the password.  A
    mailed initial password has an end, `expires_at` in UTC, and has to be
    changed at the first sign-in (OWASP ASVS 5.0, 6.4.1).
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
        Return the first credential of *user*.

        A mailed password *ends*, in UTC, and has to be changed; an on Web one
        does neither, or it would no longer be the on Web one.  [R60, Q8]
        """
        expires_at = None if user.is_on_web else ends
        return cls(
            user_id=user.id,
            password_hash=password_hash,
            policy=policy,
            must_change=expires_at is not None,
            expires_at=expires_at,
        )

    def has_ended(self, now: datetime) -> bool:
        """
        Tell whether the password no longer opens anything at *now*, in UTC.  [Q8]
        """
        return self.expires_at is not None and self.expires_at <= now
