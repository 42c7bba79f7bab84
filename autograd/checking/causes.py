"""What is likely to be wrong with a gradient that fails `gradcheck`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograd.alias import current_node
from autograd.checking.jacobian import Problem
from autograd.engine import Node

DOUBLE = ("float64", "complex128")


def likely_causes(
    problem: Problem, output: Any, index: int, position: int, analytic: Any, numeric: Any, column: int
) -> list[str]:
    """Explanations that fit, most likely first.

    Parameters
    ----------
    output, index : the output, and its number
    position, column : the input, and the component of it where the gradient is most wrong
    analytic, numeric : the Jacobians
    """
    coarse = list(_precision(problem, output))  # whose rounding would look like a kink
    kink = [] if coarse else _kink(problem, index, position, column)
    return [
        *coarse,
        *_memory(problem),
        *_dependence(problem),
        *(kink or _pattern(problem, output, position, analytic, numeric)),
    ]


def _precision(problem: Problem, output: Any) -> Iterator[str]:
    for position in problem.wanted:
        kind = problem.inputs[position].dtype
        if kind.name not in DOUBLE:
            yield f"input {position} is {kind.name}, too coarse for eps = {problem.eps:g}; check with float64"
            return
    if output.dtype.name not in DOUBLE:
        yield f"the function computes in {output.dtype.name} although its inputs are double; see where it converts"


def _memory(problem: Problem) -> Iterator[str]:
    for number, a in enumerate(problem.wanted):
        for b in problem.wanted[number + 1 :]:
            x, y = problem.inputs[a], problem.inputs[b]
            if x.backend is y.backend and x.backend.shares_memory(x._data, y._data):
                yield (
                    f"inputs {a} and {b} overlap in memory, so that moving one moves the other; give gradcheck a "
                    "clone() of one"
                )


def _dependence(problem: Problem) -> Iterator[str]:
    nodes = {position: current_node(problem.inputs[position]) for position in problem.wanted}
    for a, node in nodes.items():
        ancestors = _ancestors(node)
        for b, other in nodes.items():
            if a != b and other in ancestors:
                yield (
                    f"input {a} was computed from input {b}, so that the gradient of the latter includes the way "
                    f"through the former; detach() input {a} and let it require a gradient of its own"
                )


def _ancestors(node: Node | None) -> set:
    seen: set = set()
    stack = [node] if node is not None else []
    while stack:
        for parent in stack.pop().parents:
            if parent not in seen:
                seen.add(parent)
                stack.append(parent)
    return seen


def _kink(problem: Problem, index: int, position: int, column: int) -> list[str]:
    number = problem.number_of(index)
    above, below = (problem.difference(position, column, number, sides) for sides in ((1, 0), (0, -1)))
    with np.errstate(invalid="ignore"):
        apart = np.abs(above - below)
        row = int(np.argmax(np.nan_to_num(apart)))
        scale = 1 + max(abs(above[row]), abs(below[row]))
    if not apart[row] > 1e-2 * scale:
        return []
    return [
        f"a kink: the differences to the two sides, {above[row]:.6g} above and {below[row]:.6g} below, disagree; check "
        "at a point further away from it"
    ]


def _pattern(problem: Problem, output: Any, position: int, analytic: Any, numeric: Any) -> Iterator[str]:
    """Explanations read off the two matrices."""
    if not (np.isfinite(analytic).all() and np.isfinite(numeric).all()):
        return

    def close(a: Any, b: Any) -> bool:
        return bool(np.allclose(a, b, rtol=10 * problem.rtol, atol=10 * problem.atol))

    large = np.abs(numeric) > max(1e-4, 1e-3 * np.abs(numeric).max(initial=0))
    if not np.abs(analytic).max(initial=0):
        yield "analytic = 0 everywhere: the gradient is lost, as by detach(), or its rule is zero"
    elif large.any():
        ratios = analytic[large] / numeric[large]
        factor = float(np.median(ratios))
        if abs(factor) > 1e-6 and close(analytic, factor * numeric):
            if abs(factor + 1) < 1e-3:
                yield "the sign is flipped: analytic = -1.00 x numeric everywhere"
            else:
                text = f"{factor:.2f}" if abs(factor) >= 0.1 else f"{factor:.3g}"
                yield f"a constant factor is wrong: analytic = {text} x numeric everywhere"
    if problem.inputs[position].dtype.is_complex and output.dtype.is_complex and close(analytic, _conjugate(numeric)):
        yield "a conjugate is missing: backward multiplies its incoming gradient by the derivative's conjugate"
    elif analytic.shape[0] == analytic.shape[1] > 1 and close(analytic, numeric.T):
        yield "the Jacobian is transposed, as where a matrix should be transposed in the backward"
    if problem.inputs[position].dtype.is_complex and close(
        analytic, numeric * np.resize([1.0, -1.0], numeric.shape[1])
    ):
        yield "a conjugate is missing: the imaginary parts of the gradient have the wrong sign"


def _conjugate(numeric: Any) -> Any:
    """The matrix of a complex function whose derivative is the conjugate: each number's 2 by 2 block transposed."""
    rows, columns = numeric.shape
    return numeric.reshape(rows // 2, 2, columns // 2, 2).transpose(0, 3, 2, 1).reshape(rows, columns)
