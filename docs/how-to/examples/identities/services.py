"""
What is made of the settings, once, for the views and for the relay?
"""

from functools import cache

from django.conf import settings

from winbooks_identity import ProvisioningService
from winbooks_identity.adapters import key_ring
from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.argon2 import Argon2Hasher
from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.adapters.smtp import SmtpMailer

from .storage import DjangoStorage


@cache
def service() -> ProvisioningService:
    """
    Return what creates users; its methods are what a view calls.
    """
    return ProvisioningService(
        DjangoStorage(),
        hasher=Argon2Hasher(),
        letters=StandardLetters(settings.WINBOOKS_SENDER, settings.WINBOOKS_URL),
        sealer=sealer(),
    )


@cache
def sealer() -> AesGcmSealer:
    """
    Return what closes mails in the service and opens them in the relay.
    """
    return AesGcmSealer(key_ring.load(settings.WINBOOKS_KEY_RING))


def mailer() -> SmtpMailer:
    """
    Return what hands mails to the mail server.
    """
    return SmtpMailer(**settings.WINBOOKS_SMTP)
