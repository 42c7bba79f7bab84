"""Recurrent networks over whole sequences: the loop over time is inside the operation, which is one node of the graph.

Inputs come projected and flat: the rows of step 0, then those of step 1, ...; `sizes` has the number of rows at each
step, and never grows. So the sequences of a batch are sorted by falling length, and step t belongs to the first
sizes[t] of them. A state has a row for each sequence: that of a sequence which has ended, or in `reverse` not begun,
stays what it is.

Gates are among the results, since the rules need them: what may be saved is what can be put back into the graph.
"""

from __future__ import annotations

from autograd.differentiable import differentiable
from autograd.engine import TensorBase
from autograd.ops.shape import concat


def _spans(sizes, reverse):
    """(start, stop) of each step's rows, in the order of the walk."""
    found, start = [], 0
    for size in sizes:
        found.append((start, start + size))
        start += size
    return found[::-1] if reverse else found


def _joined(xp, parts, axis):
    """Arrays joined, or tensors where the rule is recorded."""
    return concat(*parts, axis=axis) if isinstance(parts[0], TensorBase) else xp.concat(parts, axis=axis)


def _in_time(xp, parts, reverse):
    """The steps' rows, which come in the order of the walk, in that of time."""
    return _joined(xp, parts[::-1] if reverse else parts, 0)


def _carried(xp, new, state):
    """The state with its first rows replaced."""
    count = new.shape[0]
    return new if count == state.shape[0] else _joined(xp, (new, state[count:, :]), 0)


def _before(xp, states, first, spans, reverse):
    """The states that the steps began with, from those that they ended with and the first."""
    state, found = first, []
    for start, stop in spans:
        found.append(state[: stop - start, :])
        state = _carried(xp, states[start:stop, :], state)
    return _in_time(xp, found, reverse)


def _columns(x, count):
    """x cut into `count` equal parts along its columns."""
    size = x.shape[1] // count
    return tuple(x[:, part * size : (part + 1) * size] for part in range(count))


def _sigmoid(xp, x):
    """The logistic function by the tangent: fewer passes over memory than by the exponential."""
    return 0.5 * xp.tanh(0.5 * x) + 0.5


def _weight_gradient(xp, g, x):
    return xp.matmul(xp.matrix_transpose(g), x)


# --- Elman ------------------------------------------------------------------------------------------------------------


def _elman_rule(xp, g, needs, out, h, w, sizes, reverse, relu):
    states = out[0]
    g_states, g_state = g
    slope = xp.astype(states > 0, dtype=states.dtype) if relu else 1 - states * states
    found, spans = [], _spans(sizes, reverse)
    for start, stop in reversed(spans):
        inner = (g_states[start:stop, :] + g_state[: stop - start, :]) * slope[start:stop, :]
        g_state = _carried(xp, xp.matmul(inner, w), g_state)
        found.append(inner)
    g_x = _in_time(xp, found, not reverse)
    g_w = _weight_gradient(xp, g_x, _before(xp, states, h, spans, reverse)) if needs[2] else None
    return g_x, g_state, g_w


@differentiable(_elman_rule, outputs=2)
def elman_sequence(xp, x, h, w, *, sizes, reverse=False, relu=False):
    """h' = tanh(x + h wᵀ), or with `relu` max(0, x + h wᵀ), at each step (Elman 1990): (all states, the last)."""
    turned, found = xp.matrix_transpose(w), []
    for start, stop in _spans(sizes, reverse):
        inner = x[start:stop, :] + xp.matmul(h[: stop - start, :], turned)
        new = xp.relu(inner) if relu else xp.tanh(inner)
        h = _carried(xp, new, h)
        found.append(new)
    return _in_time(xp, found, reverse), h


# --- long short-term memory -------------------------------------------------------------------------------------------


def _lstm_rule(xp, g, needs, out, h, c, w, p, sizes, reverse):
    states, _, _, cells, gates = out
    g_states, g_h, g_c, g_cells, g_gates = g
    spans = _spans(sizes, reverse)
    enter, keep, cell, leave = _columns(gates, 4)
    squashed = xp.tanh(cells)
    parts = (enter - enter * enter, keep - keep * keep, 1 - cell * cell, leave - leave * leave)
    slope = _joined(xp, parts, 1)
    # What a gate is multiplied by, and so the factor of its gradient; for whole sequences at once.
    partners = _joined(xp, (cell, _before(xp, cells, c, spans, reverse), enter, squashed), 1) * slope
    apart = g_gates * slope
    to_cell = leave * (1 - squashed * squashed)
    found, outgoing = [], []
    for start, stop in reversed(spans):
        g_out = g_states[start:stop, :] + g_h[: stop - start, :]
        outgoing.append(g_out)
        if p is not None:
            g_out = xp.matmul(g_out, p)
        g_cell = g_c[: stop - start, :] + g_cells[start:stop, :] + g_out * to_cell[start:stop, :]
        inner = _joined(xp, (g_cell, g_cell, g_cell, g_out), 1) * partners[start:stop, :] + apart[start:stop, :]
        g_h = _carried(xp, xp.matmul(inner, w), g_h)
        g_c = _carried(xp, g_cell * keep[start:stop, :], g_c)
        found.append(inner)
    g_x = _in_time(xp, found, not reverse)
    g_w = _weight_gradient(xp, g_x, _before(xp, states, h, spans, reverse)) if needs[3] else None
    g_p = _weight_gradient(xp, _in_time(xp, outgoing, not reverse), leave * squashed) if needs[4] else None
    return g_x, g_h, g_c, g_w, g_p


@differentiable(_lstm_rule, outputs=5)
def lstm_sequence(xp, x, h, c, w, p=None, *, sizes, reverse=False):
    """(i, f, g, o) = x + h wᵀ through σ, σ, tanh, σ; c' = f c + i g and h' = o tanh(c') [pᵀ] at each step.

    Returns all states h, the last h and c, all cells c, and all gates (Hochreiter and Schmidhuber 1997; the forget gate
    of Gers et al. 2000; the projection p of Sak et al. 2014).
    """
    turned, hidden = xp.matrix_transpose(w), c.shape[1]
    narrow = None if p is None else xp.matrix_transpose(p)
    half, one = xp.full((1, hidden), 0.5, x.dtype), xp.full((1, hidden), 1.0, x.dtype)
    scale = xp.concat((half, half, one, half), axis=1)  # σ(x) = (1 + tanh(x / 2)) / 2: one tanh for all four gates
    shift = 1 - scale
    states, cells, gates = [], [], []
    for start, stop in _spans(sizes, reverse):
        inner = x[start:stop, :] + xp.matmul(h[: stop - start, :], turned)
        gate = xp.tanh(inner * scale) * scale + shift
        enter, keep, cell, leave = _columns(gate, 4)
        new_cell = keep * c[: stop - start, :] + enter * cell
        new = leave * xp.tanh(new_cell)
        if narrow is not None:
            new = xp.matmul(new, narrow)
        h, c = _carried(xp, new, h), _carried(xp, new_cell, c)
        states.append(new)
        cells.append(new_cell)
        gates.append(gate)
    return _in_time(xp, states, reverse), h, c, _in_time(xp, cells, reverse), _in_time(xp, gates, reverse)


# --- gated recurrent unit ---------------------------------------------------------------------------------------------


def _gru_rule(xp, g, needs, out, h, w, sizes, reverse):
    states, _, gates, pulled = out
    g_states, g_h, g_gates, g_pulled = g
    spans = _spans(sizes, reverse)
    before = _before(xp, states, h, spans, reverse)
    reset, keep, cell = _columns(gates, 3)
    g_reset, g_keep, g_cell = _columns(g_gates, 3)
    # Factors and summands of the gates' gradients, for whole sequences at once.
    bend = 1 - cell * cell
    to_cell, more_cell = (1 - keep) * bend, g_cell * bend
    slope = reset - reset * reset
    to_reset, more_reset = pulled * slope, g_reset * slope
    slope = keep - keep * keep
    to_keep, more_keep = (before - cell) * slope, g_keep * slope
    found, found_h = [], []
    for start, stop in reversed(spans):
        here = (slice(start, stop), slice(None))
        g_out = g_states[here] + g_h[: stop - start, :]
        for_cell = g_out * to_cell[here] + more_cell[here]
        for_reset = for_cell * to_reset[here] + more_reset[here]
        for_keep = g_out * to_keep[here] + more_keep[here]
        through_h = _joined(xp, (for_reset, for_keep, for_cell * reset[here] + g_pulled[here]), 1)
        g_h = _carried(xp, xp.matmul(through_h, w) + g_out * keep[here], g_h)
        found.append(_joined(xp, (for_reset, for_keep, for_cell), 1))
        found_h.append(through_h)
    g_x = _in_time(xp, found, not reverse)
    g_inner = _in_time(xp, found_h, not reverse)
    g_w = _weight_gradient(xp, g_inner, before) if needs[2] else None
    return g_x, g_h, g_w, (xp.sum(g_inner, axis=0) if needs[3] else None)


@differentiable(_gru_rule, outputs=4)
def gru_sequence(xp, x, h, w, b=None, *, sizes, reverse=False):
    """r, z = σ(x + h wᵀ + b), n = tanh(x + r (h wᵀ + b)) and h' = (1 - z) n + z h at each step.

    Returns all states h, the last, all gates (r, z, n), and what r is multiplied by (Cho et al. 2014, with the reset
    after the product).
    """
    turned, hidden = xp.matrix_transpose(w), h.shape[1]
    states, gates, pulls = [], [], []
    for start, stop in _spans(sizes, reverse):
        old = h[: stop - start, :]
        inner = xp.matmul(old, turned)
        if b is not None:
            inner = inner + b
        given, pulled = x[start:stop, :], inner[:, 2 * hidden :]
        both = _sigmoid(xp, given[:, : 2 * hidden] + inner[:, : 2 * hidden])
        cell = xp.tanh(given[:, 2 * hidden :] + both[:, :hidden] * pulled)
        new = cell + both[:, hidden:] * (old - cell)
        h = _carried(xp, new, h)
        states.append(new)
        gates.append(xp.concat((both, cell), axis=1))
        pulls.append(pulled)
    return _in_time(xp, states, reverse), h, _in_time(xp, gates, reverse), _in_time(xp, pulls, reverse)
