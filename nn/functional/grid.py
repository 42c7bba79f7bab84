"""Sampling images and volumes at given places."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Callable, Sequence

import autograd
from autograd import Tensor, ops


def affine_grid(theta: Tensor, size: Sequence[int], align_corners: bool | None = None) -> Tensor:
    """The places that affine maps move a regular grid to, for `grid_sample`.

    Parameters
    ----------
    theta : (N, 2, 3) or (N, 3, 4)
    size : (N, C, H, W) or (N, C, D, H, W)

    Raises
    ------
    ValueError, NotImplementedError, RuntimeError
        If shapes do not fit each other.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> theta = autograd.tensor([[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]])  # the identity
    >>> F.affine_grid(theta, (1, 1, 2, 2), align_corners=False).shape
    autograd.Size([1, 2, 2, 2])
    """
    if align_corners is None:
        _warn_of_corners("affine_grid")
        align_corners = False
    if not theta.is_floating_point():
        raise ValueError(f"Expected theta to have floating point type, but got {theta.dtype}")
    size = tuple(int(n) for n in size)
    spatial = len(size) - 2
    if spatial not in (2, 3):
        raise NotImplementedError(
            "affine_grid only supports 4D and 5D sizes, for 2D and 3D affine transforms, respectively. "
            f"Got size {list(size)}."
        )
    if theta._data.shape[1:] != (spatial, spatial + 1):
        raise ValueError(
            f"Expected a batch of {spatial}D affine matrices of shape Nx{spatial}x{spatial + 1} for size {list(size)}. "
            f"Got {list(theta._data.shape)}."
        )
    if min(size) <= 0:
        raise ValueError(f"Expected non-zero, positive output size. Got {list(size)}")
    if theta._data.shape[0] != size[0]:
        raise RuntimeError(f"affine_grid: expected {size[0]} matrices, got {theta._data.shape[0]}")
    lengths = size[2:]
    columns = []
    for axis in reversed(range(spatial)):  # x, the last dim, comes first
        n = lengths[axis]
        edge = 1.0 if align_corners else (n - 1) / n
        values = [0.0] if n == 1 else [-edge + 2 * edge * i / (n - 1) for i in range(n)]
        line = autograd.tensor(values, dtype=theta.dtype, device=theta.device)
        shape = tuple(n if a == axis else 1 for a in range(spatial))
        columns.append(ops.reshape(ops.broadcast_to(ops.reshape(line, shape=shape), shape=lengths), shape=(-1,)))
    columns.append(ops.ones_like(columns[0]))
    base = autograd.stack(columns, dim=-1)
    return ops.reshape(ops.matmul(base, ops.matrix_transpose(theta)), shape=(size[0], *lengths, spatial))


def _warn_of_corners(name: str) -> None:
    warnings.warn(
        f"Default {name} behavior has changed to align_corners=False since 1.3.0. Please specify align_corners=True if "
        "the old behavior is desired.",
        stacklevel=3,
    )


def grid_sample(
    input: Tensor,
    grid: Tensor,
    mode: str = "bilinear",
    padding_mode: str = "zeros",
    align_corners: bool | None = None,
) -> Tensor:
    """The input's values at the places of a grid, interpolated.

    Parameters
    ----------
    input : (N, C, H, W) or (N, C, D, H, W)
    grid : (N, H', W', 2) or (N, D', H', W', 3): places (x, y) or (x, y, z) in [-1, 1]
    mode : "bilinear", "nearest" or "bicubic" (4D only)
    padding_mode : what lies beyond the border: "zeros", "border" or "reflection"
    align_corners : whether -1 and 1 are the corner pixels' centers instead of their outer edges

    Raises
    ------
    ValueError
        For an unknown mode.
    RuntimeError
        If shapes do not fit each other.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> x = autograd.arange(4.0).reshape(1, 1, 2, 2)
    >>> grid = autograd.tensor([[[[-1.0, -1.0], [0.0, 0.0]]]])  # the first corner, the center
    >>> F.grid_sample(x, grid, align_corners=True)
    tensor([[[[0.0000, 1.5000]]]])
    """
    if mode not in ("bilinear", "nearest", "bicubic"):
        raise ValueError(
            f"nn.functional.grid_sample(): expected mode to be 'bilinear', 'nearest' or 'bicubic', but got: '{mode}'"
        )
    if padding_mode not in ("zeros", "border", "reflection"):
        raise ValueError(
            "nn.functional.grid_sample(): expected padding_mode to be 'zeros', 'border', or 'reflection', but got: "
            f"'{padding_mode}'"
        )
    if align_corners is None:
        _warn_of_corners("grid_sample")
        align_corners = False
    shape, places = input._data.shape, grid._data.shape
    spatial = len(shape) - 2
    if (
        spatial not in (2, 3)
        or len(places) != len(shape)
        or places[0] != shape[0]
        or places[-1] != spatial
        or 0 in shape[2:]
        or input.device != grid.device
    ):
        raise RuntimeError(
            f"grid_sample(): expected 4D or 5D input and grid with the same batch size and dimension, non-empty input "
            f"sizes, and grid to have size {spatial} in its last dimension, but got {list(shape)} and {list(places)}"
        )
    if input.dtype is not grid.dtype:
        raise RuntimeError(
            f"grid_sample(): expected input and grid to have same dtype, got {input.dtype}, {grid.dtype}"
        )
    if mode == "bicubic" and spatial == 3:
        raise RuntimeError("grid_sample(): bicubic interpolation only supports 4D input")
    sizes = shape[2:]
    coordinates = []
    for axis, n in enumerate(sizes):
        at = grid[..., spatial - 1 - axis]
        at = (at + 1.0) * ((n - 1) / 2) if align_corners else ((at + 1.0) * float(n) - 1.0) * 0.5
        coordinates.append(at if mode == "bicubic" else _within(at, n, padding_mode, align_corners))
    zeros = padding_mode == "zeros"
    if mode == "nearest":
        return _read(input, [_integers(ops.round(at.detach())) for at in coordinates], None, zeros)
    if mode == "bilinear":
        return _interpolated(input, coordinates, (0, 1), _linear_weights, lambda at, n: at, zeros)

    def place(at: Tensor, n: int) -> Tensor:
        return _within(at, n, padding_mode, align_corners)

    return _interpolated(input, coordinates, (-1, 0, 1, 2), _cubic_weights, place, zeros)


def _integers(at: Tensor) -> Tensor:
    """Places as int64; what is not finite or too large ends far outside."""
    limited = ops.minimum(ops.maximum(at, -(2.0**30)), 2.0**30)
    return ops.astype(ops.where(limited == limited, limited, -100.0), dtype=autograd.int64)


def _within(at: Tensor, n: int, padding_mode: str, align_corners: bool) -> Tensor:
    """Coordinates moved into the image, as the padding mode says; the gradient follows."""
    if padding_mode == "zeros":
        return at
    if padding_mode == "reflection":
        low, span = (0.0, float(n - 1)) if align_corners else (-0.5, float(n))
        if not span:
            return at * 0.0
        shifted = at - low
        away = ops.abs(shifted)
        turns = ops.floor(away.detach() / span)
        odd = turns - 2.0 * ops.floor(turns / 2.0) == 1.0
        rest = away - turns * span
        at = ops.where(odd, span - rest, rest) + low
    inside = (at > 0) & (at < n - 1)
    kept = ops.minimum(ops.maximum(at.detach(), 0.0), float(n - 1))
    return ops.where(inside, at, kept)


def _linear_weights(share: Tensor) -> list[Tensor]:
    return [1.0 - share, share]


def _cubic_weights(share: Tensor) -> list[Tensor]:
    a = -0.75

    def near(x: Tensor) -> Tensor:
        return ((a + 2) * x - (a + 3)) * x * x + 1.0

    def far(x: Tensor) -> Tensor:
        return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a

    return [far(share + 1.0), near(share), near(1.0 - share), far(2.0 - share)]


def _interpolated(
    input: Tensor,
    coordinates: list[Tensor],
    offsets: tuple[int, ...],
    weigh: Callable[[Tensor], list[Tensor]],
    place: Callable[[Tensor, int], Tensor],
    zeros: bool,
) -> Tensor:
    """The weighted sum of the pixels around each place."""
    sizes = input._data.shape[2:]
    choices = []
    for at, n in zip(coordinates, sizes, strict=True):
        low = ops.floor(at.detach())
        weights = weigh(at - low)
        positions = [_integers(place(low + float(offset), n)) for offset in offsets]
        choices.append(list(zip(positions, weights, strict=True)))
    total: Tensor | None = None
    for corner in itertools.product(*choices):
        weight = corner[0][1]
        for _, factor in corner[1:]:
            weight = weight * factor
        part = _read(input, [position for position, _ in corner], weight, zeros)
        total = part if total is None else total + part
    assert total is not None
    return total


def _read(input: Tensor, positions: list[Tensor], weight: Tensor | None, zeros: bool) -> Tensor:
    """The pixels at integer positions, 0 outside (with `zeros`), times their weights."""
    shape = input._data.shape
    flat: Tensor | int = 0
    inside: Tensor | None = None
    for at, n in zip(positions, shape[2:], strict=True):
        if zeros:
            here = (at >= 0) & (at < n)
            inside = here if inside is None else inside & here
        flat = flat * n + ops.minimum(ops.maximum(at, 0), n - 1)
    lead, out = shape[:2], positions[0]._data.shape[1:]
    index = ops.broadcast_to(ops.expand_dims(flat, axis=1), shape=(*lead, *out))
    values = ops.reshape(input, shape=(*lead, -1 if input._data.size else 0))
    found = ops.pool_at(values, ops.reshape(index, shape=(*lead, -1 if index._data.size else 0)), spatial=1)
    found = ops.reshape(found, shape=(*lead, *out))
    if inside is not None:
        found = ops.where(ops.expand_dims(inside, axis=1), found, 0.0)
    return found if weight is None else found * ops.expand_dims(weight, axis=1)
