"""Weak keys are refused, whoever offers them."""

import math
import random

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from nacl import bindings

from skillmark.credentials.keys import strength
from skillmark.errors import KeyMaterialError
from tests.credentials.keys import edwards

MERSENNE = 2**2203 - 1  # a prime


def accepted(encoded: bytes) -> bool:
    try:
        strength.check_ed25519_point(encoded)
    except KeyMaterialError:
        return False
    return True


def test_oracle_knows_the_points_of_small_order() -> None:
    assert {edwards.encode(point).hex() for point in edwards.TORSION} == set(edwards.SMALL_ORDER)


@pytest.mark.parametrize("text", edwards.SMALL_ORDER + edwards.NOT_CANONICAL)
def test_point_of_small_order_or_in_another_spelling_is_refused(text: str) -> None:
    with pytest.raises(KeyMaterialError, match="prime order") as caught:
        strength.check_ed25519_point(bytes.fromhex(text))
    assert caught.value.rule == "key-weak"


@pytest.mark.parametrize("torsion", range(1, 8))
def test_point_of_mixed_order_is_refused(torsion: int) -> None:
    point = edwards.add(edwards.times(123456789, edwards.BASE), edwards.TORSION[torsion])
    assert not accepted(edwards.encode(point))


def test_honest_points_are_accepted() -> None:
    for number in range(20):
        key = ed25519.Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32).public_key()
        assert accepted(key.public_bytes_raw())


def test_any_octets_are_judged_as_by_the_oracle_and_by_libsodium() -> None:
    source = random.Random(8032)
    seen = set()
    for _ in range(60):
        encoded = source.randbytes(31) + bytes([source.randrange(0x7F)])
        point = edwards.point_of(int.from_bytes(encoded, "little"))
        prime = point is not None and edwards.times(edwards.ORDER, point) == edwards.NEUTRAL
        seen.add((point is None, prime))
        assert accepted(encoded) is prime
        assert bindings.crypto_core_ed25519_is_valid_point(encoded) is prime
    assert seen == {(True, False), (False, False), (False, True)}


def test_rsa_of_2048_to_8192_bits_is_accepted() -> None:
    strength.check_rsa_numbers(MERSENNE, 65537)
    strength.check_rsa_numbers(MERSENNE, 2**64 - 1)
    strength.check_rsa_numbers(2**8191 + 3, 65539)


@pytest.mark.parametrize(
    ("modulus", "exponent", "words"),
    [
        (2**1279 - 1, 65537, "1279 bits"),
        (2**2047 - 1, 65537, "2047 bits"),
        (2**9689 - 1, 65537, "9689 bits"),
        (MERSENNE, 3, "exponent"),
        (MERSENNE, 65536, "exponent"),
        (MERSENNE, 65538, "exponent"),
        (MERSENNE, 2**64 + 1, "exponent"),
        (MERSENNE - 1, 65537, "small factor"),
        (MERSENNE * 3, 65537, "small factor"),
        (MERSENNE * 167, 65537, "small factor"),
    ],
)
def test_weak_rsa_numbers_are_refused(modulus: int, exponent: int, words: str) -> None:
    with pytest.raises(KeyMaterialError, match=words) as caught:
        strength.check_rsa_numbers(modulus, exponent)
    assert caught.value.rule == "key-weak"


def test_modulus_of_the_roca_family_is_refused() -> None:
    # Nemec et al. 2017: every prime of the faulty generator is k·M + 65537^a mod M, M the product of the first primes.
    product = math.prod(prime for prime in range(2, 168) if all(prime % other for other in range(2, prime)))
    factors = [(1 << 1030 - product.bit_length()) * product + pow(65537, power, product) for power in (5, 77)]
    with pytest.raises(KeyMaterialError, match="ROCA"):
        strength.check_rsa_numbers(factors[0] * factors[1], 65537)
