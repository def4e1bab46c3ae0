"""The mark of a method that Qt calls: the type checker sees to it that Qt has such a method."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import override
else:
    def override(method):  # noqa: ANN001, ANN201 (the checker reads the one above)
        """Return `method` unchanged; Python 3.11 has no `typing.override` yet."""
        return method

__all__ = ["override"]
