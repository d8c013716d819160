"""
How does a person learn that their login was changed by another hand?

By a mail to the address that they have read until then, without a secret.
Source: spec § 3, "Own password".
"""

from datetime import datetime, timedelta
from typing import Final, final
from uuid import UUID

import attrs

from ..licence import Licence
from ..mail.outbox import Mail, MailKind, OutboxMail
from ..mail.sealing import MailSealer
from ..portal_user import PortalUser
from ..ports import Changed, ChangedLetter, Letters


__all__ = ["NOTICE_LIFETIME", "Notices"]

#: How long such a mail is tried; our choice, longer than a week-end without mail.
NOTICE_LIFETIME: Final = timedelta(days=7)


@final
@attrs.frozen(kw_only=True)
class Notices:
    """
    Writes and seals the mails that tell people of a change.  [S40]
    """

    letters: Letters
    mail_sealer: MailSealer

    def of(
        self, user: PortalUser, licence: Licence, changed: Changed, *, now: datetime
    ) -> OutboxMail:
        """
        Return the mail that tells *user*, as they were before, what was *changed*.
        """

        def write(mail_id: UUID) -> Mail:
            return self.letters.changed(
                ChangedLetter(
                    message_id=mail_id,
                    written_at=now,
                    recipient=user.winbooks_id,
                    licence_holder=licence.holder,
                    language=user.language,
                    changed=changed,
                )
            )

        return self.mail_sealer.close(
            user, MailKind.CHANGED, write, now=now, expires_at=now + NOTICE_LIFETIME
        )
