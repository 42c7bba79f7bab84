"""Exchanges of objects in a world of one process, as pickled copies."""

from __future__ import annotations

import pickle
from typing import Any

from autograd.distributed.world import ProcessGroup, member, root_of


def all_gather_object(object_list: list, obj: Any, group: ProcessGroup | None = None) -> None:
    """Write the processes' objects, as pickled copies, into the list.

    Examples
    --------
    >>> import autograd.distributed as dist
    >>> dist.init_process_group("gloo", rank=0, world_size=1)
    >>> found = [None]
    >>> dist.all_gather_object(found, {"loss": 0.5})
    >>> found
    [{'loss': 0.5}]
    >>> dist.destroy_process_group()
    """
    member(group)
    object_list[0] = _copied(obj)


def gather_object(
    obj: Any,
    object_gather_list: list | None = None,
    dst: int | None = None,
    group: ProcessGroup | None = None,
    group_dst: int | None = None,
) -> None:
    """Write the processes' objects, as pickled copies, into the list of the process `dst`."""
    root_of("gather_object", 0 if dst is group_dst is None else dst, group_dst, group)
    if not object_gather_list:
        raise ValueError("Argument ``object_gather_list`` must be specified on destination rank.")
    object_gather_list[0] = _copied(obj)


def broadcast_object_list(
    object_list: list,
    src: int | None = None,
    group: ProcessGroup | None = None,
    device: Any = None,
    group_src: int | None = None,
) -> None:
    """Write the objects of the process `src` into the lists of all: the one stays as it is."""
    root_of("broadcast_object_list", 0 if src is group_src is None else src, group_src, group)


def scatter_object_list(
    scatter_object_output_list: list,
    scatter_object_input_list: list | None = None,
    src: int | None = None,
    group: ProcessGroup | None = None,
    group_src: int | None = None,
) -> None:
    """Write a pickled copy of its part of the list of the process `src` into each process' list."""
    root_of("scatter_object_list", 0 if src is group_src is None else src, group_src, group)
    if scatter_object_input_list is None or len(scatter_object_input_list) != 1:
        raise RuntimeError(f"scatter_object_list: expected one object, got {scatter_object_input_list}")
    scatter_object_output_list[0] = _copied(scatter_object_input_list[0])


def _copied(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))
