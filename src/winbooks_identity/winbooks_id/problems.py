"""
What can be wrong with a WinBooks ID?

No problem repeats a part of what was typed.
"""

from typing import ClassVar

import attrs

from ..problems import Problem
from .plain_address import (
    MAX_DOMAIN_LENGTH,
    MAX_LABEL_LENGTH,
    MAX_LENGTH,
    MAX_LOCAL_LENGTH,
    SPECIAL_USE,
)


__all__ = [
    "MAX_DOMAIN_LENGTH",
    "MAX_LABEL_LENGTH",
    "MAX_LENGTH",
    "MAX_LOCAL_LENGTH",
    "SPECIAL_USE",
    "CurvedApostrophe",
    "DisplayName",
    "DomainLiteral",
    "DomainTooLong",
    "EncodedWord",
    "ForbiddenCharacter",
    "InvalidDomain",
    "InvisibleCharacter",
    "LocalPartTooLong",
    "LongDash",
    "MisplacedDot",
    "MisplacedHyphen",
    "NoAtSign",
    "NoTopLevelDomain",
    "NonAsciiLocalPart",
    "NotAnAddress",
    "NotCanonical",
    "NothingAfterAt",
    "NothingBeforeAt",
    "QuotedLocalPart",
    "RoutingCharacter",
    "SpecialUseDomain",
    "TooLong",
]


@attrs.frozen
class TooLong(Problem):
    """
    A WinBooks ID has at most `MAX_LENGTH` characters.  [R1]
    """

    code: ClassVar[str] = "winbooks_id.too_long"

    maximum: int = MAX_LENGTH


@attrs.frozen
class NoAtSign(Problem):
    """
    A WinBooks ID has an @ sign; its look-alikes do not count.  [R1]
    """

    code: ClassVar[str] = "winbooks_id.no_at_sign"


@attrs.frozen
class NothingBeforeAt(Problem):
    """
    Something stands before the @ sign.  [R1]
    """

    code: ClassVar[str] = "winbooks_id.nothing_before_at"


@attrs.frozen
class NothingAfterAt(Problem):
    """
    Something stands after the @ sign.  [R1]
    """

    code: ClassVar[str] = "winbooks_id.nothing_after_at"


@attrs.frozen
class ForbiddenCharacter(Problem):
    """
    No blanks, line ends, brackets, second @ sign and the like.  [R1]
    """

    code: ClassVar[str] = "winbooks_id.forbidden_character"


@attrs.frozen
class MisplacedDot(Problem):
    """
    No dot begins or ends the parts around the @ sign, nor follows a dot.  [R1]
    """

    code: ClassVar[str] = "winbooks_id.misplaced_dot"


@attrs.frozen
class DisplayName(Problem):
    """
    The bare address, without a name and angle brackets around it.  [R1]
    """

    code: ClassVar[str] = "winbooks_id.display_name"


@attrs.frozen
class LocalPartTooLong(Problem):
    """
    At most `MAX_LOCAL_LENGTH` characters stand before the @ sign.  [R1]
    """

    code: ClassVar[str] = "winbooks_id.local_part_too_long"

    maximum: int = MAX_LOCAL_LENGTH


@attrs.frozen
class NonAsciiLocalPart(Problem):
    """
    Only letters without accents stand before the @ sign.  [R1]

    Accents there would make two spellings of one address that look the same.
    """

    code: ClassVar[str] = "winbooks_id.non_ascii_local_part"


@attrs.frozen
class CurvedApostrophe(Problem):
    """
    The apostrophe before the @ sign is the straight one, as in ``o'connor``.  [R1]

    Phones and word processors write a curved one.
    """

    code: ClassVar[str] = "winbooks_id.curved_apostrophe"


@attrs.frozen
class LongDash(Problem):
    """
    A hyphen in the address is the plain one, as in ``jan-peeters``.  [R1]

    Word processors write a dash, or a hyphen that does not break the line.
    """

    code: ClassVar[str] = "winbooks_id.long_dash"


@attrs.frozen
class InvisibleCharacter(Problem):
    """
    No character of the address is invisible, such as one copied with it.  [R1]
    """

    code: ClassVar[str] = "winbooks_id.invisible_character"


@attrs.frozen
class QuotedLocalPart(Problem):
    """
    No quotation marks stand before the @ sign.  [R1]
    """

    code: ClassVar[str] = "winbooks_id.quoted_local_part"


@attrs.frozen
class EncodedWord(Problem):
    """
    Neither ``=?`` nor ``?=`` stands before the @ sign.  [R1]

    Mail programs decode such words (RFC 2047) and deliver to someone else.
    """

    code: ClassVar[str] = "winbooks_id.encoded_word"


@attrs.frozen
class RoutingCharacter(Problem):
    """
    Neither ``%`` nor ``!`` stands before the @ sign.  [R1]

    Old mail servers take them for a route to another server.
    """

    code: ClassVar[str] = "winbooks_id.routing_character"


@attrs.frozen
class DomainTooLong(Problem):
    """
    Neither the domain nor a part of it between two dots is too long.  [R1]
    """

    code: ClassVar[str] = "winbooks_id.domain_too_long"

    maximum: int = MAX_DOMAIN_LENGTH
    maximum_between_dots: int = MAX_LABEL_LENGTH


@attrs.frozen
class MisplacedHyphen(Problem):
    """
    No part of a domain begins or ends with a hyphen.  [R1]
    """

    code: ClassVar[str] = "winbooks_id.misplaced_hyphen"


@attrs.frozen
class NoTopLevelDomain(Problem):
    """
    A domain ends like ``.be`` or ``.com``: letters only, two at least.  [R1]

    Other endings cannot exist (ICANN, gTLD Applicant Guidebook, 2.2.1.3.2);
    those beyond ASCII are A-labels.
    """

    code: ClassVar[str] = "winbooks_id.no_top_level_domain"


@attrs.frozen
class SpecialUseDomain(Problem):
    """
    A domain does not end in one of `SPECIAL_USE`, where no mail arrives.  [R1]
    """

    code: ClassVar[str] = "winbooks_id.special_use_domain"


@attrs.frozen
class DomainLiteral(Problem):
    """
    A domain is a name, not a number in brackets.  [R1]
    """

    code: ClassVar[str] = "winbooks_id.domain_literal"


@attrs.frozen
class InvalidDomain(Problem):
    """
    An international domain is well formed (IDNA 2008).  [R1]
    """

    code: ClassVar[str] = "winbooks_id.invalid_domain"


@attrs.frozen
class NotAnAddress(Problem):
    """
    A WinBooks ID is an e-mail address, for whatever other reason it is none.  [R1]
    """

    code: ClassVar[str] = "winbooks_id.not_an_address"


@attrs.frozen
class NotCanonical(Problem):
    """
    A stored WinBooks ID is in its canonical spelling.  [R4]
    """

    code: ClassVar[str] = "winbooks_id.not_canonical"
