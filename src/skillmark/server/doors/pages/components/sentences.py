"""What a report means, in sentences for people: a verdict and three answers, never merged into one light."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from skillmark.credentials.verifying import Answer, Outcome, Report, Verdict

TONES = {Outcome.PASSED: "good", Outcome.FAILED: "bad", Outcome.UNKNOWN: "warn", Outcome.SKIPPED: "none"}
ICONS = {Outcome.PASSED: "check", Outcome.FAILED: "cross", Outcome.UNKNOWN: "question", Outcome.SKIPPED: "dash"}

ISSUER = "issuer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A word and its reason, with the tone and icon that go with it."""

    word: str
    why: str
    tone: str
    icon: str
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A check as a table shows it."""

    rule: str
    word: str
    tone: str
    explanation: str
    clause: str


def verdict(report: Report) -> Sentence:
    """The whole in one sentence."""
    if report.intact.outcome is Outcome.FAILED:
        return _sentence(
            Outcome.FAILED,
            _("Do not rely on this"),
            _("The signature does not hold, so nothing that the document says is shown here."),
        )
    if report.verdict is Verdict.VALID:
        return _valid(report)
    if report.current.outcome is Outcome.FAILED:
        word, why = _current(report)
        return _sentence(Outcome.FAILED, word, why)
    if report.verdict is Verdict.INVALID:
        return _sentence(
            Outcome.FAILED,
            _("Not valid"),
            _("The document is as it was signed, and yet it does not count. The reason is below."),
        )
    return _sentence(
        Outcome.UNKNOWN,
        _("We cannot tell"),
        _("Part of the check could not be made. That is neither a yes nor a no: try again later, or ask the issuer."),
    )


def _valid(report: Report) -> Sentence:
    if report.issuer_known.outcome is Outcome.PASSED:
        return _sentence(Outcome.PASSED, _("Valid"), _("Intact, current, and from an issuer that is listed."))
    return Sentence(
        word=_("Valid, issuer not listed"),
        why=_(
            "Intact and current. Whether this issuer deserves trust is for you to judge: no list we look in names it."
        ),
        tone=TONES[Outcome.UNKNOWN],
        icon=ICONS[Outcome.PASSED],
    )


def answers(report: Report) -> list[Sentence]:
    """The three answers; only the first where the proof failed."""
    first = _sentence_of(report.intact, _("Is it intact?"), _intact(report))
    if report.intact.outcome is Outcome.FAILED:
        return [first]
    return [
        first,
        _sentence_of(report.current, _("Is it current?"), _current(report)),
        _sentence_of(report.issuer_known, _("Do we know the issuer?"), _issuer(report)),
    ]


def rows(report: Report) -> list[Row]:
    """The checks as rows; where the proof failed, only what failed, and nothing about who is meant to have signed."""
    words = {
        Outcome.PASSED: _("passed"),
        Outcome.FAILED: _("failed"),
        Outcome.UNKNOWN: _("could not be checked"),
        Outcome.SKIPPED: _("does not apply"),
    }
    alone = report.intact.outcome is Outcome.FAILED
    return [
        Row(
            rule=check.rule,
            word=words[check.outcome],
            tone=TONES[check.outcome],
            explanation=check.explanation,
            clause=check.clause,
        )
        for check in report.checks
        if not alone or (check.outcome is Outcome.FAILED and check.rule != ISSUER)
    ]


def _intact(report: Report) -> tuple[str, str]:
    if report.intact.outcome is Outcome.PASSED:
        return _("Intact"), _("The signature holds, by a key that belongs to the issuer. Nothing was changed since.")
    if report.intact.outcome is Outcome.UNKNOWN:
        if report.intact.state == "unreachable":
            return _("Could not be checked"), _("Nothing could be read at that address.")
        return _("Could not be checked"), _(
            "The issuer's key could not be had, so the signature could not be compared."
        )
    known = {
        "unreadable": (_("Not readable"), _("This is no credential that we can read: %(reason)s")),
        "malformed": (_("Not well-formed"), _("Something that every credential needs is missing or wrong: %(reason)s")),
        "no-proof": (_("Not signed"), _("There is no signature in it, so anyone could have written it.")),
    }
    broken = (
        _("Changed or broken"),
        _("The signature does not hold. Someone changed the document, or it was not signed by its issuer."),
    )
    word, why = known.get(report.intact.state, broken)
    return word, why % {"reason": _reason(report)}


def _current(report: Report) -> tuple[str, str]:
    known = {
        "valid": (_("Current"), _("Within its dates, and not withdrawn by the issuer.")),
        "expired": (_("Expired"), _("Its last day has passed. What it says was true until then.")),
        "not-yet-valid": (_("Not valid yet"), _("Its first day is still to come.")),
        "revoked": (_("Revoked"), _("The issuer has taken it back for good.")),
        "suspended": (_("Suspended"), _("The issuer has put it on hold. It may become valid again.")),
        "replaced": (_("Replaced"), _("The issuer has issued a newer one in its place.")),
        "withdrawn": (_("Withdrawn"), _("The issuer has withdrawn it.")),
    }
    if report.current.state in known:
        return known[report.current.state]
    if report.current.outcome is Outcome.PASSED:
        return known["valid"]
    if report.current.outcome is Outcome.FAILED:
        return _("Not current"), _reason(report)
    return (
        _("Could not be checked"),
        _("Whether the issuer has revoked it could not be found out. This does not mean that it has not."),
    )


def _issuer(report: Report) -> tuple[str, str]:
    check = next((check for check in report.checks if check.rule == ISSUER), None)
    reason = check.explanation if check else ""
    if report.issuer_known.outcome is Outcome.PASSED:
        return _("Listed"), reason or _("A registry that we look in lists the issuer.")
    if report.issuer_known.outcome is Outcome.FAILED:
        return _("No longer listed"), reason or _("A registry that we look in has withdrawn the issuer.")
    return (
        _("Not listed anywhere we look"),
        _("That is no fault of the credential. It means that nobody we ask vouches for the issuer."),
    )


def _reason(report: Report) -> str:
    return next((check.explanation for check in report.checks if check.outcome is Outcome.FAILED), "")


def _sentence_of(answer: Answer, question: str, words: tuple[str, str]) -> Sentence:
    word, why = words
    return _sentence(answer.outcome, word, why, question=question)


def _sentence(outcome: Outcome, word: str, why: str, *, question: str = "") -> Sentence:
    return Sentence(word=word, why=why, tone=TONES[outcome], icon=ICONS[outcome], question=question)
