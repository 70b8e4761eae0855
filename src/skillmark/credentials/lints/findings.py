"""What a lint says: which rule of whom, how grave, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_SHOWN: Final = 60


class Severity(StrEnum):
    """An error stops the signing; a warning does where the authority is required; a notice is advice."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Authority(StrEnum):
    """Who wrote the rule."""

    VC_DATA_MODEL = "vc-data-model"
    DATA_INTEGRITY = "data-integrity"
    OPEN_BADGES = "open-badges"
    EUROPEAN = "european"
    SKILLMARK = "skillmark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One place that does not meet one rule. The message says what was expected, what came and what to do."""

    rule: str
    severity: Severity
    authority: str
    message: str
    pointer: str
    clause: str


def shown(value: object) -> str:
    """A value as it may stand in a message: short, and harmless on any screen."""
    text = value if isinstance(value, str) else str(value)
    cut = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
    return ascii(cut) if isinstance(value, str) else cut
