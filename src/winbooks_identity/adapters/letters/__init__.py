"""
What does the Portal write to people, in Dutch, French and English?

The sentences stand in the catalogue, under ``letter.``; this package arranges
them as plain text and as HTML, and puts both into a mail.
"""

from .links import StandardLinkLetters
from .standard import StandardLetters


__all__ = ["StandardLetters", "StandardLinkLetters"]
