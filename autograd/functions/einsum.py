"""Einstein summation, as a sequence of batched matrix products."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Any

from autograd import ops
from autograd.engine import TensorBase

if TYPE_CHECKING:
    from autograd.tensor import Tensor

ELLIPSIS = string.ascii_uppercase + string.ascii_lowercase


def einsum(*args: Any) -> Tensor:
    """Sums of products by index labels: `einsum("bij,bjk->bik", x, y)`, or PyTorch's sublist form.

    Labels are letters; `...` stands for dims that broadcast. Without `->` the result has the labels that occur once,
    in alphabetical order. Operands are contracted from left to right.

    Raises
    ------
    ValueError
        For no operands, or labels in a list that are no integers in [0, 52).
    RuntimeError
        For a malformed equation, a wrong number of operands or of labels, or sizes that do not match.

    Examples
    --------
    >>> import autograd
    >>> autograd.einsum("ij,j->i", autograd.ones(2, 3), autograd.ones(3))
    tensor([3., 3.])
    """
    equation, operands = _arguments(args)
    inputs, output, batch = _parse(equation, operands)
    sizes: dict[str, int] = {}
    terms = []
    for labels, operand in zip(inputs, operands, strict=True):
        terms.append(_diagonals(operand, labels, batch))
        for label, size in zip(terms[-1][1], terms[-1][0]._data.shape, strict=True):
            known = sizes.get(label, 1)
            if size != known and size != 1 and known != 1:
                raise RuntimeError(
                    f"einsum(): operands do not broadcast with remapped shapes: label {label!r} has sizes {known} and "
                    f"{size} in {equation!r}"
                )
            sizes[label] = max(size, known) if size and known else 0
    tensor, labels = terms[0]
    for index, (other, other_labels) in enumerate(terms[1:], start=1):
        later = set(output).union(*(set(names) for _, names in terms[index + 1 :]))
        tensor, labels = _contract(tensor, labels, other, other_labels, later)
    summed = [position for position, label in enumerate(labels) if label not in output]
    if summed:
        tensor = ops.sum(tensor, axis=tuple(summed))
        labels = [label for label in labels if label in output]
    return ops.permute_dims(tensor, axes=tuple(labels.index(label) for label in output))


def _arguments(args: tuple) -> tuple[str, list]:
    """The equation and the operands, of either form of call."""
    if not args:
        raise ValueError("einsum(): must specify the equation string and at least one operand")
    if isinstance(args[0], str):
        operands = list(args[1]) if len(args) == 2 and isinstance(args[1], (list, tuple)) else list(args[1:])
        if not operands:
            raise ValueError("einsum(): must specify the equation string and at least one operand")
        return args[0], operands

    def letters(labels: Any) -> str:
        found = ""
        for label in labels:
            if label is Ellipsis:
                found += "..."
            elif isinstance(label, int) and 0 <= label < 52:
                found += ELLIPSIS[label]
            else:
                raise ValueError(f"einsum(): sublist subscripts must be integers in [0, 52) or ..., got {label!r}")
        return found

    pairs = len(args) // 2
    operands = [args[2 * i] for i in range(pairs)]
    equation = ",".join(letters(args[2 * i + 1]) for i in range(pairs))
    return (equation + "->" + letters(args[-1]) if len(args) % 2 else equation), operands


def _parse(equation: str, operands: list) -> tuple[list[list[str]], list[str], int]:
    """Labels of each operand and of the result; dims of `...` are labelled 0, 1, ... from the right."""
    text = equation.replace(" ", "")
    left, arrow, right = text.partition("->")
    terms = left.split(",")
    for operand in operands:
        if not isinstance(operand, TensorBase):
            raise TypeError(f"einsum(): operands must be Tensors, not {type(operand).__name__}")
    if len(terms) != len(operands):
        raise RuntimeError(
            f"einsum(): {'fewer' if len(operands) < len(terms) else 'more'} operands were provided than specified in "
            f"the equation: {len(operands)} for {equation!r}"
        )
    inputs: list[list[str]] = []
    batch = 0
    for term, operand in zip(terms, operands, strict=True):
        ndim = operand._data.ndim
        head, dots, tail = term.partition("...")
        names = head + tail
        bad = [c for c in names if c not in string.ascii_letters]
        if bad:
            raise RuntimeError(
                f"einsum(): invalid subscript {bad[0]!r} in {equation!r}; subscripts must be in [a-zA-Z]"
            )
        extra = ndim - len(names)
        if extra < 0 or (extra > 0 and not dots):
            raise RuntimeError(
                f"einsum(): the number of subscripts in the equation ({len(names)}) does not match the number of "
                f"dimensions ({ndim}) for operand {term!r}{'' if dots else ' and no ellipsis was given'}"
            )
        batch = max(batch, extra)
        inputs.append([*head, *(str(extra - 1 - i) for i in range(extra)), *tail])
    everything = [label for labels in inputs for label in labels]
    if not arrow:
        once = sorted(label for label in set(everything) if everything.count(label) == 1 and label.isalpha())
        return inputs, [*(str(batch - 1 - i) for i in range(batch)), *once], batch
    head, dots, tail = right.partition("...")
    output = [*head, *(str(batch - 1 - i) for i in range(batch) if dots), *tail]
    for label in output:
        if output.count(label) > 1:
            raise RuntimeError(f"einsum(): output subscript {label} appears more than once in the output")
        if label not in everything:
            raise RuntimeError(
                f"einsum(): output subscript {label} does not appear in the equation for any input operand"
            )
    return inputs, output, batch


def _diagonals(operand: Any, labels: list[str], batch: int) -> tuple[Any, list[str]]:
    """Take the diagonal where one operand has a label twice."""
    labels = list(labels)
    for label in dict.fromkeys(labels):
        while labels.count(label) > 1:
            first = labels.index(label)
            second = labels.index(label, first + 1)
            sizes = operand._data.shape
            if sizes[first] != sizes[second]:
                raise RuntimeError(
                    f"einsum(): subscript {label} is repeated for one operand but the sizes don't match, "
                    f"{sizes[second]} != {sizes[first]}"
                )
            operand = ops.diagonal(operand, offset=0, axis1=first, axis2=second)
            labels = [name for i, name in enumerate(labels) if i not in (first, second)] + [label]
    return operand, labels


def _contract(a: Any, left: list[str], b: Any, right: list[str], later: set[str]) -> tuple[Any, list[str]]:
    """The product of two terms, summed over the labels that nobody needs later, as one batched matrix product."""
    a, left = _sum_out(a, left, set(right) | later)
    b, right = _sum_out(b, right, set(left) | later)
    sizes_a, sizes_b = dict(zip(left, a._data.shape, strict=True)), dict(zip(right, b._data.shape, strict=True))
    for label in [name for name in left if name in sizes_b and name not in later and sizes_a[name] != sizes_b[name]]:
        # A contracted size of 1 stands for all of the other's.
        if sizes_a[label] == 1:
            b = ops.sum(b, axis=right.index(label), keepdims=True)
        else:
            a = ops.sum(a, axis=left.index(label), keepdims=True)
    shared = [label for label in left if label in right]
    kept = [label for label in shared if label in later]
    summed = [label for label in shared if label not in later]
    rows = [label for label in left if label not in right]
    columns = [label for label in right if label not in left]
    a = ops.permute_dims(a, axes=tuple(left.index(label) for label in (*kept, *rows, *summed)))
    b = ops.permute_dims(b, axes=tuple(right.index(label) for label in (*kept, *summed, *columns)))
    shape_a, shape_b = a._data.shape, b._data.shape
    n, m = len(kept), len(summed)
    if not summed:
        first = ops.reshape(a, shape=(*shape_a, *(1,) * len(columns)))
        second = ops.reshape(b, shape=(*shape_b[:n], *(1,) * len(rows), *shape_b[n:]))
        return ops.multiply(first, second), [*kept, *rows, *columns]
    row_shape, column_shape = shape_a[n : len(shape_a) - m], shape_b[n + m :]
    inner = _count(shape_b[n : n + m])
    first = ops.reshape(a, shape=(*shape_a[:n], _count(row_shape), inner))
    second = ops.reshape(b, shape=(*shape_b[:n], inner, _count(column_shape)))
    product = ops.matmul(first, second)
    return ops.reshape(product, shape=(*product._data.shape[:-2], *row_shape, *column_shape)), [*kept, *rows, *columns]


def _sum_out(x: Any, labels: list[str], needed: set[str]) -> tuple[Any, list[str]]:
    axes = tuple(i for i, label in enumerate(labels) if label not in needed)
    return (ops.sum(x, axis=axes), [label for label in labels if label in needed]) if axes else (x, labels)


def _count(sizes: tuple[int, ...]) -> int:
    count = 1
    for size in sizes:
        count *= size
    return count
