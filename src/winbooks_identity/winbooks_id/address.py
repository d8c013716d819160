"""
Which text is an e-mail address that can be a WinBooks ID, and how is it spelled?

That is left to email-validator, in its strictest setting and without DNS.  What it
says is turned into our own problems: its sentences quote what was typed.
"""

import re
from typing import Final

from ..invisible import HIDDEN
from ..problems import Missing, Problem, text_problem
from .problems import (
    MAX_LABEL_LENGTH,
    MAX_LENGTH,
    MAX_LOCAL_LENGTH,
    SPECIAL_USE,
    CurvedApostrophe,
    DisplayName,
    DomainLiteral,
    DomainTooLong,
    EncodedWord,
    ForbiddenCharacter,
    InvalidDomain,
    InvisibleCharacter,
    LocalPartTooLong,
    MisplacedDot,
    MisplacedHyphen,
    NoAtSign,
    NonAsciiLocalPart,
    NotAnAddress,
    NothingAfterAt,
    NothingBeforeAt,
    NoTopLevelDomain,
    QuotedLocalPart,
    RoutingCharacter,
    SpecialUseDomain,
    TooLong,
)


__all__ = ["canonical"]


#: Common addresses that are canonical as they stand, so that email-validator need
#: not load: a part of what it takes.  Capitals in the domain are left to it, and
#: local parts of letters only with a capital, as it lowers INFO and the other names
#: of RFC 2142.  No quantifier backtracks: the pattern takes linear time.
_PLAIN: Final = re.compile(
    r"(?![a-z]*+[A-Z][a-zA-Z]*+@)"
    r"[a-zA-Z0-9_+'-]++(?:\.[a-zA-Z0-9_+'-]++)*+@"
    r"(?:[a-z0-9]++(?:-[a-z0-9]++)*+\.)++"
    rf"(?!(?:{'|'.join(sorted(SPECIAL_USE))})\Z)[a-z]{{2,}}+"
)

#: At this length no part of an address can be too long.
_MAX_PLAIN_LENGTH: Final = min(MAX_LOCAL_LENGTH, MAX_LABEL_LENGTH)


def canonical(text: str) -> str | tuple[Problem, ...]:
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
    if "@" not in text and "<" not in text:
        return (NoAtSign(),)  # What email-validator says too, once it is loaded.
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
        return (_visible_cause(text) or _problem_behind(str(refusal)),)
    local, domain, unicode_domain = found.local_part, found.ascii_domain, found.domain
    rules = (
        (EncodedWord, "=?" in local or "?=" in local),
        (RoutingCharacter, "%" in local or "!" in local),
        (SpecialUseDomain, domain.rpartition(".")[2] in SPECIAL_USE),
        (NoTopLevelDomain, not _TOP_LEVEL.fullmatch(domain.rpartition(".")[2])),
        # Two A-labels for one name would be two domains that look the same.
        (
            InvalidDomain,
            not unicode_domain.isascii()
            and domain != idna.encode(unicode_domain).decode(),
        ),
    )
    problems = tuple(problem() for problem, is_broken in rules if is_broken)
    return problems or f"{local}@{domain}"


#: What no top-level domain is spelled without: letters, or an A-label.
_TOP_LEVEL: Final = re.compile(r"[a-z]{2,}|xn--[a-z0-9-]+")

#: What phones and word processors write for an apostrophe: the quotation marks,
#: the modifier letter, the prime, and the accents that stand alone.
_APOSTROPHES: Final = frozenset("\u2018\u2019\u201b\u02bc\u2032\u00b4")


#: A joiner shows nothing either, where it joins no emoji.
_INVISIBLE: Final = re.compile(f"[{HIDDEN}\u200d]")


def _visible_cause(text: str) -> Problem | None:
    """
    Return the problem of *text* that people cannot see or tell from a right one.
    """
    if _INVISIBLE.search(text):
        return InvisibleCharacter()
    local = text.partition("@")[0]
    others = {character for character in local if not character.isascii()}
    return CurvedApostrophe() if others and others <= _APOSTROPHES else None


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
            "The part after the @-sign became invalid",
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
