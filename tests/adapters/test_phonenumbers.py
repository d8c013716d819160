"""
How is a phone number read that was typed without its country code?
"""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneMetadata

from winbooks_identity.adapters.phonenumbers import NationalPhoneParser
from winbooks_identity.errors import Invalid
from winbooks_identity.phone import (
    _TRUNK_ZERO,
    ForbiddenCharacter,
    NotInternational,
    NotPossible,
    PhoneNumber,
    PhoneParser,
    TooLong,
)
from winbooks_identity.problems import Missing, NotText, Problem


def verdict(parse: PhoneParser, typed: str) -> str | tuple[Problem, ...]:
    """
    Return the number that *parse* reads in *typed*, or why it reads none.
    """
    try:
        return parse(typed).e164
    except Invalid as invalid:
        return invalid.problems


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
            ("+33 6 12 55 01\u202f23", "+33612550123"),
            ("0470 55 01\u202f23", "+32470550123"),
            ("+352 (0)621 555 012", "+352621555012"),
            ("+320470550123", "+32470550123"),
            ("(0032) 0470 55 01 23", "+32470550123"),
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
            ("+", NotInternational()),
            ("0000000000", NotInternational()),
            ("02 512 34 5", NotPossible()),
            ("047625899", NotPossible()),
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
            NationalPhoneParser()("+999 55501234")

        assert caught.value.__suppress_context__

    @given(
        st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)),
        st.from_regex(r"(\(0\)|0)?[0-9]{5,9}", fullmatch=True),
        st.sampled_from(["+", "00", "(+", "0 0"]),
    )
    def test_a_country_code_is_read_as_the_core_reads_it(
        self, region: str, rest: str, prefix: str
    ) -> None:
        """
        A number with its country code is one value, with the extra or without.
        """
        code = phonenumbers.country_code_for_region(region)
        typed = f"{prefix}{code}{')' * prefix.startswith('(')} {rest}"
        try:
            number = NationalPhoneParser()(typed)
        except Invalid:
            return
        assert PhoneNumber.parse(typed) == number

    @given(
        st.sampled_from(["+32", "0032", "+32 (0)", "+320", "(+32) ", "00 32 0"]),
        st.lists(
            st.sampled_from([*"0123456789", *"0123456789", *"./- ()"]), max_size=16
        ),
    )
    def test_belgian_numbers_are_the_same_for_the_core(
        self, code: str, rest: list[str]
    ) -> None:
        """
        One value, or one refusal, whether the extra is there or not.
        """
        typed = code + "".join(rest)

        assert verdict(PhoneNumber.parse, typed) == verdict(
            NationalPhoneParser(), typed
        )

    @given(st.from_regex(r"0[0-9 ]{5,14}", fullmatch=True))
    def test_no_zero_is_stored_behind_the_belgian_code(self, typed: str) -> None:
        """
        The zero that is dialled within Belgium is no part of a number.
        """
        try:
            number = NationalPhoneParser()(typed)
        except Invalid:
            return
        assert not number.e164.startswith("+320")

    @pytest.mark.parametrize("region", ["XX", "be", ""])
    def test_unknown_region(self, region: str) -> None:
        """
        A mistake in the region shows at once, not at the first number.
        """
        with pytest.raises(ValueError, match="no phone numbers are known"):
            NationalPhoneParser(region)


class TestTrunkZero:
    """
    The core knows in which countries a zero is dialled before national numbers.
    """

    def test_the_list_is_that_of_the_metadata(self) -> None:
        """
        The country codes in whose countries the national prefix is 0.
        """
        derived = {
            str(code)
            for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items()
            for region in regions
            if (
                found := PhoneMetadata.metadata_for_region_or_calling_code(code, region)
            )
            and found.national_prefix == "0"
        }

        assert derived == _TRUNK_ZERO
