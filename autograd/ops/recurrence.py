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


def _turned(xp, w, steps):
    """wᵀ, in row-major memory if so many products with it follow that this pays."""
    turned = xp.matrix_transpose(w)
    return xp.copy_contiguous(turned) if steps > 3 else turned


def _given(g, state, start, stop):
    """A step's gradient: what comes from later steps, and from the result of all steps where that has one."""
    own = state[: stop - start, :]
    return own if g is None else own + g[start:stop, :]


def _grouped(spans, columns):
    """(first row, end, steps): neighbouring steps, of which arrays with so many columns fit the cache."""
    group: list[tuple[int, int]] = []
    limit, rows = 2**14 // columns, 0
    for start, stop in spans:
        if group and rows + stop - start > limit:
            yield min(group)[0], max(group)[1], group
            group, rows = [], 0
        group.append((start, stop))
        rows += stop - start
    yield min(group)[0], max(group)[1], group


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
    g_state = xp.zeros_like(h) if g_state is None else g_state
    found, spans = [], _spans(sizes, reverse)
    for start, stop in reversed(spans):
        state = states[start:stop, :]
        slope = xp.astype(state > 0, dtype=state.dtype) if relu else 1 - state * state
        inner = _given(g_states, g_state, start, stop) * slope
        g_state = _carried(xp, xp.matmul(inner, w), g_state)
        found.append(inner)
    g_x = _in_time(xp, found, not reverse)
    g_w = _weight_gradient(xp, g_x, _before(xp, states, h, spans, reverse)) if needs[2] else None
    return g_x, g_state, g_w


@differentiable(_elman_rule, outputs=2, absent=True)
def elman_sequence(xp, x, h, w, *, sizes, reverse=False, relu=False):
    """h' = tanh(x + h wᵀ), or with `relu` max(0, x + h wᵀ), at each step (Elman 1990): (all states, the last)."""
    turned, found = _turned(xp, w, len(sizes)), []
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
    g_h = xp.zeros_like(h) if g_h is None else g_h
    g_c = xp.zeros_like(c) if g_c is None else g_c
    spans, found, outgoing = _spans(sizes, reverse), [], []
    before = _before(xp, cells, c, spans, reverse)
    for low, high, group in _grouped(spans[::-1], gates.shape[1]):
        # What the gradients of gates are multiplied by, for several steps at once.
        enter, keep, cell, leave = _columns(gates[low:high, :], 4)
        squashed = xp.tanh(cells[low:high, :])
        slopes = (enter - enter * enter, keep - keep * keep, 1 - cell * cell, leave - leave * leave)
        partners = (cell, before[low:high, :], enter, squashed)
        partners = _joined(xp, tuple(partner * slope for partner, slope in zip(partners, slopes)), 1)
        apart = None if g_gates is None else g_gates[low:high, :] * _joined(xp, slopes, 1)
        to_cell = leave * (1 - squashed * squashed)
        for start, stop in group:
            here = (slice(start - low, stop - low), slice(None))
            g_out = _given(g_states, g_h, start, stop)
            outgoing.append(g_out)
            if p is not None:
                g_out = xp.matmul(g_out, p)
            g_cell = _given(g_cells, g_c, start, stop) + g_out * to_cell[here]
            inner = _joined(xp, (g_cell, g_cell, g_cell, g_out), 1) * partners[here]
            if apart is not None:
                inner = inner + apart[here]
            g_h = _carried(xp, xp.matmul(inner, w), g_h)
            g_c = _carried(xp, g_cell * keep[here], g_c)
            found.append(inner)
    g_x = _in_time(xp, found, not reverse)
    g_w = _weight_gradient(xp, g_x, _before(xp, states, h, spans, reverse)) if needs[3] else None
    g_p = None
    if needs[4]:
        wide = _columns(gates, 4)[3] * xp.tanh(cells)
        g_p = _weight_gradient(xp, _in_time(xp, outgoing, not reverse), wide)
    return g_x, g_h, g_c, g_w, g_p


@differentiable(_lstm_rule, outputs=5, absent=True)
def lstm_sequence(xp, x, h, c, w, p=None, *, sizes, reverse=False):
    """(i, f, g, o) = x + h wᵀ through σ, σ, tanh, σ; c' = f c + i g and h' = o tanh(c') [pᵀ] at each step.

    Returns all states h, the last h and c, all cells c, and all gates (Hochreiter and Schmidhuber 1997; the forget gate
    of Gers et al. 2000; the projection p of Sak et al. 2014).
    """
    turned, hidden = _turned(xp, w, len(sizes)), c.shape[1]
    narrow = None if p is None else _turned(xp, p, len(sizes))
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
    g_h = xp.zeros_like(h) if g_h is None else g_h
    found, found_h = [], []
    for low, high, group in _grouped(spans[::-1], gates.shape[1]):
        # What the gradients of gates are multiplied by, for several steps at once.
        reset, keep, cell = _columns(gates[low:high, :], 3)
        slopes = (reset - reset * reset, keep - keep * keep, 1 - cell * cell)
        to_reset = pulled[low:high, :] * slopes[0]
        to_keep, to_cell = (before[low:high, :] - cell) * slopes[1], (1 - keep) * slopes[2]
        apart = None if g_gates is None else g_gates[low:high, :] * _joined(xp, slopes, 1)
        for start, stop in group:
            here = (slice(start - low, stop - low), slice(None))
            g_out = _given(g_states, g_h, start, stop)
            for_keep, for_cell = g_out * to_keep[here], g_out * to_cell[here]
            more = None if apart is None else _columns(apart[here], 3)
            if more is not None:
                for_keep, for_cell = for_keep + more[1], for_cell + more[2]
            for_reset = for_cell * to_reset[here]
            if more is not None:
                for_reset = for_reset + more[0]
            for_pulled = for_cell * reset[here]
            if g_pulled is not None:
                for_pulled = for_pulled + g_pulled[start:stop, :]
            through_h = _joined(xp, (for_reset, for_keep, for_pulled), 1)
            g_h = _carried(xp, xp.matmul(through_h, w) + g_out * keep[here], g_h)
            found.append(_joined(xp, (for_reset, for_keep, for_cell), 1))
            found_h.append(through_h)
    g_x = _in_time(xp, found, not reverse)
    g_inner = _in_time(xp, found_h, not reverse)
    g_w = _weight_gradient(xp, g_inner, before) if needs[2] else None
    return g_x, g_h, g_w, (xp.sum(g_inner, axis=0) if needs[3] else None)


@differentiable(_gru_rule, outputs=4, absent=True)
def gru_sequence(xp, x, h, w, b=None, *, sizes, reverse=False):
    """r, z = σ(x + h wᵀ + b), n = tanh(x + r (h wᵀ + b)) and h' = (1 - z) n + z h at each step.

    Returns all states h, the last, all gates (r, z, n), and what r is multiplied by (Cho et al. 2014, with the reset
    after the product).
    """
    turned, hidden = _turned(xp, w, len(sizes)), h.shape[1]
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
