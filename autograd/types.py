"""Names for type hints, as in `torch.types`: `Device`, `Number`, `Tensor`, and Python's types where tensors hide them."""

from __future__ import annotations

import builtins
import os
from collections.abc import Sequence
from typing import Any

from autograd import Size, device, dtype, layout
from autograd._lazy import suggesting
from autograd.tensor import Tensor

__all__ = ["Device", "FileLike", "Number", "Storage", "Tensor"]

Number = builtins.int | builtins.float | builtins.bool
Device = device | builtins.str | builtins.int | None
FileLike = builtins.str | os.PathLike[builtins.str] | Any
Storage = Any

_bool, _int, _float, _complex = builtins.bool, builtins.int, builtins.float, builtins.complex
_device, _dtype, _layout = device, dtype, layout
_size = Size | list[builtins.int] | tuple[builtins.int, ...]
_TensorOrTensors = Tensor | Sequence[Tensor]

__getattr__ = suggesting(__name__)
