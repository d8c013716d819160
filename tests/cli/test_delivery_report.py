"""
A relay that stays says a line when something changes, or a document for each pass.
"""

import json
import re

import pytest

from winbooks_identity.cli.deliver import Report
from winbooks_identity.cli.screen import Screen
from winbooks_identity.mail.relay import Attempt, Delivery, DeliveryOutcome


SENT = Attempt(message_id="<1@x>", outcome=DeliveryOutcome.SENT)
BURIED = Attempt(
    message_id="<2@x>",
    outcome=DeliveryOutcome.BURIED,
    reason="unavailable.mail_refused",
)
OF_THE_HOST = Attempt(
    message_id="<3@x>", outcome=DeliveryOutcome.BURIED, reason="host.own"
)
UNREACHED = Attempt(
    message_id="<4@x>",
    outcome=DeliveryOutcome.POSTPONED,
    reason="unavailable.mail_server",
    is_about_us=True,
)
GREYLISTED = Attempt(
    message_id="<5@x>", outcome=DeliveryOutcome.POSTPONED, reason="unavailable.mail"
)
ALONE = Delivery((UNREACHED,))
DOWN = Delivery((UNREACHED,) * 3, "unavailable.mail_server")
BUSY = Delivery((), "unavailable.storage_busy")
WELL = Delivery((SENT,))
NOTHING = Delivery(())


def said(capsys: pytest.CaptureFixture[str], *passes: Delivery) -> list[str]:
    """
    Return the lines that *passes* lead to.
    """
    report = Report(Screen("en"), {})
    for delivery in passes:
        report.tell(delivery)
    return capsys.readouterr().err.splitlines()


class TestWords:
    """
    Silence means that all is well, or as bad as was said.
    """

    def test_nothing_happened(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        No line.
        """
        assert [] == said(capsys, NOTHING, NOTHING)

    def test_one_line_for_each_reason(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        Not one for each pass; and one when it is over.
        """
        lines = said(capsys, DOWN, DOWN, NOTHING, DOWN, BUSY, BUSY, WELL, WELL)

        assert [
            "3 mails wait",
            "Delivery stopped",
            "1 mail delivered",
            "Mails go out again.",
            "The storage can be used again.",
            "1 mail delivered",
        ] == [re.sub(" for (another try|now).*", "", line) for line in lines]

    def test_one_mail_and_no_server(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        A pass that is not stopped tells of it as well; the next trouble is new.
        """
        lines = said(capsys, ALONE, ALONE, WELL, ALONE)

        assert [
            "1 mail waits",
            "1 mail delivered",
            "Mails go out again.",
            "1 mail waits",
        ] == [re.sub(" for another try.*", "", line) for line in lines]

    def test_one_recipient(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        What concerned one mail is over without a word.
        """
        lines = said(capsys, Delivery((GREYLISTED,)), WELL, Delivery((GREYLISTED,)))

        greylisted = (
            "1 mail waits for another try: The mail could not be sent now. It will be"
            " tried again."
        )
        assert [greylisted, "1 mail delivered", greylisted] == lines

    def test_a_storage_that_fails_midway(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        It is over with the first pass that it does not stop, sent or not.
        """
        midway = Delivery((UNREACHED,), "unavailable.storage_busy")

        lines = said(capsys, midway, NOTHING)

        assert [
            "1 mail waits",
            "Delivery stopped",
            "The storage can be used again.",
        ] == [re.sub(" for (another try|now).*", "", line) for line in lines]

    def test_what_was_given_up(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        With its reason in words, or the code of a mailer that is not ours.
        """
        lines = said(capsys, Delivery((BURIED, BURIED, OF_THE_HOST)))

        assert [
            "2 mails were given up: The mail was refused for good.",
            "1 mail was given up: host.own",
        ] == lines

    def test_a_copy(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        That it is one, and what to do.
        """
        copied, held = said(capsys, Delivery((), held=2), NOTHING)

        assert "restored or copied" in copied
        assert "2 mails" in copied
        assert "mail retry --reason mail.held" in held


class TestJson:
    """
    Programs get a document on a line for each pass.
    """

    def test_a_pass(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        What was sent, what failed and why, and what stopped it.
        """
        screen = Screen("en")
        screen.answers_in_json = True
        report = Report(screen, {})
        for delivery in (NOTHING, Delivery((SENT, BURIED), "unavailable.mail_server")):
            report.tell(delivery)

        nothing, failed = map(json.loads, capsys.readouterr().out.splitlines())

        assert {
            "schema": 1,
            "sent": 0,
            "failed": [],
            "held_as_copied": 0,
            "stopped_by": None,
        } == nothing
        assert {
            "schema": 1,
            "sent": 1,
            "failed": [
                {
                    "message_id": "<2@x>",
                    "outcome": "buried",
                    "reason": "unavailable.mail_refused",
                }
            ],
            "held_as_copied": 0,
            "stopped_by": "unavailable.mail_server",
        } == failed
