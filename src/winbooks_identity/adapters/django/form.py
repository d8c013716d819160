"""
How does a Django project show the whole creation form, and read it at once?
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, Generic, TypeVar, cast

from django import forms

from ...dossier import Dossier
from ...errors import InvalidFields
from ...fields import read_box
from ...forms.description import FormDescription, FormField, Input
from ...forms.new_user import NewEmployee, NewEndCustomer, NewUser
from ...licence import Licence
from ...passwords import PasswordPolicy
from ...passwords.breached import BreachedPasswords
from ...passwords.strength import StrengthEstimator
from ...phone import PhoneNumber
from .choice_fields import NOTHING_CHOSEN
from .fields import shown
from .messages import add_problems, late, late_help


__all__ = ["NewEmployeeForm", "NewEndCustomerForm", "NewUserForm"]

New_co = TypeVar("New_co", bound=NewUser, covariant=True)


class NewUserForm(forms.Form, Generic[New_co]):
    """
    The creation form; `new_user` is there after ``is_valid`` returned true.

    A field that a subclass declares under one of the form's names takes the
    place of the form's own.

    Args:
        data: what was submitted, if anything was.
        licence: where the user is made.
        dossiers: what the creator can give access to.
        policy: what a typed password keeps to; the Portal's by default.
        breached: where leaked passwords are looked up; without it, the look-up
            counts as failed.
        estimator: who scores the strength; zxcvbn by default.
        phone: reads a phone number; international notation by default.
        options: what every Django form takes.
    """

    kind: type[New_co]
    new_user: New_co

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        licence: Licence,
        dossiers: Sequence[Dossier] = (),
        policy: PasswordPolicy | None = None,
        breached: BreachedPasswords | None = None,
        estimator: StrengthEstimator | None = None,
        phone: Callable[[str], PhoneNumber] = PhoneNumber.parse,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self._parse = partial(
            self.kind.parse,
            licence=licence,
            policy=policy,
            breached=breached,
            estimator=estimator,
            dossiers=dossiers,
            phone=phone,
        )
        description = FormDescription.of(
            self.kind, licence=licence, dossiers=dossiers, policy=policy
        )
        own = {field.name: _field(field) for field in description.fields}
        declared = dict(self.fields)
        self.fields.clear()
        self.fields.update(own | declared)
        self._own = own.keys()

    def clean(self) -> dict[str, object]:
        """
        Read the whole form at once, so that every problem is known.

        What is cleaned are the values of `new_user`; of a form that is refused, those
        of the fields that a project added.
        """
        form: dict[str, object] = self.cleaned_data
        try:
            self.new_user = self._parse(form)
        except InvalidFields as invalid:
            # What the project refused by itself is not called missing as well.
            refused = {*self.errors}
            found = invalid.by_field.items()
            add_problems(
                self,
                InvalidFields(
                    {name: which for name, which in found if name not in refused}
                ),
            )
            return {name: form[name] for name in form if name not in self._own}
        values = {
            name: getattr(self.new_user, name, form.get(name)) for name in self._own
        }
        if "generate_password" in values:
            values["generate_password"] = _is_ticked(form["generate_password"])
        return form | values


class NewEmployeeForm(NewUserForm[NewEmployee]):
    """
    The form that makes a member of staff.
    """

    kind = NewEmployee


class NewEndCustomerForm(NewUserForm[NewEndCustomer]):
    """
    The form that makes an end customer.
    """

    kind = NewEndCustomer


class _Whole(forms.Field):
    """
    A field of the whole form: it shows itself, and the form reads it.
    """

    def validate(self, value: object) -> None:
        """
        Leave the value to the form.
        """

    def prepare_value(self, value: object) -> object:
        """
        Return what the element shows for *value*.
        """
        return value if isinstance(value, bool) else shown(value)

    def has_changed(self, initial: object, data: object) -> bool:
        """
        Tell whether *data* is something else than *initial*.
        """
        if self.disabled:
            return False
        if isinstance(self.widget, _Box):
            return _is_ticked(initial) != _is_ticked(data)
        before, after = shown(initial), shown(data)
        return _set(before) != _set(after)


class _Box(forms.CheckboxInput):
    """
    A box that hands on what was sent for it, a ticked one or something else.
    """

    def __init__(self) -> None:
        super().__init__(check_test=_is_ticked)

    def format_value(self, value: object) -> None:
        """
        Return nothing: a box shows whether it is ticked, not what was sent.
        """

    def value_from_datadict(
        self, data: Mapping[str, Any], files: object, name: str
    ) -> Any:
        """
        Return what was sent; a browser sends nothing for an empty box.
        """
        del files
        return data.get(name, False)


_INPUTS: Final[Mapping[Input, type[forms.Widget]]] = {
    Input.EMAIL: forms.EmailInput,
    Input.PASSWORD: forms.PasswordInput,
    Input.PHONE: forms.TelInput,
    Input.SHOWN: forms.TextInput,
    Input.TEXT: forms.TextInput,
}


def _set(shown: object) -> frozenset[object]:
    is_list = isinstance(shown, list)
    several = cast("list[object]", shown) if is_list else [shown]
    return frozenset(several) - {None, ""}


def _is_ticked(sent: object) -> bool:
    box = read_box(sent, default=False)
    return not box.problems and box.value


def _field(field: FormField) -> forms.Field:
    return _Whole(
        required=field.is_required,
        label=late(field.label),
        help_text=late_help(field.help),
        initial=field.initial,
        disabled=field.input is Input.SHOWN,
        widget=_widget(field),
    )


def _widget(field: FormField) -> forms.Widget:
    attributes = dict(field.attributes)
    if field.input is Input.BOX:
        return _Box()
    choices = [(each.value, late(each.label)) for each in field.choices]
    if field.input is Input.ONE_OF and not field.initial:
        choices = [NOTHING_CHOSEN, *choices]
    if field.input is Input.ONE_OF:
        return forms.Select(attributes, choices)
    if field.input is Input.SOME_OF:
        return forms.CheckboxSelectMultiple(attributes, choices)
    return _INPUTS[field.input](attributes)
