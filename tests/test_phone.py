"""
Which text is a phone number?
"""

import pickle
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winbooks_identity.errors import Invalid
from winbooks_identity.phone import (
    ForbiddenCharacter,
    NotCanonical,
    NotInternational,
    NotPossible,
    PhoneNumber,
    TooLong,
    WrongLength,
)
from winbooks_identity.problems import Missing, NotText, Problem


#: What separates the digits of a number, by the Unicode of this Python.
SEPARATORS = [
    *"().-/\N{MINUS SIGN}",
    *(
        chr(point)
        for point in range(sys.maxunicode + 1)
        if unicodedata.category(chr(point)) in {"Zs", "Pd"}
    ),
]


class TestParse:
    """
    A phone number is stored in one spelling, with its country code.  [Q24]
    """

    @pytest.mark.parametrize(
        "typed",
        [
            "+3225550123",
            "+32 2 555 01 23",
            "+32\u00a02\u202f555 01 23",
            "+32/2.555-01-23",
            "+32\u20072\u2009555\u201101\u201323",
            "+32\u30002\u2212555\u201001\u201223",
            "(+32) 2 555 01 23",
            "+32 (0)2 555 01 23",
            "0032 2 555 01 23",
            "00 32 (0)2 555 01 23",
            "+32 02 555 01 23",
            "+32025550123",
            "+32 ( 0 ) 2 555 01 23",
        ],
    )
    def test_spellings(self, typed: str) -> None:
        """
        Blanks, signs, the prefix 00 and the zero in brackets make no difference.
        """
        assert "+3225550123" == PhoneNumber.parse(typed).e164

    @pytest.mark.parametrize("zero", ["(0)", "( 0 )", "(0\u00a0)", "\u202f(0)\u202f"])
    def test_a_zero_in_brackets_is_not_dialled(self, zero: str) -> None:
        """
        Not even where the country has no such zero, as Luxembourg.
        """
        assert "+352621555012" == PhoneNumber.parse(f"+352 {zero}621 555 012").e164

    @given(st.sampled_from(SEPARATORS))
    def test_every_blank_and_dash_separates(self, separator: str) -> None:
        """
        Categories Zs and Pd of Unicode, and the minus sign.
        """
        typed = separator.join(["", "+32", "2", "555", "01", "23", ""])

        assert "+3225550123" == PhoneNumber.parse(typed).e164

    @pytest.mark.parametrize(
        "typed", ["+39 06 5550123", "+39 (0)6 5550123", "0039 (0)6 5550123"]
    )
    def test_italy_keeps_its_zero(self, typed: str) -> None:
        """
        In Italy alone the zero is a part of the number.
        """
        assert "+39065550123" == PhoneNumber.parse(typed).e164

    def test_raises_the_problem(self) -> None:
        """
        What is refused is raised with its problem.
        """
        with pytest.raises(Invalid) as caught:
            PhoneNumber.parse("02 555 01 23")

        assert (NotInternational(),) == caught.value.problems


class TestCheck:
    """
    Each way of not being a phone number has its own problem.  [Q24]
    """

    @pytest.mark.parametrize(
        "text,problem",
        [
            ("", Missing()),
            ("   ", NotInternational()),
            ("+", NotInternational()),
            ("02 555 01 23", NotInternational()),
            ("+0 555 01 23 45", NotInternational()),
            ("000 555 01 23", NotInternational()),
            ("+32 WIN BOOKS", ForbiddenCharacter()),
            ("Tel: +3225550123", ForbiddenCharacter()),
            ("+3225550123\n", ForbiddenCharacter()),
            ("+3225550123 ext. 4", ForbiddenCharacter()),
            ("+3225550123;ext=4", ForbiddenCharacter()),
            ("+32255501\u0662\u0663", ForbiddenCharacter()),
            ("+32255501\u200b23", ForbiddenCharacter()),
            ("+32\\2", ForbiddenCharacter()),
            ("++3225550123", ForbiddenCharacter()),
            ("+3247625899", NotPossible()),
            ("+3245625899", NotPossible()),
            ("+322555012", NotPossible()),
            ("+324762589901", NotPossible()),
            ("+32 2 555 01 23 45", NotPossible()),
            ("+32 004 7625 8990", NotPossible()),
            ("32+25550123", ForbiddenCharacter()),
        ],
    )
    def test_names_the_problem(self, text: str, problem: Problem) -> None:
        """
        The problem is named, and it is the only one.
        """
        assert (problem,) == PhoneNumber.check(text)

    @pytest.mark.parametrize("digits", ["1234567", "123456789012345"])
    def test_shortest_and_longest(self, digits: str) -> None:
        """
        Seven and fifteen digits are accepted.
        """
        assert () == PhoneNumber.check(f"+{digits}")

    @pytest.mark.parametrize("digits", ["123456", "1234567890123456"])
    def test_too_short_or_too_long(self, digits: str) -> None:
        """
        Six are too few, sixteen too many.
        """
        assert (WrongLength(7, 15),) == PhoneNumber.check(f"+{digits}")

    def test_longest_text(self) -> None:
        """
        Forty characters are looked at.
        """
        assert () == PhoneNumber.check("+3225550123".ljust(40))

    @pytest.mark.parametrize("length", [41, 1_000_000])
    def test_text_too_long(self, length: int) -> None:
        """
        One more is too many.
        """
        assert (TooLong(40),) == PhoneNumber.check("+3225550123".ljust(length))

    @pytest.mark.parametrize("value", [None, 3225550123, b"+3225550123"], ids=repr)
    def test_no_text(self, value: object) -> None:
        """
        Anything but text is named as such, a number too.
        """
        assert (NotText(),) == PhoneNumber.check(value)  # type: ignore[arg-type]

    @given(st.text(st.sampled_from("0123456789+ ()./-\u00a0a\n"), max_size=45))
    def test_accepts_what_it_stores(self, text: str) -> None:
        """
        What is accepted is stored as digits and accepted again.
        """
        try:
            number = PhoneNumber.parse(text)
        except Invalid as refused:
            assert PhoneNumber.check(text) == refused.problems  # noqa: PT017
        else:
            assert number.e164[1:].isdecimal()
            assert number == PhoneNumber(number.e164)


class TestValue:
    """
    A phone number is a value that shows itself on request only.  [Q24]
    """

    def test_text(self) -> None:
        """
        As text it is the number.
        """
        assert "+3225550123" == str(PhoneNumber("+3225550123"))

    def test_repr_is_masked(self) -> None:
        """
        A log shows the country and two digits.
        """
        assert "<PhoneNumber +32…23>" == repr(PhoneNumber("+3225550123"))

    def test_equal_by_number(self) -> None:
        """
        Two spellings of a number are one.
        """
        assert 1 == len({PhoneNumber("+3225550123"), PhoneNumber.parse("003225550123")})

    @pytest.mark.parametrize("text", ["+32 25550123", "003225550123"])
    def test_constructor_refuses_another_spelling(self, text: str) -> None:
        """
        What `parse` would change did not come from here.
        """
        with pytest.raises(Invalid) as caught:
            PhoneNumber(text)

        assert (NotCanonical(),) == caught.value.problems

    def test_constructor_refuses_what_is_no_number(self) -> None:
        """
        No number exists that was not checked.
        """
        with pytest.raises(Invalid) as caught:
            PhoneNumber("+32")

        assert (WrongLength(),) == caught.value.problems

    def test_pickle(self) -> None:
        """
        A pickle is the same number.
        """
        number = PhoneNumber("+3225550123")

        assert number == pickle.loads(pickle.dumps(number))  # noqa: S301  (our own pickle)
