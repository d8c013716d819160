"""
Which strategies does Hypothesis draw WinBooks identities from?

Everything is built, nothing is drawn and thrown away, so tests stay fast and
shrink to the smallest example.  Addresses end in domains that RFC 2606 keeps
out of use, so that no test can write to a real person.

The types of the library have their strategy already: ``st.from_type(WinBooksId)``
and an annotation under ``@given`` find it without an import of this package.
"""

from .forms import SubmittedForm, provisioning_forms
from .human_passwords import HumanLocale, human_passwords
from .new_users import new_employees, new_end_customers, portal_users
from .offices import dossiers, licences
from .passwords import NearMiss, near_misses, passwords
from .people import company_names, person_names, phone_numbers
from .policies import password_policies
from .winbooks_ids import lookalike_pairs, same_id_pairs, spellings, winbooks_ids


__all__ = [
    "HumanLocale",
    "NearMiss",
    "SubmittedForm",
    "company_names",
    "dossiers",
    "human_passwords",
    "licences",
    "lookalike_pairs",
    "near_misses",
    "new_employees",
    "new_end_customers",
    "password_policies",
    "passwords",
    "person_names",
    "phone_numbers",
    "portal_users",
    "provisioning_forms",
    "same_id_pairs",
    "spellings",
    "winbooks_ids",
]
