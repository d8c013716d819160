"""
The pages on storages say what works.
"""

import re
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import URL

from winbooks_identity.adapters import key_ring
from winbooks_identity.authorization import Distributor, WinBooksAdministration
from winbooks_identity.testing import samples


pytest_plugins = ["pytester"]

PAGES = Path(__file__).parents[2] / "docs" / "how-to"

_OUTGROW: Final = "outgrow-one-machine.md"


def blocks(page: str) -> list[str]:
    """
    Return the Python in a page.
    """
    text = (PAGES / page).read_text(encoding="utf-8")
    return re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)


class TestWriteAStorage:
    """
    Whoever follows the page has a suite that runs.
    """

    def test_the_suites_pass(self, pytester: pytest.Pytester) -> None:
        """
        The classes of the page, as they stand there.
        """
        pytester.makepyfile(blocks("write-a-storage.md")[0])

        result = pytester.inline_run("-p", "no:xdist", "-k", "not any_sequence")

        _, _, failed = result.listoutcomes()
        assert [] == failed

    def test_the_scenario_passes(self) -> None:
        """
        The scenario of the page, as it stands there.
        """
        exec(blocks("write-a-storage.md")[1], {})  # noqa: S102  Our own page.


class TestOutgrowOneMachine:
    """
    Whoever follows the page names what there is.
    """

    def test_the_portal_opens(
        self,
        emptied_postgresql: URL,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """
        On a real server, with a key file made as the page says.
        """
        monkeypatch.chdir(tmp_path)
        key_ring.create(tmp_path / "portal.keys")
        opening, with_standby = (
            each for each in blocks(_OUTGROW) if "open_portal(" in each
        )
        address = emptied_postgresql.render_as_string(hide_password=False)
        found: dict[str, Any] = {}
        for host in ("db", "db1", "db2"):
            named = f"postgresql://portal@{host}.example.org/identities"
            opening, with_standby = (
                each.replace(named, address) for each in (opening, with_standby)
            )

        exec(opening, found)  # noqa: S102  Our own page.

        with found["portal"] as portal:
            assert 0 == portal.outbox.statistics().waiting
            assert portal.provisioning.register_licence(
                samples.licence(), by=WinBooksAdministration()
            )
        found["link_letters"] = portal.link_letters
        found["distributor"] = Distributor(samples.licence().number)
        exec(with_standby, found)  # noqa: S102  Our own page.
        with found["portal"]:
            assert [] == [*found["everyone"]]

    @pytest.mark.parametrize(
        "block", [each for each in blocks(_OUTGROW) if "open_portal(" not in each]
    )
    def test_it_runs_up_to_the_server(self, block: str) -> None:
        """
        Without a server, the code of the page is right until it asks one.
        """
        before_asking = block.replace("migrations.check(engine)", "migrations")

        exec(before_asking, {})  # noqa: S102  Our own page.
