"""
How does a FastAPI application sign people in, and say what is wrong?

`Login` has the endpoints and the dependency for who is signed in;
`install_problem_details` answers what is refused, without repeating what was sent;
`LimitBodies` refuses bodies that are too long.
"""

from .limits import LimitBodies
from .login import Login, ensure_own_site
from .problems import PROBLEM_RESPONSES, install_problem_details, locale_of


__all__ = [
    "PROBLEM_RESPONSES",
    "LimitBodies",
    "Login",
    "ensure_own_site",
    "install_problem_details",
    "locale_of",
]
