"""
What is kept of a password?
"""

from datetime import datetime
from typing import final
from uuid import UUID

import attrs


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
