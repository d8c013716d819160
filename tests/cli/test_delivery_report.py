"""
A relay that stays says a line when something changes, or a document for each pass.
"""

import json

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
DOWN = Delivery((), "unavailable.mail_server")
BUSY = Delivery((), "unavailable.storage_busy")
WELL = Delivery((SENT,))
NOTHING = Delivery(())


def said(capsys: pytest.CaptureFixture[str], *passes: Delivery) -> list[str]:
    """
    Return the lines that *passes* lead to.
    """
    report = Report(Screen("en"))
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
        Not one for each pass.
        """
        lines = said(capsys, DOWN, DOWN, NOTHING, DOWN, BUSY, BUSY, WELL, WELL)

        assert [
            "Delivery stopped",
            "Delivery stopped",
            "1 mail delivered",
            "Mails go out again.",
            "1 mail delivered",
        ] == [line.partition(" after")[0] for line in lines]

    def test_what_was_given_up(self, capsys: pytest.CaptureFixture[str]) -> None:
        """
        With its reason in words, or the code of a mailer that is not ours.
        """
        lines = said(capsys, Delivery((BURIED, BURIED, OF_THE_HOST)))

        assert [
            "2 mails were given up: The mail was refused for good.",
            "1 mail was given up: host.own",
        ] == lines


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
        report = Report(screen)
        for delivery in (NOTHING, Delivery((SENT, BURIED), "unavailable.mail_server")):
            report.tell(delivery)

        nothing, failed = map(json.loads, capsys.readouterr().out.splitlines())

        assert {"schema": 1, "sent": 0, "failed": [], "stopped_by": None} == nothing
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
            "stopped_by": "unavailable.mail_server",
        } == failed
