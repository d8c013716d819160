"""
How is a phone number read that was typed without its country code?
"""

import pytest

from winbooks_identity.adapters.phonenumbers import NationalPhoneParser
from winbooks_identity.errors import Invalid
from winbooks_identity.phone import (
    ForbiddenCharacter,
    NotPossible,
    PhoneNumber,
    PhoneParser,
    TooLong,
)
from winbooks_identity.problems import Missing, NotText, Problem


class TestNationalPhoneParser:
    """
    A number without country code is one of the region.  [Q24]
    """

    @pytest.mark.parametrize(
        "typed,e164",
        [
            ("02 555 01 23", "+3225550123"),
            ("(02) 555 01 23", "+3225550123"),
            ("0470/55.01.23", "+32470550123"),
            ("0032 470 55 01 23", "+32470550123"),
            ("+32 (0)470 55 01 23", "+32470550123"),
            ("+33 6 12 55 01 23", "+33612550123"),
            ("+39 06 5550123", "+39065550123"),
        ],
    )
    def test_reads_belgian_notation(self, typed: str, e164: str) -> None:
        """
        Belgium is the region unless another is chosen.
        """
        assert PhoneNumber(e164) == NationalPhoneParser()(typed)

    def test_reads_the_notation_of_another_region(self) -> None:
        """
        A French number is read as such where France is the region.
        """
        assert PhoneNumber("+33612550123") == NationalPhoneParser("FR")("0612550123")

    def test_is_a_phone_parser(self) -> None:
        """
        It stands where `PhoneNumber.parse` stands.
        """
        parsers: list[PhoneParser] = [PhoneNumber.parse, NationalPhoneParser()]

        assert 1 == len({parse("+3225550123") for parse in parsers})

    @pytest.mark.parametrize(
        "typed,problem",
        [
            ("", Missing()),
            ("0470-WIN-BOK", ForbiddenCharacter()),
            ("Tel: 0470550123", ForbiddenCharacter()),
            ("0470550123\n", ForbiddenCharacter()),
            ("0470550123 call me", ForbiddenCharacter()),
            ("0470550123x4", ForbiddenCharacter()),
            ("\u0660\u0664\u0667\u0660550123", ForbiddenCharacter()),
            ("0" * 41, TooLong()),
            ("+", NotPossible()),
            ("0470", NotPossible()),
            ("0470 55 01 23 45 67", NotPossible()),
            ("+999 55501234", NotPossible()),
        ],
    )
    def test_refuses(self, typed: str, problem: Problem) -> None:
        """
        The library is stricter than phonenumbers, which dials letters.
        """
        with pytest.raises(Invalid) as caught:
            NationalPhoneParser()(typed)

        assert (problem,) == caught.value.problems

    def test_refuses_what_is_no_text(self) -> None:
        """
        A number is not text.
        """
        with pytest.raises(Invalid) as caught:
            NationalPhoneParser()(25550123)  # type: ignore[arg-type]

        assert (NotText(),) == caught.value.problems

    def test_refuses_a_number_within_a_town(self) -> None:
        """
        A number without its area cannot be dialled from elsewhere.
        """
        with pytest.raises(Invalid) as caught:
            NationalPhoneParser("US")("555 0123")

        assert (NotPossible(),) == caught.value.problems

    def test_keeps_what_was_typed_out_of_the_exception(self) -> None:
        """
        The words of phonenumbers do not go on.
        """
        with pytest.raises(Invalid) as caught:
            NationalPhoneParser()("+")

        assert caught.value.__suppress_context__

    @pytest.mark.parametrize("region", ["XX", "be", ""])
    def test_unknown_region(self, region: str) -> None:
        """
        A mistake in the region shows at once, not at the first number.
        """
        with pytest.raises(ValueError, match="no phone numbers are known"):
            NationalPhoneParser(region)
