"""Bytes as text and back: base58btc, base64url, the multibase prefixes in use, and the multicodec prefixes of keys."""

from __future__ import annotations

import binascii
from functools import lru_cache
from typing import Final, Literal

from skillmark.errors import InputError

# https://github.com/multiformats/multicodec/blob/master/table.csv, as unsigned varints
ED25519_PUB: Final = b"\xed\x01"
X25519_PUB: Final = b"\xec\x01"
SECP256K1_PUB: Final = b"\xe7\x01"
P256_PUB: Final = b"\x80\x24"
P384_PUB: Final = b"\x81\x24"
P521_PUB: Final = b"\x82\x24"
RSA_PUB: Final = b"\x85\x24"
ED25519_PRIV: Final = b"\x80\x26"
P256_PRIV: Final = b"\x86\x26"
P384_PRIV: Final = b"\x87\x26"
SHA2_256: Final = b"\x12\x20"
SHA2_384: Final = b"\x20\x30"

TEXT_LIMIT: Final = 200  # characters of base58, whose reading is quadratic

_BASE58: Final = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_NO_DIGIT: Final = 255
_TO_BASE58: Final = _BASE58 + bytes(256 - 58)
_FROM_BASE58: Final = bytes(_BASE58.index(i) if i in _BASE58 else _NO_DIGIT for i in range(256))

_CHUNK_DIGITS: Final = 16
_CHUNK: Final = 58**_CHUNK_DIGITS
_DIGIT_BITS: Final = 16  # room for one digit while dividing
_CHUNK_BITS: Final = _CHUNK_DIGITS * _DIGIT_BITS

_TO_URL: Final = bytes.maketrans(b"+/", b"-_")
_FROM_URL: Final = bytes.maketrans(b"-_+/=", b"+/!!!")  # "!" is in no base64 alphabet
_ANY: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
# By what the length leaves over four: the last characters whose unused bits are zero.
_LAST: Final[tuple[frozenset[str], ...]] = (_ANY | {""}, frozenset(), frozenset("AQgw"), frozenset("AEIMQUYcgkosw048"))


def base58_encode(data: bytes) -> str:
    """Write bytes in base58btc.

    The number is cut into chunks of 16 digits; then all chunks at once are halved, four times, by multiplying one long
    integer with the reciprocal of a power of 58, each part in a lane of its own (Granlund and Montgomery, PLDI 1994).
    """
    number = int.from_bytes(data, "big")
    significant = data.lstrip(b"\0")
    lanes = width = 0
    while number:
        number, chunk = divmod(number, _CHUNK)
        lanes |= chunk << width
        width += _CHUNK_BITS
    for reciprocal, shift, mask, step in _halvings(width):
        lanes += (lanes * reciprocal >> shift & mask) * step
    digits = lanes.to_bytes(width // 8, "big")[1::2].translate(_TO_BASE58).lstrip(b"1")
    return (b"1" * (len(data) - len(significant)) + digits).decode("ascii")


def base58_decode(text: str, *, limit: int = TEXT_LIMIT) -> bytes:
    """Read base58btc; a text over `limit` characters or with a foreign character is refused."""
    if len(text) > limit:
        raise InputError(f"base58 text has {len(text)} characters, more than the {limit} allowed")
    digits = text.encode("utf-8", "replace").translate(_FROM_BASE58)
    if _NO_DIGIT in digits:
        raise InputError("expected base58btc, got a character outside its alphabet")
    number = int.from_bytes(digits, "big")
    for width, mask, base in _doublings(len(digits)):
        number = (number & mask) + (number >> width & mask) * base
    zeros = len(digits) - len(digits.lstrip(b"\0"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def base64url_encode(data: bytes) -> str:
    """Write bytes in base64url without padding (RFC 4648 §5)."""
    return binascii.b2a_base64(data, newline=False).translate(_TO_URL, b"=").decode("ascii")


def base64url_decode(text: str) -> bytes:
    """Read base64url without padding; only the one text that `base64url_encode` would write is accepted."""
    extra = len(text) % 4
    if text[-1:] not in _LAST[extra]:
        raise InputError("expected base64url, got a text that is cut short or has unused bits set")
    padded = text.encode("utf-8", "replace").translate(_FROM_URL) + b"=" * (-extra % 4)
    try:
        return binascii.a2b_base64(padded, strict_mode=True)
    except binascii.Error:
        raise InputError("expected base64url without padding, got a character outside its alphabet") from None


def multibase_encode(data: bytes, base: Literal["z", "u"] = "z") -> str:
    """Write bytes with their multibase prefix: `z` base58btc, `u` base64url."""
    return base + (base58_encode(data) if base == "z" else base64url_encode(data))


def multibase_decode(text: str, *, limit: int = TEXT_LIMIT) -> bytes:
    """Read a multibase text in base58btc (`z`) or base64url (`u`)."""
    base, rest = text[:1], text[1:]
    if base == "z":
        return base58_decode(rest, limit=limit)
    if base == "u":
        return base64url_decode(rest)
    raise InputError(f"expected a multibase text that starts with z or u, got {base!a}")


@lru_cache(maxsize=128)
def _halvings(width: int) -> tuple[tuple[int, int, int, int], ...]:
    """Return per halving the reciprocal of its divisor, the shift, the mask of quotients, and what a quotient adds."""
    steps = []
    digits = _CHUNK_DIGITS
    while digits > 1:
        lane = digits * _DIGIT_BITS
        digits //= 2
        divisor = 58**digits
        shift = (divisor**3).bit_length()  # enough for every dividend below the divisor's square
        mask = _repeated((1 << divisor.bit_length()) - 1, every=lane, width=width)
        steps.append((-(-(1 << shift) // divisor), shift, mask, (1 << lane // 2) - divisor))
    return tuple(steps)


@lru_cache(maxsize=512)
def _doublings(digits: int) -> tuple[tuple[int, int, int], ...]:
    """Return per doubling the width of a lane, the mask of the lower lanes, and the weight of the upper ones."""
    steps = []
    width, base = 8, 58
    while width < digits * 8:
        steps.append((width, _repeated((1 << width) - 1, every=2 * width, width=digits * 8), base))
        width, base = 2 * width, base * base
    return tuple(steps)


def _repeated(pattern: int, *, every: int, width: int) -> int:
    return sum(pattern << offset for offset in range(0, width, every))
