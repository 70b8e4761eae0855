"""What a person fills in to define an achievement, checked before anything is stored."""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from skillmark.server.credentialing.achievements.artwork import PALETTES, SHAPES
from skillmark.server.credentialing.achievements.icons import ICONS
from skillmark.server.credentialing.achievements.models import Assessment, Participation, Stackability, Supervision


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class SkillDefinition(_Strict):
    """A competency in a framework and the level reached."""

    name: str = Field(min_length=1, max_length=200)
    url: str = Field(pattern=r"^https?://[^\s]+$", max_length=500)
    code: str = Field(default="", max_length=100)
    framework: str = Field(default="", max_length=100)
    framework_version: str = Field(default="", max_length=30)
    level: str = Field(default="", max_length=60)


class ResultDefinition(_Strict):
    """What a result means and which values it can have."""

    name: str = Field(min_length=1, max_length=150)
    result_type: str
    allowed_values: tuple[str, ...] = ()
    required_value: str = ""
    value_min: str = ""
    value_max: str = ""


class ArtworkDefinition(_Strict):
    """Shape, colours and icon of the badge."""

    shape: str = "seal"
    palette: str = "petrol"
    icon: str = "star"

    @field_validator("shape", "palette", "icon")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in {*SHAPES, *PALETTES, *ICONS}:
            message = f"expected a shape, palette or icon that we can draw, got {value!r}"
            raise ValueError(message)
        return value


class AchievementDefinition(_Strict):
    """One version of an achievement, complete."""

    slug: str
    name: str = Field(min_length=1, max_length=150)
    description: str = Field(min_length=1, max_length=2000)
    criteria: str = Field(min_length=1, max_length=20_000)
    achievement_type: str = "MicroCredential"
    language: str = "en"
    field_of_study: str = ""
    tags: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    workload_hours: Decimal | None = Field(default=None, gt=0)
    credits: Decimal | None = Field(default=None, gt=0)
    level: int | None = Field(default=None, ge=1, le=8)
    assessment_types: tuple[Assessment, ...] = ()
    assessment: str = ""
    participation: Participation | None = None
    quality_assurance: str = ""
    prerequisites: str = ""
    supervision: Supervision | None = None
    stackability: Stackability | None = None
    stack_note: str = ""
    skills: tuple[SkillDefinition, ...] = ()
    results: tuple[ResultDefinition, ...] = ()
    artwork: ArtworkDefinition = ArtworkDefinition()
