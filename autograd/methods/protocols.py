"""The array API standard and NumPy's protocols; what is behind them is loaded when first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograd.tensor import Tensor


class ProtocolMethods:
    """Being an array among arrays."""

    __slots__ = ()

    def __array_namespace__(self, /, *, api_version: str | None = None) -> Any:
        """The array API standard's functions, for libraries that work on any array.

        Raises
        ------
        ValueError
            For a version of the standard that is not there.

        Examples
        --------
        >>> import autograd
        >>> xp = autograd.ones(2).__array_namespace__()
        >>> xp.sum(xp.asarray([1.0, 2.0]), axis=0, keepdims=True)
        tensor([3.])
        """
        from autograd import array_api

        if api_version is not None and api_version not in ("2021.12", "2022.12", "2023.12", "2024.12"):
            raise ValueError(f"__array_namespace__: there is no version {api_version!r} of the standard here; the newest "
                             f"is {array_api.__array_api_version__!r}")  # fmt: skip
        return array_api

    def to_device(self, device: Any, /, *, stream: Any = None) -> Tensor:
        """The tensor on another device, in the array API standard's words.

        Raises
        ------
        ValueError
            For a stream, of which there is none here.

        Examples
        --------
        >>> import autograd
        >>> autograd.ones(2).to_device("cpu")
        tensor([1., 1.])
        """
        if stream is not None:
            raise ValueError("to_device: streams are not supported; leave stream=None")
        return self.to(device)  # type: ignore[attr-defined]

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        """NumPy's elementwise functions on tensors: `numpy.sin(t)` is recorded like `t.sin()`."""
        from autograd.array_api.numpy_protocol import array_ufunc

        return array_ufunc(ufunc, method, *inputs, **options)

    def __array_function__(self, func: Any, types: Any, args: tuple, kwargs: dict) -> Any:
        """NumPy's other functions on tensors: `numpy.sum(t, axis=0)` is recorded like `t.sum(0)`."""
        from autograd.array_api.numpy_protocol import array_function

        return array_function(func, args, kwargs)
