"""
Every port in memory: for tests, and to read what a port means.

The storage passes the same contract as those on disk.
"""

from .mailer import InMemoryMailer
from .on_web import InMemoryOnWebDirectory
from .outbox_queue import InMemoryOutboxQueue
from .storage import InMemoryStorage


__all__ = [
    "InMemoryMailer",
    "InMemoryOnWebDirectory",
    "InMemoryOutboxQueue",
    "InMemoryStorage",
]
