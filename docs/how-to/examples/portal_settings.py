"""
What does the storage need in the settings of a Django project?
"""

from pathlib import Path
from typing import Any


BASE_DIR = Path(__file__).parent

INSTALLED_APPS = ["identities"]

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

#: Beside the configuration, and not beside the database or its backups.
WINBOOKS_KEY_RING = Path("/etc/portal/portal.keys")

WINBOOKS_SENDER = "portal@office.example"
WINBOOKS_URL = "https://portal.office.example/"
WINBOOKS_SMTP: dict[str, Any] = {"host": "mail.office.example", "port": 587}
