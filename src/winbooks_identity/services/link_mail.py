"""
How does a one-time link reach its reader, and what makes it void?
"""

from datetime import datetime, timedelta
from typing import Final, final
from uuid import UUID

import attrs

from ..licence import Licence
from ..life_cycle import Step
from ..mail.one_time_link import Link, OneTimeLinks, Purpose
from ..mail.outbox import Mail, MailKind, OutboxMail
from ..mail.sealing import MailSealer
from ..portal_user import IdChange, PortalUser
from ..ports import IdChangeLetter, LinkLetter, LinkLetters, UnitOfWork
from ..refusals import OutOfDate
from ..secret import Secret


__all__ = [
    "LINK_LIFETIME",
    "LinkMail",
    "bound_to_change",
    "bound_to_password",
    "put_password_link",
]

#: How long a mailed link is good; our choice, one working day and its night.
LINK_LIFETIME: Final = timedelta(hours=24)


def bound_to_password(unit: UnitOfWork, user: PortalUser) -> str:
    """
    Return what a link to set a password is void without.

    Those are the address and the password of *user*, and that they were not
    deactivated since; to activate them again does not bring it back.  [Q11, S6]
    """
    credential = unit.credentials.find(user.id)
    password_hash = "" if credential is None else credential.password_hash
    events = unit.history.of_user(user.id)
    # The last one, and not how many there were: old events go.
    deactivations = (each.version for each in events if each.step is Step.DEACTIVATE)
    return f"{user.winbooks_id.key} {max(deactivations, default=0)} {password_hash}"


def put_password_link(
    unit: UnitOfWork,
    user: PortalUser,
    mail: OutboxMail,
    *,
    bound_to: str,
    now: datetime,
) -> None:
    """
    Let *mail*, with a link to set a password, wait in the place of earlier ones.

    The user is locked before they are looked at, so no step makes the link void
    between the look and the commit: it comes before, and is seen, or afterwards, and
    withdraws the mail.  Of two links at one time, one stays.  [R71]

    Args:
        unit: the unit of work.
        user: who gets the link, as they were when it was signed.
        mail: what `LinkMail.set_password` returned.
        bound_to: what the link is void without, as it was then.
        now: the present, in UTC.

    Raises:
        OutOfDate: *user* has changed since then; the link is void.
    """
    unit.users.lock({user.id})
    if unit.users.find(user.id) != user or bound_to_password(unit, user) != bound_to:
        raise OutOfDate(user.version)
    unit.outbox.withdraw({user.id}, {mail.kind}, now)
    unit.outbox.put(mail)


def bound_to_change(user: PortalUser, change: IdChange) -> str:
    """
    Return what a link to confirm an ID is void without: this very change.

    [Q14]
    """
    return f"{user.winbooks_id.key} {change.winbooks_id.key} {change.expires_at}"


@final
@attrs.frozen(kw_only=True)
class LinkMail:
    """
    Signs links and seals the mails that carry them.
    """

    mail_sealer: MailSealer
    lifetime: timedelta
    _links: OneTimeLinks | None = attrs.field(alias="links")
    _letters: LinkLetters | None = attrs.field(alias="letters")

    @property
    def links(self) -> OneTimeLinks:
        """
        Return what signs links and recognises them.

        Raises:
            TypeError: the service was built without.
        """
        if self._links is None:
            raise TypeError("mails with links need links=OneTimeLinks(...)")
        return self._links

    @property
    def letters(self) -> LinkLetters:
        """
        Return what writes the mails with links.

        Raises:
            TypeError: the service was built without.
        """
        if self._letters is None:
            raise TypeError("mails with links need link_letters=...")
        return self._letters

    def ensure_complete(self) -> None:
        """
        Raise unless mails with links can be made.

        Raises:
            TypeError: the service was built without links or their letters.
        """
        _ = self.links, self.letters

    def set_password(
        self,
        user: PortalUser,
        licence: Licence,
        *,
        bound_to: str,
        now: datetime,
    ) -> OutboxMail:
        """
        Return the mail by which *user* chooses a password.  [Q11]

        Args:
            user: who gets it.
            licence: whose firm the letter names.
            bound_to: what the link is void without; see `bound_to_password`.
            now: the present, in UTC.
        """
        link = Link(
            purpose=Purpose.SET_PASSWORD,
            user_id=user.id,
            expires_at=now + self.lifetime,
        )
        token = Secret(self.links.sign(link, bound_to=bound_to))

        def write(mail_id: UUID) -> Mail:
            return self.letters.set_password(
                LinkLetter(
                    message_id=mail_id,
                    written_at=now,
                    recipient=user.winbooks_id,
                    token=token,
                    licence_holder=licence.holder,
                    language=user.language,
                    expires_at=link.expires_at,
                )
            )

        return self.mail_sealer.close(
            user, MailKind.SET_PASSWORD, write, now=now, expires_at=link.expires_at
        )

    def confirm_id(
        self, user: PortalUser, change: IdChange, licence: Licence, *, now: datetime
    ) -> OutboxMail:
        """
        Return the mail by which *user* confirms *change*, to their new address.

        [Q14]
        """
        ends = change.expires_at
        link = Link(purpose=Purpose.CONFIRM_ID, user_id=user.id, expires_at=ends)
        token = Secret(self.links.sign(link, bound_to=bound_to_change(user, change)))

        def write(mail_id: UUID) -> Mail:
            return self.letters.confirm_id(
                LinkLetter(
                    message_id=mail_id,
                    written_at=now,
                    recipient=change.winbooks_id,
                    token=token,
                    licence_holder=licence.holder,
                    language=user.language,
                    expires_at=ends,
                )
            )

        return self.mail_sealer.close(
            user, MailKind.CONFIRM_ID, write, now=now, expires_at=ends
        )

    def id_change(
        self, user: PortalUser, licence: Licence, *, now: datetime
    ) -> OutboxMail:
        """
        Return the mail that tells *user*, at their present address, of the change.

        [Q14]
        """

        def write(mail_id: UUID) -> Mail:
            return self.letters.id_change(
                IdChangeLetter(
                    message_id=mail_id,
                    written_at=now,
                    recipient=user.winbooks_id,
                    licence_holder=licence.holder,
                    language=user.language,
                )
            )

        ends = now + self.lifetime
        return self.mail_sealer.close(
            user, MailKind.ID_CHANGE, write, now=now, expires_at=ends
        )
