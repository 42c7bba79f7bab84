"""Methods that repeat and turn."""

from __future__ import annotations

from autograd.functions import joining


class JoiningMethods:
    """Repetitions and reversals."""

    __slots__ = ()

    repeat = joining.repeat
    tile = joining.tile
    repeat_interleave = joining.repeat_interleave
    flip = joining.flip
    fliplr = joining.fliplr
    flipud = joining.flipud
    roll = joining.roll
    rot90 = joining.rot90
