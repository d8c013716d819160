"""
Mails for the tests that deliver some.
"""

from winbooks_identity.mail.outbox import Mail


def but(
    mail: Mail,
    *,
    message_id: str | None = None,
    recipient: str | None = None,
    content: bytes | None = None,
) -> Mail:
    """
    Return *mail* with some of its parts replaced.
    """
    return Mail(
        message_id=mail.message_id if message_id is None else message_id,
        sender=mail.sender,
        recipient=mail.recipient if recipient is None else recipient,
        content=mail.content if content is None else content,
    )
