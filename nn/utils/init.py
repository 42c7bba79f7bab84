"""Modules without their initial values, for those who set all values anyway."""

from __future__ import annotations

import inspect
from typing import Any

from nn.init import skipped
from nn.module import Module


def skip_init(module_cls: type[Module], *args: Any, **kwargs: Any) -> Module:
    """Build a module without filling its parameters; what they hold is arbitrary, and no random number is drawn.

    Parameters
    ----------
    module_cls : the class, whose constructor takes `device`
    args, kwargs : what its constructor takes

    Raises
    ------
    RuntimeError
        If it is no Module class, or its constructor does not take `device`.

    Examples
    --------
    >>> import nn
    >>> skip_init(nn.Linear, 5, 2)
    Linear(in_features=5, out_features=2, bias=True)
    """
    if not (isinstance(module_cls, type) and issubclass(module_cls, Module)):
        raise RuntimeError(f"Expected a Module; got {module_cls}")
    takes = inspect.signature(module_cls).parameters
    if "device" not in takes and not any(each.kind is inspect.Parameter.VAR_KEYWORD for each in takes.values()):
        raise RuntimeError(
            f"{module_cls.__name__}'s constructor must take `device`, so that it can skip initialization"
        )
    with skipped():
        return module_cls(*args, **kwargs)
