"""Where credentials are published."""

from __future__ import annotations

from skillmark.server.foundation.base.identifiers import address


def credential_address(token: str) -> str:
    """The lasting address of a credential: its `id`."""
    return address(f"/credentials/{token}")
