"""
Every port in memory: for tests, and to read what a port means.

The storage passes the same contract as those on disk.
"""

from .attempts import InMemoryAttempts
from .licence_management import InMemoryLicenceManagement
from .mailer import InMemoryMailer
from .on_web import InMemoryOnWebDirectory
from .outbox_queue import InMemoryOutboxQueue
from .storage import InMemoryStorage


__all__ = [
    "InMemoryAttempts",
    "InMemoryLicenceManagement",
    "InMemoryMailer",
    "InMemoryOnWebDirectory",
    "InMemoryOutboxQueue",
    "InMemoryStorage",
]
