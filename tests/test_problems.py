"""
Problems are values.
"""

from typing import ClassVar

import attrs

from winbooks_identity.problems import (
    Missing,
    NotOneOf,
    NotText,
    Problem,
    observed,
    text_problem,
)


@attrs.frozen
class Example(Problem):
    """
    A rule with a limit, and something read off what was typed.
    """

    code: ClassVar[str] = "password.too_short"

    minimum: int
    missing: int = observed()


class TestProblem:
    """
    A problem has a stable code, plain parameters and a late sentence.
    """

    def test_params_hold_every_parameter(self) -> None:
        """
        The person who typed gets to know all of it.
        """
        assert {"minimum": 12, "missing": 3} == Example(12, 3).params

    def test_the_sentence_is_in_the_readers_language(self) -> None:
        """
        A locale with a country is understood.
        """
        assert "Choisissez parmi\u202f: a, b." == NotOneOf("a, b").message("fr-BE")

    def test_the_sentence_is_english_by_default(self) -> None:
        """
        Nothing has to be configured to read a problem.
        """
        assert "Fill in this field." == Missing().message()

    def test_repr_leaves_out_what_was_read_off_the_input(self) -> None:
        """
        A log must not tell how long someone's password is.
        """
        assert "Example(minimum=12)" == repr(Example(12, 3))

    def test_problems_compare_by_value(self) -> None:
        """
        A test compares problems, not their sentences.
        """
        assert Example(12, 3) == Example(12, 3)


class TestTextProblem:
    """
    What is not text is a problem, not a crash.
    """

    def test_text_is_fine(self) -> None:
        """
        Empty text is text.
        """
        assert () == text_problem("")

    def test_anything_else_is_named(self) -> None:
        """
        Bytes are not text either.
        """
        assert (NotText(),) == text_problem(b"jan@example.org")
