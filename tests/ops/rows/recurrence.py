"""Recurrent networks over whole sequences."""

import numpy as np

from tests.ops.cases import Row, draw

SIZES = (3, 2, 2, 1)  # sequences of 4, 3 and 1 steps
ROWS_IN_ALL, BATCH, HIDDEN, NARROW = sum(SIZES), SIZES[0], 2, 1


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


def _walk(step, x, states, reverse):
    """Run each sequence on its own: all results of `step`, in their places, and the last states."""
    states, found = [state.copy() for state in states], {}
    starts = np.cumsum([0, *SIZES[:-1]])
    for sequence in range(BATCH):
        places = [start + sequence for start, size in zip(starts, SIZES, strict=True) if sequence < size]
        current = [state[sequence] for state in states]
        for place in reversed(places) if reverse else places:
            current, shown = step(x[place], *current)
            found[place] = (current[0], *shown)
        for state, last in zip(states, current, strict=True):
            state[sequence] = last
    shown = [np.stack([found[place][index] for place in range(ROWS_IN_ALL)]) for index in range(len(found[0]))]
    return shown[0], *states, *shown[1:]


def _elman(reverse, relu=False):
    def reference(x, h, w):
        bend = (lambda inner: np.maximum(inner, 0)) if relu else np.tanh
        return _walk(lambda x, h: ([bend(x + w @ h)], ()), x, [h], reverse)

    return reference


def _lstm(reverse):
    def reference(x, h, c, w, p):
        def step(x, h, c):
            enter, keep, cell, leave = np.split(x + w @ h, 4)
            enter, keep, cell, leave = _sigmoid(enter), _sigmoid(keep), np.tanh(cell), _sigmoid(leave)
            c = keep * c + enter * cell
            h = leave * np.tanh(c)
            return [h if p is None else p @ h, c], (c, np.concatenate([enter, keep, cell, leave]))

        return _walk(step, x, [h, c], reverse)

    return reference


def _gru(reverse):
    def reference(x, h, w, b):
        def step(x, h):
            inner = w @ h + (0 if b is None else b)
            reset, keep = np.split(_sigmoid((x + inner)[: 2 * HIDDEN]), 2)
            pulled = inner[2 * HIDDEN :]
            cell = np.tanh(x[2 * HIDDEN :] + reset * pulled)
            return [(1 - keep) * cell + keep * h], (np.concatenate([reset, keep, cell]), pulled)

        return _walk(step, x, [h], reverse)

    return reference


def _rows():
    state = draw(BATCH, HIDDEN)
    for reverse in (False, True):
        options, label = {"sizes": SIZES, "reverse": reverse}, "reverse" if reverse else ""
        elman = (draw(ROWS_IN_ALL, HIDDEN), state, draw(HIDDEN, HIDDEN))
        yield Row("elman_sequence", elman, options, _elman(reverse), label=label)
        lstm = (draw(ROWS_IN_ALL, 4 * HIDDEN), state, state, draw(4 * HIDDEN, HIDDEN), None)
        yield Row("lstm_sequence", lstm, options, _lstm(reverse), label=label)
        narrow = draw(BATCH, NARROW), state, draw(4 * HIDDEN, NARROW), draw(NARROW, HIDDEN)
        yield Row("lstm_sequence", (lstm[0], *narrow), options, _lstm(reverse), label=f"projected {label}")
        gru = (draw(ROWS_IN_ALL, 3 * HIDDEN), state, draw(3 * HIDDEN, HIDDEN))
        yield Row("gru_sequence", (*gru, draw(3 * HIDDEN)), options, _gru(reverse), label=label)
        yield Row("gru_sequence", (*gru, None), options, _gru(reverse), label=f"no bias {label}")
    options = {"sizes": SIZES, "relu": True}
    yield Row("elman_sequence", elman, options, _elman(False, relu=True), label="relu")


ROWS = list(_rows())
