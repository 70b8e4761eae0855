"""The shapes of text that the classes, and so the generated schemas, ask for. Every pattern runs in linear time."""

from __future__ import annotations

from typing import Final

# RFC 3987's absolute IRI as `encoding.iris` reads it, in the notation that JSON Schema and pydantic share.
IRI: Final = r"""^[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20\x7f-\x9f<>"{}|\\^`]*$"""
DATA_URL: Final = r"^data:[^,\x00-\x20]*,"
# xsd:dateTimeStamp: the zone is never left out.
DATE_TIME: Final = (
    r"^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
    r"T(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
    r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))$"
)
DATE: Final = r"^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$"
COMPACT_JWS: Final = r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+$"
EXTENSION: Final = r"^ext:[A-Za-z0-9|._-]+$"
LANGUAGE_CODE: Final = r"^[a-z]{2,4}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?$"
LANGUAGE_TAG: Final = r"^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$"
OPEN_BADGES_CONTEXT: Final = r"^https://purl\.imsglobal\.org/spec/ob/v3p0/context(?:-3\.[0-9]\.[0-9])?\.json$"
STATUS_INDEX: Final = r"^(?:0|[1-9][0-9]{0,9})$"

IN_WORDS: Final = {
    IRI: "an absolute URL such as https://… or urn:uuid:…",
    DATA_URL: "a data: URL",
    DATE_TIME: "a date and time with a zone such as 2026-01-02T03:04:05Z",
    DATE: "a date such as 2026-01-02",
    COMPACT_JWS: "a compact JWS (three parts joined by dots)",
    EXTENSION: "an own term beginning with ext:",
    LANGUAGE_CODE: "a language code such as en or pt-BR",
    LANGUAGE_TAG: "a language tag such as en or pt-BR",
    OPEN_BADGES_CONTEXT: "the Open Badges context https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    STATUS_INDEX: 'a decimal number as text, such as "94567"',
}
