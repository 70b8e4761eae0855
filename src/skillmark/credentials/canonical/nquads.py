"""Reading N-Quads, so that any RDF dataset can be canonicalised (RDF 1.1 N-Quads)."""

from __future__ import annotations

import re
import sys
from typing import Final

from skillmark.credentials.canonical.quads import DEFAULT_GRAPH, Node, Quad, escape
from skillmark.errors import InputError

_IRI: Final = r'<(?:[^\x00-\x20<>"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>'
_BLANK: Final = r"_:[\w:](?:[\w:.\-·]*[\w:\-·])?"
_STRING: Final = r'"(?:[^"\\\n\r]|\\[tbnrf"\'\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*"'
_LITERAL: Final = rf"{_STRING}(?:\^\^{_IRI}|@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*)?"
_STATEMENT: Final = re.compile(
    rf"[ \t]*({_IRI}|{_BLANK})[ \t]*({_IRI})[ \t]*({_IRI}|{_BLANK}|{_LITERAL})"
    rf"[ \t]*({_IRI}|{_BLANK})?[ \t]*\.[ \t]*(?:#.*)?"
)
_IGNORED: Final = re.compile(r"[ \t]*(?:#.*)?")
_ESCAPED: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_CHARACTERS: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_SURROGATES: Final = range(0xD800, 0xE000)
_STRING_TYPE: Final = "^^<http://www.w3.org/2001/XMLSchema#string>"


def parse(text: str) -> tuple[list[Quad], dict[str, int]]:
    """The quads of an N-Quads document, and the number each of its blank node labels became.

    Raises InputError for a line that is no statement and an escape that is no character.
    """
    names: dict[str, int] = {}
    quads: list[Quad] = []
    for number, line in enumerate(re.split(r"[\n\r]+", text), 1):
        if _IGNORED.fullmatch(line):
            continue
        statement = _STATEMENT.fullmatch(line)
        if statement is None:
            raise InputError(f"line {number} is no N-Quads statement", rule="nquads-syntax")
        subject, predicate, value, graph = statement.groups()
        quads.append(
            (_node(subject, names), _unescape(predicate), _node(value, names), _node(graph or DEFAULT_GRAPH, names))
        )
    return quads, names


def _node(text: str, names: dict[str, int]) -> Node:
    if text.startswith("_:"):
        return names.setdefault(text[2:], len(names))
    if text.startswith('"'):
        return _literal(text)
    return _unescape(text)


def _literal(text: str) -> str:
    end = text.rindex('"') + 1
    string, suffix = text[:end], text[end:]
    suffix = "" if suffix == _STRING_TYPE else suffix if suffix.startswith("@") else _unescape(suffix)
    return f'"{escape(_unescape(string[1:-1]))}"{suffix}'


def _unescape(text: str) -> str:
    return _ESCAPED.sub(_character, text) if "\\" in text else text


def _character(match: re.Match[str]) -> str:
    short, long, letter = match.groups()
    if letter:
        return _CHARACTERS.get(letter, letter)
    code = int(short or long, 16)
    if code in _SURROGATES or code > sys.maxunicode:
        raise InputError(f"{match[0]} is no character", rule="nquads-syntax")
    return chr(code)
