"""
What a delivery says of itself.
"""

import pytest
from rich.text import Text

from winbooks_identity.cli.mailing import Delivery
from winbooks_identity.cli.screen import Screen
from winbooks_identity.errors import StorageBusy
from winbooks_identity.mail import relay


@pytest.mark.parametrize("reason", [StorageBusy.code])
def test_a_pass_that_ended_says_why(reason: str) -> None:
    """
    A storage that was lost is named, where no mail above names it.
    """
    delivery = Delivery(
        delivered=(),
        waiting=None,
        dead=None,
        was_tried=True,
        done=relay.Delivery((), reason),
        stopped_by=reason,
    )

    (said,) = delivery.results(Screen("en"))

    assert isinstance(said, Text)
    assert "storage" in said.plain.lower()
