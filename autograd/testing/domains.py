"""Where an operation is defined and smooth: what numbers a strategy may draw.

Numbers come from a grid of eighths, so that examples are short, and none is so small that it is mere rounding.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Domain:
    """Numbers between `low` and `high`, both excluded, and at least `margin` away from each of `avoid`.

    Examples
    --------
    >>> from autograd.testing import Domain
    >>> Domain(0, 1).numbers()
    [0.5, 0.125, 0.25, 0.375, 0.625, 0.75, 0.875]
    """

    low: float = -4.125
    high: float = 4.125
    avoid: tuple[float, ...] = ()
    margin: float = 0.1

    def numbers(self) -> list[float]:
        """The grid, simplest first.

        Raises
        ------
        ValueError
            If nothing is left of it.
        """
        step = 0.125 if self.high - self.low >= 0.5 else (self.high - self.low) / 8
        start = 0.0 if step == 0.125 else self.low
        first, last = round((max(self.low, -1e6) - start) / step), round((min(self.high, 1e6) - start) / step)
        if last - first > 128:
            first, last = max(first, min(-32, last - 64)), min(last, max(32, first + 64))
        grid = [start + step * k for k in range(first, last + 1)]
        kept = [
            number
            for number in grid
            if self.low < number < self.high and all(abs(number - point) >= self.margin for point in self.avoid)
        ]
        if not kept:
            raise ValueError(f"there are no numbers in {self}")
        return sorted(kept, key=lambda x: (x % 1 != 0, x % 0.5 != 0, abs(x), x < 0))


def open_interval(low: float, high: float) -> Domain:
    """Numbers between `low` and `high`, both excluded."""
    return Domain(low, high)


def away_from(*points: float, margin: float = 0.1) -> Domain:
    """Numbers at least `margin` away from each of the points, such as kinks and poles."""
    return Domain(avoid=points, margin=margin)


positive = Domain(low=0.0)
nonzero = Domain(avoid=(0.0,))
