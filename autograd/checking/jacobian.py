"""The two Jacobians that `gradcheck` compares, as real matrices: analytic by rows, numeric by columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograd.alias import current_node
from autograd.engine import TensorBase, engine
from autograd.functions.complex import is_complex, is_floating_point
from autograd.functions.differentiation import grad
from autograd.grad_mode import enable_grad, no_grad


class GradcheckError(RuntimeError):
    """A gradient that is not what finite differences say.

    Attributes
    ----------
    causes : what is likely to be wrong, most likely first
    """

    def __init__(self, message: str, causes: Sequence[str] = ()):
        super().__init__(message)
        self.causes = list(causes)


def many(value: Any) -> list:
    """One or several as a list."""
    return list(value) if isinstance(value, (tuple, list)) else [value]


def real(tensor: Any) -> Any:
    """A tensor's numbers as a vector, of real and imaginary parts in turn where it is complex."""
    array = np.asarray(tensor.backend.to_numpy(tensor._data))
    if array.dtype.kind == "c":
        return np.stack([array.real, array.imag], -1).ravel().astype(np.float64)
    return array.ravel().astype(np.float64)


def seeds(tensor: Any, rng: Any) -> Any:
    """Random numbers of a tensor's shape, complex where it is."""
    shape = tensor._data.shape
    values = np.asarray(rng.uniform(0.5, 1.5, shape) * rng.choice([-1.0, 1.0], shape))
    if tensor._data.dtype.kind == "c":
        values = values + 1j * rng.uniform(0.5, 1.5, shape)
    return values


def _is_float(value: Any) -> bool:
    return isinstance(value, TensorBase) and (is_floating_point(value) or is_complex(value))


class Problem:
    """A function and the point where it is checked.

    Raises
    ------
    ValueError
        If no input requires a gradient.
    """

    def __init__(self, func: Callable, inputs: Any, eps: float, atol: float, rtol: float):
        self.func, self.inputs = func, many(inputs)
        self.eps, self.atol, self.rtol = eps, atol, rtol
        self._all: list = []
        self.wanted = [
            position
            for position, item in enumerate(self.inputs)
            if isinstance(item, TensorBase) and current_node(item) is not None
        ]
        if not self.wanted:
            raise ValueError(
                "gradcheck expects at least one input tensor to require gradient, but none of them have "
                "requires_grad=True."
            )

    def values(self) -> list:
        """All floating outputs, unrecorded."""
        with no_grad():
            return [item for item in many(self.func(*self.inputs)) if _is_float(item)]

    def outputs(self) -> list:
        """The outputs that require a gradient, recorded."""
        with enable_grad():
            self._all = [item for item in many(self.func(*self.inputs)) if _is_float(item)]
        return [item for item in self._all if current_node(item) is not None]

    def number_of(self, index: int) -> int:
        """Where output `index` of `outputs()` is among `values()`."""
        return [k for k, item in enumerate(self._all) if current_node(item) is not None][index]

    def gradients(self, outputs: Any, cotangents: Any, batched: bool = False) -> tuple:
        """The gradients of the wanted inputs, for NumPy arrays as the outputs' gradients; `batched`: of many at once."""
        boxed = [
            engine.wrap(
                output.backend.asarray(output.backend.from_numpy(np.asarray(seed)), output.dtype), output.backend
            )
            for output, seed in zip(many(outputs), many(cotangents), strict=True)
        ]
        sources = [self.inputs[position] for position in self.wanted]
        return grad(many(outputs), sources, boxed, retain_graph=True, allow_unused=True, is_grads_batched=batched)

    def analytic(self, output: Any) -> list:
        """For each wanted input the Jacobian of `output`, from backward."""
        shape, is_complex = output._data.shape, output._data.dtype.kind == "c"
        rows: list[list] = [[] for _ in self.wanted]
        for element in range(output._data.size):
            for unit in (1.0, 1j) if is_complex else (1.0,):
                seed = np.zeros(shape, complex if is_complex else float)
                seed.reshape(-1)[element] = unit
                for kept, position, g in zip(rows, self.wanted, self.gradients(output, seed), strict=True):
                    kept.append(np.zeros(self._columns(position)) if g is None else real(g))
        return [
            np.array(kept).reshape(len(kept), self._columns(position))
            for kept, position in zip(rows, self.wanted, strict=True)
        ]

    def _columns(self, position: int) -> int:
        array = self.inputs[position]._data
        return array.size * (2 if array.dtype.kind == "c" else 1)

    def numeric(self, position: int, index: int) -> Any:
        """The Jacobian of floating output `index` by central differences of one input."""
        columns = [self.difference(position, column, index) for column in range(self._columns(position))]
        rows = real(self.values()[index]).size
        return np.stack(columns, -1) if columns else np.zeros((rows, 0))

    def difference(self, position: int, column: int, index: int, sides: tuple[int, int] = (1, -1)) -> Any:
        """(f(x + sides[0]·eps) - f(x + sides[1]·eps)) / ((sides[0] - sides[1])·eps) along one component of an input."""
        array = self.inputs[position]._data
        element, unit = (column // 2, (1.0, 1j)[column % 2]) if array.dtype.kind == "c" else (column, 1.0)
        direction = np.zeros(array.shape, complex if array.dtype.kind == "c" else float)
        direction.reshape(-1)[element] = unit
        return self.along(position, direction, index, sides)

    def along(self, position: int, direction: Any, index: int, sides: tuple[int, int] = (1, -1)) -> Any:
        """The same along a direction: a NumPy array of the input's shape. The input is moved in its own memory."""
        tensor = self.inputs[position]
        backend, array = tensor.backend, tensor._data
        before = backend.copy(array)
        start = np.array(backend.to_numpy(array))
        found = []
        try:
            for side in sides:
                array[...] = backend.asarray(
                    backend.from_numpy(np.asarray(start + side * self.eps * direction)), tensor.dtype
                )
                found.append(real(self.values()[index]))
        finally:
            array[...] = before
        with np.errstate(invalid="ignore"):
            return (found[0] - found[1]) / ((sides[0] - sides[1]) * self.eps)
