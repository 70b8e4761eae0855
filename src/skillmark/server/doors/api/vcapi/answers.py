"""What the VC-API answers: JSON always, 400 for what cannot be read, 422 for what is refused, never a 500."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from skillmark.credentials.encoding.strict_json import JsonObject, dumps, parse_object
from skillmark.credentials.issuing import LintError
from skillmark.credentials.verifying import Outcome, Report
from skillmark.errors import InputError, SkillmarkError

MODEL = "https://www.w3.org/TR/vc-data-model#"
PROBLEMS = {400: f"{MODEL}PARSING_ERROR", 422: f"{MODEL}CRYPTOGRAPHIC_SECURITY_ERROR"}

View = Callable[..., HttpResponse]


def json(value: Any, status: int = 200) -> HttpResponse:
    """A JSON answer."""
    return HttpResponse(dumps(value), status=status, content_type="application/json")


def endpoint(view: View) -> View:
    """A POST with a JSON object, handed to the view; our errors become 400 or 422 with the reason."""

    @csrf_exempt
    @require_POST
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        try:
            return view(parse_object(request.body), *args, **named)
        except InputError as error:
            return refusal(error, 400)
        except SkillmarkError as error:
            return refusal(error, 422)

    return answer


def member(body: JsonObject, name: str) -> JsonObject:
    """A member that must be an object."""
    value = body.get(name)
    if not isinstance(value, dict):
        raise InputError(f"the body needs {name}, an object", rule="body", pointer=f"/{name}")
    return value


def options_of(body: JsonObject) -> JsonObject:
    """The options, which may be absent."""
    return member(body, "options") if body.get("options") is not None else {}


def refusal(error: SkillmarkError, status: int) -> HttpResponse:
    """An error with its reasons; a lint has several."""
    findings = error.findings if isinstance(error, LintError) else []
    problems = [_problem(finding.rule, finding.message, status, finding.pointer) for finding in findings]
    return json({"errors": problems or [_problem(error.rule, error.message, status, error.pointer)]}, status)


def verified(report: Report, *, holds: bool) -> HttpResponse:
    """The report; 200 says it holds, 422 that it does not or that nobody can tell, 400 that it could not be read."""
    if holds:
        return json({"verified": True, "checks": ["proof"], "warnings": [], "errors": [], "report": report.to_json()})
    wrong = [check for check in report.checks if check.outcome in {Outcome.FAILED, Outcome.UNKNOWN}]
    status = 400 if report.form == "unknown" else 422
    problems = [_problem(check.rule, check.explanation, status, check.pointer) for check in wrong]
    return json({"verified": False, "errors": problems, "report": report.to_json()}, status)


def _problem(rule: str, detail: str, status: int, pointer: str | None) -> JsonObject:
    problem: JsonObject = {"type": PROBLEMS[status], "title": rule, "detail": detail}
    return {**problem, "pointer": pointer} if pointer else problem
