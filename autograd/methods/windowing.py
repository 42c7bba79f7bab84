"""Methods for strided views and new tensors like this one."""

from __future__ import annotations

from autograd.functions import windowing


class WindowingMethods:
    """Strided views, windows, `new_*`."""

    __slots__ = ()

    unfold = windowing.unfold
    sum_to_size = windowing.sum_to_size
    unsafe_split = windowing.unsafe_split
    unsafe_chunk = windowing.unsafe_chunk
    nonzero_static = windowing.nonzero_static
    new_zeros = windowing.new_zeros
    new_ones = windowing.new_ones
    new_empty = windowing.new_empty
    new_full = windowing.new_full
    new_tensor = windowing.new_tensor
