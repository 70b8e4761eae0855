"""The root of our exceptions and its few families. A message says what was expected, what came, and what to do."""

from __future__ import annotations


class SkillmarkError(Exception):
    """Anything Skillmark refuses or cannot do.

    `rule` is the short kebab-case name under which a report shows the fault; `pointer` the JSON pointer (RFC 6901) of
    the place, where one is known.
    """

    rule = "error"

    def __init__(self, message: str, *, rule: str | None = None, pointer: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.pointer = pointer
        if rule is not None:
            self.rule = rule


class InputError(SkillmarkError):
    """What came cannot be read as what was expected: JSON, base64, an image, a table."""

    rule = "parse"


class CanonicalizationError(SkillmarkError):
    """A document has no unambiguous canonical form: undefined term, relative IRI, unknown context."""

    rule = "canonical-form"


class WorkLimitError(CanonicalizationError):
    """Canonicalising would take more work than any honest document needs."""

    rule = "work-limit"


class KeyMaterialError(SkillmarkError):
    """A key is malformed, weak, of an unsupported kind, or locked."""

    rule = "key-material"


class ResolutionError(SkillmarkError):
    """An identifier does not lead to a key: a DID or key document that is malformed or lacks the method."""

    rule = "key-resolution"


class FetchError(SkillmarkError):
    """Something on the network was refused or could not be had: never a verdict, the answer is unknown."""

    rule = "fetch"


class ProofError(SkillmarkError):
    """A proof or signature does not hold."""

    rule = "proof"


class StatusError(SkillmarkError):
    """A status cannot be told. `problem` is the W3C problem type where the standard names one."""

    rule = "status"

    def __init__(self, message: str, *, problem: str = "", rule: str | None = None, pointer: str | None = None) -> None:
        super().__init__(message, rule=rule, pointer=pointer)
        self.problem = problem


class IssuingError(SkillmarkError):
    """A credential cannot be issued as asked."""

    rule = "issuing"
