"""Many credentials of one achievement under one key: compiled once for each structure, then filled in.

Lint and verification are layered (Let's Encrypt's rule of linting before signing): the first credential of each
structure is signed with a scratch key, verified and linted in full before the real key is used; so are, with the real
key, the first and the last one, the first of each new layout of the canonical form, and one in a thousand, each on the
independent path.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

from skillmark.credentials.canonical import STRICT
from skillmark.credentials.canonical.template import CanonicalTemplate, Layout, NoTemplateError
from skillmark.credentials.encoding.json_template import JsonTemplate, Path
from skillmark.credentials.encoding.strict_json import JsonObject, dumps
from skillmark.credentials.issuing.awards import Award
from skillmark.credentials.issuing.building import (
    Definition,
    Fields,
    Randomness,
    StatusPosition,
    award_fields,
    build_credential,
)
from skillmark.credentials.issuing.inspection import inspect, scratch_signer
from skillmark.credentials.issuing.single import Form, secure
from skillmark.credentials.keys import Signer
from skillmark.credentials.proofs.configurations import config_hash
from skillmark.credentials.proofs.cryptosuites import HASH_NAMES, proof_value, suite_for, suite_named
from skillmark.credentials.proofs.cryptosuites import Form as CanonicalForm

SAMPLE: Final = 1000
_MOST_SHAPES: Final = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """One signed credential: its id, that of its subject, and the bytes that are the credential."""

    id: str
    subject: str
    data: bytes


class BatchIssuer:
    """Signs awards of one Definition. Not for several threads at once.

    `created` is the moment the batch states in its proofs and, where an award names none, as start of validity.
    """

    def __init__(
        self,
        definition: Definition,
        signer: Signer,
        *,
        created: str,
        randomness: Randomness,
        form: Form = Form.DATA_INTEGRITY,
        cryptosuite: str | None = None,
        required: frozenset[str] = frozenset(),
        sample: int = SAMPLE,
    ) -> None:
        self._definition = definition
        self._signer = signer
        self._created = created
        self._randomness = randomness
        self._required = required
        self._sample = sample
        self._scratch = scratch_signer(signer)
        self._make = _maker(form, cryptosuite, created)
        self._shapes: dict[tuple[str, ...], _Shape] = {}
        self._count = 0
        self._last = b""

    def issue(self, award: Award, *, status: tuple[StatusPosition, ...] = ()) -> Issued:
        """Sign one award. Raises AwardError, or LintError with what an inspection found: then it must not be used."""
        fields = award_fields(
            self._definition, award, created=self._created, randomness=self._randomness, status=status
        )
        names = tuple(fields)
        shape = self._shapes.get(names) or self._new_shape(names, fields)
        data, fresh = shape.issue(fields)
        self._count += 1
        if fresh or (self._count - 1) % self._sample == 0:
            inspect(data, self._signer.public, required=self._required)
            self._last = b""
        else:
            self._last = data
        return Issued(id=fields["id"], subject=fields["subject"], data=data)

    def finish(self) -> int:
        """Inspect the last credential and return how many were signed."""
        if self._last:
            inspect(self._last, self._signer.public, required=self._required)
        return self._count

    def _new_shape(self, names: tuple[str, ...], fields: Fields) -> _Shape:
        trial, _ = self._make(self._definition, fields, self._scratch).issue(fields)
        inspect(trial, self._scratch.public, required=self._required)
        if len(self._shapes) >= _MOST_SHAPES:
            self._shapes.clear()
        shape = self._shapes[names] = self._make(self._definition, fields, self._signer)
        return shape


class _Shape:
    """Credentials of one structure that are built and secured one by one."""

    def __init__(self, definition: Definition, signer: Signer, secured: Callable[[JsonObject, Signer], bytes]) -> None:
        self._definition = definition
        self._signer = signer
        self._secured = secured
        self._met = False

    def issue(self, fields: Fields) -> tuple[bytes, bool]:
        """The secured bytes, and whether this way of making them was used for the first time."""
        first, self._met = not self._met, True
        return self._secured(build_credential(self._definition, fields), self._signer), first


class _TemplateShape(_Shape):
    """Credentials of one structure under an rdfc suite, from a compiled template."""

    def __init__(
        self,
        definition: Definition,
        signer: Signer,
        secured: Callable[[JsonObject, Signer], bytes],
        *,
        fields: Fields,
        options: JsonObject,
    ) -> None:
        super().__init__(definition, signer, secured)
        document = build_credential(definition, fields)
        paths = _paths(definition, fields)
        algorithm = signer.algorithm
        suite = suite_named(options["cryptosuite"])
        self._canonical = CanonicalTemplate(document, paths, emitter=STRICT, hash_name=HASH_NAMES[algorithm])
        self._json = JsonTemplate.compile(document, paths)
        self._config = config_hash(options, document["@context"], suite, algorithm=algorithm)
        self._tail = b',"proof":' + dumps(options)[:-1] + b',"proofValue":"'
        self._values = itemgetter(*fields)
        self._layouts: set[Layout] = set()

    def issue(self, fields: Fields) -> tuple[bytes, bool]:
        """See `_Shape.issue`; every layout of the canonical form counts as a way of its own."""
        values: Sequence[str] = self._values(fields)
        found = self._canonical.digest(values)
        if found is None:
            return super().issue(fields)
        digest, layout = found
        fresh = layout not in self._layouts
        if fresh:
            self._layouts.add(layout)
        proof = proof_value(self._signer.sign(self._config + digest)).encode()
        return b"".join((self._json.render(values)[:-1], self._tail, proof, b'"}}')), fresh


def _maker(form: Form, cryptosuite: str | None, created: str) -> Callable[[Definition, Fields, Signer], _Shape]:
    def secured(document: JsonObject, signer: Signer) -> bytes:
        return secure(document, signer, form=form, cryptosuite=cryptosuite, created=created)

    def make(definition: Definition, fields: Fields, signer: Signer) -> _Shape:
        if form is Form.DATA_INTEGRITY:
            suite = suite_named(cryptosuite) if cryptosuite else suite_for(signer.algorithm)
            if suite.form is CanonicalForm.RDFC:
                options = {
                    "type": "DataIntegrityProof",
                    "cryptosuite": suite.name,
                    "created": created,
                    "verificationMethod": signer.verification_method,
                    "proofPurpose": "assertionMethod",
                }
                try:
                    return _TemplateShape(definition, signer, secured, fields=fields, options=options)
                except NoTemplateError:
                    pass
        return _Shape(definition, signer, secured)

    return make


def _paths(definition: Definition, fields: Mapping[str, str]) -> list[Path]:
    """Where each field stands in the credential, found by building one whose fields are marks."""
    marks = {f"urn:mark:{number}:": name for number, name in enumerate(fields)}
    document = build_credential(definition, {name: mark for mark, name in marks.items()})
    found: dict[str, Path] = {}
    waiting: list[tuple[Path, Any]] = [((), document)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str) and value in marks:
            found[marks[value]] = path
        elif isinstance(value, dict):
            waiting += [((*path, name), child) for name, child in value.items()]
        elif isinstance(value, list):
            waiting += [((*path, position), child) for position, child in enumerate(value)]
    return [found[name] for name in fields]
