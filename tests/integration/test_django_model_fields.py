"""
A project's own table holds values of the library, whatever of Django writes to it.
"""

import pickle
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connections, models, transaction
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.writer import OperationWriter
from django.db.models.functions import Lower
from django.forms import modelform_factory, modelformset_factory
from django.http import QueryDict
from django.test import Client, override_settings
from django.urls import path
from django.utils.translation import override

from django_tables.browser import ADMIN
from django_tables.models import Contract
from winbooks_identity import Level, WinBooksId
from winbooks_identity.adapters.django.model_fields import ValueField
from winbooks_identity.adapters.django.storage import DjangoStorage
from winbooks_identity.names import PersonName
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.testing import samples


class Colour(Enum):
    """
    A kind of value without a parser.
    """

    RED = "red"


SENT = {
    "winbooks_id": "Ada@Example.org",
    "level": "power user",
    "language": "",
    "first_name": " Ada ",
    "company_name": "",
    "phone": "+32 2 123 45 67",
}
ContractForm: Any = modelform_factory(Contract, fields="__all__")

on_sqlite = pytest.mark.parametrize("using", ["default"], indirect=True)


@pytest.fixture(autouse=True)
def table(using: str) -> Iterator[None]:
    """
    Make the table as the migrations of the project would.
    """
    state = ProjectState()
    operation(Contract).state_forwards("django_tables", state)
    historical = state.apps.get_model("django_tables", "Contract")
    with connections[using].schema_editor() as editor:
        editor.create_model(historical)
    yield
    with connections[using].schema_editor() as editor:
        editor.delete_model(historical)


def operation(model: type[models.Model]) -> CreateModel:
    """
    Return what ``makemigrations`` writes for *model*.
    """
    state: Any = ModelState.from_model(model)
    return CreateModel(state.name, state.fields.items(), state.options)


@pytest.fixture
def ada(using: str) -> Contract:
    """
    Return a row that stands in the table.
    """
    row = Contract(
        winbooks_id=WinBooksId("Ada@example.org"),
        first_name=PersonName("Ada"),
        phone=PhoneNumber("+3221234567"),
    )
    row.save(using=using)
    return row


def rows(using: str) -> "models.QuerySet[Contract]":
    """
    Return the rows of the table.
    """
    return models.QuerySet(Contract, using=using)


def fill(unit: UnitOfWork) -> None:
    """
    Store something of most kinds.
    """
    user = samples.user()
    unit.licences.register(samples.licence(), [samples.dossier("D1")])
    unit.users.add(user)
    unit.credentials.put(samples.credential())
    unit.history.add(samples.event())
    unit.outbox.put(samples.mail())
    unit.product_links.put(samples.link())


def everything(using: str) -> list[dict[str, object]]:
    """
    Return all rows of the app.
    """
    return [
        row
        for model in apps.get_app_config("winbooks_identity").get_models()
        for row in models.QuerySet(model, using=using).values()
    ]


class TestColumn:
    """
    It holds text, and what is no value is never written.
    """

    def test_a_row_comes_back(self, using: str, ada: Contract) -> None:
        """
        As values, and as nothing where nothing is.
        """
        row = rows(using).get()

        assert "Ada@example.org" == row.winbooks_id.address
        assert (Level.USER, PersonName("Ada")) == (row.level, row.first_name)
        nothing: list[object] = [row.language, row.company_name]
        assert [None, None] == nothing
        assert row.phone == ada.phone
        assert row.winbooks_id == pickle.loads(pickle.dumps(row)).winbooks_id  # noqa: S301  Our own.

    def test_a_migration_knows_text(self) -> None:
        """
        It names no module of ours, and the rule is one of the database.
        """
        written, imports = OperationWriter(operation(Contract)).serialize()

        assert "winbooks_identity" not in str((written, imports))
        assert "UniqueConstraint(" in written
        assert "default='User'" in written

    @pytest.mark.parametrize("wrong", ["nobody", WinBooksId])
    def test_what_is_no_value_is_not_written(self, using: str, wrong: object) -> None:
        """
        Nothing in the table is beyond reading.
        """
        with pytest.raises((ValidationError, TypeError)):
            rows(using).create(winbooks_id=wrong, first_name="Ada")

        assert not rows(using).exists()

    def test_what_is_mandatory_is_not_empty(self, using: str) -> None:
        """
        No value is no text either.
        """
        with pytest.raises(IntegrityError), transaction.atomic(using=using):
            rows(using).create(winbooks_id=WinBooksId("ada@example.org"))

    def test_a_fixture(self, using: str, ada: Contract) -> None:
        """
        `dumpdata` writes what `loaddata` reads.
        """
        for kind in ("json", "xml"):
            dumped = serializers.serialize(kind, rows(using))
            rows(using).delete()
            for loaded in serializers.deserialize(kind, dumped, using=using):
                loaded.save(using=using)

            row = rows(using).get()
            assert ada.winbooks_id.address == row.winbooks_id.address
            assert (ada.level, ada.phone) == (row.level, row.phone)

    def test_the_tables_of_the_app(self, using: str, tmp_path: Path) -> None:
        """
        They come back as they were, by the commands of Django.
        """
        storage, fixture = DjangoStorage(using=using), tmp_path / "portal.json"
        storage.run(fill)
        before = everything(using)

        call_command("dumpdata", "winbooks_identity", database=using, output=fixture)
        for model in apps.get_app_config("winbooks_identity").get_models():
            models.QuerySet(model, using=using).delete()
        call_command("loaddata", fixture, database=using, verbosity=0)

        assert before == everything(using)
        assert 7 <= len(before)
        assert samples.user() == storage.run(
            lambda unit: unit.users.find(samples.user().id)
        )

    def test_the_same_field_again(self) -> None:
        """
        Django copies fields.
        """
        field: Any = Contract._meta.get_field("level")
        clone = field.clone()

        assert Level.USER == clone.to_python("User")
        assert clone.choices == field.choices

    def test_the_name_of_a_choice(self, ada: Contract) -> None:
        """
        It follows the active language.
        """
        display: Any = ada
        with override("nl"):
            assert "Gebruiker" == display.get_level_display()


@pytest.mark.usefixtures("ada")
class TestLookUp:
    """
    Any spelling of an ID finds its row.  [R4]
    """

    @pytest.mark.parametrize(
        "said",
        ["ada@EXAMPLE.org", WinBooksId("ADA@example.org"), models.F("winbooks_id")],
    )
    def test_it_is_found(self, using: str, said: object) -> None:
        """
        As text, as a value, and as what the database computes.
        """
        assert rows(using).filter(winbooks_id=said).exists()
        assert rows(using).filter(winbooks_id__in=[said]).exists()
        assert not rows(using).exclude(winbooks_id=said).exists()

    @pytest.mark.parametrize("said", ["bob@example.org", "no address", ""])
    def test_it_is_not(self, using: str, said: str) -> None:
        """
        What is no ID is no one's, and no error.
        """
        assert not rows(using).filter(winbooks_id=said).exists()
        assert not rows(using).filter(winbooks_id__in=[said]).exists()

    def test_other_tables(self, using: str) -> None:
        """
        A query inside a query compares keys too.
        """
        ids = rows(using).values("winbooks_id")
        upper = rows(using).annotate(said=Lower("winbooks_id")).values("winbooks_id")

        assert rows(using).filter(winbooks_id__in=ids).exists()
        assert rows(using).filter(winbooks_id=upper[:1]).exists()
        assert rows(using).filter(winbooks_id__icontains="ADA@").exists()


class TestUnique:
    """
    Two spellings of an ID are one.  [R3]
    """

    def test_the_database_says_so(self, using: str, ada: Contract) -> None:
        """
        Also to those who do not look before.
        """
        with pytest.raises(IntegrityError), transaction.atomic(using=using):
            rows(using).create(
                winbooks_id=WinBooksId("ADA@example.org"), first_name=ada.first_name
            )


def form(**other: str) -> Any:  # noqa: ANN401  A form that Django makes.
    """
    Return the form of the table with what a browser sent for Ada.
    """
    return ContractForm({**SENT, **other})


@on_sqlite
class TestForms:
    """
    A form of the table reads and shows the values.
    """

    def test_what_was_filled_in_is_saved(self) -> None:
        """
        As values, in their one spelling.
        """
        filled = form()

        assert filled.is_valid(), filled.errors
        row = filled.save()
        row.refresh_from_db()
        assert "Ada@example.org" == row.winbooks_id.address
        assert (Level.POWER_USER, None) == (row.level, row.language)
        assert (PersonName("Ada"), PhoneNumber("+3221234567")) == (
            row.first_name,
            row.phone,
        )

    def test_every_problem(self) -> None:
        """
        In the library's words.
        """
        refused = form(winbooks_id="no address", level="Chief", first_name="")

        assert {"winbooks_id", "level", "first_name"} == {*refused.errors}
        assert "field.not_one_of" == refused.errors.as_data()["level"][0].code

    def test_an_id_that_is_there(self, ada: Contract) -> None:
        """
        It is said once, at its field; whoever has it keeps it.
        """
        taken = form(winbooks_id="aDA@example.org")
        assert {"winbooks_id": ["This WinBooks ID already exists."]} == taken.errors

        own = ContractForm({**SENT, "winbooks_id": "aDA@example.org"}, instance=ada)
        assert own.is_valid()

    def test_what_is_stored_is_shown(self, ada: Contract) -> None:
        """
        And is no change when it comes back.
        """
        page = str(ContractForm(instance=ada))

        assert 'value="Ada@example.org"' in page
        assert '<option value="User" selected>User</option>' in page
        assert 1 == page.count("---------")  # The level is mandatory and has a default.
        same = {**SENT, "level": "User", "winbooks_id": "ada@EXAMPLE.org"}
        assert [] == ContractForm(same, instance=ada).changed_data

    def test_several_rows(self, ada: Contract) -> None:
        """
        A form that was not touched makes no row.
        """
        forms = modelformset_factory(Contract, fields=["winbooks_id", "first_name"])
        sent = QueryDict(
            "form-TOTAL_FORMS=3&form-INITIAL_FORMS=1"
            f"&form-0-id={ada.pk}&form-0-winbooks_id=ada@example.org"
            "&form-0-first_name=Grace&form-1-winbooks_id=&form-1-first_name="
            "&form-2-winbooks_id=joan%40example.org&form-2-first_name=Joan"
        )

        filled = forms(sent, queryset=Contract.objects.all())

        assert filled.is_valid(), filled.errors
        filled.save()
        assert [PersonName("Grace"), PersonName("Joan")] == [
            row.first_name for row in Contract.objects.all()
        ]


class ContractAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # Not generic when it runs.
    """
    The table in the admin, with all that reads values.
    """

    list_display = ("winbooks_id", "level", "language", "phone")
    list_editable = ("level",)
    list_filter = ("level", "language")
    search_fields = ("winbooks_id", "first_name")
    radio_fields: ClassVar[Any] = {"level": admin.VERTICAL}


SITE = admin.AdminSite()
SITE.register(Contract, ContractAdmin)
urlpatterns = [path("admin/", SITE.urls)]


@pytest.fixture
def operator(monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """
    Return the browser of somebody who may do everything in the admin.
    """
    monkeypatch.setitem(sys.modules, __name__, sys.modules[__name__])
    User.objects.all().delete()
    with override_settings(**ADMIN, ROOT_URLCONF=__name__):
        client = Client()
        client.force_login(User.objects.create_superuser("operator"))
        yield client


@on_sqlite
@pytest.mark.usefixtures("ada")
class TestAdmin:
    """
    The admin of a project shows the values and stores no others.
    """

    LIST = "/admin/django_tables/contract/"

    def test_a_row_is_changed(self, operator: Client, ada: Contract) -> None:
        """
        What it stores can be read.
        """
        address = f"{self.LIST}{ada.pk}/change/"
        shown = operator.get(address).content.decode()
        assert 'value="Ada@example.org"' in shown
        assert 3 == shown.count('type="radio"')

        answer = operator.post(address, {**SENT, "level": "Administrator"})

        assert 302 == answer.status_code, answer.context["errors"]
        assert Level.ADMINISTRATOR == Contract.objects.get().level

    @pytest.mark.parametrize(
        "query, found",
        [
            ("", True),
            ("?q=ADA@", True),
            ("?q=nobody", False),
            ("?level__exact=Level.USER", True),
            ("?level__exact=Level.ADMINISTRATOR", False),
            ("?language__isnull=True", False),
        ],
    )
    def test_the_list(self, operator: Client, query: str, *, found: bool) -> None:
        """
        It shows labels, searches and filters.
        """
        page = operator.get(f"{self.LIST}{query}")

        assert 200 == page.status_code
        assert ("Ada@example.org" in page.content.decode()) is found
        assert "level__exact=Level.POWER_USER" in page.content.decode()

    def test_a_list_that_is_edited(self, operator: Client, ada: Contract) -> None:
        """
        The level of a row is changed where it stands.
        """
        sent = {
            "form-TOTAL_FORMS": "1",
            "form-INITIAL_FORMS": "1",
            "form-0-id": str(ada.pk),
            "form-0-level": "Power User",
            "_save": "Save",
        }

        assert 302 == operator.post(self.LIST, sent).status_code
        assert Level.POWER_USER == Contract.objects.get().level


class TestOtherKinds:
    """
    Any class with values of text can be a column.
    """

    def test_a_value_that_is_none(self) -> None:
        """
        It is refused without being repeated, and empty text is no value.
        """
        field: Any = ValueField(kind=Colour, blank=True, null=True, max_length=9)

        with pytest.raises(ValidationError) as refused:
            field.to_python("Canary")

        assert "Canary" not in str(refused.value)
        assert (None, Colour.RED) == (field.to_python(""), field.to_python("red"))
