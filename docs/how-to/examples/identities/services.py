"""
What is made of the settings, once, for the views and for the relay?
"""

from django.conf import settings

from winbooks_identity import ProvisioningService
from winbooks_identity.adapters import key_ring
from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.argon2 import Argon2Hasher
from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.adapters.smtp import SmtpMailer
from winbooks_identity.relay import Relay

from .outbox import DjangoOutboxQueue
from .storage import DjangoStorage


#: The same keys seal and open, so the relay may be a process of its own.
_sealer = AesGcmSealer(key_ring.load(settings.WINBOOKS_KEY_RING))

service = ProvisioningService(
    DjangoStorage(),
    hasher=Argon2Hasher(),
    letters=StandardLetters(settings.WINBOOKS_SENDER, settings.WINBOOKS_URL),
    sealer=_sealer,
)

mailer = SmtpMailer(**settings.WINBOOKS_SMTP)

relay = Relay(DjangoOutboxQueue(), mailer, _sealer)
