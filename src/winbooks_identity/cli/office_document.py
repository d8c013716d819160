"""
How does the plan of an office file, or what came of it, look in JSON?
"""

from collections.abc import Mapping
from typing import Final

from ..problems import Notice
from ..synchronisation import Reason
from .answer import in_json
from .licence_changes import licence_in_json
from .people import person_in_json
from .plan import Planned, Row
from .screen import Screen


__all__ = ["head", "row_in_json", "tail"]

#: What the form calls a field that has another name on the user.
_IN_THE_FORM: Final = {"status": "activate"}


def head(planned: Planned) -> dict[str, object]:
    """
    Return how the document of a file begins: its licence, and what becomes of it.
    """
    licence = planned.office.licence
    return {
        "licence": {
            "number": licence.number,
            "product": licence.product.value,
            "holder": str(licence.holder),
        },
        **licence_in_json(planned),
    }


def tail(planned: Planned, screen: Screen) -> dict[str, object]:
    """
    Return who is stored and not in the file.
    """
    return {
        "absent": [
            {
                "winbooks_id": str(row.winbooks_id),
                "status": row.user.status.value,
                "fate": row.fate.value,
                "problems": [in_json(each, screen) for each in row.problems],
                "notices": [in_json(each, screen) for each in row.remarks],
            }
            for row in planned.absent
        ]
    }


def row_in_json(row: Row, screen: Screen) -> Mapping[str, object]:
    """
    Return what becomes of a person, with a password that has to be handed over.
    """
    created = row.created
    password = created.password if created and row.hands_over else None
    notices: tuple[Notice | Reason, ...] = (
        *(created.notices if created else ()),
        *row.remarks,
    )
    return {
        "line": row.person.line,
        **person_in_json(row.person.new),
        "fate": row.fate.value,
        "differences": [
            _IN_THE_FORM.get(each.field, each.field) for each in row.changes
        ],
        "changes": [each._asdict() for each in row.changes],
        "problems": [in_json(problem, screen) for problem in row.problems],
        "notices": [in_json(each, screen) for each in notices],
        "password": password.reveal() if password else None,
    }
