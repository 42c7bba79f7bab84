"""Pooling to a given output size."""

from __future__ import annotations

from collections.abc import Sequence

from autograd import Tensor, ops
from nn.functional.common import batched, unbatched
from nn.functional.dims import each_dim, without_indices
from nn.functional.resampling import along, area_taps

Wanted = int | None | Sequence[int | None]


def _output_sizes(name: str, wanted: Wanted, sizes: tuple[int, ...]) -> tuple[int, ...]:
    """The output sizes, None meaning the input's own."""
    given = tuple(wanted) if isinstance(wanted, (tuple, list)) else (wanted,) * len(sizes)
    if len(given) == 1:
        given *= len(sizes)
    if len(given) != len(sizes):
        raise RuntimeError(f"{name}: output_size must be an int or {len(sizes)} of them, got {wanted}")
    found = tuple(
        n if o is None else int(o)  # type: ignore[arg-type]
        for o, n in zip(given, sizes, strict=True)
    )
    if min(found) < 0:
        raise RuntimeError(f"{name}: elements of output_size must be greater than or equal to 0, got {wanted}")
    return found


def _check(name: str, input: Tensor) -> None:
    shape = input._data.shape
    if 0 in shape[1:]:
        raise RuntimeError(
            f"{name}: expected input to have non-zero size for non-batch dimensions, but input has sizes {list(shape)}"
        )


def _adaptive_avg_pool(name: str, spatial: int, input: Tensor, output_size: Wanted) -> Tensor:
    """The means of `output_size` windows that cover a signal, an image or a volume.

    Window i of o over n elements is [⌊i·n/o⌋, ⌈(i+1)·n/o⌉). None keeps a size.

    Parameters
    ----------
    input : (N, C, *sizes) or (C, *sizes), with one, two or three sizes
    output_size : one number for all, or one for each

    Raises
    ------
    RuntimeError
        If the input has another number of dims, or an empty one besides N.

    Examples
    --------
    >>> import autograd
    >>> adaptive_avg_pool2d(autograd.tensor([[[1.0, 2.0], [3.0, 6.0]]]), 1)
    tensor([[[3.]]])
    """
    input, had_batch = batched(input, spatial, name)
    _check(name, input)
    sizes = input._data.shape[2:]
    wanted = _output_sizes(name, output_size, sizes)
    if all(o and n % o == 0 for n, o in zip(sizes, wanted, strict=True)):
        kernel = tuple(n // o for n, o in zip(sizes, wanted, strict=True))
        result = ops.avg_pool(
            input,
            kernel=kernel,
            stride=kernel,
            padding=(0,) * spatial,
            ceil_mode=False,
            count_include_pad=True,
            divisor_override=None,
        )
    elif 0 in wanted:
        result = input[(slice(None), slice(None), *(slice(0, min(o, n)) for o, n in zip(wanted, sizes, strict=True)))]
        result = ops.reshape(result, shape=(*input._data.shape[:2], *wanted))
    else:
        result = input
        for axis, (size, outputs) in enumerate(zip(sizes, wanted, strict=True), 2):
            if size != outputs:
                result = along(result, axis, area_taps(size, outputs))
    return unbatched(result, had_batch)


adaptive_avg_pool1d, adaptive_avg_pool2d, adaptive_avg_pool3d = each_dim("adaptive_avg_pool{}d", _adaptive_avg_pool)


def _adaptive_max_pool(
    name: str, spatial: int, input: Tensor, output_size: Wanted, return_indices: bool = False
) -> tuple[Tensor, Tensor]:
    """The maxima of `output_size` windows that cover a signal, an image or a volume.

    The windows are those of `adaptive_avg_pool2d`.

    Parameters
    ----------
    input : (N, C, *sizes) or (C, *sizes), with one, two or three sizes
    output_size : one number for all, or one for each
    return_indices : also return where the maxima are, as positions in the flattened sizes; with_indices always does

    Raises
    ------
    RuntimeError
        If the input has another number of dims, or an empty one besides N.

    Examples
    --------
    >>> import autograd
    >>> adaptive_max_pool1d(autograd.tensor([[1.0, 5.0, 2.0, 3.0]]), 2)
    tensor([[5., 3.]])
    """
    input, had_batch = batched(input, spatial, name)
    _check(name, input)
    wanted = _output_sizes(name, output_size, input._data.shape[2:])
    index = ops.adaptive_max_pool_indices(input, output_size=wanted)
    values = ops.pool_at(input, index, spatial=spatial)
    return unbatched(values, had_batch), unbatched(index, had_batch)


adaptive_max_pool1d, adaptive_max_pool2d, adaptive_max_pool3d = map(
    without_indices, each_dim("adaptive_max_pool{}d", _adaptive_max_pool)
)
adaptive_max_pool1d_with_indices, adaptive_max_pool2d_with_indices, adaptive_max_pool3d_with_indices = each_dim(
    "adaptive_max_pool{}d_with_indices", _adaptive_max_pool
)
