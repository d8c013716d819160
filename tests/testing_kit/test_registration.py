"""
Hypothesis knows our types, and a project without them pays nothing.
"""

import subprocess
import sys

import pytest


def answer_of(program: str) -> str:
    """
    Return what *program* prints in a fresh interpreter.
    """
    done = subprocess.run(  # noqa: S603  Our own program.
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.mark.slow
class TestEntryPoint:
    """
    ``import hypothesis`` makes our types known, in whatever order.
    """

    def test_an_unrelated_project_loads_nothing_of_ours(self) -> None:
        """
        It imports Hypothesis and draws from its own types.
        """
        program = (
            "import sys, hypothesis.strategies as st;"
            "st.from_type(int).validate();"
            "print([name for name in sys.modules if name.startswith('winbooks')])"
        )

        assert "[]" == answer_of(program)

    @pytest.mark.parametrize(
        "imports",
        [
            "import hypothesis; from winbooks_identity import WinBooksId",
            "from winbooks_identity import WinBooksId; import hypothesis",
        ],
    )
    def test_a_type_resolves_without_an_import_of_the_kit(self, imports: str) -> None:
        """
        Only then the kit is loaded.
        """
        program = (
            f"{imports}; import sys, hypothesis.strategies as st;"
            "print('winbooks_identity.testing.strategies' in sys.modules);"
            "drawn = st.from_type(WinBooksId).map(str);"
            "print(hypothesis.find(drawn, bool));"
            "print('winbooks_identity.testing.strategies' in sys.modules)"
        )

        before, drawn, after = answer_of(program).split()

        assert ("False", "True") == (before, after)
        assert drawn.endswith(".example")

    def test_types_of_others_are_left_to_hypothesis(self) -> None:
        """
        A class that is not ours, and one of ours without a strategy, resolve as ever.
        """
        program = (
            "import hypothesis.strategies as st, decimal;"
            "from winbooks_identity import Level;"
            "from winbooks_identity.mail.outbox import QueueStatistics;"
            "print(st.from_type(decimal.Context), st.from_type(Level),"
            "st.from_type(QueueStatistics).validate())"
        )

        assert "Level" in answer_of(program)
