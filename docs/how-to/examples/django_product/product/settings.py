"""
Everything that the product needs to run on a laptop.
"""

from pathlib import Path
from typing import Any

from winbooks_identity.adapters.mail_printer import MailPrinter


BASE_DIR = Path(__file__).parent.parent

SECRET_KEY = "for this laptop only"  # noqa: S105  No secret yet.
DEBUG = True
ROOT_URLCONF = "product.urls"
USE_TZ = True
STATIC_URL = "static/"

INSTALLED_APPS = [
    "product",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "winbooks_identity.adapters.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
AUTHENTICATION_BACKENDS = [
    "winbooks_identity.adapters.django.authentication.WinBooksBackend",
    "django.contrib.auth.backends.ModelBackend",  # For operators, in the admin.
]
LOGIN_URL = "winbooks_identity:sign_in"
LOGIN_REDIRECT_URL = "home"

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": BASE_DIR / "product.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON;",
        },
    },
}

WINBOOKS_IDENTITY: dict[str, Any] = {
    "KEY_RING": BASE_DIR / "portal.keys",
    "SENDER": "portal@office.example",
    "PORTAL_URL": "http://127.0.0.1:8000/",
    "MAILER": "product.settings.print_mails",
}


def print_mails() -> MailPrinter:
    """
    Write every mail on the terminal, until there is a mail server.
    """
    return MailPrinter()
