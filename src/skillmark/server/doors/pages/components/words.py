"""Words for the terms of the European approach, as documents write them."""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils import formats
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

TERMS = {
    "online": gettext_lazy("Online"),
    "onsite": gettext_lazy("On site"),
    "blended": gettext_lazy("Online and on site"),
    "work-based": gettext_lazy("At work"),
    "testing": gettext_lazy("Testing"),
    "application-of-a-skill": gettext_lazy("Application of a skill"),
    "portfolio": gettext_lazy("Portfolio"),
    "recognition-of-prior-learning": gettext_lazy("Recognition of prior learning"),
    "unsupervised-without-identity-verification": gettext_lazy("Unsupervised, identity not checked"),
    "supervised-without-identity-verification": gettext_lazy("Supervised, identity not checked"),
    "supervised-online": gettext_lazy("Supervised online, identity checked"),
    "onsite-with-identity-verification": gettext_lazy("Supervised on site, identity checked"),
    "standalone": gettext_lazy("Stands alone"),
    "stackable": gettext_lazy("Counts toward a larger credential"),
    "integrated": gettext_lazy("Part of a larger programme"),
}
DURATION = re.compile(r"P(?:([0-9]{1,4})D)?(?:T(?:([0-9]{1,6})H)?(?:([0-9]{1,4})M)?)?")


def term(value: str) -> str:
    """A value of a vocabulary in words; own terms stand without their prefix."""
    return str(TERMS.get(value, value.removeprefix("ext:")))


def language(code: str) -> str:
    """The name of a language, where Django knows it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def hours(count: Decimal) -> str:
    """Hours in words."""
    shown = formats.number_format(Decimal(format(count.normalize(), "f")))
    return ngettext("%(hours)s hour", "%(hours)s hours", int(count)) % {"hours": shown}


def workload(value: str) -> str:
    """An ISO 8601 duration of hours in words; any other text as it is."""
    match = DURATION.fullmatch(value)
    if not match or not any(match.groups()):
        return value
    days, whole, minutes = (int(part or 0) for part in match.groups())
    if days:
        return _("%(days)s days") % {"days": days} if not whole and not minutes else value
    return hours(Decimal(whole) + Decimal(minutes) / 60)
