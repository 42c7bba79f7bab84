"""Resizing signals, images and volumes."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence

from autograd import Tensor, ops
from nn.functional.adaptive import adaptive_avg_pool1d, adaptive_avg_pool2d, adaptive_avg_pool3d
from nn.functional.common import apart
from nn.functional.resampling import along, antialiased_taps, cubic_taps, linear_taps, nearest_sources

_LINEAR = {"linear": 1, "bilinear": 2, "trilinear": 3, "bicubic": 2}
_MODES = ("nearest", "nearest-exact", "area", *_LINEAR)


def interpolate(
    input: Tensor,
    size: int | Sequence[int] | None = None,
    scale_factor: float | Sequence[float] | None = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
    recompute_scale_factor: bool | None = None,
    antialias: bool = False,
) -> Tensor:
    """The input resized.

    Parameters
    ----------
    input : (N, C, L), (N, C, H, W) or (N, C, D, H, W)
    size, scale_factor : one of the two: the output's sizes, or how many times the input's they are
    mode : "nearest", "nearest-exact", "linear" (3D input), "bilinear", "bicubic" (4D), "trilinear" (5D), "area"
    align_corners : whether the corners' centers, instead of the outer edges, coincide
    recompute_scale_factor : take the scale from the rounded output size instead of `scale_factor`
    antialias : widen the kernel where sizes shrink ("bilinear" and "bicubic")

    Raises
    ------
    ValueError, NotImplementedError, RuntimeError
        For arguments that do not fit each other or the input.

    Examples
    --------
    >>> import autograd
    >>> interpolate(autograd.tensor([[[1.0, 2.0]]]), scale_factor=2)
    tensor([[[1., 1., 2., 2.]]])
    """
    spatial = input._data.ndim - 2
    if mode not in _MODES:
        raise NotImplementedError(f"interpolate: unknown mode {mode!r}; use one of {', '.join(_MODES)}")
    if mode not in _LINEAR and align_corners is not None:
        raise ValueError(
            "align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear"
        )
    if spatial not in (1, 2, 3) or _LINEAR.get(mode, spatial) != spatial:
        raise NotImplementedError(
            f"Input Error: Only 3D, 4D and 5D input Tensors supported (got {spatial + 2}D) for the modes: nearest | "
            f"linear | bilinear | bicubic | trilinear | area | nearest-exact (got {mode})"
        )
    if antialias and mode not in ("bilinear", "bicubic"):
        raise ValueError("Anti-alias option is restricted to bilinear and bicubic modes and requires a 4-D tensor")
    sizes = tuple(input._data.shape[2:])
    wanted, scales = _output(sizes, size, scale_factor, recompute_scale_factor, mode)
    if min(wanted) <= 0 or 0 in sizes or input._data.shape[1] == 0:
        raise RuntimeError(
            f"interpolate: input and output sizes should be greater than 0, but got input {list(input._data.shape)} "
            f"and output {list(wanted)}"
        )
    if mode == "area":
        pool = (adaptive_avg_pool1d, adaptive_avg_pool2d, adaptive_avg_pool3d)[spatial - 1]
        return pool(input, wanted)
    if mode in ("nearest", "nearest-exact"):
        return apart(_nearest(input, wanted, scales, mode == "nearest-exact"), input)
    corners, result = bool(align_corners), input
    for axis, (n, o, scale) in enumerate(zip(sizes, wanted, scales, strict=True)):
        if antialias:
            taps = antialiased_taps(n, o, corners, scale, mode == "bicubic")
        else:
            taps = (cubic_taps if mode == "bicubic" else linear_taps)(n, o, corners, scale)
        if n != o or scale not in (None, 1.0):
            result = along(result, axis + 2, taps)
    return apart(result, input)


def _output(
    sizes: tuple[int, ...],
    size: int | Sequence[int] | None,
    scale_factor: float | Sequence[float] | None,
    recompute: bool | None,
    mode: str,
) -> tuple[tuple[int, ...], tuple[float | None, ...]]:
    """The output's sizes and the scales to compute positions with (None: from the sizes)."""
    spatial = len(sizes)
    if (size is None) == (scale_factor is None):
        raise ValueError("only one of size or scale_factor should be defined, and one must be")
    if size is not None:
        if recompute:
            raise ValueError("recompute_scale_factor is not meaningful with an explicit size.")
        wanted = tuple(int(n) for n in (size if isinstance(size, Sequence) else (size,) * spatial))
        if len(wanted) != spatial:
            raise ValueError(
                f"Input and output must have the same number of spatial dimensions, but got input with spatial "
                f"dimensions of {list(sizes)} and output size of {size}."
            )
        return wanted, (None,) * spatial
    if isinstance(scale_factor, (tuple, list)):
        factors = tuple(float(f) for f in scale_factor)
        if len(factors) != spatial:
            raise ValueError(
                f"Input and scale_factor must have the same number of spatial dimensions, but got input with spatial "
                f"dimensions of {list(sizes)} and scale_factor of shape {scale_factor}."
            )
    else:
        factors = (float(scale_factor),) * spatial  # type: ignore[arg-type]
    wanted = tuple(math.floor(float(n) * f) for n, f in zip(sizes, factors, strict=True))
    return wanted, (None,) * spatial if recompute or mode == "area" else factors


def _nearest(input: Tensor, wanted: tuple[int, ...], scales: tuple[float | None, ...], exact: bool) -> Tensor:
    for axis, (o, scale) in enumerate(zip(wanted, scales, strict=True), 2):
        shape = input._data.shape
        n = shape[axis]
        sources = nearest_sources(n, o, scale, exact)
        repeats, rest = divmod(o, n)
        if sources == list(range(n)):
            continue
        if not rest and sources == [i // repeats for i in range(o)]:  # copies side by side, whose gradient is a sum
            wide = ops.broadcast_to(
                ops.expand_dims(input, axis=axis + 1), shape=(*shape[: axis + 1], repeats, *shape[axis + 1 :])
            )
            input = ops.reshape(wide, shape=(*shape[:axis], o, *shape[axis + 1 :]))
        else:
            input = input[(slice(None),) * axis + (sources,)]
    return input


def upsample(
    input: Tensor,
    size: int | Sequence[int] | None = None,
    scale_factor: float | Sequence[float] | None = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
) -> Tensor:
    """The older name of `interpolate`."""
    warnings.warn("`nn.functional.upsample` is deprecated. Use `nn.functional.interpolate` instead.", stacklevel=2)
    return interpolate(input, size, scale_factor, mode, align_corners)


def upsample_nearest(
    input: Tensor, size: int | Sequence[int] | None = None, scale_factor: float | Sequence[float] | None = None
) -> Tensor:
    """`interpolate` with the nearest input."""
    warnings.warn("`upsample_nearest` is deprecated. Use `nn.functional.interpolate` instead.", stacklevel=2)
    return interpolate(input, size, scale_factor, mode="nearest")


def upsample_bilinear(
    input: Tensor, size: int | Sequence[int] | None = None, scale_factor: float | Sequence[float] | None = None
) -> Tensor:
    """`interpolate` with mode "bilinear" and `align_corners`."""
    warnings.warn("`upsample_bilinear` is deprecated. Use `nn.functional.interpolate` instead.", stacklevel=2)
    return interpolate(input, size, scale_factor, mode="bilinear", align_corners=True)
