"""
What arrives when the creation form is submitted, filled in well or badly?
"""

from collections.abc import Mapping
from typing import Final, final

import attrs
from hypothesis import strategies as st

from ...forms.new_user import NewEmployee, NewEndCustomer, NewUser
from ...licence import Licence
from ...role import Role
from .new_users import new_employees, new_end_customers
from .offices import licences
from .passwords import near_misses, passwords
from .winbooks_ids import spellings


__all__ = ["SubmittedForm", "provisioning_forms"]


@final
@attrs.frozen(kw_only=True)
class SubmittedForm:
    """
    A submitted creation form, and what is wrong with it.

    ``kind.parse(fields, licence=licence)`` finds exactly the problems that
    `broken` says: a code by the name of the field.
    """

    kind: type[NewUser]
    licence: Licence
    fields: Mapping[str, object]
    broken: Mapping[str, str]


#: Wrong values of fields, and the code of each.
_WRONG: Final[Mapping[str, tuple[tuple[object, str], ...]]] = {
    "winbooks_id": (
        ("", "field.missing"),
        (12, "field.not_text"),
        ("kantoor.example", "winbooks_id.no_at_sign"),
        ("@kantoor.example", "winbooks_id.nothing_before_at"),
        ("jan@kantoor", "winbooks_id.no_top_level_domain"),
    ),
    "first_name": (
        (" ", "field.missing"),
        ("<b>Jan</b>", "name.forbidden_character"),
        ("J" * 101, "name.too_long"),
    ),
    "last_name": ((None, "field.missing"), ("007", "name.no_letter")),
    "company_name": (("???", "name.no_letter_or_digit"),),
    "language": (("latijn", "field.not_one_of"),),
    "level": (("Baas", "field.not_one_of"), (["User"], "field.not_text")),
    "phone": (
        ("0470-WIN-BOK", "phone.forbidden_character"),
        ("0470 12 34 56", "phone.not_international"),
    ),
    "dossiers": ((["n° 1"], "number.invalid"), ([7], "field.not_text")),
    "roles": ((["Chef"], "field.not_one_of"),),
    "activate": (("misschien", "field.not_yes_or_no"),),
    "send_credentials": ((2, "field.not_yes_or_no"),),
    "notify_all_dossiers": (("?", "field.not_yes_or_no"),),
}

#: What is wrong for one kind of user only.
_WRONG_FOR: Final[
    Mapping[type[NewUser], Mapping[str, tuple[tuple[object, str], ...]]]
] = {
    NewEmployee: {
        "level": (("", "field.missing"), ("User", "field.not_one_of")),
        "roles": ((["View.User"], "role.not_for_staff"),),
    },
    NewEndCustomer: {
        "level": (("Power User", "field.not_one_of"),),
        "roles": (
            ([], "role.required"),
            ("View.Admin", "role.not_for_end_customers"),
        ),
        "dossiers": (([], "dossier.required"),),
        "company_name": (("", "field.missing"),),
        "language": ((None, "field.missing"),),
    },
}


@st.composite
def provisioning_forms(
    draw: st.DrawFn, *, licence: Licence | None = None, broken: bool | None = None
) -> SubmittedForm:
    """
    Draw a submitted creation form, of staff or of an end customer.

    Args:
        draw: supplied by Hypothesis.
        licence: where the user is to be made; any by default.
        broken: whether something is wrong with it; either by default.
    """
    where = draw(licences()) if licence is None else licence
    new = draw(new_employees() | new_end_customers())
    fields = draw(_filled_in(new, where))
    wrong = draw(_wrong(type(new), where))
    if broken is None:
        broken = draw(st.booleans())
    names = st.sets(st.sampled_from(sorted(wrong)), min_size=1, max_size=4)
    chosen = {name: wrong[name] for name in sorted(draw(names))} if broken else {}
    for changes, _ in chosen.values():
        fields |= changes
    return SubmittedForm(
        kind=type(new),
        licence=where,
        fields=fields,
        broken={name: code for name, (_, code) in chosen.items()},
    )


@st.composite
def _filled_in(draw: st.DrawFn, new: NewUser, licence: Licence) -> dict[str, object]:
    """
    Draw what a person types and ticks to describe *new*.
    """
    generated = not type(new).is_on_web(licence) and draw(st.booleans())
    password: dict[str, object] = (
        {"generate_password": "on"}
        if generated
        else {"password": draw(passwords()), "generate_password": ""}
    )
    blank = draw(st.sampled_from(("", " ", "\u00a0", "\t")))
    return password | {
        "winbooks_id": draw(spellings(new.winbooks_id)) + blank,
        "level": draw(st.sampled_from((new.level.value, new.level.label("nl")))),
        "first_name": blank + new.first_name.text,
        "last_name": new.last_name.text,
        "company_name": new.company_name.text,
        "language": new.language.value,
        "phone": "" if new.phone is None else new.phone.e164,
        "dossiers": sorted(new.dossiers),
        "roles": draw(_spelled(new.roles)),
        "activate": new.activate,
        "send_credentials": "on" if new.send_credentials else "off",
        "notify_all_dossiers": new.notify_all_dossiers,
    }


@st.composite
def _wrong(
    draw: st.DrawFn, kind: type[NewUser], licence: Licence
) -> dict[str, tuple[dict[str, object], str]]:
    """
    Draw for each field of the form the changes that break it, and the code.
    """
    changes = {"password": draw(_wrong_passwords(kind, licence))}
    for name, always in _WRONG.items():
        choices = (*always, *_WRONG_FOR[kind].get(name, ()))
        value, code = draw(st.sampled_from(choices))
        changes[name] = ({name: value}, code)
    return changes


def _wrong_passwords(
    kind: type[NewUser], licence: Licence
) -> st.SearchStrategy[tuple[dict[str, object], str]]:
    missing = _password("", "", "field.missing")
    if kind.is_on_web(licence):
        return st.sampled_from(
            (missing, _password(None, "on", "password.generation_not_allowed"))
        )
    return (
        st.just(missing)
        | passwords().map(
            lambda text: _password(text, "true", "password.typed_and_generated")
        )
        | near_misses().map(lambda miss: _password(miss.text, "off", miss.code))
    )


def _password(
    typed: str | None, button: str, code: str
) -> tuple[dict[str, object], str]:
    return {"password": typed, "generate_password": button}, code


def _spelled(roles: frozenset[Role]) -> st.SearchStrategy[list[str]]:
    names = [role.value for role in Role if role in roles]
    return st.sampled_from((names, [f" {name.upper()} " for name in names]))
