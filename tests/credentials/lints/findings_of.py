"""Asking for findings: all, the errors, those of one rule, or those that a change brought."""

from skillmark.credentials.lints import Severity, lint


def at(document, path):
    """The node a path leads to."""
    for step in path:
        document = document[step]
    return document


def changed(document, path, value):
    """The document with one member set."""
    at(document, path[:-1])[path[-1]] = value
    return document


def told(document, **options):
    """Rule and pointer of every finding."""
    return [(finding.rule, finding.pointer) for finding in lint(document, **options)]


def errors(document, **options):
    """Rule and pointer of every error."""
    found = lint(document, **options)
    return [(finding.rule, finding.pointer) for finding in found if finding.severity is Severity.ERROR]


def new(document, before, **options):
    """Rule and pointer of every finding that the document before the change had not."""
    known = set(told(before, **options))
    return [one for one in told(document, **options) if one not in known]


def finding(document, rule, **options):
    """The one finding of a rule."""
    (found,) = [one for one in lint(document, **options) if one.rule == rule]
    return found
