"""
How does a WTForms project show the whole creation form, and read it at once?
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

import wtforms
from wtforms.form import BaseForm

from ...dossier import Dossier
from ...errors import Invalid, InvalidFields, Refused
from ...forms.description import FormDescription, FormField, Input, problems_by_field
from ...forms.new_user import NewEmployee, NewEndCustomer, NewUser
from ...licence import Licence
from ...passwords import PasswordPolicy
from ...passwords.breached import BreachedPasswords
from ...passwords.strength import StrengthEstimator
from ...phone import PhoneNumber
from ...problems import Problem
from ...texts import Translator
from .fields import Box, CheckBoxes, locale_of, translator_of


__all__ = ["NewEmployeeForm", "NewEndCustomerForm", "NewUserForm", "add_problems"]

New_co = TypeVar("New_co", bound=NewUser, covariant=True)


def add_problems(form: BaseForm, error: Invalid | InvalidFields | Refused) -> None:
    """
    Put what *error* says on the fields of *form* that it belongs to.

    What belongs to none of them is an error of the form as a whole.
    """
    locale, translator = locale_of(form.meta), translator_of(form.meta)
    for name, problems in problems_by_field(error).items():
        sentences = [
            problem.message(locale, translator=translator) for problem in problems
        ]
        if name in form:
            form[name].errors = [*form[name].errors, *sentences]
        else:
            form.form_errors.extend(sentences)
        if isinstance(form, NewUserForm):
            form.problems[name] = form.problems.get(name, ()) + problems


class NewUserForm(wtforms.Form, Generic[New_co]):
    """
    The creation form; `new_user` is there after ``validate`` returned true.

    `problems` has the problems of every field by its name.

    Args:
        arguments: what every WTForms form takes.
        licence: where the user is made.
        dossiers: what the creator can give access to.
        policy: what a typed password keeps to; the Portal's by default.
        breached: where leaked passwords are looked up; without it, the look-up
            counts as failed.
        estimator: who scores the strength; zxcvbn by default.
        phone: reads a phone number; international notation by default.
        options: what every WTForms form takes.
    """

    kind: type[New_co]
    new_user: New_co
    problems: dict[str, tuple[Problem, ...]]

    winbooks_id: wtforms.EmailField = wtforms.EmailField()
    password: wtforms.PasswordField = wtforms.PasswordField()
    generate_password: Box = Box()
    level: wtforms.SelectField = wtforms.SelectField(validate_choice=False)
    licence: wtforms.StringField = wtforms.StringField(render_kw={"readonly": True})
    activate: Box = Box()
    send_credentials: Box = Box()
    dossiers: CheckBoxes = CheckBoxes()
    roles: CheckBoxes = CheckBoxes()
    notify_all_dossiers: Box = Box()
    first_name: wtforms.StringField = wtforms.StringField()
    last_name: wtforms.StringField = wtforms.StringField()
    company_name: wtforms.StringField = wtforms.StringField()
    phone: wtforms.TelField = wtforms.TelField()
    language: wtforms.SelectField = wtforms.SelectField(validate_choice=False)

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401  WTForms' own.
        licence: Licence,
        dossiers: Sequence[Dossier] = (),
        policy: PasswordPolicy | None = None,
        breached: BreachedPasswords | None = None,
        estimator: StrengthEstimator | None = None,
        phone: Callable[[str], PhoneNumber] = PhoneNumber.parse,
        **options: Any,  # noqa: ANN401  WTForms' own.
    ) -> None:
        description = FormDescription.of(
            self.kind, licence=licence, dossiers=dossiers, policy=policy
        )
        initial = {field.name: field.initial for field in description.fields}
        options["data"] = {**initial, **(options.get("data") or {})}
        super().__init__(*arguments, **options)
        self.problems = {}
        self._parse = partial(
            self.kind.parse,
            licence=licence,
            policy=policy,
            breached=breached,
            estimator=estimator,
            dossiers=dossiers,
            phone=phone,
        )
        if "generate_password" not in initial:
            del self["generate_password"]
        for field in description.fields:
            _dress(
                self[field.name], field, locale_of(self.meta), translator_of(self.meta)
            )
        self["licence"].data = licence.holder.text

    def validate(
        self, extra_validators: Mapping[str, Sequence[Any]] | None = None
    ) -> bool:
        """
        Read the whole form at once, so that every problem is known.
        """
        self.problems = {}
        is_valid = super().validate(extra_validators)
        refused = set(self.errors)
        sent = {field.short_name: _sent(field) for field in self}
        password = self["password"]
        password.data = None
        try:
            self.new_user = self._parse(sent)
        except InvalidFields as invalid:
            # What the project refused by itself is not called missing as well.
            found = invalid.by_field.items()
            problems = {name: which for name, which in found if name not in refused}
            add_problems(self, InvalidFields(problems))
            return False
        password.data = self.new_user.password
        return is_valid


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


def _sent(field: wtforms.Field) -> object:
    """
    Return what was sent for *field*, or what it was given where nothing was sent.
    """
    if field.raw_data is None or isinstance(field, wtforms.SelectMultipleField):
        return field.data
    if isinstance(field, wtforms.BooleanField) and not field.raw_data:
        return False
    return field.raw_data[-1] if field.raw_data else None


def _dress(
    field: wtforms.Field,
    description: FormField,
    locale: str,
    translator: Translator | None,
) -> None:
    """
    Give *field* what *description* says in the language of *locale*.
    """
    field.label.text = description.label(locale, translator=translator)
    field.description = description.help(locale, translator=translator)
    field.render_kw = {**(field.render_kw or {}), **description.attributes}
    if isinstance(field, wtforms.SelectField):
        choices = [
            (each.value, each.label(locale, translator=translator))
            for each in description.choices
        ]
        is_open = description.input is Input.ONE_OF and not description.initial
        field.choices = [("", ""), *choices] if is_open else choices
