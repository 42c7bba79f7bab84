"""Methods that repeat and turn."""

from __future__ import annotations

from autograd.functions import repetition


class JoiningMethods:
    """Repetitions and reversals."""

    __slots__ = ()

    repeat = repetition.repeat
    tile = repetition.tile
    repeat_interleave = repetition.repeat_interleave
    flip = repetition.flip
    fliplr = repetition.fliplr
    flipud = repetition.flipud
    roll = repetition.roll
    rot90 = repetition.rot90
