"""
Which schemas does Ajv read, and what does another validator say of some values?

Run it with the name of the file to write: ``uvx nox -s ajv`` does.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs


sys.path.insert(0, str(Path(__file__).parents[1]))

from forms.test_schema import CUSTOMER, DOSSIERS, EMPLOYEE, LICENCE
from passwords.test_browser import typed_texts
from passwords.test_json_schema import POLICIES, TEXTS
from winbooks_identity.forms.description import FormDescription
from winbooks_identity.forms.new_user import (
    NewEmployee,
    NewEndCustomer,
)
from winbooks_identity.forms.schema import (
    Json,
    general_json_schema,
    json_schema,
)
from winbooks_identity.passwords.json_schema import Flavour


FLAVOURS: Sequence[Flavour] = ("ecma", "ascii-safe")


def schemas() -> Iterator[tuple[str, Mapping[str, Any], Sequence[Json]]]:
    """
    Yield every kind of schema of ours with its name, and what it is asked about.
    """
    texts: Sequence[Json] = [*TEXTS, *typed_texts()[::10]]
    forms: Sequence[Json] = [EMPLOYEE, CUSTOMER, {}]
    for flavour in FLAVOURS:
        for number, policy in enumerate(POLICIES):
            yield f"policy {number}, {flavour}", policy.json_schema(flavour), texts
        for kind in (NewEmployee, NewEndCustomer):
            form = FormDescription.of(kind, licence=LICENCE, dossiers=DOSSIERS)
            name = f"{kind.__name__}, {flavour}"
            yield name, json_schema(form, flavour=flavour), forms
            yield f"any {name}", general_json_schema(kind, flavour=flavour), forms


def cases() -> Iterator[Mapping[str, Any]]:
    """
    Yield each schema with the values, and whether they are valid.
    """
    for name, schema, values in schemas():
        # The one in Python knows no classes of Unicode, which "ecma" writes.
        validator = (
            jsonschema_rs.validator_for({**schema})
            if name.endswith("ecma")
            else jsonschema.Draft202012Validator(schema)
        )
        yield {
            "name": name,
            "schema": schema,
            "values": [[value, validator.is_valid(value)] for value in values],
        }


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(list(cases())), "utf-8")
