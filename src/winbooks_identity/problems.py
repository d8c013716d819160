"""
How is something that is wrong, or worth knowing, said as a value?

A failed check is data: a stable code to test on and to translate by, plain
parameters to show, and a sentence that is made late, in the reader's language.
"""

from typing import Any, ClassVar

import attrs

from . import texts


__all__ = [
    "FlagExpected",
    "HiddenCharacter",
    "Masked",
    "Missing",
    "NotOneOf",
    "NotPossible",
    "NotText",
    "NotYesOrNo",
    "Notice",
    "Problem",
    "Remark",
    "text_problem",
]

Param = str | int


def observed() -> Any:  # noqa: ANN401  Like `attrs.field`, it stands for any type.
    """
    Declare a parameter that was read off what a person typed.

    It goes back to the person who typed it, through `Remark.params` and
    `Remark.message`, and stays out of ``repr``, so out of logs.
    """
    return attrs.field(repr=False)


@attrs.frozen
class Remark:
    """
    What `Problem` and `Notice` have in common: a code, parameters, a sentence.
    """

    code: ClassVar[str]

    @property
    def params(self) -> dict[str, Param]:
        """
        Return the parameters by name, ready to show: `str` and `int` only.
        """
        return {
            field.name: getattr(self, field.name) for field in attrs.fields(type(self))
        }

    def message(
        self, locale: str = "en", *, translator: texts.Translator | None = None
    ) -> str:
        """
        Return the sentence in the language of *locale*, such as ``"nl-BE"``.

        A language that the library does not speak gets English.

        Args:
            locale: the reader's.
            translator: a product's own words, such as `texts.overrides.Overrides`.
        """
        return texts.text(self.code, locale, self.params, translator=translator)


@attrs.frozen
class Problem(Remark):
    """
    One broken rule: it refuses.

    >>> (problem,) = WinBooksId.check("ada")
    >>> problem.code
    'winbooks_id.no_at_sign'
    >>> problem.message("nl")
    'Een WinBooks-ID is een e-mailadres: het teken @ ontbreekt.'
    """


@attrs.frozen
class Notice(Remark):
    """
    Advice: it refuses nothing.

    >>> advice = PasswordPolicy().strength("Zomer2026!!!").advice
    >>> all(isinstance(each, Notice) for each in advice)
    True
    """


@attrs.frozen
class Missing(Problem):
    """
    A mandatory field is empty.  [Q1]
    """

    code: ClassVar[str] = "field.missing"


@attrs.frozen
class NotText(Problem):
    """
    A field that holds text was given something else.
    """

    code: ClassVar[str] = "field.not_text"


@attrs.frozen
class FlagExpected(Problem):
    """
    A file says yes or no, in one of its languages.
    """

    code: ClassVar[str] = "field.flag_expected"


@attrs.frozen
class NotYesOrNo(Problem):
    """
    A box is ticked or not; anything else is refused.  [R58]
    """

    code: ClassVar[str] = "field.not_yes_or_no"


@attrs.frozen
class NotOneOf(Problem):
    """
    A field with a closed list of values was given another one.

    The value itself is not repeated: a form that mixed up its fields would
    show a password here.
    """

    code: ClassVar[str] = "field.not_one_of"

    allowed: str


@attrs.frozen
class HiddenCharacter(Problem):
    """
    A text with an invisible character inside is refused.
    """

    code: ClassVar[str] = "field.hidden_character"


@attrs.frozen
class Masked(Problem):
    """
    What stands for a secret on a screen or in a file is not the secret.  [R19]
    """

    code: ClassVar[str] = "field.masked"


@attrs.frozen
class NotPossible(Problem):
    """
    A field holds what it cannot hold; a framework found it, and not the library.
    """

    code: ClassVar[str] = "field.not_possible"


def text_problem(value: object) -> tuple[Problem, ...]:
    """
    Return `NotText` unless *value* is text.
    """
    return () if isinstance(value, str) else (NotText(),)
