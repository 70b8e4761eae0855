"""What tests may ask of the machine, and what happens when it is absent.

A thing named in SKILLMARK_REQUIRE (`shared,postgres,chromium,node`) must be there: its absence fails the tests that
need it. Anything else that is absent skips them, with the reason.
"""

import os
import shutil
from pathlib import Path
from typing import TypeVar

import pytest

NAMES = frozenset({"shared", "postgres", "chromium", "node"})
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
POSTGRES_FOLDERS = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)

T = TypeVar("T")


def required(setting: str) -> frozenset[str]:
    """The names in a SKILLMARK_REQUIRE setting; a name nobody knows is an error, not a check that never runs."""
    names = frozenset(name.strip() for name in setting.split(",") if name.strip())
    if unknown := names - NAMES:
        raise pytest.UsageError(f"SKILLMARK_REQUIRE names {sorted(unknown)}; it may name {sorted(NAMES)}")
    return names


def need(name: str, found: T | None, how: str) -> T:
    """What was found; where nothing was: skip, or fail if SKILLMARK_REQUIRE names it. `how` says how to get it."""
    if found is not None:
        return found
    if name in required(os.environ.get("SKILLMARK_REQUIRE", "")):
        pytest.fail(f"{name} is required and absent: {how}", pytrace=False)
    pytest.skip(f"{name} is absent: {how}")


def shared() -> Path | None:
    """The folder of published vectors, contexts, schemas and attacks: SKILLMARK_SHARED."""
    setting = os.environ.get("SKILLMARK_SHARED")
    return Path(setting).resolve() if setting and Path(setting).is_dir() else None


def chromium() -> str | None:
    """The path of a Chromium: SKILLMARK_BROWSER, or the first of the usual names."""
    if setting := os.environ.get("SKILLMARK_BROWSER"):
        return shutil.which(setting)
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def node() -> str | None:
    """The path of Node."""
    return shutil.which("node")


def postgres_programs() -> Path | None:
    """The folder that holds `initdb` and `pg_ctl`."""
    found = shutil.which("initdb", path=os.pathsep.join([*POSTGRES_FOLDERS, os.environ.get("PATH", "")]))
    return Path(found).resolve().parent if found else None
