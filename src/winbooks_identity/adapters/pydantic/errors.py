"""
How does a model tell what is wrong, without telling what was sent?
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, Final, NamedTuple, final, get_args

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, ValidationError
from pydantic_core import (
    CoreSchema,
    ErrorDetails,
    InitErrorDetails,
    PydanticCustomError,
    core_schema,
)

from ...errors import Invalid, InvalidFields
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


__all__ = ["MASK", "ErrorDetail", "IdentityModel", "carrying", "error_details"]

#: Stands in errors for what was sent.
MASK: Final = "**********"


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
    # It asks for literals, to keep input out of them; nobody's is in these.
    code: Any = problem.code
    message: Any = problem.message
    return PydanticCustomError(code, message, dict(problem.params))


def _mask(given: object, handler: core_schema.ValidatorFunctionWrapHandler) -> object:
    try:
        return handler(given)
    except ValidationError as error:
        title = error.title
        errors = error.errors(include_url=False, include_input=False)
    # Raised out here, so that no context leads back to the input.
    raise carrying(title, error_details(errors))


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


class IdentityModel(BaseModel):
    """
    A model whose errors never carry what was sent, whatever is wrong with it.

    Every error has a code of the library's as its type and its parameters as
    its context; its input is masked.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(hide_input_in_errors=True)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[BaseModel], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """
        Mask around everything that the model and its subclasses check.
        """
        return core_schema.no_info_wrap_validator_function(_mask, handler(source))
