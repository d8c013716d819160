"""
What can a policy tell a browser, and the person in front of it?

All of it is read off the policy's own fields, so that the help text, the live
check and the hint to a password manager cannot disagree with the check on the
server. The browser's answers are hints: the server decides.
"""

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from .. import texts
from ..errors import Invalid
from ..problems import Problem
from ..texts.export import templates
from . import problems
from .breached import BreachCheck
from .canonical import GROWTH, Kind
from .checking import TOO_FEW, TOO_MANY
from .comparison import PolicyComparison
from .consistency import witness
from .rules import Rules


__all__ = [
    "description",
    "element_module",
    "es_module",
    "help_texts",
    "html_attributes",
    "npm_package",
    "password_rules",
]

#: What a password manager may use of each kind: all letters and digits, and the
#: special characters that no keyboard, no form and no mail spoils.
_MANAGED: Final = {
    Kind.LOWER: "abcdefghijklmnopqrstuvwxyz",
    Kind.UPPER: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    Kind.DIGIT: "0123456789",
    Kind.SPECIAL: "-!$%()*+,./:;=?_",
}

#: The minimum that password managers are asked for; it costs nothing.
_MANAGED_LENGTH: Final = 16


def help_texts(
    policy: Rules, locale: str, translator: texts.Translator | None = None
) -> tuple[str, ...]:
    """
    Return what *policy* asks for, one sentence a rule, before anything is typed.
    """
    return tuple(sentence for _, sentence in _asked(policy, locale, translator))


def _asked(
    policy: Rules, locale: str, translator: texts.Translator | None
) -> Iterator[tuple[str | None, str]]:
    """
    Yield each rule: the code of its breach, or none where the server decides.
    """

    def said(rule: str, **params: int) -> str:
        code = f"password_help.{rule}"
        return texts.text(code, locale, params, translator=translator)

    yield problems.TooShort.code, said("length", minimum=policy.min_length)
    for problem in _limits(policy):
        yield problem.code, problem.message(locale, translator=translator)
    switches = {
        "words": policy.forbidden_words + policy.forbidden_spellings,
        "denied": policy.denied + policy.denied_spellings,
        "common_words": policy.word_lists and not policy.refuse_familiar,
        "common_word_found": policy.word_lists and policy.refuse_familiar,
        "personal_words": policy.personal_words and not policy.refuse_familiar,
        "personal_word_found": policy.personal_words and policy.refuse_familiar,
        "strength": policy.min_strength,
        "breach_check": policy.breach_check is not BreachCheck.OFF,
    }
    decided = {"words": problems.ForbiddenWord.code, "denied": problems.Denied.code}
    for rule, is_on in switches.items():
        if is_on:
            yield decided.get(rule), said(rule)


def _limits(policy: Rules) -> Iterator[Problem]:
    """
    Yield the problems whose sentences say a rule as well as its breach.
    """
    if policy.min_kinds:
        yield problems.TooFewKinds(policy.min_kinds)
    for kind in Kind:
        if least := policy.minimum_of(kind):
            yield TOO_FEW[kind](least)
    for kind in Kind:
        if (most := policy.maximum_of(kind)) is not None:
            yield TOO_MANY[kind](most)
    if policy.allowed_characters is not None:
        yield problems.CharacterNotAllowed(policy.allowed_characters)
    if policy.forbidden_characters:
        yield problems.CharacterForbidden(policy.forbidden_characters)
    if policy.max_run is not None:
        yield problems.RunTooLong(policy.max_run)
    yield problems.TooLong(policy.max_length)


def description(
    policy: Rules, locale: str, translator: texts.Translator | None = None
) -> dict[str, object]:
    """
    Return *policy* as JSON data for `es_module`, with sentences in one language.
    """
    language = texts.language_of(locale)
    return {
        "growth": GROWTH,
        "min_length": policy.min_length,
        "max_length": policy.max_length,
        "min_kinds": policy.min_kinds,
        "least": {kind.value: policy.minimum_of(kind) for kind in Kind},
        "most": {kind.value: policy.maximum_of(kind) for kind in Kind},
        "allowed_characters": policy.allowed_characters,
        "forbidden_characters": policy.forbidden_characters,
        "max_run": policy.max_run,
        "forbidden_words": [word.casefold() for word in policy.forbidden_words],
        "forbidden_spellings": list(policy.forbidden_spellings),
        "denied": [word.casefold() for word in policy.denied],
        "denied_spellings": list(policy.denied_spellings),
        "server_only": list(policy.undecidable_rules),
        "help": list(help_texts(policy, locale, translator)),
        "rules": [
            {"code": code, "sentence": sentence}
            for code, sentence in _asked(policy, locale, translator)
        ],
        "ones": list(texts.ones(language)),
        "sentences": {
            code: sentence._asdict() if isinstance(sentence, texts.Plural) else sentence
            for code, sentence in templates(locale, translator).items()
            if code.startswith("password.")
            or code in {"field.not_text", "field.hidden_character"}
        },
    }


def es_module() -> str:
    """
    Return the JavaScript module that checks a text against a `description`.
    """
    return npm_package().joinpath("password-policy.mjs").read_text("utf-8")


def element_module() -> str:
    """
    Return the module of the element, which imports ``./password-policy.mjs``.
    """
    return npm_package().joinpath("password-element.mjs").read_text("utf-8")


def npm_package() -> Path:
    """
    Return the folder with that module and its types, as npm installs it.

    There is no build step: ``npm install`` takes the folder as it is.
    """
    return Path(str(files("winbooks_identity.passwords"))) / "javascript"


@lru_cache(maxsize=16)
def password_rules(policy: Rules) -> str:
    """
    Return what a password manager may generate, as the attribute ``passwordrules``.

    The notation cannot say "three of four kinds", so all four are asked for. It
    is given only when every password that it allows is accepted, decided by
    comparing policies; otherwise it is empty.
    """
    managed = _managed(policy)
    if managed is None:
        return ""
    rules = [f"minlength: {managed.min_length}", f"maxlength: {managed.max_length}"]
    allowed = managed.allowed_characters or ""
    for kind, characters in _MANAGED.items():
        kept = "".join(one for one in characters if one in allowed)
        rules.append(
            f"required: {kind.value}"
            if kept == characters and kind is not Kind.SPECIAL
            else f"required: [{kept}]"
        )
    if managed.max_run is not None:
        rules.append(f"max-consecutive: {managed.max_run}")
    return "; ".join(rules) + ";"


def _managed(policy: Rules) -> Rules | None:
    """
    Return the policy of what a password manager may generate, if it is proved.
    """
    allowed = policy.allowed_characters
    characters = "".join(
        one
        for one in "".join(_MANAGED.values())
        if (allowed is None or one in allowed)
        and one not in policy.forbidden_characters
    )
    try:
        managed = Rules(
            min_length=max(policy.min_length, _MANAGED_LENGTH),
            max_length=policy.max_length,
            min_kinds=len(Kind),
            allowed_characters=characters,
            max_run=policy.max_run,
        )
        witness(managed)
        refused = PolicyComparison(managed, policy).newly_refused
    except Invalid:
        # Nothing can be generated like that, or the proof would be too large.
        return None
    return managed if refused is None else None


def html_attributes(policy: Rules, described_by: str) -> dict[str, str]:
    """
    Return the attributes of an ``<input>`` for a new password.

    There is no ``maxlength``: browsers cut what is pasted without a word.

    Args:
        policy: what is asked for.
        described_by: the id of the element with the help texts; may be empty.
    """
    attributes = {
        "type": "password",
        "autocomplete": "new-password",
        "autocapitalize": "none",
        "spellcheck": "false",
        # It counts UTF-16 units of what is typed: no keyboard has the few characters
        # that the server takes for several.
        "minlength": str(policy.min_length),
    }
    if rules := password_rules(policy):
        attributes["passwordrules"] = rules
    if described_by:
        attributes["aria-describedby"] = described_by
    return attributes
