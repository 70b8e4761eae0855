"""Documents for the differential fuzz: ordinary badges, badges full of nasty values, and what a specimen is.

Every specimen is a function of its family and seed alone, so a failure names what to look at.
"""

import copy
import random
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

JsonObject = dict[str, Any]

VC = "https://www.w3.org/ns/credentials/v2"
VC1 = "https://www.w3.org/2018/credentials/v1"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/"
EXTENSIONS = f"{OB}extensions.json"
INTEGRITY = "https://w3id.org/security/data-integrity/v2"
LATEST = [VC, f"{OB}context-3.0.3.json"]
# Contexts, and the members their Open Badges version does not define (and safe mode therefore refuses).
EDITIONS: tuple[tuple[list[str], frozenset[str]], ...] = (
    (LATEST, frozenset()),
    ([*LATEST, EXTENSIONS], frozenset()),
    ([VC, f"{OB}context-3.0.2.json", EXTENSIONS], frozenset({"inLanguage", "related", "awardedDate"})),
    ([VC1, f"{OB}context-3.0.3.json"], frozenset()),
    ([VC1, f"{OB}context-3.0.1.json"], frozenset({"inLanguage", "related"})),
    ([VC1, f"{OB}context.json"], frozenset({"inLanguage", "related", "awardedDate"})),
)


def words(*lines: str) -> tuple[str, ...]:
    """The words of some lines."""
    return tuple(word for line in lines for word in line.split(" "))


WORDS = words(
    "data skills team review plan café naïve Straße λόγος Привет данные 学习 データ 능력 שלום مرحبا ทักษะ कौशल",
    "e-learning #1 50% “quoted” it's a/b c\\d x<y>z {n} [m] ~t |u| 😀 👩‍🏫 \U0001d538\U0001d553 ﬀ Ⅷ",
)
# Members whose text is a literal, not an IRI or a type.
LITERALS = frozenset(
    words(
        "name description narrative caption phone email official givenName familyName targetName targetCode",
        "targetDescription targetFramework level points requiredValue fieldOfStudy humanCode specialization version",
        "identityHash salt value genre audience licenseNumber role term endorsementComment addressCountry",
        "addressLocality addressRegion postalCode streetAddress identifier tag allowedValue",
    )
)
NASTY = (
    '"', "\\", "\n", "\r", "\t", "\b", "\f", "\x00", "\x01", "\x0b", "\x1b", "\x1f", "\x7f", "\x80", "\x85", "\x9f",
    "\xa0", "\xad", "\u061c", "\u200b", "\u200f", "\u2028", "\u2029", "\u202e", "\u2066", "\ufeff", "\ufff9", "\ufffd",
    "\ue000", "\uf8ff", "\U0001f600", "\U0001d538", "\U000e0041", "\U0010fffd", "e\u0301", "\u00e9", "\u212b", "\ud7ff",
    "_:b0", "_:c14n0", "<urn:x>", '"^^<urn:x>', "@en", " .\n", "\\u0041", "\\n", "&amp;", "%00", "'", "${x}", "  ", "",
)  # fmt: skip
NONCHARACTERS = ("\ufffe", "\uffff", "\ufdd0", "\U0001fffe", "\U0010ffff")


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """One document, where it comes from, and what was done to it."""

    family: str
    seed: int
    document: JsonObject
    variants: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.family} {self.seed} {'+'.join(self.variants)}"


class Writer:
    """Draws the parts of a badge from one seed."""

    def __init__(self, seed: int | str) -> None:
        self.rng = random.Random(seed)

    def text(self, most: int = 12) -> str:
        return " ".join(self.rng.choices(WORDS, k=self.rng.randint(1, most)))

    def urn(self) -> str:
        return f"urn:uuid:{uuid.UUID(int=self.rng.getrandbits(128), version=4)}"

    def url(self, folder: str = "x") -> str:
        return f"https://example.edu/{folder}/{self.rng.getrandbits(32):x}"

    def moment(self) -> str:
        rng = self.rng
        day = f"20{rng.randint(20, 29)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        return f"{day}T{rng.randint(0, 23):02}:00:00{rng.choice(['Z', 'Z', '+02:00', '-11:30'])}"

    def number(self) -> float:
        rng = self.rng
        return rng.choice(
            [0, 1, 3, -7, 60, 2.5, 0.1, 5.0, 1e20, 1.5e-5, -0.25, 123456.789, 1 / 3, rng.randint(0, 10**9)]
        )

    def maybe(self, chance: float = 0.5) -> bool:
        return self.rng.random() < chance

    def some(self, part: Callable[[], Any], *, most: int = 3, least: int = 1) -> list[Any]:
        return [part() for _ in range(self.rng.randint(least, most))]

    def fill(self, target: JsonObject, optional: dict[str, Callable[[], Any]], chance: float = 0.4) -> JsonObject:
        """Add each optional member with this chance, in random order."""
        names = [name for name in optional if self.maybe(chance)]
        self.rng.shuffle(names)
        for name in names:
            target[name] = optional[name]()
        return target

    def shape(self, *names: str) -> str | list[str]:
        """A type, as a list or, if it is one, perhaps as a string."""
        return names[0] if len(names) == 1 and self.maybe(0.3) else list(names)

    def address(self) -> JsonObject:
        optional = {
            "addressCountry": self.text, "addressLocality": self.text, "addressRegion": self.text,
            "postalCode": self.text, "streetAddress": self.text, "addressCountryCode": lambda: "NL",
            "geo": lambda: {"type": "GeoCoordinates", "latitude": 52.1, "longitude": self.number()},
        }  # fmt: skip
        return self.fill({"type": self.shape("Address")}, optional)

    def image(self) -> JsonObject:
        image: JsonObject = {"id": self.url("image"), "type": "Image"}
        return self.fill(image, {"caption": self.text})

    def identifier_entry(self) -> JsonObject:
        return {"type": "IdentifierEntry", "identifier": self.text(2), "identifierType": "ext:number"}

    def profile(self, depth: int = 1) -> JsonObject:
        optional: dict[str, Callable[[], Any]] = {
            "name": self.text, "url": self.url, "description": self.text, "email": lambda: "a@example.edu",
            "phone": self.text, "address": self.address, "image": self.image, "official": self.text,
            "dateOfBirth": lambda: "1999-01-31", "givenName": self.text, "familyName": self.text,
            "otherIdentifier": lambda: self.some(self.identifier_entry),
        }  # fmt: skip
        if depth:
            optional["parentOrg"] = lambda: self.profile(depth - 1)
        return self.fill({"id": self.url("profile"), "type": self.shape("Profile")}, optional)

    def alignment(self) -> JsonObject:
        optional = {
            "targetCode": self.text, "targetDescription": self.text, "targetFramework": self.text,
            "targetType": lambda: "CFItem",
        }  # fmt: skip
        start = {"type": self.shape("Alignment"), "targetName": self.text(), "targetUrl": self.url("target")}
        return self.fill(start, optional)

    def level(self) -> JsonObject:
        start = {"id": self.url("level"), "type": self.shape("RubricCriterionLevel"), "name": self.text(3)}
        return self.fill(start, {"level": self.text, "points": self.text, "alignment": lambda: [self.alignment()]})

    def result_description(self) -> JsonObject:
        optional = {
            "allowedValue": lambda: self.some(self.text, most=4), "requiredLevel": self.url,
            "requiredValue": self.text, "valueMin": lambda: "0", "valueMax": lambda: "10",
            "rubricCriterionLevel": lambda: self.some(self.level), "alignment": lambda: self.some(self.alignment),
        }  # fmt: skip
        start = {"id": self.url("result"), "type": self.shape("ResultDescription"), "resultType": "LetterGrade"}
        return self.fill(start | {"name": self.text(3)}, optional)

    def criteria(self) -> JsonObject:
        return self.fill({"narrative": self.text(30)}, {"id": self.url}, 0.3)

    def related(self) -> JsonObject:
        start = {"id": self.url("related"), "type": self.shape("Related")}
        return self.fill(start, {"version": self.text, "inLanguage": lambda: "en-US"})

    def achievement(self) -> JsonObject:
        optional = {
            "achievementType": lambda: "MicroCredential", "alignment": lambda: self.some(self.alignment),
            "creator": self.profile, "creditsAvailable": self.number, "fieldOfStudy": self.text,
            "humanCode": self.text, "image": self.image, "inLanguage": lambda: "en", "version": self.text,
            "otherIdentifier": lambda: self.some(self.identifier_entry), "specialization": self.text,
            "related": lambda: self.some(self.related), "tag": lambda: self.some(self.text),
            "resultDescription": lambda: self.some(self.result_description),
        }  # fmt: skip
        start = {"id": self.url("achievement"), "type": self.shape("Achievement"), "criteria": self.criteria()}
        return self.fill(start | {"name": self.text(5), "description": self.text(30)}, optional)

    def identity(self) -> JsonObject:
        start = {"type": self.shape("IdentityObject"), "hashed": self.maybe(), "identityHash": self.text(2)}
        return self.fill(start | {"identityType": "emailAddress"}, {"salt": self.text})

    def result(self) -> JsonObject:
        optional = {
            "achievedLevel": self.url, "resultDescription": self.url, "status": lambda: "Completed",
            "value": self.text, "alignment": lambda: self.some(self.alignment),
        }  # fmt: skip
        return self.fill({"type": self.shape("Result")}, optional)

    def evidence(self) -> JsonObject:
        optional = {
            "id": self.url, "name": self.text, "narrative": self.text, "description": self.text, "genre": self.text,
            "audience": self.text,
        }  # fmt: skip
        return self.fill({"type": self.shape("Evidence")}, optional)

    def subject(self) -> JsonObject:
        optional = {
            "id": self.urn, "activityStartDate": lambda: "2025-01-31", "activityEndDate": lambda: "2025-06-30",
            "creditsEarned": self.number, "identifier": lambda: self.some(self.identity), "image": self.image,
            "licenseNumber": self.text, "result": lambda: self.some(self.result), "role": self.text,
            "source": self.profile, "term": self.text, "narrative": self.text,
        }  # fmt: skip
        return self.fill({"type": self.shape("AchievementSubject"), "achievement": self.achievement()}, optional)

    def status(self) -> JsonObject:
        start = {"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "94567"}
        messages = [{"status": f"0x{code}", "message": self.text()} for code in range(4)]
        optional = {"id": self.url, "statusSize": lambda: 2, "statusMessage": lambda: messages}
        return self.fill(start | {"statusListCredential": self.url("status")}, optional)

    def schema(self) -> JsonObject:
        return {"id": self.url("schema"), "type": "JsonSchema"}

    def endorsement(self) -> JsonObject:
        return {
            "id": self.urn(),
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "issuer": self.profile(),
            "validFrom": self.moment(),
            "credentialSubject": {
                "id": self.url("achievement"), "type": ["EndorsementSubject"], "endorsementComment": self.text(20),
            },
        }  # fmt: skip

    def credential(self) -> JsonObject:
        optional = {
            "name": self.text, "description": self.text, "awardedDate": self.moment, "validUntil": self.moment,
            "image": self.image, "evidence": lambda: self.some(self.evidence), "credentialStatus": self.status,
            "credentialSchema": lambda: self.some(self.schema), "endorsement": lambda: self.some(self.endorsement),
        }  # fmt: skip
        contexts, lacking = self.rng.choice(EDITIONS[:2] if self.maybe(0.6) else EDITIONS)
        start = {
            "@context": list(contexts),
            "id": self.urn(),
            "type": ["VerifiableCredential", self.rng.choice(["OpenBadgeCredential", "AchievementCredential"])],
            "issuer": self.profile(),
            "validFrom": self.moment(),
            "credentialSubject": self.subject(),
        }
        return fitted(self.fill(start, optional), lacking)

    def status_list(self) -> JsonObject:
        return {
            "@context": [VC],
            "id": self.url("status"),
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": self.url("profile"),
            "validFrom": self.moment(),
            "credentialSubject": {
                "id": self.url("list"), "type": "BitstringStatusList", "statusPurpose": "message", "ttl": 300000,
                "encodedList": "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA",
            },
        }  # fmt: skip

    def proof(self) -> JsonObject:
        optional = {
            "expires": self.moment, "domain": self.text, "challenge": self.text, "nonce": self.text,
            "id": self.urn, "previousProof": self.urn,
        }  # fmt: skip
        start = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "assertionMethod"}
        return self.fill(start | {"created": self.moment(), "verificationMethod": f"{self.url()}#key"}, optional)

    def proof_options(self) -> JsonObject:
        return {"@context": list(self.rng.choice(EDITIONS[:2])[0]), **self.proof()}

    def chained(self) -> JsonObject:
        proofs = [{**self.proof(), "proofValue": "z3FXQjecWufY46yg5abdVZsXqLhxhueuSoZ"} for _ in range(2)]
        return {**self.latest(), "proof": proofs if self.maybe() else proofs[0]}

    def latest(self) -> JsonObject:
        while True:
            credential = self.credential()
            if credential["@context"][:2] == LATEST:
                return credential

    def presentation(self) -> JsonObject:
        return {
            "@context": [VC],
            "type": ["VerifiablePresentation"],
            "holder": self.urn(),
            "verifiableCredential": self.some(self.chained, most=2),
        }

    def any_document(self) -> JsonObject:
        kinds = [self.credential] * 16 + [self.status_list, self.proof_options, self.chained, self.presentation]
        return self.rng.choice(kinds)()


def fitted(credential: JsonObject, lacking: frozenset[str]) -> JsonObject:
    """The credential with the members and date names its contexts define."""
    for part, _ in list(objects(credential)):
        for name in lacking & part.keys():
            del part[name]
    if credential["@context"][0] == VC1:
        credential.pop("credentialStatus", None)
        credential.pop("credentialSchema", None)
        for part, _ in objects(credential):
            for new, old in (("validFrom", "issuanceDate"), ("validUntil", "expirationDate")):
                if new in part:
                    part[old] = part.pop(new)
    return credential


def ordinary(count: int) -> Iterator[Specimen]:
    """Badges as issuers write them: any members, many scripts, every context version."""
    for seed in range(count):
        yield Specimen(family="ordinary", seed=seed, document=Writer(f"ordinary {seed}").any_document())


def nasty(count: int) -> Iterator[Specimen]:
    """Ordinary badges in which some texts are replaced by hostile ones, every hostile piece many times over."""
    for seed in range(count):
        writer = Writer(f"nasty {seed}")
        document = writer.credential()
        places = list(texts(document))
        pieces = NASTY + NONCHARACTERS if seed % 5 == 0 else NASTY
        for container, key in writer.rng.sample(places, k=min(len(places), writer.rng.randint(1, 6))):
            container[key] = "".join(writer.rng.choices(pieces, k=writer.rng.randint(1, 4)))
        yield Specimen(family="nasty", seed=seed, document=document)


def texts(value: Any, name: str = "") -> Iterator[tuple[Any, Any]]:
    """The place (container and key) of every literal text."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in pairs:
        member = key if isinstance(value, dict) else name
        if isinstance(item, dict | list):
            yield from texts(item, member)
        elif isinstance(item, str) and member in LITERALS:
            yield value, key


def objects(value: Any, name: str = "") -> Iterator[tuple[JsonObject, str]]:
    """Every object of a document, with the name of the member it stands under."""
    if isinstance(value, dict):
        yield value, name
        for key, item in value.items():
            yield from objects(item, key)
    elif isinstance(value, list):
        for item in value:
            yield from objects(item, name)


def clone(document: JsonObject) -> JsonObject:
    """A deep copy."""
    return copy.deepcopy(document)
