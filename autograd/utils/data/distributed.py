"""`DistributedSampler`: each of several processes loads its own part of a dataset."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sized

from autograd import distributed
from autograd.functions.random import randperm
from autograd.random import Generator
from autograd.utils.data.sampler import Sampler


class DistributedSampler(Sampler[int]):
    """Every `num_replicas`-th index, starting with the `rank`-th.

    All parts are of one length: indices from the start are repeated to fill the last ones up, or with `drop_last`
    those at the end are left out.

    Parameters
    ----------
    dataset : its length counts
    num_replicas, rank : how many processes there are, and which of them this is; by default the group of
        `autograd.distributed` is asked
    shuffle : whether to draw an order, the same in all processes, from `seed` plus the epoch
    seed : the same in all processes
    drop_last : whether to leave out instead of repeating

    Raises
    ------
    ValueError
        If `rank` is not in [0, num_replicas), or if one of them is not given and there is no group.

    Examples
    --------
    >>> from autograd.utils.data.distributed import DistributedSampler
    >>> [list(DistributedSampler(range(5), num_replicas=2, rank=rank, shuffle=False)) for rank in (0, 1)]
    [[0, 2, 4], [1, 3, 0]]
    """

    def __init__(
        self,
        dataset: Sized,
        num_replicas: int | None = None,
        rank: int | None = None,
        shuffle: bool = True,
        seed: int = 0,
        drop_last: bool = False,
    ):
        if num_replicas is None or rank is None:
            count, place = distributed.get_world_size(), distributed.get_rank()
            num_replicas = count if num_replicas is None else num_replicas
            rank = place if rank is None else rank
        if not 0 <= rank < num_replicas:
            raise ValueError(f"Invalid rank {rank}, rank should be in the interval [0, {num_replicas - 1}]")
        self.dataset, self.num_replicas, self.rank = dataset, num_replicas, rank
        self.shuffle, self.seed, self.drop_last = shuffle, seed, drop_last
        self.epoch = 0
        count = len(dataset)
        self.num_samples = count // num_replicas if drop_last else math.ceil(count / num_replicas)
        self.total_size = self.num_samples * num_replicas

    def __iter__(self) -> Iterator[int]:
        count = len(self.dataset)
        if self.shuffle:
            generator = Generator().manual_seed(self.seed + self.epoch)
            indices = randperm(count, generator=generator, device="cpu").tolist()
        else:
            indices = list(range(count))
        while len(indices) < self.total_size:
            indices += indices[: self.total_size - len(indices)]
        return iter(indices[self.rank : self.total_size : self.num_replicas])

    def __len__(self) -> int:
        return self.num_samples

    def set_epoch(self, epoch: int) -> None:
        """Make the next order that of an epoch; without it every epoch has the same."""
        self.epoch = epoch
