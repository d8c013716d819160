"""
What is made of the settings, once, for the views and for the relay?
"""

from functools import cache

from django.conf import settings

from winbooks_identity import Portal
from winbooks_identity.adapters import key_ring
from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.argon2 import Argon2Hasher
from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.adapters.smtp import SmtpMailer

from .outbox import DjangoOutboxQueue
from .storage import DjangoStorage


@cache
def portal() -> Portal:
    """
    Return the services; their methods are what a view or a command calls.
    """
    return Portal(
        DjangoStorage(),
        queue=DjangoOutboxQueue(),
        hasher=Argon2Hasher(),
        letters=StandardLetters(settings.WINBOOKS_SENDER, settings.WINBOOKS_URL),
        sealer=AesGcmSealer(key_ring.load(settings.WINBOOKS_KEY_RING)),
    )


def mailer() -> SmtpMailer:
    """
    Return what hands mails to the mail server.
    """
    return SmtpMailer(**settings.WINBOOKS_SMTP)
