"""PyTorch's process groups for a world of one process, so that programs written for many run in it."""

from __future__ import annotations

from autograd._lazy import suggesting
from autograd.distributed.objects import all_gather_object, broadcast_object_list, gather_object, scatter_object_list
from autograd.distributed.tensors import (
    all_gather, all_gather_into_tensor, all_reduce, all_to_all, all_to_all_single, barrier, broadcast, gather,
    monitored_barrier, reduce, reduce_scatter, reduce_scatter_tensor, scatter,
)  # fmt: skip
from autograd.distributed.world import (
    Backend, GroupMember, ProcessGroup, ReduceOp, Work, destroy_process_group, get_backend, get_global_rank,
    get_group_rank, get_process_group_ranks, get_rank, get_world_size, group, init_process_group, is_available,
    is_gloo_available, is_initialized, is_mpi_available, is_nccl_available, is_torchelastic_launched, new_group,
)  # fmt: skip

__all__ = [
    "Backend", "GroupMember", "ProcessGroup", "ReduceOp", "Work", "all_gather", "all_gather_into_tensor",
    "all_gather_object", "all_reduce", "all_to_all", "all_to_all_single", "barrier", "broadcast",
    "broadcast_object_list", "destroy_process_group", "gather", "gather_object", "get_backend", "get_global_rank",
    "get_group_rank", "get_process_group_ranks", "get_rank", "get_world_size", "group", "init_process_group",
    "is_available", "is_gloo_available", "is_initialized", "is_mpi_available", "is_nccl_available",
    "is_torchelastic_launched", "monitored_barrier", "new_group", "reduce", "reduce_scatter", "reduce_scatter_tensor",
    "scatter", "scatter_object_list",
]  # fmt: skip

__getattr__ = suggesting(__name__)
