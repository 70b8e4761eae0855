"""RDF quads as plain tuples, and the terms of canonical N-Quads (RDF 1.1 N-Quads; RDFC-1.0, section 5)."""

from __future__ import annotations

import re
from typing import Final

Node = str | int
"""An IRI (`<…>`) or literal (`"…"…`) in N-Quads form, or a blank node as a number."""

Quad = tuple[Node, str, Node, Node]
"""Subject, predicate, object, graph; the default graph is the empty string."""

DEFAULT_GRAPH: Final = ""
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

_TO_ESCAPE: Final = re.compile('[\x00-\x1f"\\\\\x7f\ufffe\uffff]')
_ESCAPES: Final = {
    **{code: f"\\u{code:04X}" for code in [*range(0x20), 0x7F, 0xFFFE, 0xFFFF]},
    **str.maketrans({'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}),
}

needs_escape = _TO_ESCAPE.search


def escape(text: str) -> str:
    """The text with canonical escapes: ECHAR where one exists, else UCHAR for controls, DEL and noncharacters.

    Source: RDFC-1.0, section 5 (Canonical N-Quads).
    """
    return text.translate(_ESCAPES) if needs_escape(text) else text
