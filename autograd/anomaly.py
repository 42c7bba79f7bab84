"""Finding the line that made the first NaN of a gradient: `detect_anomaly`.

While it is on, every recorded operation remembers where it was called, and backward checks each gradient it computes.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autograd.engine import Node, Parcel, TensorBase, get_mode
from autograd.grad_mode import FlagSwitch, ModeSwitch
from autograd.names import node_name

PACKAGE = str(Path(__file__).parent)


class detect_anomaly(ModeSwitch):
    """Make a NaN in backward, or an error there, name the line whose operation it belongs to.

    The lines are remembered where the forward computation runs inside the block too. Slow; for debugging.

    Parameters
    ----------
    check_nan : whether a NaN in a computed gradient is an error

    Raises
    ------
    RuntimeError
        By `backward` and `grad` inside the block, at the first gradient with a NaN.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.zeros(2, requires_grad=True)
    >>> with autograd.detect_anomaly():
    ...     (x.sqrt() * 0).sum().backward()
    Traceback (most recent call last):
    ...
    RuntimeError: Function 'SqrtBackward0' returned nan values in its 0th output. ...
    """

    def __init__(self, check_nan: bool = True):
        super().__init__()
        self.changes = {"anomaly": True, "check_nan": bool(check_nan)}


class set_detect_anomaly(FlagSwitch):
    """`detect_anomaly` on or off by a flag: at once, and until the end of the `with` block if used as one.

    Examples
    --------
    >>> import autograd
    >>> with autograd.set_detect_anomaly(True):
    ...     autograd.is_anomaly_enabled()
    True
    """

    def __init__(self, mode: bool, check_nan: bool = True):
        super().__init__({"anomaly": bool(mode), "check_nan": bool(check_nan)})


def is_anomaly_enabled() -> bool:
    """Whether `detect_anomaly` is on.

    Examples
    --------
    >>> import autograd
    >>> autograd.is_anomaly_enabled()
    False
    """
    current = get_mode()
    return current is not None and current.anomaly


def is_anomaly_check_nan_enabled() -> bool:
    """Whether `detect_anomaly` would refuse NaNs.

    Examples
    --------
    >>> import autograd
    >>> with autograd.detect_anomaly(check_nan=False):
    ...     autograd.is_anomaly_check_nan_enabled()
    False
    """
    current = get_mode()
    return current is None or current.check_nan


def trace() -> traceback.StackSummary:
    """Where the running operation was called, without this library's own frames at the end."""
    frame: Any = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith((PACKAGE, "<autograd")):
        frame = frame.f_back
    return traceback.StackSummary.extract(reversed(list(traceback.walk_stack(frame))), lookup_lines=False)


def watched(node: Node, g: Any, create_graph: bool, check_nan: bool) -> Sequence:
    """One node's step of the walk; errors in it, and NaNs it makes, tell where its operation was called.

    Raises
    ------
    RuntimeError
        For a NaN.
    """
    record = node.record
    try:
        gradients = record.derive(g, node) if create_graph else record.backward(node.backend, g, node)
    except Exception as error:
        error.add_note(f"Error in {node_name(node)}, whose forward call was here:\n{_call_site(node)}")
        raise
    for index, gradient in enumerate(gradients if check_nan else ()):
        parts = gradient.parts.values() if isinstance(gradient, Parcel) else (gradient,)
        if any(_has_nan(part, node) for part in parts):
            raise RuntimeError(
                f"Function '{node_name(node)}' returned nan values in its {index}th output. Its forward call was "
                f"here:\n{_call_site(node)}"
            )
    return gradients


def _has_nan(gradient: Any, node: Node) -> bool:
    array = gradient._data if isinstance(gradient, TensorBase) else gradient
    if getattr(array, "dtype", None) is None or array.dtype.kind in "biu":
        return False
    return bool(node.backend.any(node.backend.isnan(array)))


def _call_site(node: Node) -> str:
    found = None if node.extra is None else node.extra.trace
    if not found:
        return "  (not known: it ran outside detect_anomaly)"
    return "".join(found.format()).rstrip()
