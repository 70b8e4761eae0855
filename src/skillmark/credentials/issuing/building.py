"""From an achievement, its issuer and an award to the members of an unsigned credential (Open Badges 3.0)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.credentials.issuing.awards import Award, AwardError, check_time
from skillmark.credentials.model.writing import written
from skillmark.errors import IssuingError

Randomness = Callable[[int], bytes]
Fields = dict[str, str]
"""The strings in which two credentials of one batch differ. Equal keys mean equal structure."""

_NUMERIC: Final = frozenset(
    {"GradePointAverage", "Percent", "PerformanceLevel", "RawScore", "ScaledScore", "UnweightedGradePointAverage"}
)
_MOST_KNOWN: Final = 4096
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_STATUS: Final = frozenset({"Completed", "Enrolled", "Failed", "InProgress", "OnHold", "Provisional", "Withdrew"})


class Identifier(StrEnum):
    """How a learner's e-mail address stands in the credential."""

    NONE = "none"
    EMAIL = "email"
    EMAIL_HASH = "email-hash"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPosition:
    """A place drawn from a status list."""

    list_url: str
    purpose: str
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What all credentials of a batch share: Achievement and issuer Profile, and how learners are identified."""

    achievement: Mapping[str, Any]
    issuer: Mapping[str, Any]
    identifier: Identifier = Identifier.EMAIL_HASH
    descriptions: Mapping[str, Mapping[str, Any]] = field(init=False)
    contexts: tuple[str, ...] = field(init=False)
    ids: frozenset[str] = field(init=False)
    known: dict[tuple[str, str], tuple[str, str]] = field(init=False, repr=False, compare=False, default_factory=dict)
    """Results met before, by name and value: marks repeat, and to find out what one means takes a while."""

    def __post_init__(self) -> None:
        if not isinstance(self.achievement.get("id"), str) or not isinstance(self.achievement.get("name"), str):
            raise IssuingError("an achievement needs an id (an absolute IRI) and a name", pointer="/id")
        object.__setattr__(self, "descriptions", _descriptions(self.achievement))
        sample = {"issuer": self.issuer, "credentialSubject": {"achievement": _without(self.achievement, "@context")}}
        clean = written(sample)
        object.__setattr__(self, "issuer", clean["issuer"])
        object.__setattr__(self, "achievement", clean["credentialSubject"]["achievement"])
        object.__setattr__(self, "contexts", tuple(clean["@context"]))
        object.__setattr__(self, "ids", frozenset(_ids([self.issuer, self.achievement])))


def issuer_profile(achievement: Mapping[str, Any], did: str, profile: Mapping[str, Any] | None = None) -> JsonObject:
    """The issuer Profile under the DID that signs; without one given it has the name of the achievement's creator."""
    if profile is not None:
        return {"id": did, "type": ["Profile"], **_without(profile, "id", "@context")}
    creator = achievement.get("creator")
    known = creator if isinstance(creator, dict) else {}
    return {"id": did, "type": ["Profile"], **{name: known[name] for name in ("name", "url") if name in known}}


def _descriptions(achievement: Mapping[str, Any]) -> dict[str, JsonObject]:
    """The ResultDescriptions of an achievement by name, each fit to check results against."""
    found: dict[str, JsonObject] = {}
    for place, item in enumerate(_list(achievement.get("resultDescription"))):
        pointer = f"/resultDescription/{place}"
        if not _has_texts(item, "id", "name") or item["name"] in found:
            raise IssuingError("every resultDescription needs an id and a name of its own", pointer=pointer)
        if not all(_has_texts(level, "id", "name") for level in _list(item.get("rubricCriterionLevel"))):
            raise IssuingError("every level of a rubric needs an id and a name", pointer=pointer)
        bounds = [item[name] for name in ("valueMin", "valueMax") if name in item]
        if not all(isinstance(bound, str) and (_NUMBER.fullmatch(bound) or not _is_numeric(item)) for bound in bounds):
            raise IssuingError("valueMin and valueMax of a number are numbers written as text", pointer=pointer)
        if not all(isinstance(value, str) for value in _list(item.get("allowedValue"))):
            raise IssuingError("allowedValue holds text", pointer=pointer)
        found[item["name"]] = item
    return found


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _has_texts(node: Any, *names: str) -> bool:
    return isinstance(node, dict) and all(isinstance(node.get(name), str) for name in names)


def _is_numeric(description: Mapping[str, Any]) -> bool:
    return description.get("resultType") in _NUMERIC


def _ids(value: Any) -> Iterator[str]:
    """The ids of all objects within a value."""
    if isinstance(value, list):
        for item in value:
            yield from _ids(item)
    elif isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"]
        for item in value.values():
            yield from _ids(item)


def _without(members: Mapping[str, Any], *names: str) -> JsonObject:
    return {name: value for name, value in members.items() if name not in names}


def award_fields(
    definition: Definition,
    award: Award,
    *,
    created: str,
    randomness: Randomness,
    status: tuple[StatusPosition, ...] = (),
) -> Fields:
    """The strings of one credential. Ids that the award does not give are random `urn:uuid` (RFC 9562, version 4)."""
    _check_order(award, created)
    _check_ids(definition, award)
    fields = {
        "id": award.credential_id or random_urn(randomness),
        "validFrom": award.awarded_date or created,
        "subject": award.subject_id or random_urn(randomness),
    }
    if award.awarded_date:
        fields["awardedDate"] = award.awarded_date
    if award.valid_until:
        fields["validUntil"] = award.valid_until
    if award.email and definition.identifier is Identifier.EMAIL:
        fields["email"] = award.email
    elif award.email and definition.identifier is Identifier.EMAIL_HASH:
        fields["salt"] = randomness(8).hex()
        fields["emailHash"] = f"sha256${hashlib.sha256((award.email + fields['salt']).encode()).hexdigest()}"
    if award.name and definition.identifier is not Identifier.NONE:
        fields["name"] = award.name
    if award.evidence_url:
        fields["evidence"] = award.evidence_url
    if award.evidence_narrative:
        fields["narrative"] = award.evidence_narrative
    if award.results:
        fields |= _result_fields(definition, award.results)
    for number, place in enumerate(status):
        fields[f"status:{number}:{place.purpose}:{place.list_url}"] = str(place.index)
        fields[f"statusId:{number}"] = f"{place.list_url}#{place.index}"
    return fields


def check_award(definition: Definition, award: Award, *, created: str) -> None:
    """Raise AwardError for what shows only beside the achievement and the moment of issue: results, ids, the end."""
    _check_order(award, created)
    _check_ids(definition, award)
    _result_fields(definition, award.results)


def _check_ids(definition: Definition, award: Award) -> None:
    """A signature over RDF covers what is said of an id, never in which object: no two objects may share one."""
    if not (award.credential_id or award.subject_id or award.evidence_url):
        return
    met: list[str] = []
    for column, value in (
        ("credential_id", award.credential_id),
        ("subject_id", award.subject_id),
        ("evidence_url", award.evidence_url),
    ):
        if value:
            if value in met or value in definition.ids:
                raise AwardError("something else in this credential has the same id; give another", column=column)
            met.append(value)


def _check_order(award: Award, created: str) -> None:
    if not award.valid_until or award.awarded_date:
        return
    if check_time(award.valid_until, "valid_until") < check_time(created, "awarded_date"):
        raise AwardError(f"valid_until is before {created}, when this is issued", column="valid_until")


def random_urn(randomness: Randomness) -> str:
    """A random `urn:uuid`."""
    octets = randomness(16)
    digits, variant = octets.hex(), "89ab"[octets[8] >> 4 & 3]
    return f"urn:uuid:{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


def build_credential(definition: Definition, fields: Mapping[str, str]) -> JsonObject:
    """The unsigned credential these fields give (Open Badges 3.0, AchievementCredential).

    Contexts are those of VC 2.0 and Open Badges 3.0.3; another one joins only where one of its terms occurs.
    """
    credential: JsonObject = {
        "@context": list(definition.contexts),
        "id": fields["id"],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": definition.achievement["name"],
        "issuer": dict(definition.issuer),
        "validFrom": fields["validFrom"],
        **{name: fields[name] for name in ("validUntil", "awardedDate") if name in fields},
        "credentialSubject": _subject(definition, fields),
    }
    if "evidence" in fields or "narrative" in fields:
        credential["evidence"] = [_evidence(fields)]
    status = [_status(name, fields) for name in fields if name.startswith("status:")]
    if status:
        credential["credentialStatus"] = status[0] if len(status) == 1 else status
    return credential


def _subject(definition: Definition, fields: Mapping[str, str]) -> JsonObject:
    subject: JsonObject = {"id": fields["subject"], "type": ["AchievementSubject"]}
    identifiers = []
    if "emailHash" in fields:
        identity = {
            "hashed": True,
            "identityHash": fields["emailHash"],
            "identityType": "emailAddress",
            "salt": fields["salt"],
        }
        identifiers.append({"type": "IdentityObject", **identity})
    for name, kind in (("email", "emailAddress"), ("name", "name")):
        if name in fields:
            identity = {"hashed": False, "identityHash": fields[name], "identityType": kind}
            identifiers.append({"type": "IdentityObject", **identity})
    if identifiers:
        subject["identifier"] = identifiers
    subject["achievement"] = definition.achievement
    results = [_result(definition, name, value) for name, value in fields.items() if name.startswith("result:")]
    if results:
        subject["result"] = results
    return subject


def _evidence(fields: Mapping[str, str]) -> JsonObject:
    evidence: JsonObject = {"id": fields["evidence"]} if "evidence" in fields else {}
    evidence["type"] = ["Evidence"]
    if "narrative" in fields:
        evidence["narrative"] = fields["narrative"]
    return evidence


def _status(name: str, fields: Mapping[str, str]) -> JsonObject:
    _, number, purpose, url = name.split(":", 3)
    return {
        "id": fields[f"statusId:{number}"],
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": fields[name],
        "statusListCredential": url,
    }


def _result(definition: Definition, name: str, value: str) -> JsonObject:
    _, member, described = name.split(":", 2)
    return {"type": ["Result"], "resultDescription": definition.descriptions[described]["id"], member: value}


def _result_fields(definition: Definition, results: Mapping[str, str]) -> Fields:
    fields: Fields = {}
    for name, value in results.items():
        named, reached = definition.known.get((name, value)) or _result_field(definition, name, value)
        if named in fields:
            raise AwardError(f"the result of {named.split(':', 2)[2]!r} is given twice", column=f"result:{name}")
        fields[named] = reached
    return fields


def _result_field(definition: Definition, name: str, value: str) -> tuple[str, str]:
    """The name of the field for a result, and what stands in it."""
    column, described = (f"result:{name}", name) if name else ("result", "")
    if not name:
        if len(definition.descriptions) != 1:
            count = len(definition.descriptions)
            raise AwardError(f"the achievement has {count} result descriptions; name the one meant", column=column)
        (described,) = definition.descriptions
    if described not in definition.descriptions:
        raise AwardError(f"the achievement has no result description of the name {described!r}", column=column)
    member, reached = _reached(definition.descriptions[described], value, column)
    if len(definition.known) >= _MOST_KNOWN:
        definition.known.clear()
    found = definition.known[name, value] = (f"result:{member}:{described}", reached)
    return found


def _reached(description: Mapping[str, Any], value: str, column: str) -> tuple[str, str]:
    """The Result member for a kind of result, and its value, checked against the ResultDescription."""
    kind = description.get("resultType")
    if kind == "RubricCriterionLevel":
        levels = {
            key: level["id"]
            for level in _list(description.get("rubricCriterionLevel"))
            for key in (level["id"], level["name"])
        }
        if value not in levels:
            raise AwardError(f"{value!r} is no level of the rubric; it has {_listed(levels)}", column=column)
        return "achievedLevel", levels[value]
    if kind == "Status":
        if value not in _STATUS:
            raise AwardError(f"{value!r} is no status; use one of {_listed(_STATUS)}", column=column)
        return "status", value
    allowed = _list(description.get("allowedValue"))
    if allowed and value not in allowed:
        raise AwardError(f"{value!r} is not among the allowed values {_listed(allowed)}", column=column)
    if _is_numeric(description):
        _check_number(description, value, column)
    return "value", value


def _check_number(description: Mapping[str, Any], value: str, column: str) -> None:
    if not _NUMBER.fullmatch(value):
        raise AwardError(f"{value!r} is not a number", column=column)
    number = float(value)
    least, most = float(description.get("valueMin", "-inf")), float(description.get("valueMax", "inf"))
    if not least <= number <= most:
        raise AwardError(f"{value} is not between {least:g} and {most:g}", column=column)


def _listed(values: Iterable[str]) -> str:
    return ", ".join(sorted(values))
