"""
How does a letter become a sealed mail?

A letter can hold a secret, so nothing but a sealed mail leaves this module.
"""

from collections.abc import Callable
from datetime import datetime
from typing import final
from uuid import UUID

import attrs

from ..portal_user import PortalUser
from .outbox import Mail, MailKind, OutboxMail, Sealer


__all__ = ["MailSealer"]


@final
@attrs.frozen(kw_only=True)
class MailSealer:
    """
    Puts letters into sealed mails.
    """

    sealer: Sealer
    new_id: Callable[[], UUID]

    def close(
        self,
        user: PortalUser,
        kind: MailKind,
        write: Callable[[UUID], Mail],
        *,
        now: datetime,
        expires_at: datetime,
    ) -> OutboxMail:
        """
        Return what *write* makes of a fresh id, sealed for *user*.
        """
        mail_id = self.new_id()
        return OutboxMail.close(
            write(mail_id),
            self.sealer,
            mail_id=mail_id,
            user_id=user.id,
            kind=kind,
            created_at=now,
            expires_at=expires_at,
        )
