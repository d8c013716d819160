"""
Every gateway keeps the contract.
"""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from winbooks_identity.adapters.export_file import (
    CsvExport,
    ExcelExport,
    JsonLinesExport,
)
from winbooks_identity.adapters.memory import InMemoryLicenceManagement
from winbooks_identity.synchronisation import LicenceManagementGateway
from winbooks_identity.synchronisation.desired_user import read
from winbooks_identity.synchronisation.snapshot import snapshot_of
from winbooks_identity.testing.contracts import GatewayContract, MakeGateway


COLUMNS = (
    "external_id",
    "login",
    "first_name",
    "last_name",
    "language",
    "phone",
    "is_active",
    "is_licence_admin",
)


class TestCsvExport(GatewayContract):
    """
    `CsvExport` is a `LicenceManagementGateway`.
    """

    @pytest.fixture
    def make_gateway(self, tmp_path: Path) -> MakeGateway:
        """
        Return what writes records into a file and opens it.
        """

        def make(
            records: Sequence[Mapping[str, str]], *, whole: bool
        ) -> LicenceManagementGateway:
            path = tmp_path / "export.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, COLUMNS, delimiter=";")
                writer.writeheader()
                writer.writerows(records if whole else records[:-1])
                file.write(f"#records;{len(records)}\r\n")
            return CsvExport(path)

        return make

    @pytest.fixture
    def gateway_down(self, tmp_path: Path) -> CsvExport:
        """
        Return an export that is not there.
        """
        return CsvExport(tmp_path / "nowhere.csv")


class TestExcelExport(GatewayContract):
    """
    `ExcelExport` is a `LicenceManagementGateway`.
    """

    @pytest.fixture
    def make_gateway(self, tmp_path: Path) -> MakeGateway:
        """
        Return what writes records into a workbook and opens it.
        """

        def make(
            records: Sequence[Mapping[str, str]], *, whole: bool
        ) -> LicenceManagementGateway:
            path = tmp_path / "export.xlsx"
            book = Workbook(write_only=True)
            sheet = book.create_sheet()
            sheet.append(COLUMNS)
            for record in records if whole else records[:-1]:
                sheet.append([record.get(column) for column in COLUMNS])
            sheet.append(["#records", len(records)])
            book.save(path)
            return ExcelExport(path)

        return make

    @pytest.fixture
    def gateway_down(self, tmp_path: Path) -> ExcelExport:
        """
        Return a workbook that is a folder.
        """
        return ExcelExport(tmp_path)


class TestJsonLinesExport(GatewayContract):
    """
    `JsonLinesExport` is a `LicenceManagementGateway`.
    """

    @pytest.fixture
    def make_gateway(self, tmp_path: Path) -> MakeGateway:
        """
        Return what writes records into a file and opens it.
        """

        def make(
            records: Sequence[Mapping[str, str]], *, whole: bool
        ) -> LicenceManagementGateway:
            path = tmp_path / "export.jsonl"
            lines = [*records, {"records": len(records)}]
            kept = lines if whole else lines[:-2] + lines[-1:]
            path.write_text("\n".join(map(json.dumps, kept)), "utf-8")
            return JsonLinesExport(path)

        return make

    @pytest.fixture
    def gateway_down(self, tmp_path: Path) -> JsonLinesExport:
        """
        Return an export that is a folder.
        """
        return JsonLinesExport(tmp_path)


class TestInMemory(GatewayContract):
    """
    `InMemoryLicenceManagement` is a `LicenceManagementGateway`.
    """

    @pytest.fixture
    def make_gateway(self) -> MakeGateway:
        """
        Return what keeps a snapshot of records.
        """

        def make(
            records: Sequence[Mapping[str, str]], *, whole: bool
        ) -> LicenceManagementGateway:
            kept = records if whole else records[:-1]
            snapshot = snapshot_of(
                (read(record, place=place) for place, record in enumerate(kept, 1)),
                declared=len(records),
            )
            return InMemoryLicenceManagement({"4711": snapshot})

        return make

    @pytest.fixture
    def gateway_down(self) -> InMemoryLicenceManagement:
        """
        Return one that was given nothing.
        """
        return InMemoryLicenceManagement({})
