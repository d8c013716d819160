"""
How does a model say what is wrong, without repeating what was sent?
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple, ParamSpec, TypeVar, final, get_args

from pydantic import ValidationError
from pydantic_core import (
    ErrorDetails,
    InitErrorDetails,
    PydanticCustomError,
    core_schema,
)

from ...errors import Invalid, InvalidFields
from ...fields import MASK
from ...forms.description import WHOLE_FORM, problems_by_field
from ...problems import (
    Missing,
    NotOneOf,
    NotPossible,
    NotText,
    NotYesOrNo,
    Param,
    Problem,
)


__all__ = ["ErrorDetail", "carrying", "error_details", "masked"]

Arguments = ParamSpec("Arguments")
T = TypeVar("T")


@final
class ErrorDetail(NamedTuple):
    """
    One problem, as Pydantic carries it: where, which code, which parameters.

    `message` is the sentence in English.
    """

    path: tuple[str | int, ...]
    code: str
    params: Mapping[str, Param]
    message: str


def error_details(errors: Iterable[ErrorDetails]) -> Iterator[ErrorDetail]:
    """
    Yield what *errors* say, in the library's codes and without any input.

    The words of an error that a project made with `PydanticCustomError` are the
    project's; those of a `ValueError` are left out, as they often quote.
    """
    for error in errors:
        kind, path, facts = error["type"], error["loc"], error.get("ctx", {})
        if kind == "json_invalid":
            path = path[:1]  # FastAPI puts the place in the text behind it.
        if kind not in _BUILT_IN:
            yield ErrorDetail(path, kind, facts, error["msg"])
            continue
        cause = facts.get("error")
        found: Mapping[str, tuple[Problem, ...]] = (
            problems_by_field(cause)
            if isinstance(cause, Invalid | InvalidFields)
            else {WHOLE_FORM: (_problem(kind, facts),)}
        )
        for field, problems in found.items():
            place = (*path, field) if field != WHOLE_FORM else path
            for each in problems:
                yield ErrorDetail(place, each.code, each.params, each.message())


def masked(
    validate: Callable[Arguments, T],
    /,
    *arguments: Arguments.args,
    **options: Arguments.kwargs,
) -> T:
    """
    Return what *validate* returns; its errors carry nothing that was sent.

    An `IdentityModel` does so by itself.  A `pydantic.TypeAdapter` around one does
    not, where JSON is broken or the value around the model is of another kind:
    ``masked(adapter.validate_json, body)``.

    Raises:
        pydantic.ValidationError: as *validate*, with the library's codes.
    """
    try:
        return validate(*arguments, **options)
    except ValidationError as error:
        title = error.title
        errors = error.errors(include_url=False, include_input=False)
    # Raised out here, so that no context leads back to the input.
    del arguments, options
    raise carrying(title, error_details(errors))


def carrying(title: str, problems: Iterable[ErrorDetail]) -> ValidationError:
    """
    Return the one exception that can carry several errors for one field.
    """
    return ValidationError.from_exception_data(
        title,
        [
            InitErrorDetails(type=_custom(each), loc=each.path, input=MASK)
            for each in problems
        ],
        hide_input=True,
    )


def _custom(problem: ErrorDetail) -> PydanticCustomError:
    # It asks for literals, to keep input out of them; there is none in these.
    code: Any = problem.code
    message: Any = problem.message
    return PydanticCustomError(code, message, dict(problem.params))


_BUILT_IN: Final = frozenset(get_args(core_schema.ErrorType))

#: What Pydantic finds by itself, by its type.
_PROBLEMS: Final[Mapping[str, Problem]] = {
    "missing": Missing(),
    "missing_argument": Missing(),
    "string_type": NotText(),
    "string_sub_type": NotText(),
    "bool_type": NotYesOrNo(),
    "bool_parsing": NotYesOrNo(),
}


def _problem(kind: str, facts: Mapping[str, Any]) -> Problem:
    if kind in {"enum", "literal_error"}:
        return NotOneOf(facts["expected"])
    return _PROBLEMS.get(kind, NotPossible())
