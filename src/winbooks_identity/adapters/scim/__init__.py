"""
How do identity providers provision an office, by SCIM 2.0?

Sources: RFC 7643 (resources) and RFC 7644 (protocol).
"""

from .application import ScimApplication, scim_application
from .token_file import TokenFile
from .tokens import ScimToken, Tokens


__all__ = [
    "ScimApplication",
    "ScimToken",
    "TokenFile",
    "Tokens",
    "scim_application",
]
