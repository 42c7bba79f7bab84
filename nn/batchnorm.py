"""Normalization with statistics over the batch or over each instance: BatchNorm and InstanceNorm."""

from __future__ import annotations

import warnings
from typing import Any

import autograd
from autograd import Tensor
from nn import functional as F
from nn import init
from nn.affine import Affine


class _NormBase(Affine):
    """What normalizations with running statistics share: weight, bias, running mean and variance, a count.

    Parameters
    ----------
    num_features : channels
    eps : added to the variance
    momentum : how much of a new statistic is taken into the running one; None: the mean of all
    affine : whether to scale and shift by learned parameters
    track_running_stats : whether to keep running statistics, which evaluation uses
    device, dtype : of the parameters and statistics
    bias : whether to shift
    """

    _version = 2
    dims: tuple[int, ...] = ()  # allowed numbers of input dims; any if empty
    running_mean: Tensor | None
    running_var: Tensor | None
    num_batches_tracked: Tensor | None

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        device: Any = None,
        dtype: Any = None,
        *,
        bias: bool = True,
    ):
        self.settle({key: value for key, value in locals().items() if key != "bias"})
        self._make_affine((num_features,), affine, affine and bias, device, dtype)
        tracks = track_running_stats
        for name, make in (("running_mean", autograd.zeros), ("running_var", autograd.ones)):
            self.register_buffer(name, make(num_features, device=device, dtype=dtype) if tracks else None)
        count = autograd.tensor(0, dtype=autograd.long, device=device) if tracks else None
        self.register_buffer("num_batches_tracked", count)
        self.reset_parameters()

    def reset_running_stats(self) -> None:
        """Mean 0, variance 1, nothing counted."""
        if self.running_mean is not None:
            init.zeros_(self.running_mean)
            init.ones_(self.running_var)  # type: ignore[arg-type]
            init.zeros_(self.num_batches_tracked)  # type: ignore[arg-type]

    def reset_parameters(self) -> None:
        """Weight 1, bias 0, fresh statistics."""
        self.reset_running_stats()
        super().reset_parameters()

    def _check_input_dim(self, input: Tensor) -> None:
        if self.dims and input.ndim not in self.dims:
            wanted = " or ".join(f"{ndim}D" for ndim in self.dims)
            raise ValueError(f"expected {wanted} input (got {input.ndim}D input)")

    def _load_from_state_dict(
        self,
        state_dict: dict,
        prefix: str,
        local_metadata: dict,
        strict: bool,
        missing_keys: list[str],
        unexpected_keys: list[str],
        error_msgs: list[str],
    ) -> None:
        key = prefix + "num_batches_tracked"  # the first version of the format had no count
        if (local_metadata.get("version") or 1) < 2 and self.num_batches_tracked is not None:
            state_dict.setdefault(key, autograd.tensor(0, dtype=autograd.long))
        super()._load_from_state_dict(
            state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys, error_msgs
        )

    def extra_repr(self) -> str:
        """The channels and options."""
        return (
            f"{self.num_features}, eps={self.eps}, momentum={self.momentum}, affine={self.affine}, "
            f"bias={self.bias is not None}, track_running_stats={self.track_running_stats}"
        )


class _BatchNorm(_NormBase):
    """(x - mean) / √(variance + eps) · weight + bias, over all but the channels (Ioffe and Szegedy, 2015)."""

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays; in training the batch's statistics are used, and taken into the running ones."""
        self._check_input_dim(input)
        momentum = 0.0 if self.momentum is None else self.momentum
        if self.training and self.track_running_stats and self.num_batches_tracked is not None:
            with autograd.no_grad():
                self.num_batches_tracked += 1
            if self.momentum is None:
                momentum = 1.0 / float(self.num_batches_tracked)
        uses_batch = self.training or (self.running_mean is None and self.running_var is None)
        keeps = not self.training or self.track_running_stats
        return F.batch_norm(
            input, self.running_mean if keeps else None, self.running_var if keeps else None, self.weight, self.bias,
            uses_batch, momentum, self.eps,
        )  # fmt: skip


class BatchNorm1d(_BatchNorm):
    """Batch normalization of (N, C) or (N, C, L).

    Examples
    --------
    >>> import autograd, nn
    >>> norm = nn.BatchNorm1d(3)
    >>> norm(autograd.rand(4, 3, 8)).shape
    autograd.Size([4, 3, 8])
    >>> norm.num_batches_tracked
    tensor(1)
    """

    dims = (2, 3)


class BatchNorm2d(_BatchNorm):
    """Batch normalization of (N, C, H, W).

    Examples
    --------
    >>> import autograd, nn
    >>> norm = nn.BatchNorm2d(3)
    >>> norm(autograd.rand(4, 3, 8, 8)).shape
    autograd.Size([4, 3, 8, 8])
    >>> norm.num_batches_tracked
    tensor(1)
    """

    dims = (4,)


class BatchNorm3d(_BatchNorm):
    """Batch normalization of (N, C, D, H, W).

    Examples
    --------
    >>> import autograd, nn
    >>> norm = nn.BatchNorm3d(3)
    >>> norm(autograd.rand(4, 3, 8, 8, 8)).shape
    autograd.Size([4, 3, 8, 8, 8])
    >>> norm.num_batches_tracked
    tensor(1)
    """

    dims = (5,)


class _InstanceNorm(_NormBase):
    """(x - mean) / √(variance + eps) · weight + bias, over each instance's channel (Ulyanov et al., 2016).

    Parameters
    ----------
    num_features : channels
    eps : added to the variance
    momentum : how much of a new statistic is taken into the running one
    affine : whether to scale and shift by learned parameters
    track_running_stats : whether to keep running statistics, which evaluation uses
    device, dtype : of the parameters and statistics
    bias : whether to shift
    """

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float = 0.1,
        affine: bool = False,
        track_running_stats: bool = False,
        device: Any = None,
        dtype: Any = None,
        *,
        bias: bool = True,
    ):
        super().__init__(num_features, eps, momentum, affine, track_running_stats, device, dtype, bias=bias)

    def forward(self, input: Tensor) -> Tensor:
        """The shape stays; a batch dim may be missing.

        Raises
        ------
        ValueError
            If the numbers of dims or of channels do not fit; of channels, a warning where nothing is learned.
        """
        self._check_input_dim(input)
        single = input.ndim == self.dims[0]
        self._check_channels(input.shape[0 if single else 1])
        out = F.instance_norm(
            input.reshape((1, *input.shape)) if single else input, self.running_mean, self.running_var, self.weight,
            self.bias, self.training or not self.track_running_stats,
            0.0 if self.momentum is None else self.momentum, self.eps,
        )  # fmt: skip
        return out.reshape(out.shape[1:]) if single else out

    def _check_channels(self, channels: int) -> None:
        if channels == self.num_features:
            return
        text = f"expected input with num_features={self.num_features} channels, but got {channels}"
        if self.affine:
            raise ValueError(text)
        warnings.warn(f"{text}; without affine=True num_features is not used", stacklevel=4)


class InstanceNorm1d(_InstanceNorm):
    """Instance normalization of (N, C, L) or (C, L).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.InstanceNorm1d(3, affine=True)(autograd.rand(4, 3, 8)).shape
    autograd.Size([4, 3, 8])
    """

    dims = (2, 3)


class InstanceNorm2d(_InstanceNorm):
    """Instance normalization of (N, C, H, W) or (C, H, W).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.InstanceNorm2d(3, affine=True)(autograd.rand(4, 3, 8, 8)).shape
    autograd.Size([4, 3, 8, 8])
    """

    dims = (3, 4)


class InstanceNorm3d(_InstanceNorm):
    """Instance normalization of (N, C, D, H, W) or (C, D, H, W).

    Examples
    --------
    >>> import autograd, nn
    >>> nn.InstanceNorm3d(3, affine=True)(autograd.rand(4, 3, 8, 8, 8)).shape
    autograd.Size([4, 3, 8, 8, 8])
    """

    dims = (4, 5)
