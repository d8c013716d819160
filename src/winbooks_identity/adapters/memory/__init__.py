"""
Every port in memory: for tests, and to read what a port means.

The storage passes the same contract as those on disk.
"""

from .licence_management import InMemoryLicenceManagement
from .mailer import InMemoryMailer
from .on_web import InMemoryOnWebDirectory
from .outbox_queue import InMemoryOutboxQueue
from .storage import InMemoryStorage


__all__ = [
    "InMemoryLicenceManagement",
    "InMemoryMailer",
    "InMemoryOnWebDirectory",
    "InMemoryOutboxQueue",
    "InMemoryStorage",
]
