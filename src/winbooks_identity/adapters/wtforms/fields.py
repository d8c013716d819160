"""
Which fields of the creation form can a project's own form have?

A field may stay empty where `wtforms.validators.Optional` is among its
validators.  What was filled in is in its `value`, and `problems` say what is
wrong with it; its `data` stays what was typed, so that validators such as `EqualTo`
work.  `populate_obj` writes values, and so never a password in clear.
"""

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from functools import partial
from typing import Any, ClassVar, cast

import wtforms
from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta
from wtforms.validators import Optional, StopValidation

from ...dossier import Dossier, parse_number
from ...fields import Reading, read_box, read_each, read_secret, read_text
from ...forms.description import LANGUAGE_CHOICES, password_attributes
from ...language import Language
from ...level import Level
from ...names import CompanyName, PersonName
from ...passwords import PasswordJudge, PasswordPolicy
from ...passwords.breached import BreachedPasswords
from ...passwords.strength import StrengthEstimator
from ...phone import PhoneNumber
from ...problems import Problem
from ...role import Role
from ...texts import Translator
from ...winbooks_id import WinBooksId


__all__ = [
    "Box",
    "CheckBoxes",
    "CompanyNameField",
    "DossiersField",
    "LanguageField",
    "LevelField",
    "PasswordField",
    "PersonNameField",
    "PhoneField",
    "RolesField",
    "WinBooksIdField",
    "locale_of",
    "translator_of",
]


def locale_of(meta: DefaultMeta) -> str:
    """
    Return the language of a form: the first one of its ``Meta.locales``.
    """
    return next(iter(meta.locales or ("en",)))


def translator_of(meta: DefaultMeta) -> Translator | None:
    """
    Return a project's own words for a form: its ``Meta.translator``, if it has one.
    """
    return getattr(meta, "translator", None)


class Box(wtforms.BooleanField):
    """
    A box; what was sent for it is read as the library reads it.
    """

    def process_formdata(self, valuelist: list[Any]) -> None:
        """
        Take what was sent; a browser sends nothing for an empty box.
        """
        reading = read_box(valuelist[-1] if valuelist else None, default=False)
        is_ticked = not reading.problems and reading.value
        super().process_formdata(["on"] if is_ticked else [])

    def _value(self) -> str:
        return "on"  # And never what was sent.


class CheckBoxes(wtforms.SelectMultipleField):
    """
    Several choices, each with a box of its own.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401  WTForms' own.
        ours: dict[str, Any] = {
            "option_widget": wtforms.widgets.CheckboxInput(),
            "coerce": _as_text,
            "validate_choice": False,  # The library says what is wrong with one.
            "widget": wtforms.widgets.ListWidget(prefix_label=False),
        }
        super().__init__(*arguments, **(ours | options))


class _OneField(wtforms.Field):
    """
    A field by itself, read as the whole form reads it.
    """

    #: What makes its value of text.
    parse: ClassVar[Callable[..., object]]

    #: Whether it says who the person is, so that no password may rely on it.
    is_personal: ClassVar[bool] = False

    value: object = None
    problems: tuple[Problem, ...] = ()

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401  WTForms' own.
        super().__init__(*arguments, **options)
        if not self._may_be_empty:
            self.flags.required = True

    @property
    def _may_be_empty(self) -> bool:
        return any(isinstance(each, Optional) for each in self.validators)

    def populate_obj(self, obj: object, name: str) -> None:
        """
        Put the value into *obj*: `None`, where nothing was read.
        """
        setattr(obj, name, self.value)

    def read(self, form: BaseForm, default: tuple[None, ...]) -> Reading[object]:
        """
        Return what the field of *form* holds; it is mandatory without a *default*.
        """
        del form
        return read_text(self.data, type(self).parse, *default)

    def pre_validate(self, form: BaseForm) -> None:
        """
        Add a sentence for every problem, instead of only the first.
        """
        reading = self.read(form, (None,) if self._may_be_empty else ())
        self.problems = reading.problems
        if self.problems:
            locale, translator = locale_of(form.meta), translator_of(form.meta)
            sentences = (
                each.message(locale, translator=translator) for each in self.problems
            )
            # It is a list while WTForms validates.
            cast("list[str]", self.errors).extend(sentences)
            raise StopValidation
        self.value = reading.value


class WinBooksIdField(_OneField, wtforms.EmailField):
    """
    Its `value` is a `WinBooksId`.
    """

    parse: ClassVar[Callable[..., object]] = WinBooksId.parse
    is_personal: ClassVar[bool] = True


class PersonNameField(_OneField, wtforms.StringField):
    """
    Its `value` is a `PersonName`.
    """

    parse: ClassVar[Callable[..., object]] = PersonName.parse
    is_personal: ClassVar[bool] = True


class CompanyNameField(_OneField, wtforms.StringField):
    """
    Its `value` is a `CompanyName`.
    """

    parse: ClassVar[Callable[..., object]] = CompanyName.parse
    is_personal: ClassVar[bool] = True


class PhoneField(_OneField, wtforms.TelField):
    """
    Its `value` is a `PhoneNumber`, as *phone* reads it.
    """

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401  WTForms' own.
        phone: Callable[[str], PhoneNumber] = PhoneNumber.parse,
        **options: Any,  # noqa: ANN401  WTForms' own.
    ) -> None:
        super().__init__(*arguments, **options)
        self._phone = phone

    def read(self, form: BaseForm, default: tuple[None, ...]) -> Reading[object]:
        """
        Return the phone number.
        """
        del form
        return read_text(self.data, self._phone, *default)


class _ChoiceField(_OneField, wtforms.SelectField):
    """
    A field with one choice.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401  WTForms' own.
        ours: dict[str, Any] = {"coerce": _as_text, "validate_choice": False}
        super().__init__(*arguments, **(ours | options))


class LevelField(_ChoiceField):
    """
    Its `value` is a `Level`, chosen from all of them.
    """

    parse: ClassVar[Callable[..., object]] = Level.parse

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401  WTForms' own.
        super().__init__(*arguments, **options)
        locale, translator = locale_of(self.meta), translator_of(self.meta)
        _offer(
            self,
            [
                (level.value, level.label(locale, translator=translator))
                for level in Level
            ],
        )


class LanguageField(_ChoiceField):
    """
    Its `value` is a `Language`, chosen from all of them.
    """

    parse: ClassVar[Callable[..., object]] = Language.parse

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401  WTForms' own.
        super().__init__(*arguments, **options)
        _offer(self, [(choice.value, choice.label()) for choice in LANGUAGE_CHOICES])


class _ChoicesField(_OneField, CheckBoxes):
    """
    A field with several choices; its `value` is a frozen set.
    """

    def read(self, form: BaseForm, default: tuple[None, ...]) -> Reading[object]:
        """
        Return the choices; one is mandatory without a *default*.
        """
        del form
        return read_each(self.data, type(self).parse, is_required=not default)


class RolesField(_ChoicesField):
    """
    Its `value` is a frozen set of `Role`, chosen from all of them.
    """

    parse: ClassVar[Callable[..., object]] = Role.parse

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401  WTForms' own.
        super().__init__(*arguments, **options)
        _offer(self, [(role.value, role.value) for role in Role])


class DossiersField(_ChoicesField):
    """
    Its `value` is a frozen set of numbers, chosen from those of *dossiers*.
    """

    parse: ClassVar[Callable[..., object]] = parse_number

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401  WTForms' own.
        dossiers: Sequence[Dossier] = (),
        **options: Any,  # noqa: ANN401  WTForms' own.
    ) -> None:
        super().__init__(*arguments, **options)
        _offer(self, [(dossier.number, dossier.name.text) for dossier in dossiers])


class PasswordField(_OneField, wtforms.PasswordField):
    """
    Its `value` is a `Password` that keeps to *policy*; nothing of it is trimmed.

    It must not rely on what the form says of the person, where the policy says
    so: on the WinBooks IDs and names in other fields of this module.

    Args:
        arguments: what every field of WTForms takes.
        policy: what it keeps to; the Portal's by default.
        breached: where leaked passwords are looked up; without it, the look-up
            counts as failed.
        estimator: who scores the strength; zxcvbn by default.
        personal_fields: the names of more fields of the form that say who the
            person is.
        options: what every field of WTForms takes.
    """

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401  WTForms' own.
        policy: PasswordPolicy | None = None,
        breached: BreachedPasswords | None = None,
        estimator: StrengthEstimator | None = None,
        personal_fields: Sequence[str] = (),
        **options: Any,  # noqa: ANN401  WTForms' own.
    ) -> None:
        self._judge = PasswordJudge(
            policy=policy or PasswordPolicy(), breached=breached, estimator=estimator
        )
        self._personal_fields = frozenset(personal_fields)
        own: dict[str, Any] = options.get("render_kw") or {}
        options["render_kw"] = {**password_attributes(self._judge.policy), **own}
        super().__init__(*arguments, **options)

    def read(self, form: BaseForm, default: tuple[None, ...]) -> Reading[object]:
        """
        Return the password, judged for the person in *form*.
        """
        judged = partial(self._judge.parse, personal=tuple(self._known(form)))
        return read_secret(self.data, judged, *default)

    def _known(self, form: BaseForm) -> Iterator[str]:
        for field in form:
            named = field.short_name in self._personal_fields
            if named or getattr(field, "is_personal", False):
                yield str(field.data or "")


def _offer(field: wtforms.SelectField, choices: list[tuple[str, str]]) -> None:
    field.choices = choices


def _as_text(value: object) -> str:
    return str(value.value) if isinstance(value, Enum) else str(value)
