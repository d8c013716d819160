"""
Which models never repeat what was sent, and judge a password for the person?
"""

from collections.abc import Iterator, Mapping
from functools import cache, partial
from typing import Any, ClassVar, Final, Self, cast, get_args

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from ...names import CompanyName, PersonName
from ...winbooks_id import WinBooksId
from .errors import masked
from .values import PERSONAL


__all__ = ["IdentityModel"]

#: The types of the fields that say who the person is.
_PERSONAL: Final = {WinBooksId, PersonName, CompanyName}


def _mask(
    given: object,
    handler: core_schema.ValidatorFunctionWrapHandler,
    *,
    model: type[BaseModel],
) -> object:
    before = PERSONAL.set((*PERSONAL.get(), *_known(model, given)))
    try:
        return masked(handler, given)
    finally:
        PERSONAL.reset(before)


def _known(model: type[BaseModel], given: object) -> Iterator[str]:
    for key in _personal_keys(model):
        if isinstance(given, Mapping):
            yield str(cast("Mapping[str, object]", given).get(key) or "")
        else:
            yield str(getattr(given, key, None) or "")


@cache
def _personal_keys(model: type[BaseModel]) -> tuple[str, ...]:
    """
    Return the names and aliases of the fields that say who the person is.
    """
    return tuple(
        key
        for name, field in model.model_fields.items()
        if not _PERSONAL.isdisjoint(_types_in(field.annotation))
        for key in dict.fromkeys((name, *_spellings(field.validation_alias)))
    )


def _spellings(alias: object) -> tuple[str, ...]:
    return (alias,) if isinstance(alias, str) else ()


def _types_in(annotation: object) -> list[object]:
    found = [annotation]
    for each in found:
        found += get_args(each)
    return [each for each in found if isinstance(each, type)]


class IdentityModel(BaseModel):
    """
    A model whose errors never carry what was sent, whatever is wrong with it.

    Every error has a code of the library's as its type and its parameters as
    its context; its input is masked.

    A password that `KeepsTo` a policy must not rely on the WinBooks IDs and
    names in other fields, where the policy says so; a model inside another one
    knows those of both.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(hide_input_in_errors=True)

    @classmethod
    def model_validate_json(
        cls,
        json_data: str | bytes | bytearray,
        **options: Any,  # noqa: ANN401  Pydantic's own.
    ) -> Self:
        """
        Read JSON as Pydantic does; an error of what is no JSON does not repeat it.
        """
        return masked(super().model_validate_json, json_data, **options)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[BaseModel], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """
        Mask around everything that the model and its subclasses check.
        """
        inner: dict[str, Any] = {**handler(source)}
        # The name of the type goes to the outside, for others to refer to.
        name = inner.pop("ref", None)
        return core_schema.no_info_wrap_validator_function(
            partial(_mask, model=source), cast("CoreSchema", inner), ref=name
        )
