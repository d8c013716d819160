"""
What the how-to pages about the life of a user show works.
"""

import re
from pathlib import Path

import pytest

from office import Office
from people import ADA, GRACE, JOAN, PASSWORD
from winbooks_identity.product_links import LinkedProduct


HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"


@pytest.fixture
def office() -> Office:
    """
    Return an office with an Administrator and an end customer.
    """
    found = Office()
    found.add(ADA, GRACE, JOAN)
    return found


def run(page: str, office: Office) -> None:
    """
    Run the blocks of Python on *page* one after the other.
    """
    names: dict[str, object] = {
        "ada": ADA,
        "joan": office.stored(JOAN),
        "portal": office.portal,
        "typed_id": "grace@example.org",
        "typed_password": PASSWORD.reveal(),
    }
    text = (HOW_TO / page).read_text("utf-8")
    for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        if "token" in block:
            names["token"] = office.token_to("joan.clarke@example.org")
        exec(block, names)  # noqa: S102  Our own page.


class TestPages:
    """
    Every block runs, in the order of its page.
    """

    def test_change_an_id(
        self, office: Office, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        The ID is confirmed, and the stale link is shown and mended.  [Q14]
        """
        office.portal.linking.link(LinkedProduct.VIEW, JOAN.winbooks_id, by=JOAN)

        run("change-an-id.md", office)

        stored = office.stored(JOAN)
        assert "joan.clarke@example.org" == (stored and stored.winbooks_id.address)
        assert (
            "View still holds an earlier WinBooks ID. Enter the present one there.\n"
            == capsys.readouterr().out
        )

    def test_erase_a_person(
        self, office: Office, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        Nothing is left but what happened.  [Q13]
        """
        run("erase-a-person.md", office)

        assert None is office.stored(JOAN)
        assert ["create", "erase"] == [
            line.split()[2] for line in capsys.readouterr().out.splitlines()
        ]

    def test_link_a_product(
        self, office: Office, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        The Windows user without a WinBooks ID is warned of.  [R8, R10]
        """
        run("link-a-product.md", office)

        assert (
            "This Windows user has no WinBooks ID in WinBooks Classic.\n"
            == capsys.readouterr().out
        )
