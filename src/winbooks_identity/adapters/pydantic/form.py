"""
How does a whole form arrive as JSON, and when is it read?
"""

from collections.abc import Callable, Iterable
from typing import Annotated, cast, final

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, PlainSerializer
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from ...dossier import Dossier
from ...fields import MASK
from ...forms.new_user import NewEmployee, NewEndCustomer, NewUser
from ...forms.schema import general_json_schema
from ...licence import Licence
from ...passwords import PasswordPolicy
from ...passwords.breached import BreachedPasswords
from ...passwords.strength import StrengthEstimator
from ...phone import PhoneNumber
from .model import IdentityModel


__all__ = ["NewEmployeeForm", "NewEndCustomerForm", "NewUserForm"]


@final
class _Unread:
    """
    What was sent as a password, whatever it is; only `reveal` gives it out.
    """

    __slots__ = ("_sent",)

    def __init__(self, sent: object) -> None:
        self._sent = sent

    def reveal(self) -> object:
        return self._sent

    def __repr__(self) -> str:
        return MASK


class NewUserForm(IdentityModel):
    """
    The creation form as it was sent, still unread: anything can be in a field.
    """

    winbooks_id: object = None
    password: Annotated[
        object,
        BeforeValidator(_Unread),
        PlainSerializer(lambda _: None),
        Field(validate_default=True),
    ] = None
    generate_password: object = None
    level: object = None
    activate: object = None
    send_credentials: object = None
    dossiers: object = None
    roles: object = None
    notify_all_dossiers: object = None
    first_name: object = None
    last_name: object = None
    company_name: object = None
    phone: object = None
    language: object = None

    def _sent(self) -> dict[str, object]:
        form = {name: getattr(self, name) for name in type(self).model_fields}
        form["password"] = cast("_Unread", self.password).reveal()
        return form


class NewEmployeeForm(NewUserForm):
    """
    The form that makes a member of staff, as it was sent.
    """

    def read(
        self,
        *,
        licence: Licence,
        policy: PasswordPolicy | None = None,
        breached: BreachedPasswords | None = None,
        estimator: StrengthEstimator | None = None,
        dossiers: Iterable[Dossier] = (),
        phone: Callable[[str], PhoneNumber] = PhoneNumber.parse,
    ) -> NewEmployee:
        """
        Return what the form says, read at once; see `NewUser.parse`.

        Raises:
            InvalidFields: with every problem of every field.
        """
        return NewEmployee.parse(
            self._sent(),
            licence=licence,
            policy=policy,
            breached=breached,
            estimator=estimator,
            dossiers=dossiers,
            phone=phone,
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """
        Return the schema of the form.
        """
        return _described(handler(schema), handler, NewEmployee)


class NewEndCustomerForm(NewUserForm):
    """
    The form that makes an end customer, as it was sent.
    """

    def read(
        self,
        *,
        licence: Licence,
        policy: PasswordPolicy | None = None,
        breached: BreachedPasswords | None = None,
        estimator: StrengthEstimator | None = None,
        dossiers: Iterable[Dossier] = (),
        phone: Callable[[str], PhoneNumber] = PhoneNumber.parse,
    ) -> NewEndCustomer:
        """
        Return what the form says, read at once; see `NewUser.parse`.

        Raises:
            InvalidFields: with every problem of every field.
        """
        return NewEndCustomer.parse(
            self._sent(),
            licence=licence,
            policy=policy,
            breached=breached,
            estimator=estimator,
            dossiers=dossiers,
            phone=phone,
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """
        Return the schema of the form.
        """
        return _described(handler(schema), handler, NewEndCustomer)


def _described(
    found: JsonSchemaValue, handler: GetJsonSchemaHandler, kind: type[NewUser]
) -> JsonSchemaValue:
    """
    Put the schema of the form in the place of the one that was *found*.
    """
    # What reads it is written in Python as a rule, which knows no categories.
    schema = general_json_schema(kind, flavour="ascii-safe")
    place = handler.resolve_ref_schema(found)
    place.clear()
    place.update({name: schema[name] for name in schema if name != "$schema"})
    return found
