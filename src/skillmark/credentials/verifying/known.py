"""Forms of documents met before: their canonical form without walking them again. Never a verdict, only hashes.

A document that a template recognises byte for byte, but for its slots, has the canonical form the template gives it. A
template is compiled when documents of the same issuer key and achievement come for the third time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from skillmark.credentials.canonical import STRICT
from skillmark.credentials.canonical.template import CanonicalTemplate, NoTemplateError
from skillmark.credentials.encoding.json_template import JsonTemplate, Path
from skillmark.credentials.encoding.strict_json import JsonObject, dumps
from skillmark.credentials.keys import Algorithm
from skillmark.credentials.proofs.configurations import config_hash
from skillmark.credentials.proofs.cryptosuites import HASH_NAMES, Form, Suite
from skillmark.credentials.verifying.reading import Opened

SIGHTINGS: Final = 3
_MOST_FORMS: Final = 32
_MOST_SIGHTINGS: Final = 4096
_LONGEST: Final = 32 * 1024
_MOST_SLOTS: Final = 64  # compiling takes the square of them, while others wait

_Key = tuple[str, Algorithm]
"""A verification method, and the kind of key it was when a form was learned: with another kind the hashes differ."""

_PROOF_MEMBERS: Final = {"type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"}
_SLOTS: Final[Mapping[str, tuple[str, ...]]] = {
    "": ("id", "validFrom", "validUntil", "awardedDate"),
    "credentialSubject": ("id",),
    "credentialSubject.identifier": ("identityHash", "salt"),
    "credentialSubject.result": ("value", "achievedLevel", "status"),
    "evidence": ("id", "name", "narrative"),
    "credentialStatus": ("id", "statusListIndex"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _KnownForm:
    """A compiled form; the last slot of `json` is the proofValue, the one before it the proof's `created`."""

    json: JsonTemplate
    canonical: CanonicalTemplate
    context: Any


class KnownForms:
    """The forms one verifier has met, bounded in number and size. Safe for several threads."""

    def __init__(self) -> None:
        self._forms: OrderedDict[_Key, list[_KnownForm]] = OrderedDict()
        self._sightings: OrderedDict[int, int] = OrderedDict()
        self._lock = Lock()

    def signature_input(self, opened: Opened, suite: Suite, algorithm: Algorithm) -> bytes | None:
        """What the signature of a document's only proof must cover, or None where the long way has to be taken."""
        proof = opened.document["proof"]
        if suite.form is not Form.RDFC or not isinstance(proof, dict) or not 0 < len(opened.raw) <= _LONGEST:
            return None
        with self._lock:
            found = self._find(opened.raw, proof, suite, algorithm)
            if found is None:
                self._learn(opened, proof, algorithm)
        return found

    def _find(self, raw: bytes, proof: JsonObject, suite: Suite, algorithm: Algorithm) -> bytes | None:
        for form in self._forms.get((proof["verificationMethod"], algorithm), ()):
            values = form.json.match(raw)
            if values is not None:
                found = form.canonical.digest(values[:-2])
                if found is None:
                    return None
                return config_hash(proof, form.context, suite, algorithm=algorithm) + found[0]
        return None

    def _learn(self, opened: Opened, proof: JsonObject, algorithm: Algorithm) -> None:
        key = _key(opened.document, proof)
        if key is None:
            return
        count = self._sightings[key] = self._sightings.pop(key, 0) + 1
        if len(self._sightings) > _MOST_SIGHTINGS:
            self._sightings.popitem(last=False)
        if count == SIGHTINGS and dumps(opened.document) == opened.raw:
            form = _compile(opened.document, HASH_NAMES[algorithm])
            if form is not None:
                self._keep((proof["verificationMethod"], algorithm), form)

    def _keep(self, key: _Key, form: _KnownForm) -> None:
        self._forms.setdefault(key, []).insert(0, form)
        self._forms.move_to_end(key)
        while sum(map(len, self._forms.values())) > _MOST_FORMS:
            oldest = next(iter(self._forms.values()))
            oldest.pop()
            if not oldest:
                self._forms.popitem(last=False)


def _key(document: JsonObject, proof: JsonObject) -> int | None:
    """One key for documents that share key, achievement and members. It decides when to learn, never what is known."""
    subject = document.get("credentialSubject")
    if not isinstance(subject, dict) or proof.keys() != _PROOF_MEMBERS:
        return None
    achievement = subject.get("achievement")
    named = achievement.get("id") if isinstance(achievement, dict) else None
    return hash((proof["verificationMethod"], proof["cryptosuite"], str(named), tuple(document), tuple(subject)))


def _compile(document: JsonObject, hash_name: str) -> _KnownForm | None:
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    paths = list(_paths(document))
    if len(paths) > _MOST_SLOTS:
        return None
    try:
        canonical = CanonicalTemplate(unsecured, paths, emitter=STRICT, hash_name=hash_name)
    except NoTemplateError:
        return None
    json = JsonTemplate.compile(document, [*paths, ("proof", "created"), ("proof", "proofValue")])
    return _KnownForm(json=json, canonical=canonical, context=document["@context"])


def _paths(document: JsonObject) -> Iterator[Path]:
    """The strings that differ from award to award, where a credential keeps them."""
    for place, names in _SLOTS.items():
        for path, node in _nodes(document, place):
            for name in names:
                if isinstance(node.get(name), str):
                    yield (*path, name)


def _nodes(document: JsonObject, place: str) -> Iterator[tuple[Path, JsonObject]]:
    found: list[tuple[Path, Any]] = [((), document)]
    for step in place.split(".") if place else []:
        found = [((*path, step), node[step]) for path, node in found if isinstance(node, dict) and step in node]
        found = [inner for path, value in found for inner in _each(path, value)]
    yield from ((path, node) for path, node in found if isinstance(node, dict))


def _each(path: Path, value: Any) -> list[tuple[Path, Any]]:
    if isinstance(value, list):
        return [((*path, number), item) for number, item in enumerate(value)]
    return [(path, value)]
