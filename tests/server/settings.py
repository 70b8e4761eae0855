"""The site's own settings, with a folder of this run and files that need no collecting."""

from skillmark.server.config.settings import *  # noqa: F403 - a settings module is its names
from skillmark.server.config.settings import DATABASES, SKILLMARK_HOME, STATIC_ROOT

# A file, so that every test process has its own and the write-ahead log is the real one.
DATABASES["default"].setdefault("TEST", {})["NAME"] = str(SKILLMARK_HOME / "test.sqlite3")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
