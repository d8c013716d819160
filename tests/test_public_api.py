"""
What users rely on stays, and importing it is cheap.
"""

import importlib
import subprocess
import sys
import typing

import pytest

import winbooks_identity


HEAVY = (
    "alembic",
    "argon2",
    "asyncio",
    "attrs",
    "cryptography",
    "cyclopts",
    "email_validator",
    "hypothesis",
    "idna",
    "phonenumbers",
    "pytest",
    "rich",
    "smtplib",
    "sqlalchemy",
    "ssl",
    "zxcvbn",
)


def loaded_after(statement: str) -> set[str]:
    """
    Return which heavy packages a fresh interpreter has loaded after *statement*.
    """
    program = f"import sys; {statement}; print(*sys.modules)"
    answer = subprocess.run(  # noqa: S603  Our own program.
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(HEAVY) & set(answer.stdout.split())


@pytest.mark.slow
class TestImports:
    """
    Importing is cheap: what is heavy loads on first use.
    """

    def test_the_package_loads_nothing(self) -> None:
        """
        Not even attrs.
        """
        assert set() == loaded_after("import winbooks_identity")

    @pytest.mark.parametrize("name", winbooks_identity.__all__)
    def test_a_name_loads_attrs_alone(self, name: str) -> None:
        """
        Values and service are there without the packages that they may need.
        """
        assert {"attrs"} >= loaded_after(f"from winbooks_identity import {name}")

    def test_a_plain_address_needs_no_validator(self) -> None:
        """
        What everybody has as address is decided by one pattern.
        """
        assert {"attrs"} == loaded_after(
            "from winbooks_identity import WinBooksId;"
            "WinBooksId.parse('ada@example.org')"
        )

    def test_the_standard_policy_needs_no_estimator(self) -> None:
        """
        The Portal's rule is checked and drawn from without zxcvbn.
        """
        assert {"attrs"} == loaded_after(
            "from winbooks_identity import PasswordPolicy;"
            "p = PasswordPolicy(); p.check('x'); p.generate()"
        )


class TestNames:
    """
    The names that users import have one home and are all there.
    """

    @pytest.mark.parametrize("name", winbooks_identity.__all__)
    def test_every_name_is_there(self, name: str) -> None:
        """
        What is listed can be imported, and comes from its home.
        """
        found = getattr(winbooks_identity, name)

        assert name == found.__name__
        assert found is getattr(importlib.import_module(found.__module__), name)

    def test_completion_shows_the_names_and_nothing_else(self) -> None:
        """
        A shell offers what is meant to be used.
        """
        assert winbooks_identity.__all__ == dir(winbooks_identity)

    def test_an_unknown_name_is_an_attribute_error(self) -> None:
        """
        A typing mistake is told as Python tells it.
        """
        with pytest.raises(AttributeError, match="WinBookId"):
            _ = winbooks_identity.WinBookId

    @pytest.mark.parametrize("name", winbooks_identity.__all__)
    def test_annotations_resolve_at_run_time(self, name: str) -> None:
        """
        Libraries that read annotations can read ours.
        """
        assert isinstance(typing.get_type_hints(getattr(winbooks_identity, name)), dict)
