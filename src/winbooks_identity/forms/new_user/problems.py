"""
What is wrong with a creation form, apart from its values?
"""

from typing import ClassVar

import attrs

from ...problems import Problem


__all__ = [
    "DossierRequired",
    "GenerationNotAllowed",
    "RoleRequired",
    "TypedAndGenerated",
]


@attrs.frozen
class TypedAndGenerated(Problem):
    """
    A password is typed or generated, never both.  [R15]
    """

    code: ClassVar[str] = "password.typed_and_generated"


@attrs.frozen
class GenerationNotAllowed(Problem):
    """
    On an on Web licence the password is the on Web one; none is generated.  [R61]
    """

    code: ClassVar[str] = "password.generation_not_allowed"


@attrs.frozen
class DossierRequired(Problem):
    """
    An end customer needs at least one dossier.  [R38]
    """

    code: ClassVar[str] = "dossier.required"


@attrs.frozen
class RoleRequired(Problem):
    """
    An end customer needs at least one role.  [R51]
    """

    code: ClassVar[str] = "role.required"
