"""
What is a mail made of before it is written?
"""

from datetime import datetime
from typing import final
from uuid import UUID

import attrs

from .body import Body


__all__ = ["Draft"]


@final
@attrs.frozen(kw_only=True)
class Draft:
    """
    What a mail is made of; both bodies say the same in one language.
    """

    message_id: UUID
    written_at: datetime
    sender: str
    sender_name: str
    recipient: str = attrs.field(repr=False)
    subject: str
    language: str
    text: Body = attrs.field(repr=False)
    html: Body = attrs.field(repr=False)
