"""
How is a refusal sent over HTTP?

As problem details (RFC 9457).  The RFC's own example of a form lists `errors`
with a `detail` and a `pointer` each; `code` and `params` are added, so that a
client can test on the one and put the other into words of its own.
"""

from collections.abc import Iterable, Mapping
from typing import Final, NotRequired, TypedDict
from urllib.parse import quote

from .. import texts
from ..errors import Invalid, InvalidFields, Refused, Unavailable
from ..problems import Param
from ..refusals import (
    BodyTooLarge,
    NotAuthorised,
    PasswordChangeRequired,
    PasswordRefused,
    SessionEnded,
    SignInRefused,
    TooManyAttempts,
    UnknownDossiers,
    UnknownLicence,
    UnknownUser,
)
from .description import WHOLE_FORM, problems_by_field
from .schema import Json


__all__ = [
    "MEDIA_TYPE",
    "SCHEMA",
    "TITLES",
    "ProblemDetail",
    "ProblemDetails",
    "invalid",
    "pointer_to",
    "problem_details",
]

MEDIA_TYPE: Final = "application/problem+json"

#: Every status that `problem_details` can give, and the code of its general title.
TITLES: Final[Mapping[int, str]] = {
    **{status: f"http.{status}" for status in (401, 403, 404, 409, 413, 422, 429)},
    503: "unavailable",
}

_CODE: Final = "a stable name of the broken rule, such as password.too_short"

#: The JSON Schema of the body.
SCHEMA: Final[Mapping[str, Json]] = {
    "type": "object",
    "required": ["type", "title", "status", "errors"],
    "properties": {
        "type": {"type": "string", "const": "about:blank"},
        "title": {"type": "string", "description": "in the reader's language"},
        "status": {"type": "integer"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "params", "detail"],
                "properties": {
                    "pointer": {
                        "type": "string",
                        "description": "a JSON pointer into the body that was sent",
                    },
                    "parameter": {
                        "type": "string",
                        "description": "the name of a wrong parameter",
                    },
                    "code": {"type": "string", "description": _CODE},
                    "params": {
                        "type": "object",
                        "additionalProperties": {"type": ["string", "integer"]},
                    },
                    "detail": {
                        "type": "string",
                        "description": "a sentence in the reader's language",
                    },
                },
            },
        },
    },
}


class ProblemDetail(TypedDict):
    """
    One problem; `pointer` is a JSON pointer into the body that was sent.

    Where the URL or a header is wrong, `parameter` names what it is.
    """

    pointer: NotRequired[str]
    parameter: NotRequired[str]
    code: str
    params: dict[str, Param]
    detail: str


class ProblemDetails(TypedDict):
    """
    The body of an answer that refuses.
    """

    type: str
    title: str
    status: int
    errors: list[ProblemDetail]


def problem_details(
    error: Invalid | InvalidFields | Refused | Unavailable,
    locale: str = "en",
    *,
    translator: texts.Translator | None = None,
) -> ProblemDetails:
    """
    Return the body that reports *error* in the language of *locale*.

    Nothing that was sent is repeated in it.

    Args:
        error: what refuses.
        locale: the reader's.
        translator: a product's own words, asked first.
    """
    if isinstance(error, Unavailable):
        return _details(503, error.message(locale, translator=translator), [])
    status = _status(error)
    errors = [
        ProblemDetail(
            pointer=pointer_to([field] if field != WHOLE_FORM else []),
            code=problem.code,
            params=problem.params,
            detail=problem.message(locale, translator=translator),
        )
        for field, problems in problems_by_field(error).items()
        for problem in problems
    ]
    title = texts.text(TITLES[status], locale, translator=translator)
    return _details(status, title, errors)


def invalid(
    errors: list[ProblemDetail],
    locale: str = "en",
    *,
    translator: texts.Translator | None = None,
) -> ProblemDetails:
    """
    Return the body that reports the *errors* that a framework found.
    """
    title = texts.text(TITLES[422], locale, translator=translator)
    return _details(422, title, errors)


def pointer_to(path: Iterable[str | int]) -> str:
    """
    Return the JSON pointer to what lies at *path*, as a URI fragment.
    """
    # RFC 6901 escapes ~ and /; the rest is that of a URI fragment.
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in path)
    return "#" + "".join(f"/{quote(step)}" for step in steps)


def _status(error: Invalid | InvalidFields | Refused) -> int:
    for status, kinds in _STATUSES.items():
        if isinstance(error, kinds):
            return status
    return 409 if isinstance(error, Refused) else 422


#: What is neither a conflict nor a wrong field.
_STATUSES: Final[Mapping[int, tuple[type[Exception], ...]]] = {
    # The product adds the header WWW-Authenticate, as it knows the scheme.
    401: (SignInRefused, SessionEnded),
    403: (NotAuthorised, PasswordChangeRequired, PasswordRefused),
    404: (UnknownUser, UnknownLicence),
    413: (BodyTooLarge,),
    422: (UnknownDossiers,),
    429: (TooManyAttempts,),
}


def _details(status: int, title: str, errors: list[ProblemDetail]) -> ProblemDetails:
    return ProblemDetails(type="about:blank", title=title, status=status, errors=errors)
