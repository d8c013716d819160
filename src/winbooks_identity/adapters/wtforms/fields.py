"""
Which fields of the creation form can a form of one's own have?

A field may stay empty where `wtforms.validators.Optional` is among its
validators.  What was filled in is in its `value`, and `problems` say what is
wrong with it; its `data` stays what was typed.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, Final, cast

import wtforms
from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta
from wtforms.validators import Optional, StopValidation

from ...dossier import Dossier, parse_number
from ...fields import Fields, Reading
from ...forms.description import LANGUAGE_CHOICES, password_attributes
from ...language import Language
from ...level import Level
from ...names import CompanyName, PersonName
from ...passwords import PasswordPolicy
from ...phone import PhoneNumber
from ...problems import Missing, Problem
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

#: What a field by itself is called while it is read.
_NAME: Final = "field"


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
        box = Fields({_NAME: valuelist[-1] if valuelist else False})
        reading = box.box(_NAME, default=False)
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
            "validate_choice": False,  # The library says what is wrong with one.
            "widget": wtforms.widgets.ListWidget(prefix_label=False),
        }
        super().__init__(*arguments, **(ours | options))


class _OneField(wtforms.Field, ABC):
    """
    A field by itself, read as the whole form reads it.
    """

    value: object = None
    problems: tuple[Problem, ...] = ()

    @abstractmethod
    def read(self, fields: Fields, default: tuple[None, ...]) -> Reading[object]:
        """
        Return what the field holds; it is mandatory without a *default*.
        """

    def pre_validate(self, form: BaseForm) -> None:
        """
        Add a sentence for every problem, instead of only the first.
        """
        is_optional = any(isinstance(each, Optional) for each in self.validators)
        reading = self.read(Fields({_NAME: self.data}), (None,) if is_optional else ())
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

    def read(self, fields: Fields, default: tuple[None, ...]) -> Reading[object]:
        """
        Return the WinBooks ID.
        """
        return fields.read(_NAME, WinBooksId.parse, *default)


class PersonNameField(_OneField, wtforms.StringField):
    """
    Its `value` is a `PersonName`.
    """

    def read(self, fields: Fields, default: tuple[None, ...]) -> Reading[object]:
        """
        Return the name.
        """
        return fields.read(_NAME, PersonName.parse, *default)


class CompanyNameField(_OneField, wtforms.StringField):
    """
    Its `value` is a `CompanyName`.
    """

    def read(self, fields: Fields, default: tuple[None, ...]) -> Reading[object]:
        """
        Return the name.
        """
        return fields.read(_NAME, CompanyName.parse, *default)


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

    def read(self, fields: Fields, default: tuple[None, ...]) -> Reading[object]:
        """
        Return the phone number.
        """
        return fields.read(_NAME, self._phone, *default)


class LevelField(_OneField, wtforms.SelectField):
    """
    Its `value` is a `Level`, chosen from all of them.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401  WTForms' own.
        super().__init__(*arguments, **{"validate_choice": False, **options})
        locale, translator = locale_of(self.meta), translator_of(self.meta)
        _offer(
            self,
            [
                (level.value, level.label(locale, translator=translator))
                for level in Level
            ],
        )

    def read(self, fields: Fields, default: tuple[None, ...]) -> Reading[object]:
        """
        Return the level.
        """
        return fields.read(_NAME, Level.parse, *default)


class LanguageField(_OneField, wtforms.SelectField):
    """
    Its `value` is a `Language`, chosen from all of them.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401  WTForms' own.
        super().__init__(*arguments, **{"validate_choice": False, **options})
        _offer(self, [(choice.value, choice.label()) for choice in LANGUAGE_CHOICES])

    def read(self, fields: Fields, default: tuple[None, ...]) -> Reading[object]:
        """
        Return the language.
        """
        return fields.read(_NAME, Language.parse, *default)


class RolesField(_OneField, CheckBoxes):
    """
    Its `value` is a frozen set of `Role`, chosen from all of them.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401  WTForms' own.
        super().__init__(*arguments, **options)
        _offer(self, [(role.value, role.value) for role in Role])

    def read(self, fields: Fields, default: tuple[None, ...]) -> Reading[object]:
        """
        Return the roles.
        """
        return _some(fields.read_each(_NAME, Role.parse), default)


class DossiersField(_OneField, CheckBoxes):
    """
    Its `value` is a frozen set of numbers, chosen from those of *dossiers*.
    """

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401  WTForms' own.
        dossiers: Sequence[Dossier] = (),
        **options: Any,  # noqa: ANN401  WTForms' own.
    ) -> None:
        super().__init__(*arguments, **options)
        _offer(self, [(dossier.number, dossier.name.text) for dossier in dossiers])

    def read(self, fields: Fields, default: tuple[None, ...]) -> Reading[object]:
        """
        Return the numbers.
        """
        return _some(fields.read_each(_NAME, parse_number), default)


class PasswordField(_OneField, wtforms.PasswordField):
    """
    Its `value` is a `Password` that keeps to *policy*; nothing of it is trimmed.
    """

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401  WTForms' own.
        policy: PasswordPolicy | None = None,
        **options: Any,  # noqa: ANN401  WTForms' own.
    ) -> None:
        self._policy = policy or PasswordPolicy()
        own: dict[str, Any] = options.get("render_kw") or {}
        options["render_kw"] = {**password_attributes(self._policy), **own}
        super().__init__(*arguments, **options)

    def read(self, fields: Fields, default: tuple[None, ...]) -> Reading[object]:
        """
        Return the password.
        """
        typed = fields.secret(_NAME, self._policy.parse)
        problems = () if default else (Missing(),)
        return typed or Reading[object](*default, problems=problems)


def _offer(field: wtforms.SelectField, choices: list[tuple[str, str]]) -> None:
    field.choices = choices


def _some(
    chosen: Reading[frozenset[Any]], default: tuple[None, ...]
) -> Reading[object]:
    if default or chosen.problems or chosen.value:
        return chosen
    return Reading[object](problems=(Missing(),))
