"""Structural variants: what a careless or hostile hand does to the shape of a badge. Each has a name.

A mutation changes a document in place and says whether it found something to change.
"""

import random
from collections.abc import Callable, Iterator
from typing import Any

from tests.credentials.canonical.generators import (
    EDITIONS,
    INTEGRITY,
    OB,
    VC,
    VC1,
    JsonObject,
    Specimen,
    Writer,
    clone,
    objects,
    texts,
)

Mutation = Callable[[JsonObject, random.Random], bool]
MUTATIONS: dict[str, Mutation] = {}
SCHEMA_NAME = "https://schema.org/name"
IDENTIFIERS = (
    "not an iri", "relative", "../up", "", "#f", "//host/x", "urn:a b", "https://e.edu/<x>", "_:b0", 'u:"', "@id",
    "1:a", "schema:name", "xsd:date", "id:1", "name:x", "ext:x", "https://e.edu/é", "mailto:a@b.c", "HTTPS://E.EDU",
    "urn:x", "a:", "http://e.edu/%zz", "urn:\u202ex", "urn:x\\y", "urn:x^y", "urn:{x}", "urn:a|b", "urn:`", "urn:\x00",
    VC, "did:key:z6Mk#z6Mk",
)  # fmt: skip


def mutation(change: Mutation) -> Mutation:
    """Register under the function's name, with hyphens."""
    MUTATIONS[change.__name__.replace("_", "-")] = change
    return change


def structural(count: int, *, start: int = 0) -> Iterator[Specimen]:
    """Badges with one to three mutations; each mutation in turn, so none goes unused."""
    names = sorted(MUTATIONS)
    for seed in range(start, start + count):
        writer = Writer(f"structural {seed}")
        document = writer.latest() if seed % 3 else writer.any_document()
        wanted = [names[seed % len(names)], *writer.rng.sample(names, k=writer.rng.choice([0, 0, 0, 1, 2]))]
        done = tuple(name for name in wanted if MUTATIONS[name](document, writer.rng))
        yield Specimen(family="structural", seed=seed, document=document, variants=done)


def part(document: JsonObject, rng: random.Random) -> JsonObject:
    """Any object of the document."""
    return rng.choice([value for value, _ in objects(document)])


def member(document: JsonObject, rng: random.Random, *, kind: type | None = None) -> tuple[JsonObject, str] | None:
    """Any member that is no context, of this kind if one is asked for."""
    found = [
        (value, name)
        for value, _ in objects(document)
        for name in value
        if name != "@context" and (kind is None or isinstance(value[name], kind))
    ]
    return rng.choice(found) if found else None


def typed(document: JsonObject, rng: random.Random, name: str) -> JsonObject | None:
    """Any object of this type."""
    found = [value for value, _ in objects(document) if name in _types(value)]
    return rng.choice(found) if found else None


def _types(value: JsonObject) -> list[Any]:
    types = value.get("type", [])
    return types if isinstance(types, list) else [types]


def put(document: JsonObject, rng: random.Random, name: str, value: Any) -> bool:
    """Set a member of any object."""
    part(document, rng)[name] = value
    return True


def replace(document: JsonObject, rng: random.Random, change: Callable[[Any], Any], *, kind: type) -> bool:
    """Replace the value of any member of this kind."""
    if (place := member(document, rng, kind=kind)) is None:
        return False
    value, name = place
    value[name] = change(value[name])
    return True


def replace_text(document: JsonObject, rng: random.Random, change: Callable[[str], Any]) -> bool:
    """Replace any literal text."""
    if not (places := list(texts(document))):
        return False
    container, key = rng.choice(places)
    container[key] = change(container[key])
    return True


# Shapes that stay plain.


@mutation
def nothing(document, rng):
    return True


@mutation
def member_removed(document, rng):
    if (place := member(document, rng)) is None:
        return False
    del place[0][place[1]]
    return True


@mutation
def members_shuffled(document, rng):
    value = part(document, rng)
    names = list(value)
    rng.shuffle(names)
    for name in names:
        value[name] = value.pop(name)
    return True


@mutation
def single_as_array(document, rng):
    return replace(document, rng, lambda value: [value], kind=dict | str)


@mutation
def array_as_single(document, rng):
    return replace(document, rng, lambda value: value[0] if value else value, kind=list)


@mutation
def array_repeated(document, rng):
    return replace(document, rng, lambda value: value + clone({"v": value})["v"], kind=list)


@mutation
def array_reversed(document, rng):
    return replace(document, rng, lambda value: value[::-1], kind=list)


@mutation
def array_emptied(document, rng):
    return replace(document, rng, lambda _: [], kind=list)


@mutation
def object_emptied(document, rng):
    return replace(document, rng, lambda _: {}, kind=dict)


@mutation
def result_duplicated(document, rng):
    if (subject := typed(document, rng, "AchievementSubject")) is None:
        return False
    result = {"type": ["Result"], "status": "Completed"}
    subject["result"] = [clone(result) for _ in range(rng.randint(2, 4))]
    return True


@mutation
def creator_is_issuer(document, rng):
    achievement = typed(document, rng, "Achievement")
    if achievement is None or not isinstance(document.get("issuer"), dict):
        return False
    document["issuer"].setdefault("address", {"type": ["Address"], "addressCountry": "NL"})
    achievement["creator"] = clone(document["issuer"])
    return True


@mutation
def subject_repeated(document, rng):
    if not isinstance(document.get("credentialSubject"), dict):
        return False
    document["credentialSubject"] = [document["credentialSubject"], clone(document["credentialSubject"])]
    return True


@mutation
def identifier_removed(document, rng):
    found = [value for value, _ in objects(document) if "id" in value]
    if not found:
        return False
    for value in rng.sample(found, k=rng.randint(1, len(found))):
        del value["id"]
    return True


@mutation
def identifier_shared(document, rng):
    found = [value for value, _ in objects(document) if "id" in value]
    if len(found) < 2:
        return False
    one, other = rng.sample(found, k=2)
    one["id"] = other["id"]
    return True


@mutation
def object_as_identifier(document, rng):
    return replace(document, rng, lambda _: "https://example.edu/linked", kind=dict)


@mutation
def type_removed(document, rng):
    return part(document, rng).pop("type", None) is not None


@mutation
def types_repeated(document, rng):
    found = [value for value, _ in objects(document) if _types(value)]
    if not found:
        return False
    value = rng.choice(found)
    value["type"] = [*_types(value), *_types(value)]
    return True


@mutation
def second_type(document, rng):
    value = part(document, rng)
    value["type"] = [*_types(value), rng.choice(["Profile", "Evidence", "Related", "Image", "urn:type:x"])]
    return True


@mutation
def member_moved(document, rng):
    place, target = member(document, rng), part(document, rng)
    if place is None or place[0] is target or not isinstance(place[0][place[1]], str):
        return False
    target[place[1]] = place[0].pop(place[1])
    return True


@mutation
def number_for_text(document, rng):
    number = rng.choice([0, -1, 3, 2.5, 5.0, -0.0, 1e20, 1e21, 1.5e300, 0.1, 0.1 + 0.2, 1e-5, 10**20, 10**21, 2**53])
    return replace_text(document, rng, lambda _: number)


@mutation
def tiny_number(document, rng):
    return replace_text(document, rng, lambda _: rng.choice([9e-7, 1e-7, 1e-12, 5e-324, -1e-9, 1.5e-7]))


@mutation
def boolean_for_text(document, rng):
    return replace_text(document, rng, lambda _: rng.choice([True, False]))


@mutation
def object_for_text(document, rng):
    return replace_text(document, rng, lambda text: {"type": "Evidence", "name": text})


@mutation
def several_texts(document, rng):
    return replace_text(document, rng, lambda text: [text, "second", text])


@mutation
def language_value(document, rng):
    tag = rng.choice(["en", "EN-gb", "zh-Hant", "x-own", "de-1996"])
    return replace_text(document, rng, lambda text: {"@value": text, "@language": tag})


@mutation
def direction_value(document, rng):
    return replace_text(document, rng, lambda text: {"@value": text, "@language": "ar", "@direction": "rtl"})


@mutation
def any_identifier(document, rng):
    return put(document, rng, "id", rng.choice(IDENTIFIERS))


@mutation
def any_type(document, rng):
    odd = ["Unknown", "urn:type:x", "https://example.edu/Type", "relative/type", "", "profile", "id", "name", "@vocab"]
    return put(document, rng, "type", rng.choice([*odd, "https://www.w3.org/2018/credentials#VerifiableCredential"]))


@mutation
def any_proof_purpose(document, rng):
    purpose = rng.choice(["authentication", "urn:x", "Unknown", "", "https://w3id.org/security#assertionMethod"])
    document["proof"] = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": purpose}
    return True


@mutation
def contexts_changed(document, rng):
    ob = f"{OB}context-3.0.3.json"
    lists = [[ob, VC], [VC], [ob], [VC, ob, ob], [VC, VC, ob], [VC1, VC, ob], [VC, ob, INTEGRITY], [VC, VC1], [],
             ob, VC, [VC, ob, "https://w3id.org/security/multikey/v1"], *(pair[0] for pair in EDITIONS)]  # fmt: skip
    document["@context"] = rng.choice(lists)
    return True


# Shapes with an undefined or hidden part.


@mutation
def undefined_member(document, rng):
    return put(document, rng, rng.choice(["grade", "x", "alignments", "xmlns", "ceterms", "score_1"]), "x")


@mutation
def case_variant(document, rng):
    if (place := member(document, rng)) is None:
        return False
    value, name = place
    value[name.swapcase()] = value.pop(name)
    return True


@mutation
def full_iri_member(document, rng):
    value = part(document, rng)
    value[SCHEMA_NAME] = value.pop("name", "a name")
    return True


@mutation
def compact_iri_member(document, rng):
    return put(document, rng, rng.choice(["schema:name", "xsd:date", "OpenBadgeCredential:x", "_:b", "id:x"]), "x")


@mutation
def keyword_member(document, rng):
    value = part(document, rng)
    short = rng.choice(["id", "type"])
    if short not in value:
        return False
    value[f"@{short}"] = value.pop(short)
    return True


@mutation
def unknown_keyword(document, rng):
    return put(document, rng, rng.choice(["@foo", "@ignore", "@", "@@id"]), "x")


@mutation
def included_block(document, rng):
    return put(document, rng, "@included", [{"id": "urn:hidden", "type": ["Evidence"], "name": "hidden"}])


@mutation
def reverse_block(document, rng):
    return put(document, rng, "@reverse", {"evidence": {"id": "urn:hidden"}})


@mutation
def graph_block(document, rng):
    return put(document, rng, "@graph", [{"id": "urn:hidden", "type": ["Evidence"]}])


@mutation
def index_member(document, rng):
    return put(document, rng, "@index", "x")


@mutation
def nest_member(document, rng):
    return put(document, rng, "@nest", {"name": "hidden"})


@mutation
def inline_context(document, rng):
    document["@context"] = [*_listed(document.get("@context", [])), {"grade": "https://example.edu/grade"}]
    return True


@mutation
def vocab_context(document, rng):
    document["@context"] = [*_listed(document.get("@context", [])), {"@vocab": "https://example.edu/#"}]
    document["anything"] = "x"
    return True


@mutation
def nested_context(document, rng):
    return put(document, rng, "@context", rng.choice([VC, [VC], {"n": SCHEMA_NAME}, [], {}]))


@mutation
def null_context(document, rng):
    return put(document, rng, "@context", None)


@mutation
def unknown_context(document, rng):
    document["@context"] = [*_listed(document.get("@context", [])), "https://example.edu/context"]
    return True


@mutation
def context_removed(document, rng):
    return document.pop("@context", None) is not None


@mutation
def null_member(document, rng):
    return replace(document, rng, lambda _: None, kind=object)


@mutation
def null_item(document, rng):
    return replace(document, rng, lambda value: [*value, None], kind=list)


@mutation
def nested_array(document, rng):
    return replace(document, rng, lambda value: [value], kind=list)


@mutation
def value_object(document, rng):
    forms = [{"@value": "x"}, {"@value": 5}, {"@value": True}, {"@value": None}, {"@value": "x", "@type": "urn:t"},
             {"@value": "x", "@language": "no such tag"}, {"@value": "x", "name": "y"}, {"@value": "1", "@index": "i"},
             {"@value": {"a": 1}, "@type": "@json"}, {"@value": "x", "@direction": "up"}]  # fmt: skip
    return replace_text(document, rng, lambda _: rng.choice(forms))


@mutation
def list_object(document, rng):
    return replace_text(document, rng, lambda text: {rng.choice(["@list", "@set"]): [text, "second"]})


@mutation
def identifier_not_text(document, rng):
    return put(document, rng, "id", rng.choice([5, True, ["urn:a"], {"id": "urn:a"}, [], {}]))


@mutation
def type_not_text(document, rng):
    return put(document, rng, "type", rng.choice([5, [5], {"id": "urn:a"}, [["Profile"]], {}, [{}]]))


@mutation
def language_member(document, rng):
    return put(document, rng, "@language", "en")


@mutation
def bare_value_member(document, rng):
    return put(document, rng, "@value", "x")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
