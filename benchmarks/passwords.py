"""
What do passwords and a whole form cost, beside what one would write or install?

Run with ``python benchmarks/passwords.py``; it prints a table for each question.
Ours is measured before and after each peer, in one process, and a ratio is taken
to the mean of both, so that the moods of the machine touch all alike.
"""

import os
import platform
import secrets
import string
from collections.abc import Mapping
from functools import partial
from importlib.metadata import version
from typing import Annotated, Final

import django
import wtforms
import zxcvbn_rs_py
from comparing import compare
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.utils.crypto import get_random_string
from pydantic import AfterValidator, BaseModel, EmailStr, StringConstraints
from wtforms.validators import Email, Length
from zxcvbn import zxcvbn

from winbooks_identity import PasswordPolicy, WinBooksId
from winbooks_identity.adapters.zxcvbn_rs import ZxcvbnRsEstimator
from winbooks_identity.errors import Invalid
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.passwords.named import NIST_SINGLE_FACTOR


PEERS: Final = ("django", "pydantic", "wtforms", "zxcvbn", "zxcvbn-rs-py")

#: A form in one value each: address, password, first and last name, company.
VALID: Final = {
    "email": "an.peeters@example.com",
    "password": "Zeven-Blauwe-Vissen7",
    "first_name": "An",
    "last_name": "Peeters",
    "company": "Fiduciaire Peeters & Dubois BV",
}
WRONG: Final = {
    "email": "an.peeters",
    "password": "welkom",
    "first_name": "",
    "last_name": "",
    "company": "",
}

#: The worst that the estimator can be given: signs that stand for letters.
LEET: Final = "4@8({[<369&#!1/|0$5+7%2" * 3 + "4@8"

POLICY: Final = PasswordPolicy()

#: What the Portal might ask for instead.
NEW_POLICIES: Final = {
    "asks for all four kinds": PasswordPolicy(min_kinds=4),
    "forbids look-alikes": PasswordPolicy(forbidden_characters="0O1lI|"),
    "forbids a word": PasswordPolicy(forbidden_words=["winbooks"]),
    "denies three passwords": PasswordPolicy(
        denied=["Azerty123456", "Password1234", "Welkom2026!!"]
    ),
    "limits repetitions": PasswordPolicy(max_run=2),
}
WITH_A_WORD: Final = PasswordPolicy(forbidden_words=["winbooks"])
WITH_SOME: Final = PasswordPolicy(denied=[f"Welkom2026{n:06}" for n in range(1_000)])
WITH_WORDS: Final = PasswordPolicy(
    forbidden_words=[f"{n * 7919 % 100_000:06}-word" for n in range(100_000)]
)
ALPHABET: Final = string.ascii_letters + string.digits + string.punctuation


def main() -> None:
    """
    Print the tables.
    """
    settings.configure(USE_I18N=False)
    django.setup()
    print(
        f"{platform.machine()}, {os.cpu_count()} processors,"
        f" Python {platform.python_version()};",
        ", ".join(f"{name} {version(name)}" for name in PEERS),
    )
    form, filled, fast = django_form(), wtforms_form(), ZxcvbnRsEstimator()
    password, leet = VALID["password"], LEET
    compare(
        "Check the kinds and the length",
        lambda: POLICY.check(password),
        {
            "any() over each kind": lambda: naive_check(password),
            "Django, three validators": lambda: django_check(password),
        },
    )
    compare(
        "GeneratedPassword 16 characters",
        POLICY.generate,
        {
            "recipe in the documentation of secrets": recipe,
            "one of each kind, then shuffled": shuffled,
            "Django get_random_string, any kinds": lambda: get_random_string(16),
        },
    )
    compare(
        "Estimate the strength of 20 characters",
        lambda: POLICY.strength(password),
        {
            "winbooks-identity[fast]": lambda: POLICY.strength(
                password, estimator=fast
            ),
            "zxcvbn, bare": lambda: zxcvbn(password),
            "zxcvbn-rs, bare": lambda: zxcvbn_rs_py.zxcvbn(password),
        },
    )
    compare(
        "Estimate the strength of 72 signs that stand for letters",
        lambda: POLICY.strength(leet),
        {
            "winbooks-identity[fast]": lambda: POLICY.strength(leet, estimator=fast),
            "zxcvbn, bare": lambda: zxcvbn(leet),
        },
        rounds=3,
    )
    compare(
        "Compare the Portal's policy with one of NIST",
        lambda: POLICY.compare(NIST_SINGLE_FACTOR).relation,
        {
            f"with one that {what}": partial(relation_to, new)
            for what, new in NEW_POLICIES.items()
        },
    )
    compare(
        "Check a password against one forbidden word",
        lambda: WITH_A_WORD.check(password),
        {"against 100,000": lambda: WITH_WORDS.check(password)},
    )
    compare(
        "Find that a list of 1,000 denied passwords admits nothing new",
        lambda: POLICY.compare(WITH_SOME).relation,
        {"that a list of 100,000 is too large": too_large},
        rounds=3,
    )
    for what, values in (("valid", VALID), ("all wrong", WRONG)):
        compare(
            f"Check a form of five fields, {what}",
            partial(ours, values),
            {
                "Pydantic": partial(pydantic_form, values),
                "WTForms": partial(checked_by_wtforms, filled, values),
                "Django": partial(checked_by_django, form, values),
            },
        )


def relation_to(new: PasswordPolicy) -> object:
    """
    Return how *new* relates to the Portal's policy.
    """
    return POLICY.compare(new).relation


def checked_by_wtforms(filled: type[wtforms.Form], values: Mapping[str, str]) -> object:
    """
    Check *values* with a form in WTForms.
    """
    return filled(data=values).validate()


def checked_by_django(form: type[forms.Form], values: Mapping[str, str]) -> object:
    """
    Check *values* with a form in Django.
    """
    return form(values).is_valid()


def too_large() -> object:
    """
    Ask what cannot be answered exactly.
    """
    try:
        return POLICY.compare(WITH_WORDS).relation
    except Invalid as invalid:
        return invalid


def naive_check(password: str) -> bool:
    """
    Do what most applications do.
    """
    kinds = (
        any(c.islower() for c in password),
        any(c.isupper() for c in password),
        any(c.isdigit() for c in password),
        any(not c.isalnum() for c in password),
    )
    return 12 <= len(password) <= 128 and sum(kinds) >= 3


def three_of_four(password: str) -> str:
    """
    Return *password*, for frameworks that want an exception otherwise.
    """
    if not naive_check(password):
        raise ValueError("too weak")
    return password


VALIDATORS: Final = (
    MinimumLengthValidator(12),
    CommonPasswordValidator(),
    NumericPasswordValidator(),
)


def django_check(password: str) -> None:
    """
    Do what Django does; it has no rule about kinds.
    """
    validate_password(password, password_validators=VALIDATORS)


def recipe() -> str:
    """
    Draw until every kind is there, as the documentation of secrets shows.
    """
    while True:
        password = "".join(secrets.choice(ALPHABET) for _ in range(16))
        if naive_check(password):
            return password


def shuffled() -> str:
    """
    Take one of each kind and shuffle: the usual way, and not uniform.
    """
    kinds = (
        string.ascii_lowercase,
        string.ascii_uppercase,
        string.digits,
        string.punctuation,
    )
    drawn = [secrets.choice(kind) for kind in kinds]
    drawn += [secrets.choice(ALPHABET) for _ in range(12)]
    secrets.SystemRandom().shuffle(drawn)
    return "".join(drawn)


def ours(values: Mapping[str, str]) -> object:
    """
    Check every field and keep all problems.
    """
    return (
        WinBooksId.check(values["email"]),
        POLICY.check(values["password"]),
        PersonName.check(values["first_name"]),
        PersonName.check(values["last_name"]),
        CompanyName.check(values["company"]),
    )


Name = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class Model(BaseModel):
    """
    The form in Pydantic.
    """

    email: EmailStr
    password: Annotated[str, AfterValidator(three_of_four)]
    first_name: Name
    last_name: Name
    company: Name


def pydantic_form(values: Mapping[str, str]) -> object:
    """
    Check every field with Pydantic.
    """
    try:
        return Model.model_validate(values)
    except ValueError as error:
        return error


def wtforms_form() -> type[wtforms.Form]:
    """
    Return the form in WTForms.
    """

    def kinds(_: wtforms.Form, field: wtforms.Field) -> None:
        if not naive_check(field.data):
            raise wtforms.ValidationError("too weak")

    class Form(wtforms.Form):
        email = wtforms.StringField(validators=[Email()])
        password = wtforms.PasswordField(validators=[kinds])
        first_name = wtforms.StringField(validators=[Length(1, 100)])
        last_name = wtforms.StringField(validators=[Length(1, 100)])
        company = wtforms.StringField(validators=[Length(1, 100)])

    return Form


def django_form() -> type[forms.Form]:
    """
    Return the form in Django, with three of the validators that come with it.
    """

    def kinds(password: str) -> None:
        if not naive_check(password):
            raise ValidationError("too weak")

    class Form(forms.Form):
        email = forms.EmailField()
        password = forms.CharField(validators=[kinds, django_check])
        first_name = forms.CharField(max_length=100)
        last_name = forms.CharField(max_length=100)
        company = forms.CharField(max_length=100)

    return Form


if __name__ == "__main__":
    main()
