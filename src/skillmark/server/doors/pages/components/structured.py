"""schema.org data in pages, escaped so that no text can leave its script element."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def structured_data(value: dict[str, Any]) -> SafeString:
    """The value as JSON-LD that may stand inside a script element."""
    return mark_safe(json.dumps(value, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 - escaped here


def achievement_data(version: Any, *, url: str, image: str) -> dict[str, Any]:
    """EducationalOccupationalCredential of a published version."""
    organization = version.achievement.organization
    members = {
        "@context": "https://schema.org",
        "@type": "EducationalOccupationalCredential",
        "@id": url,
        "url": url,
        "name": version.name,
        "description": version.description,
        "image": image,
        "credentialCategory": {"@type": "DefinedTerm", "name": "MicroCredential"},
        "educationalLevel": f"EQF {version.level}" if version.level else "",
        "inLanguage": version.language,
        "recognizedBy": {"@type": "Organization", "name": organization.name, "url": organization.url},
        "competencyRequired": [
            {"@type": "DefinedTerm", "name": skill.name, "url": skill.url, "inDefinedTermSet": skill.framework}
            for skill in version.alignments.all()
        ],
    }
    return {name: value for name, value in members.items() if value}
