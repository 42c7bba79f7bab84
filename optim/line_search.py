"""The line search of L-BFGS: a step length that satisfies the strong Wolfe conditions.

Bracketing and zooming after Nocedal and Wright, Numerical Optimization, algorithms 3.5 and 3.6, with cubic steps.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple


class Point(NamedTuple):
    """The objective on the line: step length, value, gradient (a raw vector), slope along the line."""

    t: float
    value: float
    gradient: Any
    slope: float


def cubic_minimum(a: Point, b: Point, lower: float, upper: float) -> float:
    """Where the cubic through two points with their slopes is smallest, within bounds; their middle if nowhere."""
    if b.t < a.t:
        a, b = b, a
    mean = a.slope + b.slope - 3 * (a.value - b.value) / (a.t - b.t)
    square = mean * mean - a.slope * b.slope
    if square < 0:
        return (lower + upper) / 2
    root = math.sqrt(square)
    denominator = b.slope - a.slope + 2 * root
    if not denominator:
        return (lower + upper) / 2
    return min(max(b.t - (b.t - a.t) * ((b.slope + root - mean) / denominator), lower), upper)


def strong_wolfe(
    evaluate: Callable[[float], Point],
    origin: Point,
    t: float,
    reach: float,
    limit: int,
    tolerance: float,
    c1: float = 1e-4,
    c2: float = 0.9,
) -> tuple[Point, int]:
    """A point with f(t) ≤ f(0) + c₁ · t · f'(0) and |f'(t)| ≤ c₂ · |f'(0)|, or the best one found.

    Parameters
    ----------
    evaluate : the point at a step length
    origin : the point at 0, where the slope is negative
    t : the first step length to try
    reach : the largest change of a parameter per unit of t
    limit : how many more evaluations are allowed
    tolerance : the change of parameters below which the search ends

    Returns
    -------
    The point, and the number of evaluations.
    """

    def too_high(point: Point) -> bool:
        return point.value > origin.value + c1 * point.t * origin.slope

    def flat(point: Point) -> bool:
        return abs(point.slope) <= -c2 * origin.slope

    previous, point = origin, evaluate(t)
    used = 0
    while used < limit:
        if too_high(point) or (used > 1 and point.value >= previous.value):
            break
        if flat(point):
            return point, used + 1
        if point.slope >= 0:
            break
        t = cubic_minimum(previous, point, point.t + 0.01 * (point.t - previous.t), point.t * 10)
        previous, point = point, evaluate(t)
        used += 1
    else:
        previous = origin
    low, high = (previous, point) if previous.value <= point.value else (point, previous)
    stalled = False
    while used < limit and abs(high.t - low.t) * reach >= tolerance:
        left, right = sorted((low.t, high.t))
        t = cubic_minimum(low, high, left, right)
        margin = 0.1 * (right - left)
        if min(right - t, t - left) < margin:  # twice this close to an end, or at it, is no progress: step inside
            if stalled or t >= right or t <= left:
                t = right - margin if right - t < t - left else left + margin
                stalled = False
            else:
                stalled = True
        else:
            stalled = False
        point = evaluate(t)
        used += 1
        if too_high(point) or point.value >= low.value:
            low, high = (low, point) if low.value <= point.value else (point, low)
        elif flat(point):
            return point, used + 1
        else:
            if point.slope * (high.t - low.t) >= 0:
                high = low
            low = point
    return low, used + 1
