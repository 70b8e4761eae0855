"""Rules a credential must meet before it is signed, one module for each authority that wrote them."""

from skillmark.credentials.lints.findings import Authority, Finding, Severity
from skillmark.credentials.lints.linting import lint

__all__ = ["Authority", "Finding", "Severity", "lint"]
