"""Tensors as text, in PyTorch's layout; `set_printoptions` adjusts it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from autograd import dtypes, ops
from autograd.alias import current_node
from autograd.backends.levels import levels_of
from autograd.engine import Leaf
from autograd.graph_node import GraphNode


@dataclass(frozen=True)
class Options:
    """How numbers are printed.

    Attributes
    ----------
    precision : digits after the point
    threshold : tensors with more elements are shown by their edges
    edgeitems : elements shown at each edge
    linewidth : characters per line
    sci_mode : scientific notation always or never; None: where the range of the values asks for it
    """

    precision: int = 4
    threshold: float = 1000
    edgeitems: int = 3
    linewidth: int = 80
    sci_mode: bool | None = None


PROFILES = {
    "default": Options(),
    "short": Options(precision=2, edgeitems=2),
    "full": Options(threshold=math.inf),
}
_options = Options()


def set_printoptions(
    precision: int | None = None,
    threshold: float | None = None,
    edgeitems: int | None = None,
    linewidth: int | None = None,
    profile: str | None = None,
    sci_mode: bool | None = None,
) -> None:
    """Set how tensors are printed; what is None stays as it is, but `sci_mode`, which then goes by the values.

    Parameters
    ----------
    precision, threshold, edgeitems, linewidth, sci_mode : see `Options`
    profile : "default", "short" or "full", to start from

    Raises
    ------
    ValueError
        For an unknown profile.

    Examples
    --------
    >>> import autograd
    >>> autograd.set_printoptions(precision=2)
    >>> autograd.tensor([1.12345])
    tensor([1.12])
    >>> autograd.set_printoptions(profile="default")
    """
    global _options
    if profile is not None and profile not in PROFILES:
        raise ValueError(f"set_printoptions: profile must be one of {sorted(PROFILES)}, not {profile!r}")
    chosen = {"precision": precision, "threshold": threshold, "edgeitems": edgeitems, "linewidth": linewidth}
    start = _options if profile is None else PROFILES[profile]
    _options = replace(start, sci_mode=sci_mode, **{name: value for name, value in chosen.items() if value is not None})  # type: ignore[arg-type]


def get_printoptions() -> dict[str, Any]:
    """The options by name.

    Examples
    --------
    >>> import autograd
    >>> autograd.get_printoptions()["precision"]
    4
    """
    return dict(vars(_options))


class _Style:
    """How the numbers of one tensor are written, so that all have the same width."""

    def __init__(self, values: Any, options: Options):
        self.precision = options.precision
        self.floating = values.dtype.kind == "f"
        self.width = 1
        if not self.floating:
            self.width = max((len(str(value)) for value in values.ravel().tolist()), default=1)
            return
        finite = values[np.isfinite(values) & (values != 0)].astype(np.float64)
        self.integral, self.scientific = True, False
        if finite.size:
            sizes = np.abs(finite)
            small, large = sizes.min(), sizes.max()
            self.integral = bool((finite == np.ceil(finite)).all())
            with np.errstate(over="ignore"):
                self.scientific = bool(large / small > 1000.0 or large > 1.0e8 or (not self.integral and small < 1e-4))
        if finite.size and options.sci_mode is not None:  # zeros, infinities and NaNs alone are never scientific
            self.scientific = options.sci_mode
        self.width = max((len(self._number(value)) for value in finite.tolist()), default=1)

    def _number(self, value: float) -> str:
        if self.scientific:
            return f"{value:.{self.precision}e}"
        if not self.integral:
            return f"{value:.{self.precision}f}"
        return f"{value:.0f}" + ("." if math.isfinite(value) else "")

    def text(self, value: Any) -> str:
        return (self._number(value) if self.floating else str(value)).rjust(self.width)


class _ComplexStyle:
    """Real and imaginary parts, each in its own style."""

    def __init__(self, values: Any, options: Options):
        self.real, self.imag = _Style(values.real, options), _Style(values.imag, options)
        self.width = self.real.width + self.imag.width + 1

    def text(self, value: complex) -> str:
        imag = (self.imag.text(value.imag) + "j").lstrip()
        return self.real.text(value.real) + ("" if imag[0] in "+-" else "+") + imag


def _edges(array: Any, count: int) -> Any:
    """The elements that are shown of a long tensor."""
    for axis, size in enumerate(array.shape):
        if size > 2 * count:
            array = np.concatenate(
                [array[(slice(None),) * axis + (part,)] for part in (slice(count), slice(size - count, None))], axis
            )
    return array


def _line(array: Any, style: Any, indent: int, options: Options, shorten: bool) -> str:
    per_line = max(1, (options.linewidth - indent) // (style.width + 2))
    count = options.edgeitems
    if shorten and options.edgeitems and array.shape[0] > 2 * count:
        texts = [style.text(v) for v in array[:count].tolist()]
        texts += [" ...", *(style.text(v) for v in array[-count:].tolist())]
    else:
        texts = [style.text(v) for v in array.tolist()]
    lines = [", ".join(texts[start : start + per_line]) for start in range(0, len(texts), per_line)]
    return "[" + (",\n" + " " * (indent + 1)).join(lines) + "]"


def _block(array: Any, style: Any, indent: int, options: Options, shorten: bool) -> str:
    if array.ndim == 0:
        return style.text(array.item())
    if array.ndim == 1:
        return _line(array, style, indent, options, shorten)
    count = options.edgeitems
    if shorten and array.shape[0] > 2 * count:
        rows = [_block(row, style, indent + 1, options, shorten) for row in array[:count]]
        rows += ["...", *(_block(row, style, indent + 1, options, shorten) for row in array[array.shape[0] - count :])]
    else:
        rows = [_block(row, style, indent + 1, options, shorten) for row in array]
    return "[" + ("," + "\n" * (array.ndim - 1) + " " * (indent + 1)).join(rows) + "]"


def _suffixes(tensor: Any, empty: bool) -> list[str]:
    found = []
    if tensor.device.type != "cpu":
        found.append(f"device='{tensor.device}'")
    if empty and tensor.ndim != 1:
        found.append(f"size={tuple(tensor.shape)}")
    kind, default = tensor.dtype, dtypes.default_dtype()
    usual = (default,) if empty else (default, default.to_complex(), dtypes.int64, dtypes.bool_)
    if kind not in usual:
        found.append(f"dtype={kind!r}")
    return found + graph_suffix(tensor)


def graph_suffix(tensor: Any) -> list[str]:
    """What is said of the tensor's place in the graph."""
    try:
        node = current_node(tensor)
    except RuntimeError:  # a view whose place in the graph a write to its base took away still has values to show
        return ["grad_fn=<Invalid>"]
    if node is None:
        return []
    return ["requires_grad=True" if isinstance(node, Leaf) else f"grad_fn=<{GraphNode.of(node).name()}>"]


def values_text(tensor: Any, indent: int) -> str:
    """The values alone, in brackets, of a text that begins at a column."""
    options, array = _options, tensor.backend.to_numpy(tensor._data)
    if array.size == 0:
        return "[]"
    if tensor.dtype in (dtypes.float16, dtypes.bfloat16):
        array = array.astype(np.float32)
    shorten = array.size > options.threshold
    shown = _edges(array, options.edgeitems) if shorten else array
    style = (_ComplexStyle if array.dtype.kind == "c" else _Style)(shown, options)
    return _block(array, style, indent, options, shorten)


def joined(text: str, suffixes: list[str], indent: int, new_line: bool = False) -> str:
    """A text with what is said after the values, in lines of the chosen width; `new_line`: the first begins one."""
    last = len(text) - text.rfind("\n") + 1
    for suffix in suffixes:
        if new_line or last + len(suffix) + 2 > _options.linewidth:
            text += ",\n" + " " * indent + suffix
            last, new_line = indent + len(suffix), False
        else:
            text += ", " + suffix
            last += len(suffix) + 2
    return text + ")"


def tensor_text(tensor: Any) -> str:
    """`repr` of a tensor; of one inside `vmap` what is in all its slices."""
    if levels_of(tensor.backend):
        shown = tensor_text(ops.unbatch(tensor.detach(), level=tensor.backend.level, axis=0))
        return f"BatchedTensor(lvl={len(tensor.backend.levels)}, bdim=0, value={shown})"
    prefix = "tensor("
    text = prefix + values_text(tensor, len(prefix))
    return joined(text, _suffixes(tensor, not tensor.numel()), len(prefix))
