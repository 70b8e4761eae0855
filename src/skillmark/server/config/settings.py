"""Django's settings, all read from one typed environment object."""

from __future__ import annotations

from typing import Any

import dj_database_url
from django.utils.translation import gettext_lazy as _

from skillmark.server.config.environment import Environment

ENVIRONMENT = Environment()
MIB = 1024 * 1024

SKILLMARK_HOME = ENVIRONMENT.folder
SKILLMARK_ORIGIN = ENVIRONMENT.site_origin
# What answers for our own addresses while we verify; named here because the door is above the floor that asks.
SKILLMARK_PUBLISHED = "skillmark.server.config.wiring.published"
SKILLMARK_REGISTRIES = SKILLMARK_HOME / "registries"

# The conformance profile (docs/guides/conformance.md): off unless asked for, refused on a site with a real host name.
SKILLMARK_CONFORMANCE = ENVIRONMENT.conformance
SKILLMARK_CONFORMANCE_SEED = ENVIRONMENT.seed if ENVIRONMENT.conformance else b""
SKILLMARK_ALLOWED_HOST = ENVIRONMENT.allowed_host

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key()
ALLOWED_HOSTS = ENVIRONMENT.hosts
SECURE = SKILLMARK_ORIGIN.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "skillmark.server.foundation.audit",
    "skillmark.server.parties.accounts",
    "skillmark.server.parties.organizations",
    "skillmark.server.credentialing.achievements",
    "skillmark.server.credentialing.signing",
    "skillmark.server.credentialing.issuance",
    "skillmark.server.doors.pages.components",
    "skillmark.server.doors.pages.public",
]
MIDDLEWARE = [
    "skillmark.server.doors.guard.SafetyHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "skillmark.server.doors.guard.BodyLimit",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
ROOT_URLCONF = "skillmark.server.config.urls"
WSGI_APPLICATION = "skillmark.server.config.wsgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "skillmark.server.doors.pages.components.context.site",
            ]
        },
    }
]

DATABASES: dict[str, Any] = {"default": dj_database_url.parse(ENVIRONMENT.database, conn_max_age=60)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("de", _("German"))]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = SKILLMARK_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# An upload is read in memory and never stored; the limit itself is the guard's, so that the answer is 413.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * MIB
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * MIB
DATA_UPLOAD_MAX_NUMBER_FIELDS = 50
DATA_UPLOAD_MAX_NUMBER_FILES = 5

CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SECURE
CSRF_FAILURE_VIEW = "skillmark.server.doors.pages.public.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE and not SKILLMARK_CONFORMANCE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": ENVIRONMENT.log_level},
}
