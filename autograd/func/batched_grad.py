"""`autograd.grad` for many seed gradients at once."""

from __future__ import annotations

from typing import Any

from autograd.backends.levels import Level
from autograd.func.mapping import run
from autograd.func.tape import pull, zeros_for


def grad_of_rows(
    outputs: list,
    inputs: list,
    rows: list,
    *,
    retain_graph: bool,
    create_graph: bool,
    allow_unused: bool,
    materialize_grads: bool,
) -> tuple:
    """The gradients for each row of the seeds, stacked.

    Parameters
    ----------
    rows : for each output the seeds, with one more dim in front; all of one length
    retain_graph, create_graph, allow_unused, materialize_grads : as in `autograd.grad`

    Raises
    ------
    RuntimeError
        If a seed is missing, or an input is unused.
    """
    if len(rows) != len(outputs) or any(row is None or not row._data.ndim for row in rows):
        raise RuntimeError("grad: is_grads_batched needs grad_outputs, one for each output with one more dim in front")
    unused: set[int] = set()

    def gradients(*seeds: Any) -> list:
        found = pull("grad", outputs, list(seeds), inputs, record=create_graph, retain=retain_graph)
        unused.update(place for place, gradient in enumerate(found) if gradient is None)
        return [zeros_for(x) if gradient is None else gradient for x, gradient in zip(inputs, found, strict=True)]

    level = Level(rows[0]._data.shape[0])
    found = run(gradients, rows, [0] * len(rows), tuple(rows), {}, 0, level)
    if unused and not allow_unused:
        raise RuntimeError(
            "grad: one of the differentiated Tensors appears to not have been used in the graph; set allow_unused=True "
            "if this is the desired behavior"
        )
    return tuple(
        None if place in unused and not materialize_grads else gradient for place, gradient in enumerate(found)
    )
