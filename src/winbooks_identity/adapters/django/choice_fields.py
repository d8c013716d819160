"""
Which fields of the creation form offer choices?
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django import forms

from ...dossier import Dossier, parse_number
from ...fields import Reading, read_each
from ...forms.description import LANGUAGE_CHOICES
from ...language import Language
from ...level import Level
from ...role import Role
from .fields import OneField
from .messages import late


__all__ = [
    "NOTHING_CHOSEN",
    "DossiersField",
    "LanguageField",
    "LevelField",
    "RolesField",
]

#: What Django itself shows for it.
NOTHING_CHOSEN: Final = ("", "---------")


class _OffersChoices(OneField):
    """
    A field whose choices are those of its element, whichever a project gives it.
    """

    def __init__(
        self,
        parse: Callable[[str], object],
        widget: forms.Widget,
        choices: Sequence[tuple[str, str]],
        options: Mapping[str, Any],
    ) -> None:
        super().__init__(parse, widget, options)
        self.choices = choices

    @property
    def choices(self) -> Sequence[tuple[str, str]]:
        """
        Return what can be chosen: each value, and what the page shows for it.
        """
        offered: Any = self.widget
        return [*offered.choices]

    @choices.setter
    def choices(self, choices: Sequence[tuple[str, str]]) -> None:
        offered: Any = self.widget
        offered.choices = choices


class _ChoiceField(_OffersChoices):
    """
    A field with one choice; none is chosen by itself.
    """

    def __init__(
        self,
        parse: Callable[[str], object],
        choices: Sequence[tuple[str, str]],
        options: Mapping[str, Any],
    ) -> None:
        is_settled = options.get("required", True) and options.get("initial")
        offered = choices if is_settled else [NOTHING_CHOSEN, *choices]
        super().__init__(parse, forms.Select(), offered, options)


class LevelField(_ChoiceField):
    """
    Holds a `Level`, chosen from all of them.
    """

    def __init__(self, **options: Any) -> None:
        choices = [(level.value, late(level.label)) for level in Level]
        super().__init__(Level.parse, choices, options)


class LanguageField(_ChoiceField):
    """
    Holds a `Language`, chosen from all of them.
    """

    def __init__(self, **options: Any) -> None:
        choices = [(choice.value, choice.label()) for choice in LANGUAGE_CHOICES]
        super().__init__(Language.parse, choices, options)


class _ChoicesField(_OffersChoices):
    """
    A field with several choices; its value is a frozen set.
    """

    def __init__(
        self,
        parse: Callable[[str], object],
        choices: Sequence[tuple[str, str]],
        options: Mapping[str, Any],
    ) -> None:
        super().__init__(parse, forms.CheckboxSelectMultiple(), choices, options)

    def read(self, given: object, default: tuple[None, ...]) -> Reading[object]:
        """
        Return the choices; one is mandatory without a *default*.
        """
        return read_each(given, self._parse, is_required=not default)


class RolesField(_ChoicesField):
    """
    Holds a frozen set of `Role`, chosen from all of them.
    """

    def __init__(self, **options: Any) -> None:
        choices = [(role.value, role.value) for role in Role]
        super().__init__(Role.parse, choices, options)


class DossiersField(_ChoicesField):
    """
    Holds a frozen set of numbers, chosen from those of *dossiers*.
    """

    def __init__(
        self,
        dossiers: Sequence[Dossier] = (),
        **options: Any,
    ) -> None:
        choices = [(dossier.number, dossier.name.text) for dossier in dossiers]
        super().__init__(parse_number, choices, options)
