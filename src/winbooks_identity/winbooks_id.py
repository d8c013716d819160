"""
Which text is a WinBooks ID, and when are two of them the same?

A WinBooks ID is an e-mail address, because that guarantees it is unique.  [R1]
Which addresses exist is left to email-validator, in its strictest setting and
without DNS; what it says is turned into our own codes.
"""

import re
from typing import ClassVar, Final, Self, final

import attrs

from .errors import Invalid
from .problems import Missing, Problem, text_problem


__all__ = [
    "DisplayName",
    "DomainLiteral",
    "DomainTooLong",
    "EncodedWord",
    "ForbiddenCharacter",
    "InvalidDomain",
    "LocalPartTooLong",
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
    "WinBooksId",
]

#: Characters; RFC 5321, 4.5.3.1.3, as corrected by errata 1690 of RFC 3696.
MAX_LENGTH: Final = 254

#: Characters before the @ sign; RFC 5321, 4.5.3.1.1.
MAX_LOCAL_LENGTH: Final = 64

#: Characters after the @ sign and between two of its dots; RFC 1035, 2.3.4.
MAX_DOMAIN_LENGTH: Final = 253
MAX_LABEL_LENGTH: Final = 63

#: Endings that no public mail server has: the special-use names of RFC 2606,
#: 6761, 6762, 7686 and 9476, those that ICANN withheld (corp, home, mail in 2018,
#: internal in 2024), and two that routers and resolvers use.
SPECIAL_USE: Final = frozenset(
    {"arpa", "invalid", "local", "localhost", "onion", "test"}
    | {"alt", "corp", "home", "internal", "lan", "localdomain", "mail"}
)


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
class QuotedLocalPart(Problem):
    """
    No quotation marks stand before the @ sign.  [R1]
    """

    code: ClassVar[str] = "winbooks_id.quoted_local_part"


@attrs.frozen
class EncodedWord(Problem):
    """
    Neither ``=?`` nor ``?=`` stands before the @ sign.  [R1]

    Mail programs decode such words (RFC 2047) and deliver to somebody else.
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
    A domain ends like ``.be`` or ``.com``.  [R1]
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


@final
@attrs.frozen(order=True)
class WinBooksId:
    """
    The unique key of one person to the Portal: an e-mail address.  [R1, R4, R5]

    Two of them are the same, hash and sort by `key` alone, and only among
    themselves: a comparison with plain text would skip the canonical spelling.
    Dots, tags after a plus and look-alikes make different WinBooks IDs.

    Args:
        address: an address in its canonical spelling, as `parse` makes it.

    Raises:
        Invalid: *address* is none, or is spelled otherwise.
    """

    #: The address as registered, the domain as A-labels: mail goes here.
    address: str = attrs.field(eq=False)

    #: The address in lower case: uniqueness and look-up use this.  [R3, R4]
    key: str = attrs.field(init=False)

    @key.default
    def _key_of_address(self) -> str:
        canonical = _canonical(self.address)
        if not isinstance(canonical, str):
            raise Invalid(canonical)
        if canonical != self.address:
            raise Invalid((NotCanonical(),))
        return canonical.lower()

    def __str__(self) -> str:
        return self.address

    def __repr__(self) -> str:
        top_level_domain = self.key.rpartition(".")[2]
        return f"<WinBooksId {self.key[0]}…@….{top_level_domain}>"

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        # Copies and pickles go through the constructor, so they are checked too.
        return type(self), (self.address,)

    @classmethod
    def check(cls, text: str) -> tuple[Problem, ...]:
        """
        Return why *text* is no WinBooks ID; empty means that it is one.
        """
        canonical = _canonical(text)
        return () if isinstance(canonical, str) else canonical

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Bring *text* into its canonical spelling and construct.  [R4]

        Blanks around it are not trimmed; a form does that.

        Raises:
            Invalid: *text* is no WinBooks ID.
        """
        canonical = _canonical(text)
        if not isinstance(canonical, str):
            raise Invalid(canonical)
        return cls(canonical)


#: Common addresses that are canonical as they stand, so that email-validator need
#: not load: a part of what it takes.  Capitals in the domain are left to it, and
#: local parts of letters only with a capital, as it lowers INFO and the other names
#: of RFC 2142.  No quantifier backtracks: the pattern takes linear time.
_PLAIN: Final = re.compile(
    r"(?![a-z]*+[A-Z][a-zA-Z]*+@)"
    r"[a-zA-Z0-9_+'-]++(?:\.[a-zA-Z0-9_+'-]++)*+@"
    r"(?:[a-z0-9]++(?:-[a-z0-9]++)*+\.)++"
    rf"(?!(?:{'|'.join(sorted(SPECIAL_USE))})\Z)[a-z]++"
)

#: At this length no part of an address can be too long.
_MAX_PLAIN_LENGTH: Final = min(MAX_LOCAL_LENGTH, MAX_LABEL_LENGTH)


def _canonical(text: str) -> str | tuple[Problem, ...]:
    """
    Return the canonical spelling of *text*, or why it has none.
    """
    if problems := text_problem(text):
        return problems
    if not text:
        return (Missing(),)
    if len(text) > MAX_LENGTH:
        return (TooLong(),)  # Nothing below looks at text of unbounded length.
    if len(text) <= _MAX_PLAIN_LENGTH and (plain := _PLAIN.fullmatch(text)):
        return plain[0]
    return _canonical_by_email_validator(text)


def _canonical_by_email_validator(text: str) -> str | tuple[Problem, ...]:
    import idna
    from email_validator import EmailNotValidError, validate_email

    try:
        # What is not given here is read from settings of the whole process.
        found = validate_email(
            text,
            allow_smtputf8=False,
            allow_empty_local=False,
            allow_quoted_local=False,
            allow_domain_literal=False,
            allow_display_name=False,
            strict=True,
            check_deliverability=False,
            test_environment=False,
            globally_deliverable=True,
        )
    except EmailNotValidError as refusal:
        return (_problem_behind(str(refusal)),)
    local, domain, unicode_domain = found.local_part, found.ascii_domain, found.domain
    broken = {
        EncodedWord(): "=?" in local or "?=" in local,
        RoutingCharacter(): "%" in local or "!" in local,
        SpecialUseDomain(): domain.rpartition(".")[2] in SPECIAL_USE,
        # Two A-labels for one name would be two domains that look the same.
        InvalidDomain(): not unicode_domain.isascii()
        and domain != idna.encode(unicode_domain).decode(),
    }
    problems = tuple(problem for problem, is_broken in broken.items() if is_broken)
    return problems or f"{local}@{domain}"


def _problem_behind(refusal: str) -> Problem:
    return next(
        (problem for words, problem in _REFUSALS if refusal.startswith(words)),
        NotAnAddress(),
    )


#: How the sentences of email-validator 2.4 begin; the first that fits counts.
_REFUSALS: Final[tuple[tuple[str | tuple[str, ...], Problem], ...]] = (
    (("An email address must have an @", "The email address has the"), NoAtSign()),
    ("There must be something before", NothingBeforeAt()),
    ("There must be something after", NothingAfterAt()),
    ("The email address is too long before", LocalPartTooLong()),
    (
        (
            "The email address is too long after the @",
            "After the @-sign, periods cannot be separated by so many",
        ),
        DomainTooLong(),
    ),
    ("The email address is too long", TooLong()),
    ("Internationalized characters before", NonAsciiLocalPart()),
    (
        (
            "Quoting the part before",
            "Extra character(s) found after close quote",
            "The email address contains invalid characters in quotes",
        ),
        QuotedLocalPart(),
    ),
    (
        (
            "A bracketed IP address",
            "The address in brackets",
            "The IPv6 address in brackets",
            "The part after the @-sign in brackets",
            "The part after the @-sign contains invalid characters in brackets",
            "The part after the @-sign contains an invalid address literal tag",
        ),
        DomainLiteral(),
    ),
    (
        (
            "The email address contains",
            "The part after the @-sign contains invalid characters",
        ),
        ForbiddenCharacter(),
    ),
    ("The part after the @-sign is not valid. It", NoTopLevelDomain()),
    ("The part after the @-sign is a special-use", SpecialUseDomain()),
    (
        (
            "The part after the @-sign is invalid",
            "The part after the @-sign is not valid IDNA",
            "An email address cannot have two letters followed by two dashes",
        ),
        InvalidDomain(),
    ),
    (
        (
            "An email address cannot have a hyphen",
            "An email address cannot have a period and a hyphen",
            "An email address cannot end with a hyphen",
        ),
        MisplacedHyphen(),
    ),
    ("An email address cannot", MisplacedDot()),
    (
        (
            "A display name",
            "The display name",
            "An open angle bracket",
            "There can't be anything after the email address",
        ),
        DisplayName(),
    ),
)
