"""Who reads a ladder, and what is kept from whom."""

from __future__ import annotations

from typing import Literal

Audience = Literal["public", "internal", "confidential"]

# From what everybody may see to what few may see.
AUDIENCES: tuple[Audience, ...] = ("public", "internal", "confidential")


def may_see(audience: Audience, visibility: Audience) -> bool:
    """Whether an audience sees what has this visibility."""
    return AUDIENCES.index(audience) >= AUDIENCES.index(visibility)
