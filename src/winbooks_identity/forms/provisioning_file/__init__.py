"""
What does a provisioning file ask for, and what is wrong with it, line by line?

The file is TOML: one table ``[licence]``, and any number of ``[[dossier]]``,
``[[employee]]`` and ``[[end_customer]]``, whose keys are the field names of the
creation form.  It declares every dossier that it uses.
"""

from .office import Office
from .problems import Finding, InvalidFile
from .reading import Person


__all__ = ["Finding", "InvalidFile", "Office", "Person"]
