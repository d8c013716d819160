"""
How does a fresh password reach its user?

By a sealed mail, or by the hand of whoever made it.  Everything here takes long
or has an effect, so it is called outside the storage's transactions.
"""

from datetime import datetime, timedelta
from typing import Final, final
from uuid import UUID

import attrs

from ..credential import Credential
from ..errors import Invalid, InvalidFields
from ..forms.new_user import GeneratedPassword
from ..licence import Licence
from ..mail.outbox import Mail, OutboxMail
from ..mail.sealing import MailSealer
from ..passwords import Password, PasswordPolicy
from ..portal_user import PortalUser
from ..ports import CredentialsLetter, Letters, PasswordHasher


__all__ = ["INITIAL_PASSWORD_LIFETIME", "Handover"]

#: How long a mailed password opens the door (OWASP ASVS 5.0, 6.4.1 wants "a
#: short period"; three days, our choice, span a weekend).
INITIAL_PASSWORD_LIFETIME: Final = timedelta(days=3)


@final
@attrs.frozen(kw_only=True)
class Handover:
    """
    Settles on a password, hashes it and writes the mail that carries it.
    """

    hasher: PasswordHasher
    letters: Letters
    mail_sealer: MailSealer
    policy: PasswordPolicy
    lifetime: timedelta

    def settle(self, password: Password | GeneratedPassword) -> Password:
        """
        Return *password*, or a generated one.

        Raises:
            InvalidFields: it breaks the policy, or none can be generated.
        """
        if isinstance(password, GeneratedPassword):
            return self._generate(password.length)
        problems = self.policy.check(password.reveal())
        InvalidFields.raise_if_any({"password": problems})
        return password

    def prepare(
        self,
        user: PortalUser,
        licence: Licence,
        password: Password,
        *,
        now: datetime,
        mailed: bool,
        is_reset: bool = False,
    ) -> tuple[Credential, OutboxMail | None]:
        """
        Return what is stored of *password*, and its mail if it is *mailed*.

        Raises:
            HasherBusy: too many passwords are waiting.
        """
        ends = now + self.lifetime
        credential = Credential.initial(
            user,
            self.hasher.hash(password),
            policy=self.policy.fingerprint,
            ends=ends if mailed else None,
        )
        if not mailed:
            return credential, None

        def write(mail_id: UUID) -> Mail:
            return self.letters.credentials(
                CredentialsLetter(
                    message_id=mail_id,
                    written_at=now,
                    winbooks_id=user.winbooks_id,
                    password=None if user.is_on_web else password,
                    licence_holder=licence.holder,
                    language=user.language,
                    is_active=user.is_active,
                    is_reset=is_reset,
                    expires_at=credential.expires_at,
                )
            )

        return credential, self.mail_sealer.close(user, write, now=now, expires_at=ends)

    def _generate(self, length: int) -> Password:
        try:
            return self.policy.generate(length)
        except Invalid as invalid:
            raise InvalidFields({"password": invalid.problems}) from None
