"""The world of one process: its groups, and what is known of them."""

from __future__ import annotations

import enum
import os
from collections.abc import Sequence
from typing import Any

_BACKENDS = ("undefined", "gloo", "nccl", "mpi", "ucc", "xccl")


class ReduceOp(enum.Enum):
    """How the tensors of several processes become one; for one process all of them give the tensor itself."""

    SUM, AVG, PRODUCT, MIN, MAX, BAND, BOR, BXOR = range(8)


class Backend(str):
    """The name of a library that would carry the tensors; nothing is carried in a world of one.

    Raises
    ------
    ValueError
        For a name that PyTorch does not have.
    """

    UNDEFINED, GLOO, NCCL, MPI, UCC, XCCL = _BACKENDS

    def __new__(cls, name: str) -> Backend:  # noqa: D102
        for part in name.lower().split(","):  # "cpu:gloo,cuda:nccl" names one for each kind of device
            if part.rpartition(":")[2] not in _BACKENDS:
                raise ValueError(f"Unknown backend type {name}; there are {', '.join(_BACKENDS[1:])}")
        return super().__new__(cls, name.lower())


class ProcessGroup:
    """Processes that exchange tensors: this one."""

    def __init__(self, backend: Backend):
        self._backend = backend

    def rank(self) -> int:
        """Which of them this process is: 0."""
        return 0

    def size(self) -> int:
        """How many they are: 1."""
        return 1

    def name(self) -> str:
        """The name of the backend."""
        return str(self._backend)


class Work:
    """What a collective with `async_op=True` returns: it is done already."""

    def wait(self, timeout: Any = None) -> bool:
        """True at once."""
        return True

    def is_completed(self) -> bool:
        """True."""
        return True


class _World(type):
    """Class attributes that follow `init_process_group`."""

    @property
    def WORLD(cls) -> ProcessGroup | None:
        """The group of all processes, None before `init_process_group`."""
        return groups[0] if groups else None


class group(metaclass=_World):
    """PyTorch's place for the group of all processes: `group.WORLD`."""


class GroupMember(metaclass=_World):
    """PyTorch's other place for it: `GroupMember.WORLD`."""

    NON_GROUP_MEMBER = -100


# All groups that exist, the default one first.
groups: list[ProcessGroup] = []


def is_available() -> bool:
    """True: groups can be made, of one process."""
    return True


def is_initialized() -> bool:
    """Whether `init_process_group` was called."""
    return bool(groups)


def is_gloo_available() -> bool:
    """True: what Gloo does for one process is done here."""
    return True


def is_nccl_available() -> bool:
    """False, so that programs that choose a backend take Gloo."""
    return False


def is_mpi_available() -> bool:
    """False."""
    return False


def is_torchelastic_launched() -> bool:
    """Whether `torchrun` started this process."""
    return "TORCHELASTIC_RUN_ID" in os.environ


def init_process_group(
    backend: str | None = None,
    init_method: str | None = None,
    timeout: Any = None,
    world_size: int = -1,
    rank: int = -1,
    store: Any = None,
    group_name: str = "",
    pg_options: Any = None,
    device_id: Any = None,
) -> None:
    """Make the group of all processes, which is this one. Nothing is listened to, and no file written.

    Parameters
    ----------
    backend : a name of PyTorch's; only `get_backend` reads it
    init_method : ``"env://"``, the default: what is not given comes from the environment variables RANK and WORLD_SIZE
    world_size, rank : how many processes there are, and which of them this is
    timeout, store, group_name, pg_options, device_id : kept for PyTorch's sake

    Raises
    ------
    NotImplementedError
        For more than one process.
    ValueError
        If there is a group already, or a size or rank is missing.
    RuntimeError
        If `rank` is not below `world_size`.

    Examples
    --------
    >>> import autograd
    >>> import autograd.distributed as dist
    >>> dist.init_process_group("gloo", rank=0, world_size=1)
    >>> dist.get_rank(), dist.get_world_size()
    (0, 1)
    >>> dist.destroy_process_group()
    """
    if groups:
        raise ValueError("trying to initialize the default process group twice!")
    name = Backend(backend or "undefined")
    world_size = _setting("WORLD_SIZE", world_size, init_method, store)
    rank = _setting("RANK", rank, init_method, store)
    if world_size > 1:
        raise NotImplementedError(
            f"init_process_group: the world is one process here, got world_size={world_size} (rank={rank}); "
            "start one process, with world_size=1"
        )
    if rank >= world_size:
        raise RuntimeError(f"init_process_group: rank < size does not hold, got rank={rank}, world_size={world_size}")
    groups.append(ProcessGroup(name))


def _setting(name: str, value: int, init_method: str | None, store: Any) -> int:
    if value >= 0:
        return value
    method = init_method or "env://"
    if store is not None or not method.startswith("env://"):
        raise ValueError(f"Error initializing autograd.distributed: {name.lower()} parameter missing")
    if name not in os.environ:
        raise ValueError(
            "Error initializing autograd.distributed using env:// rendezvous: "
            f"environment variable {name} expected, but not set"
        )
    return int(os.environ[name])


def destroy_process_group(group: ProcessGroup | None = None) -> None:
    """Forget a group, or all of them.

    Raises
    ------
    AssertionError
        If there is none.
    """
    if group is None or (groups and group is groups[0]):
        if not groups:
            raise AssertionError("Process group cannot be None: call init_process_group first")
        groups.clear()
    else:
        groups.remove(member(group))


def new_group(
    ranks: Sequence[int] | None = None,
    timeout: Any = None,
    backend: str | None = None,
    pg_options: Any = None,
    use_local_synchronization: bool = False,
    group_desc: str | None = None,
) -> ProcessGroup:
    """Another group of the one process.

    Raises
    ------
    ValueError
        If `ranks` is not [0].
    """
    world = member(None)
    if ranks is not None and list(ranks) != [0]:
        raise ValueError(
            "the new group's world size should be less or equal to the world size set by init_process_group: "
            f"1, the rank 0; got ranks={list(ranks)}"
        )
    groups.append(ProcessGroup(Backend(backend) if backend else world._backend))
    return groups[-1]


def member(group: ProcessGroup | None) -> ProcessGroup:
    """The group, the default one for None; a ValueError if it does not exist."""
    if not groups:
        raise ValueError("Default process group has not been initialized, please make sure to call init_process_group.")
    if group is None:
        return groups[0]
    if group not in groups:
        raise ValueError(
            f"Group {group} is not registered, please create group with autograd.distributed.new_group API"
        )
    return group


def get_rank(group: ProcessGroup | None = None) -> int:
    """Which process this is: 0."""
    return member(group).rank()


def get_world_size(group: ProcessGroup | None = None) -> int:
    """How many processes there are: 1."""
    return member(group).size()


def get_backend(group: ProcessGroup | None = None) -> Backend:
    """The name that `init_process_group` was given."""
    return member(group)._backend


def get_process_group_ranks(group: ProcessGroup | None) -> list[int]:
    """The ranks in the world of a group's processes: [0]."""
    return list(range(member(group).size()))


def get_global_rank(group: ProcessGroup, group_rank: int) -> int:
    """The rank in the world of a process of a group."""
    return root_of("get_global_rank", group_rank, None, group)


def get_group_rank(group: ProcessGroup, global_rank: int) -> int:
    """The rank in a group of a process of the world."""
    return root_of("get_group_rank", global_rank, None, group)


def root_of(name: str, rank: int | None, group_rank: int | None, group: ProcessGroup | None) -> int:
    """The rank in the world of the process that gives or takes."""
    member(group)
    chosen = group_rank if rank is None else rank
    if chosen is None:
        raise ValueError("Must specify global_rank or group_rank")
    if chosen != 0:
        raise RuntimeError(f"{name}: invalid root rank: {chosen}; there is one process, the rank 0")
    return chosen
