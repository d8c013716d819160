"""
What may a browser do with a page of the product?
"""

from typing import Final

from flask import Response, request


__all__ = ["protect"]

#: Everything comes from the product itself: no script or style inside a page.
_ALLOWED: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def protect(answer: Response) -> Response:
    """
    Keep what *answer* says of people out of caches, and foreign content out of it.
    """
    if request.endpoint != "static":
        answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Security-Policy"] = _ALLOWED
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
