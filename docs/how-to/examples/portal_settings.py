"""
What does the app need in the settings of a Django project?
"""

from pathlib import Path
from typing import Any


BASE_DIR = Path(__file__).parent

INSTALLED_APPS = ["winbooks_identity.adapters.django"]

#: Instants are kept in UTC.
USE_TZ = True

DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": BASE_DIR / "portal.sqlite3",
        "OPTIONS": {
            # A transaction that will write says so at its start, and waits there.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            # Readers do not stop a writer; what was erased is overwritten.
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON;",
        },
    },
}

WINBOOKS_IDENTITY: dict[str, Any] = {
    # Beside the configuration, and not beside the database or its backups.
    "KEY_RING": Path("/etc/portal/portal.keys"),
    "SENDER": "portal@office.example",
    "PORTAL_URL": "https://portal.office.example/",
    "SET_PASSWORD_URL": "https://portal.office.example/password",
    "CONFIRM_ID_URL": "https://portal.office.example/confirm",
    "SMTP": {"host": "mail.office.example", "port": 587},
}
