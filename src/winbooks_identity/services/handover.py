"""
How does a fresh password reach its user?

By a sealed mail, or by the hand of the person who made it.  Everything here takes long
or has an effect, so it is called outside the storage's transactions.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, NamedTuple, final
from uuid import UUID

import attrs

from ..credential import Credential
from ..errors import Invalid, InvalidFields
from ..forms.new_user import GeneratedPassword
from ..licence import Licence
from ..mail.outbox import Mail, MailKind, OutboxMail
from ..mail.sealing import MailSealer
from ..passwords import Password, PasswordJudge
from ..portal_user import PortalUser
from ..ports import CredentialsLetter, Letters, PasswordHasher


__all__ = ["HANDED_OVER_LIFETIME", "INITIAL_PASSWORD_LIFETIME", "Handover", "Settled"]

#: How long a mailed password opens the door (OWASP ASVS 5.0, 6.4.1 wants "a
#: short period"; three days, our choice, span a weekend).
INITIAL_PASSWORD_LIFETIME: Final = timedelta(days=3)

#: How long a password that was handed over opens the door, counted from when its
#: user can sign in (spec § 3, "Initial passwords").
HANDED_OVER_LIFETIME: Final = timedelta(days=14)


class Settled(NamedTuple):
    """
    A password that was accepted, and the stamp that is stored beside its hash.
    """

    password: Password
    stamp: str


@final
@attrs.frozen(kw_only=True)
class Handover:
    """
    Settles on a password, hashes it and writes the mail that carries it.
    """

    hasher: PasswordHasher
    letters: Letters
    mail_sealer: MailSealer
    judge: PasswordJudge
    lifetime: timedelta
    handed_over_lifetime: timedelta

    def settle(
        self,
        password: Password | GeneratedPassword,
        *,
        personal: Iterable[str],
        now: datetime,
    ) -> Settled:
        """
        Return *password*, or a generated one, once it is accepted for its user.

        Args:
            password: typed, or to be generated.
            personal: what others know of the user; see `known_of`.
            now: the present; the policy of that day is asked.

        Raises:
            InvalidFields: it breaks the policy, or none can be generated.
        """
        judge = self.judge.on(now.date())
        if isinstance(password, GeneratedPassword):
            drawn = _generated(judge, password.length, personal)
            return Settled(drawn, judge.stamp_of_generated())
        verdict = judge.judge(password.reveal(), personal=personal)
        InvalidFields.raise_if_any({"password": verdict.problems})
        return Settled(password, verdict.stamp)

    def prepare(
        self,
        user: PortalUser,
        licence: Licence,
        settled: Settled,
        *,
        now: datetime,
        mailed: bool,
        is_reset: bool = False,
    ) -> tuple[Credential, OutboxMail | None]:
        """
        Return what is stored of the password, and its mail if it is *mailed*.

        Raises:
            HasherBusy: too many passwords are waiting.
        """
        ends = now + self.lifetime
        credential = Credential.initial(
            user,
            self.hasher.hash(settled.password),
            policy=settled.stamp,
            ends=ends if mailed else self._end_of_handed_over(user, now),
        )
        if not mailed:
            return credential, None

        def write(mail_id: UUID) -> Mail:
            return self.letters.credentials(
                CredentialsLetter(
                    message_id=mail_id,
                    written_at=now,
                    winbooks_id=user.winbooks_id,
                    password=None if user.is_on_web else settled.password,
                    licence_holder=licence.holder,
                    language=user.language,
                    is_active=user.is_active,
                    is_reset=is_reset,
                    expires_at=credential.expires_at,
                )
            )

        mail = self.mail_sealer.close(
            user, MailKind.CREDENTIALS, write, now=now, expires_at=ends
        )
        return credential, mail

    def _end_of_handed_over(self, user: PortalUser, now: datetime) -> datetime | None:
        # Who is inactive cannot use it yet: `Credential.started` gives it an end.
        return now + self.handed_over_lifetime if user.is_active else None


def _generated(judge: PasswordJudge, length: int, personal: Iterable[str]) -> Password:
    try:
        return judge.generate(length, personal=personal)
    except Invalid as invalid:
        raise InvalidFields({"password": invalid.problems}) from None
