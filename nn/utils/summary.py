"""What a model consists of: for each module its output's shape, its parameters and its floating-point operations."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import autograd
from autograd import Tensor
from autograd.engine import TensorBase
from nn.conv import _ConvNd, _ConvTransposeNd
from nn.linear import Bilinear, Linear
from nn.module import Module
from nn.multihead import MultiheadAttention
from nn.rnn import RNNBase
from nn.rnn_cells import RNNCellBase

FlopRule = Callable[[Any, tuple, Any], int]


@dataclass
class LayerSummary:
    """One module's line: `parameters` and `flops` are its own, without those of modules below it."""

    name: str
    kind: str
    depth: int
    output_shape: Any = None
    parameters: int = 0
    trainable: int = 0
    flops: int = 0


@dataclass(repr=False)
class Summary:
    """What `summary` returns; its text is a table."""

    layers: list[LayerSummary] = field(default_factory=list)

    @property
    def total_parameters(self) -> int:
        """The number of elements of all parameters, shared ones once."""
        return sum(layer.parameters for layer in self.layers)

    @property
    def trainable_parameters(self) -> int:
        """Those of them that require gradients."""
        return sum(layer.trainable for layer in self.layers)

    @property
    def total_flops(self) -> int:
        """The floating-point operations of one call."""
        return sum(layer.flops for layer in self.layers)

    def __repr__(self) -> str:
        rows = [("Layer", "Output shape", "Parameters", "FLOPs")]
        for layer in self.layers:
            name = f"{layer.name} ({layer.kind})" if layer.name else layer.kind
            shape = "-" if layer.output_shape is None else str(layer.output_shape)
            rows.append(("  " * layer.depth + name, shape, f"{layer.parameters:,}", f"{layer.flops:,}"))
        widths = [max(len(row[column]) for row in rows) for column in range(4)]
        lines = [
            f"{row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]:>{widths[3]}}"
            for row in rows
        ]
        rule = "-" * len(lines[0])
        return "\n".join(
            [
                lines[0], rule, *lines[1:], rule,
                f"Total parameters: {self.total_parameters:,} (trainable: {self.trainable_parameters:,})",
                f"Total FLOPs: {self.total_flops:,}",
            ]
        )  # fmt: skip


def summary(
    model: Module,
    input: Any = None,
    *,
    input_size: Any = None,
    dtype: Any = None,
    device: Any = None,
    flops: dict[type, FlopRule] | None = None,
) -> Summary:
    """Run a model once, in evaluation mode and unrecorded, and tell what its modules returned and what they cost.

    Counted are, as PyTorch's flop counter does it, two operations for each multiplication and addition in matrix
    products, convolutions and attention, and nothing else.

    Parameters
    ----------
    model : any module; lazy ones take their shapes from the input
    input : the argument of the call, a tuple of arguments, or a dictionary of keyword arguments; a tuple of integers
        is taken for `input_size`
    input_size : the shape of a tensor to call the model with instead, or a list of shapes
    dtype, device : of that tensor. Default: those of the first parameter
    flops : by class of module, `rule(module, args, output)` gives the number of operations of its call

    Raises
    ------
    TypeError
        Unless there is either an input or its size.

    Examples
    --------
    >>> import nn
    >>> summary(nn.Sequential(nn.Linear(8, 4), nn.ReLU(), nn.Linear(4, 2)), input_size=(3, 8))
    Layer         Output shape  Parameters  FLOPs
    ---------------------------------------------
    Sequential    (3, 2)                 0      0
      0 (Linear)  (3, 4)                36    192
      1 (ReLU)    (3, 4)                 0      0
      2 (Linear)  (3, 2)                10     48
    ---------------------------------------------
    Total parameters: 46 (trainable: 46)
    Total FLOPs: 240
    """
    if isinstance(input, (tuple, list)) and input and all(isinstance(size, int) for size in input):
        input, input_size = None, input
    if (input is None) == (input_size is None):
        raise TypeError("summary() takes either an input or its input_size")
    if input is None:
        input = _made(model, input_size, dtype, device)
    rules = {**_RULES, **(flops or {})}
    found = {id(module): _line(name, module) for name, module in model.named_modules()}

    def note(module: Module, args: tuple, output: Any) -> None:
        line = found[id(module)]
        line.output_shape = _shapes(output)
        rule = next((rules[kind] for kind in type(module).__mro__ if kind in rules), None)
        line.flops += 0 if rule is None else int(rule(module, args, output))

    modes = [(module, module.training) for module in model.modules()]
    handles = [module.register_forward_hook(note) for module, _ in modes]
    try:
        model.eval()
        with autograd.no_grad():
            if isinstance(input, dict):
                model(**input)
            else:
                model(*(input if isinstance(input, tuple) else (input,)))
    finally:
        for handle in handles:
            handle.remove()
        for module, mode in modes:
            module.training = mode
    _count_parameters(model, found)
    return Summary(list(found.values()))


def _made(model: Module, input_size: Any, dtype: Any, device: Any) -> tuple[Tensor, ...]:
    first = next(model.parameters(), None)
    device = first.device if device is None and first is not None else device
    dtype = first.dtype if dtype is None and first is not None else dtype
    sizes = [input_size] if all(isinstance(size, int) for size in input_size) else input_size
    return tuple(autograd.zeros(*size, dtype=dtype, device=device) for size in sizes)


def _line(name: str, module: Module) -> LayerSummary:
    short = name.rpartition(".")[2]
    return LayerSummary(short, module._get_name(), name.count(".") + 1 if name else 0)


def _count_parameters(model: Module, found: dict[int, LayerSummary]) -> None:
    seen = set()
    for module in model.modules():
        line = found[id(module)]
        line.kind = module._get_name()  # a lazy module is another one now
        for parameter in module._parameters.values():
            if parameter is not None and id(parameter) not in seen:
                seen.add(id(parameter))
                line.parameters += parameter.numel()
                line.trainable += parameter.numel() if parameter.requires_grad else 0


def _shapes(output: Any) -> Any:
    """The shape of a tensor, or of all in a tuple, list or dictionary."""
    if isinstance(output, TensorBase):
        return tuple(output._data.shape)
    if isinstance(output, dict):
        return {key: _shapes(value) for key, value in output.items()}
    return [_shapes(value) for value in output] if isinstance(output, (tuple, list)) else None


# --- operations by class of module ---


def _linear(module: Linear, args: tuple, output: Tensor) -> int:
    return 2 * output.numel() * module.in_features


def _bilinear(module: Bilinear, args: tuple, output: Tensor) -> int:
    return 2 * output.numel() * module.in1_features * module.in2_features


def _convolution(module: _ConvNd, args: tuple, output: Tensor) -> int:
    return 2 * output.numel() * module.in_channels // module.groups * math.prod(module.kernel_size)


def _transposed_convolution(module: _ConvTransposeNd, args: tuple, output: Tensor) -> int:
    return 2 * args[0].numel() * module.out_channels // module.groups * math.prod(module.kernel_size)


def _recurrent(module: Module, args: tuple, output: Any) -> int:
    """Each row of the input, at each time, meets all matrices."""
    data = getattr(args[0], "data", args[0])
    rows = math.prod(data.shape[:-1])
    return 2 * rows * sum(matrix.numel() for matrix in module.parameters() if matrix.ndim == 2)


def _attention(module: MultiheadAttention, args: tuple, output: Any) -> int:
    """The four projections, and the two products of each head."""
    query, key, value = args[:3]
    batch = 1 if query.ndim == 2 else query.shape[0 if module.batch_first else 1]
    width = module.embed_dim
    targets, sources = (tensor.numel() // tensor.shape[-1] for tensor in (query, key))
    projected = 2 * targets * width + sources * (key.shape[-1] + value.shape[-1])
    return 2 * width * (projected + 2 * targets * sources // batch)


_RULES: dict[type, FlopRule] = {
    Linear: _linear,
    Bilinear: _bilinear,
    _ConvNd: _convolution,
    _ConvTransposeNd: _transposed_convolution,
    RNNBase: _recurrent,
    RNNCellBase: _recurrent,
    MultiheadAttention: _attention,
}
