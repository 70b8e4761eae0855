"""The shipped schema files: written by the generator as it is now, and every keyword with words for its faults."""

import json
import runpy

import jsonschema
import pytest

from skillmark.credentials.model import generate, patterns, schemas, sentences


@pytest.mark.parametrize("name", sorted(generate.ROOTS))
def test_shipped_file_is_what_the_generator_writes(name):
    assert (schemas.FOLDER / f"{name}.json").read_text() == generate.text(name)


def test_no_other_file_is_shipped():
    assert {path.stem for path in schemas.FOLDER.iterdir()} == set(generate.ROOTS)


def test_command_writes_every_file(tmp_path, monkeypatch):
    monkeypatch.setattr(schemas, "FOLDER", tmp_path)
    runpy.run_path(generate.__file__, run_name="__main__")
    assert {path.stem: path.read_text() for path in tmp_path.iterdir()} == {
        name: generate.text(name) for name in generate.ROOTS
    }


@pytest.mark.parametrize("name", sorted(generate.ROOTS))
def test_file_is_a_schema_of_draft_2020_12(name):
    schema = json.loads((schemas.FOLDER / f"{name}.json").read_text())
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)


STRUCTURE = {"$comment", "$defs", "$ref", "$schema", "allOf", "description", "items", "prefixItems", "properties"}


@pytest.mark.parametrize("name", sorted(generate.ROOTS))
def test_every_keyword_has_words_for_its_faults(name):
    met = set(keywords(json.loads((schemas.FOLDER / f"{name}.json").read_text())))
    told = {"additionalProperties", "anyOf", "required"} | set(sentences._PHRASES)
    assert met - STRUCTURE - told == set()


def keywords(schema):
    for keyword, value in schema.items():
        yield keyword
        if keyword in {"$defs", "properties"}:
            for inner in value.values():
                yield from keywords(inner)
        elif keyword in {"anyOf", "allOf", "prefixItems"}:
            for inner in value:
                yield from keywords(inner)
        elif keyword in {"items", "contains"}:
            yield from keywords(value)


@pytest.mark.parametrize("name", sorted(generate.ROOTS))
def test_every_pattern_has_words(name):
    text = (schemas.FOLDER / f"{name}.json").read_text()
    assert set(found(json.loads(text))) <= set(patterns.IN_WORDS)


def found(node):
    if isinstance(node, dict):
        if isinstance(node.get("pattern"), str):
            yield node["pattern"]
        for value in node.values():
            yield from found(value)
    elif isinstance(node, list):
        for value in node:
            yield from found(value)


def test_members_may_be_absent_but_not_null():
    assert '"null"' not in "".join(path.read_text() for path in schemas.FOLDER.iterdir())
