"""
Where do mails go in a test?
"""

from typing import final

from ...errors import Unavailable
from ...mail.outbox import Mail


__all__ = ["InMemoryMailer"]


@final
class InMemoryMailer:
    """
    Keeps the mails that it takes.

    While `failure` is set, it takes none and raises that.
    """

    def __init__(self) -> None:
        self.sent: list[Mail] = []
        self.failure: Unavailable | None = None

    def send(self, mail: Mail) -> None:
        """
        Keep *mail*.

        Raises:
            TemporaryFailure, PermanentFailure: as `failure` says.
        """
        if self.failure is not None:
            raise self.failure
        self.sent.append(mail)
