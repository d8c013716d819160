"""
Which strategy does Hypothesis draw a type of the library from, by default?
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from hypothesis import strategies as st

from ..dossier import Dossier
from ..forms.new_user import NewEmployee, NewEndCustomer, NewUser
from ..licence import Licence
from ..names import CompanyName, PersonName
from ..passwords import Password, PasswordPolicy
from ..phone import PhoneNumber
from ..portal_user import PortalUser
from ..winbooks_id import WinBooksId
from . import strategies


__all__ = ["strategy_for"]


def strategy_for(kind: object) -> st.SearchStrategy[Any] | None:
    """
    Return the strategy for the type *kind*; `None` leaves it to Hypothesis.
    """
    strategy = _STRATEGIES.get(kind)
    return None if strategy is None else strategy()


_STRATEGIES: Final[Mapping[object, Callable[[], st.SearchStrategy[Any]]]] = {
    CompanyName: strategies.company_names,
    Dossier: strategies.dossiers,
    Licence: strategies.licences,
    NewEmployee: strategies.new_employees,
    NewEndCustomer: strategies.new_end_customers,
    NewUser: lambda: strategies.new_employees() | strategies.new_end_customers(),
    Password: lambda: strategies.passwords().map(Password),
    PasswordPolicy: strategies.password_policies,
    PersonName: strategies.person_names,
    PhoneNumber: strategies.phone_numbers,
    PortalUser: strategies.portal_users,
    WinBooksId: strategies.winbooks_ids,
}
