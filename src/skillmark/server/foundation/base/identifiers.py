"""Identifiers that cannot be guessed, and where things are published."""

from __future__ import annotations

import secrets
import uuid

from django.conf import settings

TOKEN_BYTES = 18


def new_token() -> str:
    """An address part with 144 bits of chance, safe in a URL."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_subject_id() -> str:
    """A name for a person that says nothing about them and is used once."""
    return uuid.uuid4().urn


def address(path: str) -> str:
    """The published address of a path of this site."""
    return f"{settings.SKILLMARK_ORIGIN}{path}"
