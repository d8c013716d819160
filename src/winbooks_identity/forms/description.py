"""
What does the creation form show, field by field, before it is filled in?

The one description that every form adapter renders.  It is in no language yet:
labels and help are asked for with the reader's locale, when they are shown.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Final, final

import attrs

from .. import texts
from ..dossier import Dossier
from ..errors import Invalid, InvalidFields, Refused
from ..language import Language
from ..licence import Licence
from ..passwords import PasswordPolicy
from ..problems import Problem
from .new_user import NewUser


__all__ = [
    "LANGUAGE_CHOICES",
    "WHOLE_FORM",
    "Choice",
    "FormDescription",
    "FormField",
    "Input",
    "SummaryLine",
    "error_summary",
    "password_attributes",
    "problems_by_field",
]

#: In the place of a field's name, where a problem belongs to no field.
WHOLE_FORM: Final = ""


@final
class Input(Enum):
    """
    How a field is filled in.
    """

    EMAIL = "email"
    PASSWORD = "password"  # noqa: S105  The kind of field, not a secret.
    TEXT = "text"
    PHONE = "tel"
    BOX = "checkbox"
    ONE_OF = "one_of"
    SOME_OF = "some_of"
    SHOWN = "shown"


@final
@attrs.frozen(kw_only=True)
class Choice:
    """
    A value that a field offers, with what the reader sees of it.

    `name` is what is the same in every language; `code` finds the rest.
    """

    value: str
    name: str | None = None
    code: str | None = None

    def label(
        self, locale: str = "en", *, translator: texts.Translator | None = None
    ) -> str:
        """
        Return the choice's name in the language of *locale*, or *translator*'s.
        """
        if self.name is not None or self.code is None:
            return self.name or self.value
        return texts.text(self.code, locale, translator=translator)

    def help(
        self, locale: str = "en", *, translator: texts.Translator | None = None
    ) -> str:
        """
        Return what the choice means, or nothing where it speaks for itself.
        """
        if self.code is None:
            return ""
        return texts.text(f"{self.code}.help", locale, translator=translator)


#: Each under its own name, so that readers find theirs in any language.
LANGUAGE_CHOICES: Final = (
    Choice(value=Language.DUTCH.value, name="Nederlands"),
    Choice(value=Language.FRENCH.value, name="Français"),
    Choice(value=Language.ENGLISH.value, name="English"),
)


@final
@attrs.frozen(kw_only=True)
class FormField:
    """
    One field of the form.

    `attributes` are those of its HTML element, beside ``name`` and ``type``;
    `initial` is what an untouched form shows; `policy` is what a password keeps to,
    where one is chosen.
    """

    name: str
    input: Input
    is_required: bool = False
    choices: tuple[Choice, ...] = ()
    initial: str | bool = ""
    attributes: Mapping[str, str] = attrs.field(factory=dict[str, str])
    policy: PasswordPolicy | None = None

    def label(
        self, locale: str = "en", *, translator: texts.Translator | None = None
    ) -> str:
        """
        Return the field's name on the Portal in the language of *locale*.

        Args:
            locale: the reader's.
            translator: a product's own words, asked first.
        """
        return texts.text(f"form.{self.name}", locale, translator=translator)

    def help(
        self, locale: str = "en", *, translator: texts.Translator | None = None
    ) -> str:
        """
        Return what to fill in, or nothing where the label says it all.

        Where the choices need explaining, it explains each of them.  [R25]
        Of a password it also says which rules no browser can check.
        """
        if self.policy is not None:
            asked = self.policy.help(locale, translator=translator)
            on_sending = (
                texts.text(f"form.on_sending.{rule}", locale, translator=translator)
                for rule in self.policy.undecidable_rules
            )
            return " ".join((*asked, *on_sending))
        code = f"form.{self.name}.help"
        if code in texts.sentences(texts.LANGUAGES[0]):
            return texts.text(code, locale, translator=translator)
        explained = (
            (
                choice.label(locale, translator=translator),
                choice.help(locale, translator=translator),
            )
            for choice in self.choices
        )
        return " ".join(f"{label} \u2013 {text}" for label, text in explained if text)


@final
@attrs.frozen(kw_only=True)
class FormDescription:
    """
    The creation form for one kind of user, its fields in the order of the screen.
    """

    fields: tuple[FormField, ...]

    @classmethod
    def of(
        cls,
        kind: type[NewUser],
        *,
        licence: Licence,
        dossiers: Sequence[Dossier] = (),
        policy: PasswordPolicy | None = None,
    ) -> "FormDescription":
        """
        Describe the form that makes a new *kind* of user in *licence*.

        Args:
            kind: `NewEmployee` or `NewEndCustomer`.
            licence: where the user is made; the form shows its holder.  [R31]
            dossiers: what the creator can give access to.
            policy: what a typed password keeps to; the Portal's by default.
        """
        return cls(
            fields=tuple(_fields(kind, licence, dossiers, policy or PasswordPolicy()))
        )

    def __getitem__(self, name: str) -> FormField:
        """
        Return the field called *name*.

        Raises:
            KeyError: the form has no such field.
        """
        return {field.name: field for field in self.fields}[name]

    def read(self, sent: Iterable[tuple[str, str]]) -> dict[str, object]:
        """
        Return what a browser *sent*, as `NewUser.parse` takes it.

        A browser leaves out the boxes that are not ticked, so a missing box
        is an empty one.  What the form does not have is left alone.

        Args:
            sent: names and values, a name once for each of its values.
        """
        values: dict[str, list[str]] = {}
        for name, value in sent:
            values.setdefault(name, []).append(value)
        form: dict[str, object] = {}
        for field in self.fields:
            given = values.get(field.name, [])
            if field.input is Input.SOME_OF:
                form[field.name] = given
            elif given:
                form[field.name] = given[-1]
            elif field.input is Input.BOX:
                form[field.name] = False
        return form


@final
@attrs.frozen(kw_only=True)
class SummaryLine:
    """
    One line of the summary above a refused form.

    `anchor` is the ``id`` of the field's element, where a link leads to.
    """

    field: str
    anchor: str
    sentence: str


def problems_by_field(
    error: Invalid | InvalidFields | Refused,
) -> Mapping[str, tuple[Problem, ...]]:
    """
    Return the problems that *error* carries, by the field they belong to.

    Those that belong to no field are under `WHOLE_FORM`.
    """
    if isinstance(error, InvalidFields):
        return error.by_field
    field = error.field if isinstance(error, Refused) else None
    return {field or WHOLE_FORM: error.problems}


def error_summary(
    problems: Mapping[str, Sequence[Problem]],
    locale: str = "en",
    *,
    translator: texts.Translator | None = None,
) -> tuple[SummaryLine, ...]:
    """
    Return every problem as a line for the summary above the form.

    Args:
        problems: by field, as `problems_by_field` returns them.
        locale: the reader's.
        translator: a product's own words, asked first.
    """
    return tuple(
        SummaryLine(
            field=field,
            anchor=field,
            sentence=problem.message(locale, translator=translator),
        )
        for field, found in problems.items()
        for problem in found
    )


def password_attributes(policy: PasswordPolicy) -> dict[str, str]:
    """
    Return the attributes of an element that asks for a new password, but its type.
    """
    attributes = policy.html_attributes()
    return {name: attributes[name] for name in attributes if name != "type"}


def _fields(
    kind: type[NewUser],
    licence: Licence,
    dossiers: Sequence[Dossier],
    policy: PasswordPolicy,
) -> Iterator[FormField]:
    defaults = kind.defaults(licence)
    yield FormField(
        name="winbooks_id",
        input=Input.EMAIL,
        is_required=True,
        attributes={**_ANOTHER_PERSON, "autocapitalize": "none", "spellcheck": "false"},
    )
    is_on_web = kind.is_on_web(licence)
    yield FormField(
        name="password",
        input=Input.PASSWORD,
        is_required=is_on_web,
        attributes=_KNOWN_PASSWORD if is_on_web else password_attributes(policy),
        policy=None if is_on_web else policy,
    )
    if not is_on_web:
        yield FormField(name="generate_password", input=Input.BOX, initial=False)
    yield FormField(
        name="level",
        input=Input.ONE_OF,
        is_required=not defaults.level,
        choices=tuple(
            Choice(value=level.value, code=f"level.{level.name.lower()}")
            for level in kind.possible_levels()
        ),
        initial=defaults.level[0].value if defaults.level else "",
    )
    yield FormField(name="licence", input=Input.SHOWN, initial=licence.holder.text)
    yield FormField(name="activate", input=Input.BOX, initial=True)
    yield FormField(name="send_credentials", input=Input.BOX, initial=False)
    yield FormField(
        name="dossiers",
        input=Input.SOME_OF,
        is_required=bool(kind.check_dossiers(frozenset())),
        choices=tuple(
            Choice(value=dossier.number, name=dossier.name.text) for dossier in dossiers
        ),
    )
    yield FormField(
        name="roles",
        input=Input.SOME_OF,
        is_required=bool(kind.check_roles(frozenset())),
        choices=tuple(
            Choice(value=role.value, name=role.value, code=f"role.{role.name.lower()}")
            for role in kind.possible_roles()
        ),
    )
    yield FormField(name="notify_all_dossiers", input=Input.BOX, initial=False)
    for name in ("first_name", "last_name"):
        yield FormField(
            name=name, input=Input.TEXT, is_required=True, attributes=_ANOTHER_PERSON
        )
    yield FormField(
        name="company_name",
        input=Input.TEXT,
        is_required=not defaults.company,
        initial=defaults.company[0].text if defaults.company else "",
        attributes=_ANOTHER_PERSON,
    )
    yield FormField(name="phone", input=Input.PHONE, attributes=_ANOTHER_PERSON)
    yield FormField(
        name="language",
        input=Input.ONE_OF,
        is_required=not defaults.language,
        choices=LANGUAGE_CHOICES,
        initial=defaults.language[0].value if defaults.language else "",
    )


#: The form is about another person than the one at the keyboard, whose own name
#: and address a browser would fill in.
_ANOTHER_PERSON: Final[Mapping[str, str]] = {"autocomplete": "off"}

#: The password of on Web exists, and keeps to no rules of the Portal.  [R60]
_KNOWN_PASSWORD: Final = {
    **_ANOTHER_PERSON,
    "autocapitalize": "none",
    "spellcheck": "false",
}
