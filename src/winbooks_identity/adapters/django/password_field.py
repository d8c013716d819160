"""
Which field holds a password, and whom must it not rely on?
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from ...fields import Reading, read_secret
from ...forms.description import password_attributes
from ...passwords import Password, PasswordJudge, PasswordPolicy
from ...passwords.breached import BreachedPasswords
from ...passwords.strength import StrengthEstimator
from .fields import OneField


__all__ = ["PasswordField"]


class PasswordField(OneField):
    """
    Holds a `Password` that keeps to *policy*; it is not trimmed and never shown again.

    It must not rely on what the form says of the person, where the policy says
    so: on the WinBooks IDs and names in fields of this app.

    Args:
        policy: what it keeps to; the Portal's by default.
        breached: where leaked passwords are looked up; without it, the look-up
            counts as failed.
        estimator: who scores the strength; zxcvbn by default.
        personal_fields: the names of more fields of the form that say who the
            person is.
        options: what every Django field takes.
    """

    def __init__(
        self,
        policy: PasswordPolicy | None = None,
        *,
        breached: BreachedPasswords | None = None,
        estimator: StrengthEstimator | None = None,
        personal_fields: Sequence[str] = (),
        **options: Any,
    ) -> None:
        judge = PasswordJudge(
            policy=policy or PasswordPolicy(), breached=breached, estimator=estimator
        )
        attributes = password_attributes(judge.policy)
        super().__init__(Password, forms.PasswordInput(attributes), options)
        self._judge = judge
        self._personal_fields = frozenset(personal_fields)
        self._form: forms.BaseForm | None = None

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundField:
        """
        Return the field on *form*, whose other fields say who the person is.
        """
        self._form = form
        return super().get_bound_field(form, field_name)

    def has_changed(self, initial: object, data: object) -> bool:
        """
        Tell whether a password was typed; none is ever shown.
        """
        del initial
        return bool(data)

    def read(self, given: object, default: tuple[None, ...]) -> Reading[object]:
        """
        Return the password; it is mandatory without a *default*.
        """
        judged = partial(self._judge.parse, personal=tuple(self._known()))
        return read_secret(given, judged, *default)

    def _known(self) -> Iterator[str]:
        if self._form is None:
            return
        for name, field in self._form.fields.items():
            if name in self._personal_fields or getattr(field, "is_personal", False):
                bound = self._form[name]
                yield str((bound.initial if field.disabled else bound.data) or "")
