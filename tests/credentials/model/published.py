"""The published JSON Schemas of Open Badges 3.0, and where ours differs from them, each difference by name."""

import json
from pathlib import Path

import jsonschema_rs

SCHEMA = "ob_v3p0_achievementcredential_schema.json"

# Open Badges 3.0, Serialization, "Compacted document form": members that may be single in place of an array of one.
COMPACTABLE = {"type", "credentialSchema", "proof", "termsOfUse"}
# URI and URL of the data models: both copies take any text.
ADDRESSES = {"achievedLevel", "id", "issuer", "requiredLevel", "resultDescription", "targetUrl", "url"}

DIFFERENCES = {
    "language map": "the lenient copy takes an object of two-letter codes for any text; no standard defines that",
    "any single value": "the lenient copy takes one value for every array; the specification lists four members",
    "any single type": "the lenient copy takes any single text as type or @context",
    "single value": "the strict copy takes none of the four members single; the specification does",
    "status without id": "the strict copy still asks for the id that Open Badges 1.4 made optional",
    "address": "URI and URL must be addresses; both copies take any text",
    "context": "@context is an ordered set of contexts; both copies take one twice, or one that is empty",
}


def validator(folder: Path, copy: str, schema: str = SCHEMA) -> jsonschema_rs.Draft201909Validator:
    text = (folder / "schemas" / "ob30" / copy / schema).read_text()
    return jsonschema_rs.Draft201909Validator(json.loads(text), validate_formats=True)


SCALARS = {"text", "empty text", "own term", "address"}


def difference(variant, ours, strict, lenient):
    """The name of the difference between three verdicts, None where they agree, "?" where none is known."""
    if ours == strict == lenient:
        return None
    match (ours, strict, lenient):
        case (False, False, True):
            return _lenient_takes(variant)
        case (True, False, True):
            return _strict_refuses(variant)
        case (False, True, True):
            return _both_take(variant)
    return "?"


def _lenient_takes(variant):
    if variant.change in {"language map", "empty object"}:
        return "language map"
    if variant.change in SCALARS | {"unwrapped"} and variant.member in {"type", "@context"}:
        return "any single type"
    if variant.change == "unwrapped" and variant.member not in COMPACTABLE:
        return "any single value"
    if variant.change in SCALARS and variant.member in {"allowedValue", "tag"}:
        return "any single value"
    return "?"


def _strict_refuses(variant):
    if variant.change == "unwrapped" and variant.member in COMPACTABLE:
        return "single value"
    if variant.change == "removed" and variant.path[-2:] == ("credentialStatus", "id"):
        return "status without id"
    return "?"


def _both_take(variant):
    if variant.change in {"text", "empty text"} and variant.member in ADDRESSES:
        return "address"
    if variant.member == "@context" and variant.change in {"doubled", "empty object", "empty text"}:
        return "context"
    return "?"
