"""
How is a phone number read that was typed without its country code?

Needs the extra ``[phone]``.  The package ``phonenumberslite`` does as well; the two
must never be installed together, as both bring the module ``phonenumbers``.
"""

from typing import final

import attrs
import phonenumbers

from winbooks_identity.errors import Invalid
from winbooks_identity.phone import (
    NotPossible,
    PhoneNumber,
    check_characters,
    without_separators,
)


__all__ = ["NationalPhoneParser"]


@final
@attrs.frozen
class NationalPhoneParser:
    """
    A `PhoneParser` for one country and, with their country code, all others.  [Q24]

    A number with its country code is read as `PhoneNumber.parse` reads it.  The
    parser takes every number that is possible, by its length.  Whether a
    range of numbers is in use changes too often to refuse a user for it.

    Args:
        region: the country of numbers without a country code (ISO 3166-1).

    Raises:
        ValueError: no numbers of *region* are known.
    """

    region: str = "BE"

    def __attrs_post_init__(self) -> None:
        if self.region not in phonenumbers.SUPPORTED_REGIONS:
            raise ValueError(f"no phone numbers are known of the region {self.region}")

    def __call__(self, text: str) -> PhoneNumber:
        """
        Return the number that *text* means in the region.

        Raises:
            Invalid: *text* is no possible phone number.
        """
        # The library would dial letters, drop extensions and skip words before.
        if problems := check_characters(text):
            raise Invalid(problems)
        digits = without_separators(text)
        if digits.startswith("+"):
            spelled = PhoneNumber.parse(text)
            self._possible(spelled.e164)
            return spelled
        number = self._possible(digits)
        try:
            return PhoneNumber(
                phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            )
        except Invalid:
            # Such as a zero behind the country code, kept of a short number.
            raise Invalid((NotPossible(),)) from None

    def _possible(self, digits: str) -> phonenumbers.PhoneNumber:
        try:
            number = phonenumbers.parse(digits, self.region)
        except phonenumbers.NumberParseException:
            # The cause quotes what was typed.
            raise Invalid((NotPossible(),)) from None
        # A number that is possible within its own town only cannot be dialled.
        possibility = phonenumbers.is_possible_number_with_reason(number)
        if possibility != phonenumbers.ValidationResult.IS_POSSIBLE:
            raise Invalid((NotPossible(),))
        return number
