"""
Whom can the creation form describe, and who becomes a user of the Portal?
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from hypothesis import strategies as st

from ...forms.new_user import GeneratedPassword, NewEmployee, NewEndCustomer
from ...language import Language
from ...level import Level
from ...passwords import Password
from ...portal_user import PortalUser
from ...role import END_CUSTOMER_ROLES, STAFF_ROLES, Role
from .offices import licences, numbers
from .passwords import passwords
from .people import company_names, person_names, phone_numbers
from .winbooks_ids import winbooks_ids


__all__ = ["new_employees", "new_end_customers", "portal_users"]

#: What staff and end customers have in common.
_ANYBODY: Final[Mapping[str, st.SearchStrategy[Any]]] = {
    "winbooks_id": winbooks_ids(),
    "password": st.just(GeneratedPassword())
    | st.deferred(lambda: passwords().map(Password)),
    "first_name": person_names(),
    "last_name": person_names(),
    "company_name": company_names(),
    "language": st.sampled_from(Language),
    "phone": st.none() | phone_numbers(),
    "activate": st.booleans(),
    "send_credentials": st.booleans(),
    "notify_all_dossiers": st.booleans(),
}


def new_employees(
    *, dossiers: Sequence[str] | None = None
) -> st.SearchStrategy[NewEmployee]:
    """
    Return a strategy for new staff.

    Args:
        dossiers: the numbers to give access to some of; any by default.
    """
    return st.builds(
        NewEmployee,
        level=st.sampled_from([level for level in Level if level.is_staff]),
        dossiers=_some(dossiers, at_least=0),
        roles=_roles(STAFF_ROLES, at_least=0),
        **_ANYBODY,
    )


def new_end_customers(
    *, dossiers: Sequence[str] | None = None
) -> st.SearchStrategy[NewEndCustomer]:
    """
    Return a strategy for new end customers, each with at least one dossier.

    Args:
        dossiers: the numbers to give access to some of; any by default.
    """
    return st.builds(
        NewEndCustomer,
        level=st.just(Level.USER),
        dossiers=_some(dossiers, at_least=1),
        roles=_roles(END_CUSTOMER_ROLES, at_least=1),
        **_ANYBODY,
    )


def portal_users() -> st.SearchStrategy[PortalUser]:
    """
    Return a strategy for users as they are right after their creation.
    """
    return st.builds(
        PortalUser.create,
        new_employees() | new_end_customers(),
        licence=licences(),
        user_id=st.uuids(version=4),
    )


def _some(
    dossiers: Sequence[str] | None, *, at_least: int
) -> st.SearchStrategy[frozenset[str]]:
    elements = numbers() if dossiers is None else st.sampled_from(dossiers)
    return st.frozensets(elements, min_size=at_least, max_size=3)


def _roles(
    held: frozenset[Role], *, at_least: int
) -> st.SearchStrategy[frozenset[Role]]:
    # In the order of the enumeration: a set has another in every process.
    return st.frozensets(
        st.sampled_from([role for role in Role if role in held]), min_size=at_least
    )
