"""Status lists: Bitstring Status List 1.0, written and read; StatusList2021 and 1EdTechRevocationList, read.

Bits and entries live here, and the issuer's own record in `list_file`. Fetching a list and verifying its proof is the
business of `verifying`, signing one of `issuing`.
"""

from skillmark.credentials.status.allocation import Positions, Randomness
from skillmark.credentials.status.bitstring import MINIMUM_ENTRIES, StatusList, decode_list, value_at
from skillmark.credentials.status.cache import CachedList, StatusCache
from skillmark.credentials.status.credentials import (
    DecodedList,
    EntryStatus,
    read_status_list,
    status_list_credential,
)
from skillmark.credentials.status.entries import (
    EntryKind,
    Purpose,
    RevocationListEntry,
    StatusEntry,
    entry_members,
    read_entry,
    status_entry,
)
from skillmark.credentials.status.problems import Problem
from skillmark.credentials.status.revocation_1edtech import RevocationList, read_revocation_list

__all__ = [
    "MINIMUM_ENTRIES",
    "CachedList",
    "DecodedList",
    "EntryKind",
    "EntryStatus",
    "Positions",
    "Problem",
    "Purpose",
    "Randomness",
    "RevocationList",
    "RevocationListEntry",
    "StatusCache",
    "StatusEntry",
    "StatusList",
    "decode_list",
    "entry_members",
    "read_entry",
    "read_revocation_list",
    "read_status_list",
    "status_entry",
    "status_list_credential",
    "value_at",
]
