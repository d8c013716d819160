"""
Which text is an e-mail address that can be a WinBooks ID, and how is it spelled?

That is left to email-validator, in its strictest setting and without DNS.  What it
says is turned into our own problems: its sentences quote what was typed.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from ..invisible import HIDDEN
from ..problems import Missing, Problem, text_problem
from .plain_address import MAX_LENGTH, SPECIAL_USE
from .problems import (
    CurvedApostrophe,
    DisplayName,
    DomainLiteral,
    DomainTooLong,
    EncodedWord,
    ForbiddenCharacter,
    InvalidDomain,
    InvisibleCharacter,
    LocalPartTooLong,
    LongDash,
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


def canonical(text: str) -> str | tuple[Problem, ...]:
    """
    Return the canonical spelling of *text*, or why it has none.

    What `plain_address` knows need not come here.
    """
    if problems := text_problem(text):
        return problems
    if not text:
        return (Missing(),)
    if len(text) > MAX_LENGTH:
        return (TooLong(),)  # Nothing below looks at text of unbounded length.
    if "@" not in text and "<" not in text:
        return (NoAtSign(),)  # What email-validator says too, once it is loaded.
    return _canonical_by_email_validator(text)


def _canonical_by_email_validator(text: str) -> str | tuple[Problem, ...]:
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
        return (*_unlike_it_looks(text),) or (_problem_behind(str(refusal)),)
    local, domain, unicode_domain = found.local_part, found.ascii_domain, found.domain
    rules = (
        (EncodedWord, "=?" in local or "?=" in local),
        (RoutingCharacter, "%" in local or "!" in local),
        (SpecialUseDomain, domain.rpartition(".")[2] in SPECIAL_USE),
        (NoTopLevelDomain, not _TOP_LEVEL.fullmatch(domain.rpartition(".")[2])),
        # Two A-labels for one name would be two domains that look the same.
        (
            InvalidDomain,
            not unicode_domain.isascii() and domain != _encoded(unicode_domain),
        ),
    )
    problems = tuple(problem() for problem, is_broken in rules if is_broken)
    return problems or f"{local}@{domain}"


@lru_cache(maxsize=128)
def _encoded(domain: str) -> str:
    # A domain says little of a person, and many of an office share it.
    import idna

    return idna.encode(domain).decode()


#: What no top-level domain is spelled without: letters, or an A-label.
_TOP_LEVEL: Final = re.compile(r"[a-z]{2,}|xn--[a-z0-9-]+")

#: What phones, word processors and other keyboards write for an apostrophe: all that
#: looks like one (UTS #39, the confusables of U+0027).
_APOSTROPHES: Final = frozenset(
    "\xb4\u02b9\u02bb\u02bc\u02bd\u02be\u02c8\u02ca\u02cb\u0384\u055a\u05f3\u1fbd\u1fbf"
    "\u1ffd\u1ffe\u2018\u2019\u201b\u2032\u2035\ua78b\ua78c\uff07\uff40"
)

#: A joiner shows nothing either, where it joins no emoji.
_INVISIBLE: Final = re.compile(f"[{HIDDEN}\u200d]")


def _unlike_it_looks(text: str) -> Iterator[Problem]:
    """
    Yield the problems of *text* that people cannot see or tell from a right one.
    """
    if _INVISIBLE.search(text):
        yield InvisibleCharacter()
        return
    typed = {*text.partition("@")[0]}
    local = {c for c in typed if not c.isascii()}
    if local <= _APOSTROPHES | {*filter(_is_dash, local)}:
        if local & _APOSTROPHES:
            yield CurvedApostrophe()
        if any(map(_is_dash, text)):
            yield LongDash()
    elif local < typed and all(map(_is_blank_or_quote, local)):
        yield ForbiddenCharacter()  # They are no letters with accents.


def _is_blank_or_quote(character: str) -> bool:
    return unicodedata.category(character) in {"Zs", "Pi", "Pf", "Ps"}


def _is_dash(character: str) -> bool:
    is_dash = unicodedata.category(character) == "Pd" or character == "\N{MINUS SIGN}"
    return is_dash and not unicodedata.normalize("NFKC", character).isascii()


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
