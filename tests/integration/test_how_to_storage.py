"""
The pages on storages say what works.
"""

import re
from pathlib import Path

import pytest


pytest_plugins = ["pytester"]

PAGES = Path(__file__).parents[2] / "docs" / "how-to"


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

    @pytest.mark.parametrize("block", blocks("outgrow-one-machine.md"))
    def test_it_runs_up_to_the_server(self, block: str) -> None:
        """
        Without a server, the code of the page is right until it asks one.
        """
        before_asking = block.replace("migrations.check(engine)", "migrations")

        exec(before_asking, {})  # noqa: S102  Our own page.
