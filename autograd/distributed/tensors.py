"""Exchanges of tensors in a world of one process: what it gives is what it gets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograd.distributed.world import ProcessGroup, ReduceOp, Work, member, root_of
from autograd.engine import TensorBase
from autograd.grad_mode import no_grad


def barrier(
    group: ProcessGroup | None = None, async_op: bool = False, device_ids: Any = None, timeout: Any = None
) -> Work | None:
    """Wait for all processes: there is no other."""
    return _done(group, async_op)


def monitored_barrier(group: ProcessGroup | None = None, timeout: Any = None, wait_all_ranks: bool = False) -> None:
    """Wait for all processes: there is no other."""
    member(group)


def all_reduce(
    tensor: Any, op: ReduceOp = ReduceOp.SUM, group: ProcessGroup | None = None, async_op: bool = False
) -> Work | None:
    """Reduce the processes' tensors into each of them: the one stays as it is.

    Raises
    ------
    RuntimeError
        For an operation on bits with numbers that are not whole, and an average of whole ones.

    Examples
    --------
    >>> import autograd
    >>> import autograd.distributed as dist
    >>> dist.init_process_group("gloo", rank=0, world_size=1)
    >>> loss = autograd.tensor(3.0)
    >>> dist.all_reduce(loss)
    >>> loss
    tensor(3.)
    >>> dist.destroy_process_group()
    """
    _reducible(_tensor("tensor", tensor), op)
    return _done(group, async_op)


def reduce(
    tensor: Any,
    dst: int | None = None,
    op: ReduceOp = ReduceOp.SUM,
    group: ProcessGroup | None = None,
    async_op: bool = False,
    group_dst: int | None = None,
) -> Work | None:
    """Reduce the processes' tensors into that of the process `dst`: the one stays as it is."""
    _reducible(_tensor("tensor", tensor), op)
    root_of("reduce", dst, group_dst, group)
    return _done(group, async_op)


def broadcast(
    tensor: Any,
    src: int | None = None,
    group: ProcessGroup | None = None,
    async_op: bool = False,
    group_src: int | None = None,
) -> Work | None:
    """Write the tensor of the process `src` into those of all: the one stays as it is."""
    _tensor("tensor", tensor)
    root_of("broadcast", src, group_src, group)
    return _done(group, async_op)


def all_gather(
    tensor_list: list, tensor: Any, group: ProcessGroup | None = None, async_op: bool = False
) -> Work | None:
    """Write the processes' tensors into the list, here of one."""
    _exchange("all_gather", _tensors("tensor_list", tensor_list), [_tensor("tensor", tensor)], group)
    return _done(group, async_op)


def gather(
    tensor: Any,
    gather_list: list | None = None,
    dst: int | None = None,
    group: ProcessGroup | None = None,
    async_op: bool = False,
    group_dst: int | None = None,
) -> Work | None:
    """Write the processes' tensors into the list of the process `dst`."""
    _tensor("tensor", tensor)
    root_of("gather", 0 if dst is group_dst is None else dst, group_dst, group)
    if not gather_list:
        raise ValueError("Argument ``gather_list`` must be specified on destination rank.")
    _exchange("gather", _tensors("gather_list", gather_list), [tensor], group)
    return _done(group, async_op)


def scatter(
    tensor: Any,
    scatter_list: list | None = None,
    src: int | None = None,
    group: ProcessGroup | None = None,
    async_op: bool = False,
    group_src: int | None = None,
) -> Work | None:
    """Write into each process' tensor its part of the list of the process `src`."""
    _tensor("tensor", tensor)
    root_of("scatter", 0 if src is group_src is None else src, group_src, group)
    if not scatter_list:
        raise ValueError("Argument ``scatter_list`` must be specified on source rank.")
    _exchange("scatter", [tensor], _tensors("scatter_list", scatter_list), group)
    return _done(group, async_op)


def reduce_scatter(
    output: Any,
    input_list: list,
    op: ReduceOp = ReduceOp.SUM,
    group: ProcessGroup | None = None,
    async_op: bool = False,
) -> Work | None:
    """Reduce the processes' lists, and write into each process' tensor its part."""
    for tensor in _tensors("input_list", input_list):
        _reducible(tensor, op)
    _exchange("reduce_scatter", [_tensor("output", output)], input_list, group)
    return _done(group, async_op)


def all_to_all(
    output_tensor_list: list, input_tensor_list: list, group: ProcessGroup | None = None, async_op: bool = False
) -> Work | None:
    """Hand each process its part of one's list: here the one tensor to oneself."""
    outputs = _tensors("output_tensor_list", output_tensor_list)
    _exchange("all_to_all", outputs, _tensors("input_tensor_list", input_tensor_list), group)
    return _done(group, async_op)


def all_gather_into_tensor(
    output_tensor: Any, input_tensor: Any, group: ProcessGroup | None = None, async_op: bool = False
) -> Work | None:
    """Write the processes' tensors one after the other, or stacked, into one."""
    _whole("all_gather_into_tensor", output_tensor, input_tensor, group)
    return _done(group, async_op)


def reduce_scatter_tensor(
    output: Any, input: Any, op: ReduceOp = ReduceOp.SUM, group: ProcessGroup | None = None, async_op: bool = False
) -> Work | None:
    """Reduce the processes' tensors, and write into each process' output its part along dim 0."""
    _reducible(_tensor("input", input), op)
    _whole("reduce_scatter_tensor", output, input, group)
    return _done(group, async_op)


def all_to_all_single(
    output: Any,
    input: Any,
    output_split_sizes: Sequence[int] | None = None,
    input_split_sizes: Sequence[int] | None = None,
    group: ProcessGroup | None = None,
    async_op: bool = False,
) -> Work | None:
    """Hand each process its part along dim 0 of one's tensor: here the whole to oneself."""
    _whole("all_to_all_single", output, input, group)
    return _done(group, async_op)


def _done(group: ProcessGroup | None, async_op: bool) -> Work | None:
    member(group)
    return Work() if async_op else None


def _tensor(name: str, value: Any) -> Any:
    if not isinstance(value, TensorBase):
        raise TypeError(
            f"Invalid function argument. Expected parameter `{name}` of type autograd.Tensor "
            f"but got {type(value)} instead."
        )
    return value


def _tensors(name: str, values: Any) -> list:
    if not isinstance(values, (list, tuple)) or not all(isinstance(value, TensorBase) for value in values):
        raise TypeError(
            f"Invalid function argument. Expected parameter `{name}` of type List[autograd.Tensor] "
            f"but got {type(values)} instead."
        )
    return list(values)


def _reducible(tensor: Any, op: ReduceOp) -> None:
    if not isinstance(op, ReduceOp):
        raise TypeError(f"op is one of {', '.join(f'ReduceOp.{one.name}' for one in ReduceOp)}, got {op!r}")
    whole = not (tensor.dtype.is_floating_point or tensor.dtype.is_complex)
    if (op in (ReduceOp.BAND, ReduceOp.BOR, ReduceOp.BXOR) and not whole) or (op is ReduceOp.AVG and whole):
        raise RuntimeError(f"Cannot use ReduceOp.{op.name} with {tensor.dtype}")


def _exchange(name: str, outputs: list, inputs: list, group: ProcessGroup | None) -> None:
    """Write the one input into the one output, of the same shape and element type."""
    member(group)
    for title, tensors in (("output", outputs), ("input", inputs)):
        if len(tensors) != 1:
            raise RuntimeError(f"{name}: one {title} tensor for each process, so 1, expected; got {len(tensors)}")
    (output,), (input,) = outputs, inputs
    if output.dtype != input.dtype:
        raise ValueError(
            f"Invalid usage of tensors with different dtypes: {name} found {output.dtype} and {input.dtype}"
        )
    if output.shape != input.shape:
        raise RuntimeError(f"{name}: expected size {tuple(input.shape)}, got {tuple(output.shape)}")
    with no_grad():
        output.copy_(input)


def _whole(name: str, output: Any, input: Any, group: ProcessGroup | None) -> None:
    """The same where a first dim of size 1 may count the processes."""
    _tensor("output", output), _tensor("input", input)
    stacked = output.shape == (1, *input.shape)
    _exchange(name, [output[0] if stacked else output], [input], group)
