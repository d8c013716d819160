"""
Exceptions carry facts and no secret.
"""

import pickle

import pytest

from winbooks_identity import errors, refusals
from winbooks_identity.errors import (
    IdentityError,
    Invalid,
    InvalidFields,
    Refused,
    StorageBusy,
)
from winbooks_identity.passwords.problems import TooShort
from winbooks_identity.problems import Missing, NotText
from winbooks_identity.winbooks_id.problems import TooLong


def tree(kind: type[Exception]) -> set[str]:
    """
    Return the names of *kind* and of everything below it in the core.
    """
    homes = {errors.__name__, refusals.__name__}
    below = [each for each in kind.__subclasses__() if each.__module__ in homes]
    return {kind.__name__}.union(*map(tree, below))


class TestTree:
    """
    The drawing of the exceptions is the truth.
    """

    def test_the_drawings_name_every_exception(self) -> None:
        """
        Both docstrings together draw the whole tree.
        """
        drawn = f"{errors.__doc__}{refusals.__doc__}"

        assert set() == {name for name in tree(IdentityError) if name not in drawn}

    @pytest.mark.parametrize("kind", [Invalid, InvalidFields])
    def test_wrong_input_is_a_value_error(self, kind: type[Exception]) -> None:
        """
        Form libraries catch it as such.
        """
        assert issubclass(kind, ValueError)


class TestInvalidFields:
    """
    A form with five wrong fields says five things.
    """

    def test_fields_without_problems_are_left_out(self) -> None:
        """
        What is fine is not listed.
        """
        with pytest.raises(InvalidFields) as caught:
            InvalidFields.raise_if_any({"level": (Missing(),), "phone": ()})

        assert {"level": (Missing(),)} == caught.value.by_field

    def test_a_form_without_problems_passes(self) -> None:
        """
        Nothing is raised where nothing is wrong.
        """
        InvalidFields.raise_if_any({"level": (), "phone": ()})

    def test_str_names_fields_and_problems(self) -> None:
        """
        A log line is enough to find the rule.
        """
        error = InvalidFields({"level": (Missing(), NotText()), "phone": (NotText(),)})

        assert "level: field.missing, field.not_text; phone: field.not_text" == str(
            error
        )


class TestExceptions:
    """
    Exceptions behave like exceptions.
    """

    def test_invalid_survives_a_pickle(self) -> None:
        """
        Worker processes hand exceptions back.
        """
        error = Invalid((Missing(),))

        assert (Missing(),) == pickle.loads(pickle.dumps(error)).problems  # noqa: S301  Our own bytes.

    def test_a_refusal_is_told_by_its_problems(self) -> None:
        """
        The sentence of an exception is its problems.
        """
        assert "field.missing" == str(Refused((Missing(),)))

    def test_codes_come_with_what_nobody_typed(self) -> None:
        """
        What a rule asks for is shown, what was read off the input is not.
        """
        error = Invalid((TooLong(254), TooShort(minimum=12, missing=8)))

        assert (
            "winbooks_id.too_long(maximum=254), password.too_short(minimum=12)"
            == str(error)
        )

    def test_invalid_is_told_by_its_problems(self) -> None:
        """
        The sentence of an exception is its problems.
        """
        assert "field.missing, field.not_text" == str(Invalid((Missing(), NotText())))

    def test_a_failure_speaks_the_readers_language(self) -> None:
        """
        A busy storage is reported in Dutch to a Dutch reader.
        """
        assert StorageBusy().message("nl-BE").startswith("De opslag is bezet")
