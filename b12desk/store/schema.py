"""What tells a diary file apart: its application id and the names of the migrations that made its tables.

The names stand here as plain text so that opening an up-to-date diary needs no `sqlite_utils`, whose import
alone costs 0.15 s; a test holds them equal to the functions in `store.migrations`.
"""

from __future__ import annotations

APPLICATION_ID = 0x42313244
"""Written into the header of every diary; the four letters "B12D"."""

MIGRATION_SET = "b12desk"
MIGRATION_NAMES = ("m0001_first_schema",)
