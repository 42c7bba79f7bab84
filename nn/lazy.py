"""Lazy layers: the first input decides the number of their input features."""

from __future__ import annotations

import inspect
from typing import Any

from autograd import Tensor, no_grad
from nn.batchnorm import BatchNorm1d, BatchNorm2d, BatchNorm3d, InstanceNorm1d, InstanceNorm2d, InstanceNorm3d
from nn.conv import Conv1d, Conv2d, Conv3d, ConvTranspose1d, ConvTranspose2d, ConvTranspose3d
from nn.linear import Linear
from nn.parameter import UninitializedBuffer, UninitializedParameter, is_lazy


class LazyModuleMixin:
    """A module that takes its shapes from the first input, and then becomes its `cls_to_become`.

    Examples
    --------
    >>> import autograd, nn
    >>> layer = nn.LazyLinear(3)
    >>> layer.has_uninitialized_params()
    True
    """

    cls_to_become: type | None = None

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        register: Any = self.register_forward_pre_hook  # type: ignore[attr-defined]
        self._lazy_hook = register(LazyModuleMixin._infer, with_kwargs=True)

    def has_uninitialized_params(self) -> bool:
        """Whether a parameter or buffer still waits for its shape."""
        tensors = (*self._parameters.values(), *self._buffers.values())  # type: ignore[attr-defined]
        return any(is_lazy(tensor) for tensor in tensors)

    def initialize_parameters(self, *args: Any, **kwargs: Any) -> None:
        """Take the shapes from the input; every lazy module defines it.

        Raises
        ------
        NotImplementedError
            Unless overridden.
        """
        raise NotImplementedError(f"initialize_parameters is not implemented for {type(self).__name__}")

    def _infer(self, args: tuple, kwargs: dict) -> None:
        self.initialize_parameters(*args, **kwargs)
        if self.has_uninitialized_params():
            raise RuntimeError(f"module {type(self).__name__} has not been fully initialized")
        self._lazy_hook.remove()
        del self._lazy_hook
        if self.cls_to_become is not None:
            self.__class__ = self.cls_to_become  # type: ignore[assignment]


class _LazyWeights(LazyModuleMixin):
    """What lazy layers with a weight share: built with no inputs, then filled in.

    The constructor takes what the layer's own takes after its number of input features.
    """

    inputs = "in_features"
    channel_dim = -1

    def __init__(self, *args: Any, **kwargs: Any):
        given = inspect.signature(self.cls_to_become).bind(0, *args, **kwargs).arguments  # type: ignore[arg-type]
        outputs, bias = given.pop(self._outputs), given.pop("bias", True)
        super().__init__(**given, **{self._outputs: 0}, bias=False)
        setattr(self, self._outputs, outputs)
        device, dtype = given.get("device"), given.get("dtype")
        self.weight = UninitializedParameter(device=device, dtype=dtype)
        if bias:
            self.bias = UninitializedParameter(device=device, dtype=dtype)

    @property
    def _outputs(self) -> str:
        return self.inputs.replace("in_", "out_")

    def reset_parameters(self) -> None:
        """Fresh values, once the shapes are known."""
        if not self.has_uninitialized_params() and getattr(self, self.inputs):
            super().reset_parameters()  # type: ignore[misc]

    def initialize_parameters(self, input: Tensor, *args: Any, **kwargs: Any) -> None:
        """Take the number of input features from the input.

        Raises
        ------
        AssertionError
            If weights were loaded that do not fit it.
        """
        features = input.shape[self.channel_dim]
        if not self.has_uninitialized_params():  # they were loaded
            setattr(self, self.inputs, features)
            if self.weight.shape != self._weight_shape(features):
                raise AssertionError(
                    f"The {self.inputs} inferred from input: {features} do not fit the loaded weight of shape "
                    f"{tuple(self.weight.shape)}"
                )
            return
        with no_grad():
            setattr(self, self.inputs, features)
            self.weight.materialize(self._weight_shape(features))
            if self.bias is not None:
                self.bias.materialize((getattr(self, self._outputs),))
            self.reset_parameters()

    def _weight_shape(self, features: int) -> tuple[int, ...]:
        return (self.out_features, features)  # type: ignore[attr-defined]


class LazyLinear(_LazyWeights, Linear):  # type: ignore[misc]
    """A `Linear` that takes `in_features` from its first input.

    Examples
    --------
    >>> import autograd, nn
    >>> layer = nn.LazyLinear(3)
    >>> layer(autograd.ones(2, 5)).shape
    autograd.Size([2, 3])
    >>> layer
    Linear(in_features=5, out_features=3, bias=True)
    """

    cls_to_become = Linear


class _LazyConv(_LazyWeights):
    inputs = "in_channels"

    def initialize_parameters(self, input: Tensor, *args: Any, **kwargs: Any) -> None:
        """Take the number of channels from the input.

        Raises
        ------
        RuntimeError
            If the input has another number of dims.
        ValueError
            If it is not divisible by the groups.
        """
        least = self.spatial + 1  # type: ignore[attr-defined]
        if input.ndim not in (least, least + 1):
            raise RuntimeError(
                f"{type(self).__name__}: expected {least}D (unbatched) or {least + 1}D (batched) input, but got input of "
                f"size {list(input.shape)}"
            )
        self.channel_dim = -self.spatial - 1  # type: ignore[attr-defined]
        if input.shape[self.channel_dim] % self.groups:  # type: ignore[attr-defined]
            raise ValueError("in_channels must be divisible by groups")
        super().initialize_parameters(input)

    def _weight_shape(self, features: int) -> tuple[int, ...]:
        outputs, groups, size = self.out_channels, self.groups, self.kernel_size  # type: ignore[attr-defined]
        if self.transposed:  # type: ignore[attr-defined]
            return (features, outputs // groups, *size)
        return (outputs, features // groups, *size)


class LazyConv1d(_LazyConv, Conv1d):  # type: ignore[misc]
    """A `Conv1d` that takes `in_channels` from its first input.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.LazyConv1d(4, 3)(autograd.ones(1, 2, 8)).shape
    autograd.Size([1, 4, 6])
    """

    cls_to_become = Conv1d


class LazyConv2d(_LazyConv, Conv2d):  # type: ignore[misc]
    """A `Conv2d` that takes `in_channels` from its first input.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.LazyConv2d(4, 3)(autograd.ones(1, 2, 8, 8)).shape
    autograd.Size([1, 4, 6, 6])
    """

    cls_to_become = Conv2d


class LazyConv3d(_LazyConv, Conv3d):  # type: ignore[misc]
    """A `Conv3d` that takes `in_channels` from its first input.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.LazyConv3d(4, 3)(autograd.ones(1, 2, 4, 4, 4)).shape
    autograd.Size([1, 4, 2, 2, 2])
    """

    cls_to_become = Conv3d


class LazyConvTranspose1d(_LazyConv, ConvTranspose1d):  # type: ignore[misc]
    """A `ConvTranspose1d` that takes `in_channels` from its first input.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.LazyConvTranspose1d(4, 3)(autograd.ones(1, 2, 8)).shape
    autograd.Size([1, 4, 10])
    """

    cls_to_become = ConvTranspose1d


class LazyConvTranspose2d(_LazyConv, ConvTranspose2d):  # type: ignore[misc]
    """A `ConvTranspose2d` that takes `in_channels` from its first input.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.LazyConvTranspose2d(4, 3)(autograd.ones(1, 2, 8, 8)).shape
    autograd.Size([1, 4, 10, 10])
    """

    cls_to_become = ConvTranspose2d


class LazyConvTranspose3d(_LazyConv, ConvTranspose3d):  # type: ignore[misc]
    """A `ConvTranspose3d` that takes `in_channels` from its first input.

    Examples
    --------
    >>> import autograd, nn
    >>> nn.LazyConvTranspose3d(4, 3)(autograd.ones(1, 2, 4, 4, 4)).shape
    autograd.Size([1, 4, 6, 6, 6])
    """

    cls_to_become = ConvTranspose3d


class _LazyNorm(LazyModuleMixin):
    """What lazy normalizations share: weight, bias and statistics wait for the number of channels.

    The constructor takes what batch normalization takes after its number of channels, with its defaults: lazy instance
    normalization too has weights and statistics, as in PyTorch.
    """

    def __init__(
        self,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        device: Any = None,
        dtype: Any = None,
        *,
        bias: bool = True,
    ):
        super().__init__(0, eps, momentum, affine, track_running_stats, device, dtype, bias=bias)
        for table, made in (("_parameters", UninitializedParameter), ("_buffers", UninitializedBuffer)):
            members = getattr(self, table)
            for name, tensor in members.items():
                if tensor is not None and name != "num_batches_tracked":
                    members[name] = made(device=device, dtype=dtype)

    def reset_parameters(self) -> None:
        """Fresh values, once the shapes are known."""
        if self.num_features and not self.has_uninitialized_params():  # type: ignore[attr-defined]
            super().reset_parameters()  # type: ignore[misc]

    def initialize_parameters(self, input: Tensor) -> None:
        """Take the number of channels from the input."""
        single = self.cls_to_become in _INSTANCE and input.ndim == self.dims[0]  # type: ignore[attr-defined]
        self.num_features = input.shape[0 if single else 1]
        if not self.has_uninitialized_params():  # they were loaded, or there are none
            return
        for tensor in (*self._parameters.values(), *self._buffers.values()):  # type: ignore[attr-defined]
            if is_lazy(tensor):
                tensor.materialize((self.num_features,))
        self.reset_parameters()


class LazyBatchNorm1d(_LazyNorm, BatchNorm1d):
    """A `BatchNorm1d` that takes `num_features` from its first input.

    Examples
    --------
    >>> import autograd, nn
    >>> layer = nn.LazyBatchNorm1d()
    >>> layer(autograd.ones(4, 2)).shape, layer.num_features
    (autograd.Size([4, 2]), 2)
    """

    cls_to_become = BatchNorm1d


class LazyBatchNorm2d(_LazyNorm, BatchNorm2d):
    """A `BatchNorm2d` that takes `num_features` from its first input.

    Examples
    --------
    >>> import autograd, nn
    >>> layer = nn.LazyBatchNorm2d()
    >>> layer(autograd.ones(4, 2, 3, 3)).shape, layer.num_features
    (autograd.Size([4, 2, 3, 3]), 2)
    """

    cls_to_become = BatchNorm2d


class LazyBatchNorm3d(_LazyNorm, BatchNorm3d):
    """A `BatchNorm3d` that takes `num_features` from its first input.

    Examples
    --------
    >>> import autograd, nn
    >>> layer = nn.LazyBatchNorm3d()
    >>> layer(autograd.ones(4, 2, 3, 3, 3)).shape, layer.num_features
    (autograd.Size([4, 2, 3, 3, 3]), 2)
    """

    cls_to_become = BatchNorm3d


class LazyInstanceNorm1d(_LazyNorm, InstanceNorm1d):
    """An `InstanceNorm1d` that takes `num_features` from its first input.

    Examples
    --------
    >>> import autograd, nn
    >>> layer = nn.LazyInstanceNorm1d()
    >>> layer(autograd.ones(4, 2, 3)).shape, layer.num_features
    (autograd.Size([4, 2, 3]), 2)
    """

    cls_to_become = InstanceNorm1d


class LazyInstanceNorm2d(_LazyNorm, InstanceNorm2d):
    """An `InstanceNorm2d` that takes `num_features` from its first input.

    Examples
    --------
    >>> import autograd, nn
    >>> layer = nn.LazyInstanceNorm2d()
    >>> layer(autograd.ones(4, 2, 3, 3)).shape, layer.num_features
    (autograd.Size([4, 2, 3, 3]), 2)
    """

    cls_to_become = InstanceNorm2d


class LazyInstanceNorm3d(_LazyNorm, InstanceNorm3d):
    """An `InstanceNorm3d` that takes `num_features` from its first input.

    Examples
    --------
    >>> import autograd, nn
    >>> layer = nn.LazyInstanceNorm3d()
    >>> layer(autograd.ones(4, 2, 3, 3, 3)).shape, layer.num_features
    (autograd.Size([4, 2, 3, 3, 3]), 2)
    """

    cls_to_become = InstanceNorm3d


_INSTANCE = (InstanceNorm1d, InstanceNorm2d, InstanceNorm3d)
