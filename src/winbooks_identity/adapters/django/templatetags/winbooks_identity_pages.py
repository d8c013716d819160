"""
How do the pages look, wherever a template extends theirs?
"""

from typing import Final

from django import template
from django.utils.safestring import SafeString, mark_safe

from ...login_pages import style


__all__ = ["register", "winbooks_identity_style"]

register: Final = template.Library()


@register.simple_tag
def winbooks_identity_style() -> SafeString:
    """
    Return the style sheet of the pages.
    """
    return mark_safe(style())  # noqa: S308  A file of ours.
