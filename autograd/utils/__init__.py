"""Around the engine: `benchmark`, `checkpoint`, `data`, `hooks` and `model_zoo`, at PyTorch's places; more helpers"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograd.utils import benchmark as benchmark
    from autograd.utils import checkpoint as checkpoint
    from autograd.utils import data as data
    from autograd.utils import early_stopping as early_stopping
    from autograd.utils import einops as einops
    from autograd.utils import model_zoo as model_zoo
    from autograd.utils import tensorboard as tensorboard

_SUBMODULES = ("benchmark", "checkpoint", "data", "early_stopping", "einops", "hooks", "model_zoo", "tensorboard")


def __getattr__(name: str) -> Any:
    if name in _SUBMODULES:
        return importlib.import_module(f"autograd.utils.{name}")
    raise AttributeError(
        f"module 'autograd.utils' has no attribute {name!r}; there are {', '.join(map(repr, _SUBMODULES))}"
    )
