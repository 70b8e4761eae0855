"""Templates and known forms against the long way, on a thousand badges with hostile values in random slots."""

import hashlib
from collections import Counter

from skillmark.credentials.canonical import STRICT, canonicalize
from skillmark.credentials.canonical.template import CanonicalTemplate, NoTemplateError
from skillmark.credentials.encoding.json_template import with_values
from skillmark.errors import CanonicalizationError
from tests.credentials.canonical.generators import LITERALS, NASTY, NONCHARACTERS, JsonObject, Writer

COUNT = 1_000
IDENTIFIERS = (
    "urn:uuid:0",
    "urn:\U0001f600",
    "https://example.edu/z",
    "zzz:z",
    "a:",
    "relative",
    "urn:a b",
    "_:b0",
    "",
)


def places(value, path=()):
    """The path and member name of every text of a document that could be a slot."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in pairs:
        here = (*path, key)
        if isinstance(item, dict | list) and key != "@context":
            yield from places(item, here)
        elif isinstance(item, str):
            name = next(step for step in reversed(here) if isinstance(step, str))
            if name in LITERALS or name == "id":
                yield here, name


def drawn(writer: Writer, name: str, document: JsonObject) -> str:
    """A value for a slot: a hostile text, or an identifier, sometimes a wrong one or one the document has already."""
    if name != "id":
        return "".join(writer.rng.choices(NASTY + NONCHARACTERS, k=writer.rng.randint(0, 4)))
    return writer.rng.choice([writer.url, writer.urn, lambda: document["id"], lambda: writer.rng.choice(IDENTIFIERS)])()


def form(make) -> bytes | str | None:
    try:
        return make()
    except CanonicalizationError as error:
        return error.rule


def test_templates_give_the_hash_of_the_long_way_or_decline():
    verdicts: Counter[str] = Counter()
    for seed in range(COUNT):
        writer = Writer(f"template {seed}")
        document = writer.latest()
        found = list(places(document))
        slots = dict(writer.rng.sample(found, k=min(len(found), writer.rng.randint(1, 8))))
        try:
            template = CanonicalTemplate(document, list(slots), emitter=STRICT)
        except NoTemplateError:
            verdicts["no template"] += 1
            continue
        for _ in range(4):
            values = [drawn(writer, name, document) for name in slots.values()]
            filled = with_values(document, dict(zip(slots, values, strict=True)))
            long_way = form(lambda each=filled: hashlib.sha256(canonicalize(each)).digest())
            found_digest = form(lambda drawn=values, made=template: made.digest(drawn))
            verdicts[verdict(long_way, found_digest)] += 1
    assert set(verdicts) <= {"no template", "declined", "refused", "equal"}, verdicts
    assert verdicts["equal"] > 1_000
    assert verdicts["refused"] > 100, verdicts


def verdict(long_way, quick) -> str:
    if quick is None:
        return "declined"
    if isinstance(quick, str):
        return "refused" if isinstance(long_way, str) else "refused alone"
    return "equal" if quick[0] == long_way else "different"
