"""
Which steps of a user's life does Django's admin take, and what do they ask for?
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias, final

import attrs
from django import forms

from ...authorization import Actor
from ...dossier import Dossier
from ...forms.new_user import GeneratedPassword
from ...life_cycle import Details, Step
from ...passwords import Password
from ...portal_user import PortalUser
from ...possible_steps import StepAnswer
from .choice_fields import DossiersField, LevelField, RolesField
from .fields import WinBooksIdField
from .sign_in_forms import DETAILS, sentence
from .wiring import portal


__all__ = ["STEPS", "StepPage", "taken"]

Values: TypeAlias = Mapping[str, Any]
MakeFields: TypeAlias = Callable[
    [PortalUser, Sequence[Dossier], StepAnswer], Mapping[str, forms.Field]
]
Take: TypeAlias = Callable[[PortalUser, Values, Actor], object]


def _nothing(*_: object) -> Mapping[str, forms.Field]:
    return {}


@final
@attrs.frozen
class StepPage:
    """
    A step as a page: what it asks for, and who takes it.
    """

    take: Take
    fields: MakeFields = _nothing


def taken(
    step: Step, user: PortalUser, values: Values, *, by: Actor
) -> Password | None:
    """
    Take *step*, and return a password that is to be handed over, if there is one.

    Raises:
        IdentityError: what the service raises.
    """
    result = STEPS[step].take(user, values, by)
    return getattr(result, "password", None)


def _left(
    name: str,
    make: Callable[[Sequence[Dossier]], LevelField | DossiersField | RolesField],
) -> MakeFields:
    """
    Return what makes the field called *name*, with the choices that are left.
    """

    def made(
        user: PortalUser, dossiers: Sequence[Dossier], answer: StepAnswer
    ) -> Mapping[str, forms.Field]:
        field = make(dossiers)
        left = {*(answer.choices or ())}
        if name == "level":
            field.initial = user.level
            left.add(user.level.value)
        field.choices = [each for each in field.choices if each[0] in left]
        return {name: field}

    return made


_LEVELS: Final = _left("level", lambda _: LevelField(label=sentence("form.level")))
_DOSSIERS: Final = _left(
    "dossiers",
    lambda dossiers: DossiersField(dossiers, label=sentence("form.dossiers")),
)
_ROLES: Final = _left("roles", lambda _: RolesField(label=sentence("form.roles")))


def _box(name: str, code: str, initial: Callable[[PortalUser], bool]) -> MakeFields:
    def made(user: PortalUser, *_: object) -> Mapping[str, forms.Field]:
        box = forms.BooleanField(
            required=False, label=sentence(code), initial=initial(user)
        )
        return {name: box}

    return made


def _details(user: PortalUser, *_: object) -> Mapping[str, forms.Field]:
    return {
        name: kind(
            label=sentence(f"form.{name}"),
            initial=getattr(user, name),
            required=name != "phone",
        )
        for name, kind in DETAILS.items()
    }


def _address(*_: object) -> Mapping[str, forms.Field]:
    return {"winbooks_id": WinBooksIdField(label=sentence("form.winbooks_id"))}


def _reset(user: PortalUser, values: Values, by: Actor) -> object:
    return portal().logins.reset_password(
        user, GeneratedPassword(), by=by, mailed=values["send_credentials"]
    )


#: In the order of the page; what a person does to themselves is not among them.
STEPS: Final[Mapping[Step, StepPage]] = {
    Step.ACTIVATE: StepPage(
        lambda user, _, by: portal().administration.activate(user, by=by)
    ),
    Step.DEACTIVATE: StepPage(
        lambda user, _, by: portal().administration.deactivate(user, by=by)
    ),
    Step.RECTIFY: StepPage(
        lambda user, values, by: portal().administration.rectify(
            user, Details(**values), by=by
        ),
        _details,
    ),
    Step.CHANGE_LEVEL: StepPage(
        lambda user, values, by: portal().administration.change_level(
            user, values["level"], by=by
        ),
        _LEVELS,
    ),
    Step.GRANT_DOSSIERS: StepPage(
        lambda user, values, by: portal().administration.grant_dossiers(
            user, values["dossiers"], by=by
        ),
        _DOSSIERS,
    ),
    Step.REVOKE_DOSSIERS: StepPage(
        lambda user, values, by: portal().administration.revoke_dossiers(
            user, values["dossiers"], by=by
        ),
        _DOSSIERS,
    ),
    Step.GRANT_ROLES: StepPage(
        lambda user, values, by: portal().administration.grant_roles(
            user, values["roles"], by=by
        ),
        _ROLES,
    ),
    Step.REVOKE_ROLES: StepPage(
        lambda user, values, by: portal().administration.revoke_roles(
            user, values["roles"], by=by
        ),
        _ROLES,
    ),
    Step.NOTIFY: StepPage(
        lambda user, values, by: portal().administration.notify(
            user, all_dossiers=values["notify_all_dossiers"], by=by
        ),
        _box(
            "notify_all_dossiers",
            "form.notify_all_dossiers",
            lambda user: user.notify_all_dossiers,
        ),
    ),
    Step.SET_PASSWORD: StepPage(
        lambda user, _, by: portal().logins.send_password_link(user, by=by)
    ),
    Step.RESET_PASSWORD: StepPage(
        _reset, _box("send_credentials", "form.send_credentials", lambda _: False)
    ),
    Step.CHANGE_ID: StepPage(
        lambda user, values, by: portal().logins.change_id(
            user, values["winbooks_id"], by=by
        ),
        _address,
    ),
    Step.WITHDRAW_ID: StepPage(
        lambda user, _, by: portal().logins.withdraw_id(user, by=by)
    ),
    Step.ERASE: StepPage(
        lambda user, _, by: portal().administration.erase(user, by=by)
    ),
}
