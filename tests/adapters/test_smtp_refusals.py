"""
Is a refusal of a mail server about us, about the recipient, or about this mail?  [R71]

The replies are those of Postfix, Exim, Sendmail, qmail, Exchange, Gmail and Amazon SES.
"""

import pytest

from winbooks_identity.adapters.smtp.refusals import meaning
from winbooks_identity.errors import (
    PermanentFailure,
    SendingNotAllowed,
    TemporaryFailure,
)


ABOUT_US = [
    (
        "MAIL",
        "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
    ),
    ("MAIL", "501 5.1.7 Bad sender address syntax"),
    ("MAIL", "552 5.2.2 Over quota"),
    ("RCPT", "554 5.7.1 <an@firm.be>: Relay access denied"),
    ("RCPT", "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain"),
    ("RCPT", "550 relay not permitted"),
    ("RCPT", "550 an@firm.be... Relaying denied. Proper authentication required."),
    ("RCPT", "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"),
    ("RCPT", "553 sorry, that domain isn't in my list of allowed rcpthosts"),
    ("RCPT", "550 5.1.8 <portal@x.be>: Sender address rejected: Domain not found"),
    ("RCPT", "553 5.7.1 <portal@x.be>: Sender address rejected: not owned by user x"),
    ("RCPT", "504 5.5.2 <app>: Helo command rejected: need fully-qualified hostname"),
    ("RCPT", "503 5.5.1 Bad sequence of commands"),
    ("RCPT", "550 Sender verify failed"),
    ("RCPT", "530 5.7.0 Must issue a STARTTLS command first"),
    ("RCPT", "535 5.7.8 Authentication credentials invalid"),
    ("content", "550 5.4.5 Daily user sending limit exceeded"),
    ("content", "550 5.4.5 Daily sending quota exceeded.\n5.4.5 Learn more"),
    ("content", "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException"),
    ("content", "554 Message rejected: Email address is not verified. jan@firm.be"),
    ("content", "550 The from address does not match a verified Sender Identity"),
    ("content", "550 5.1.8 Access denied, bad outbound sender"),
    ("content", "550 5.7.1 Message rejected due to policy"),
    ("content", "550 5.7.26 Unauthenticated email from x.be is not accepted"),
]
LATER = [
    ("RCPT", "452 4.2.2 Mailbox full"),
    ("RCPT", "552 5.2.2 Mailbox full"),
    ("RCPT", "552 Requested mail action aborted: exceeded storage allocation"),
    ("RCPT", "550 5.2.2 <an@firm.be>: over quota"),
    ("RCPT", "550 Mailbox quota exceeded"),
    ("RCPT", "550 an@firm.be mailbox is full"),
    ("RCPT", "554 5.3.2 System not accepting network messages"),
    ("RCPT", "554 5.3.5 System incorrectly configured"),
    ("RCPT", "550 4.4.7 queue expired"),
    ("RCPT", "550 4.2.1 The account is busy"),
    ("content", "552 5.3.1 Mail system full"),
    ("content", "421 4.4.2 Timeout"),
]
ABOUT_THE_MAIL = [
    ("RCPT", "550 5.1.1 <an@firm.be>: User unknown in relay recipient table"),
    ("RCPT", "550 User unknown in relay recipient table"),
    ("RCPT", "550 5.1.1 The email account that you tried to reach does not exist"),
    ("RCPT", "550 No such user sender@relay.be"),
    ("RCPT", "553 5.1.3 Bad recipient address syntax"),
    ("RCPT", "550 5.2.1 Mailbox disabled"),
    ("RCPT", "550 5.4.1 Recipient address rejected: Access denied"),
    ("RCPT", "556 5.1.10 Recipient address has null MX"),
    ("RCPT", "550 sorry, no mailbox here by that name (#5.1.1)"),
    ("content", "552 5.3.4 Message too big for system"),
    ("content", "552 5.2.3 Message length exceeds administrative limit"),
    ("content", "554 5.6.0 Corrupt message content"),
    ("content", "554 Transaction failed"),
    ("content", "554 "),
]


@pytest.mark.parametrize(
    "kind,step,reply",
    [
        *((SendingNotAllowed, *each) for each in ABOUT_US),
        *((TemporaryFailure, *each) for each in LATER),
        *((PermanentFailure, *each) for each in ABOUT_THE_MAIL),
    ],
)
def test_whom_it_is_about(kind: type[Exception], step: str, reply: str) -> None:
    """
    The enhanced code decides (RFC 3463), or the code (RFC 5321), or a word.
    """
    code, text = reply[:3], reply[4:]

    assert kind is meaning(step, int(code), text.encode())
