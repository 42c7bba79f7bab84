"""`autograd.distributed` and what stands on it, against PyTorch's groups of one process."""

from __future__ import annotations

from contextlib import contextmanager

import numpy as np
import pytest
import torch
import torch.distributed as theirs

import autograd
import autograd.distributed as ours
import nn
from autograd.utils.data.distributed import DistributedSampler
from tests.arrays import to_numpy

BOTH = pytest.mark.parametrize(("lib", "dist"), [(autograd, ours), (torch, theirs)], ids=["ours", "theirs"])
MISSING = "Default process group has not been initialized, please make sure to call init_process_group"


@contextmanager
def world(dist):
    dist.init_process_group("gloo", store=theirs.HashStore(), rank=0, world_size=1)
    try:
        yield
    finally:
        dist.destroy_process_group()


def values(x):
    return to_numpy(x) if isinstance(x, autograd.Tensor) else x.numpy()


@BOTH
def test_without_a_group(lib, dist):
    assert dist.is_available() and not dist.is_initialized() and dist.group.WORLD is dist.GroupMember.WORLD is None
    x = lib.ones(2)
    calls = (
        dist.get_rank, dist.get_world_size, dist.get_backend, dist.barrier, dist.new_group,
        lambda: dist.all_reduce(x), lambda: dist.all_gather([x], x), lambda: dist.all_gather_object([None], 1),
        lambda: lib.nn.parallel.DistributedDataParallel(lib.nn.Linear(2, 2)),
        lambda: lib.utils.data.distributed.DistributedSampler(range(4)),
    )  # fmt: skip
    for call in calls:
        with pytest.raises(ValueError, match=MISSING):
            call()
    with pytest.raises(AssertionError, match="Process group cannot be None"):
        dist.destroy_process_group()
    assert dist.is_gloo_available() and not dist.is_torchelastic_launched()


def test_backends_to_choose_from():
    assert not ours.is_nccl_available() and not ours.is_mpi_available()


@BOTH
def test_the_world(lib, dist):
    with world(dist):
        group = dist.group.WORLD
        assert dist.is_initialized() and (dist.get_rank(), dist.get_world_size(), dist.get_backend()) == (0, 1, "gloo")
        assert (group.rank(), group.size(), group.name()) == (0, 1, "gloo")
        assert dist.get_process_group_ranks(group) == [0]
        assert dist.get_global_rank(group, 0) == dist.get_group_rank(group, 0) == 0
        with pytest.raises(ValueError, match="twice"):
            dist.init_process_group("gloo", rank=0, world_size=1)
    assert not dist.is_initialized() and dist.group.WORLD is None


@BOTH
def test_groups(lib, dist):
    with world(dist):
        for ranks in (None, [0]):
            group = dist.new_group(ranks)
            assert (dist.get_rank(group), dist.get_world_size(group), dist.get_backend(group)) == (0, 1, "gloo")
        with pytest.raises(ValueError, match="the new group's world size should be less or equal"):
            dist.new_group([0, 1])
        dist.destroy_process_group(group)
        with pytest.raises(ValueError, match="is not registered, please create group with"):
            dist.get_rank(group)
        assert dist.is_initialized()


def test_a_group_of_another_backend():
    with world(ours):
        assert ours.get_backend(ours.new_group(backend="NCCL")) == ours.Backend.NCCL
        ours.destroy_process_group(ours.group.WORLD)
        assert not ours.is_initialized()
        ours.init_process_group("cpu:gloo,cuda:nccl", rank=0, world_size=1)
        assert ours.get_backend() == "cpu:gloo,cuda:nccl"


@BOTH
def test_the_environment(lib, dist, monkeypatch):
    with pytest.raises(ValueError, match="environment variable RANK expected, but not set|RANK"):
        dist.init_process_group("gloo", world_size=1)
    monkeypatch.setenv("RANK", "0")
    monkeypatch.setenv("WORLD_SIZE", "1")
    monkeypatch.setenv("MASTER_ADDR", "localhost")
    monkeypatch.setenv("MASTER_PORT", "0")
    dist.init_process_group()
    assert (dist.get_backend(), dist.get_rank(), dist.get_world_size()) == ("undefined", 0, 1)
    dist.destroy_process_group()


@BOTH
def test_a_file_to_meet_in(lib, dist, tmp_path):
    method = (tmp_path / "meeting").as_uri()
    with pytest.raises(ValueError, match="rank parameter missing"):
        dist.init_process_group("gloo", init_method=method, world_size=1)
    with pytest.raises(RuntimeError, match="rank < size"):
        dist.init_process_group("gloo", store=theirs.HashStore(), world_size=1, rank=1)
    dist.init_process_group("gloo", init_method=method, rank=0, world_size=1)
    dist.destroy_process_group()


def test_more_processes_are_refused():
    with pytest.raises(NotImplementedError, match=r"world_size=4 \(rank=2\)"):
        ours.init_process_group("gloo", rank=2, world_size=4)
    with pytest.raises(ValueError, match="Unknown backend type foo"):
        ours.init_process_group("foo", rank=0, world_size=1)
    assert not ours.is_initialized()


COLLECTIVES = {
    "all_reduce": lambda d, x, out: d.all_reduce(x),
    **{f"all_reduce {op}": lambda d, x, out, op=op: d.all_reduce(x, getattr(d.ReduceOp, op))
       for op in ("AVG", "PRODUCT", "MIN", "MAX")},
    "reduce": lambda d, x, out: d.reduce(x, 0),
    "broadcast": lambda d, x, out: d.broadcast(x, group_src=0),
    "all_gather": lambda d, x, out: d.all_gather([out], x),
    "gather": lambda d, x, out: d.gather(x, [out], 0),
    "scatter": lambda d, x, out: d.scatter(out, [x]),
    "reduce_scatter": lambda d, x, out: d.reduce_scatter(out, [x]),
    "all_to_all": lambda d, x, out: d.all_to_all([out], [x]),
    "all_gather_into_tensor": lambda d, x, out: d.all_gather_into_tensor(out, x),
    "reduce_scatter_tensor": lambda d, x, out: d.reduce_scatter_tensor(out, x),
    "all_to_all_single": lambda d, x, out: d.all_to_all_single(out, x),
    "barrier": lambda d, x, out: d.barrier(),
    "monitored_barrier": lambda d, x, out: d.monitored_barrier(),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:.*:FutureWarning", "ignore:.*:DeprecationWarning")
@pytest.mark.parametrize("name", COLLECTIVES)
def test_exchanges(name):
    found = []
    for lib, dist in ((autograd, ours), (torch, theirs)):
        x, out = lib.arange(4.0), lib.zeros(4)
        with world(dist):
            assert COLLECTIVES[name](dist, x, out) is None
        found.append((values(x), values(out)))
    (mine, result), (other, expected) = found
    assert (mine == other).all() and (result == expected).all()


@pytest.mark.parametrize("name", COLLECTIVES)
def test_exchanges_are_not_recorded(name):
    x, out = autograd.arange(4.0).requires_grad_(), autograd.zeros(4)
    with world(ours):
        COLLECTIVES[name](ours, x, out)
    assert x.is_leaf and not out.requires_grad


@BOTH
def test_asynchronous_ones_are_done(lib, dist):
    with world(dist):
        work = dist.all_reduce(lib.ones(2), async_op=True)
        assert work.wait() is True and work.is_completed() is True


def test_gathering_into_a_stack():
    x, out = autograd.arange(4.0), autograd.zeros(1, 4)
    with world(ours):
        ours.all_gather_into_tensor(out, x)
    assert (to_numpy(out) == np.arange(4.0)).all()


WRONG = {
    "all_gather shape": (RuntimeError, lambda d, x: d.all_gather([x[:3]], x)),
    "all_gather length": (RuntimeError, lambda d, x: d.all_gather([x, x], x)),
    "all_gather dtype": (ValueError, lambda d, x: d.all_gather([x.int()], x)),
    "all_gather of no list": (TypeError, lambda d, x: d.all_gather(x, x)),
    "broadcast from another": (RuntimeError, lambda d, x: d.broadcast(x, 1)),
    "broadcast of a list": (TypeError, lambda d, x: d.broadcast([x], 0)),
    "broadcast from nobody": (ValueError, lambda d, x: d.broadcast(x)),
    "reduce to another": (RuntimeError, lambda d, x: d.reduce(x, 1)),
    "reduce_scatter length": (RuntimeError, lambda d, x: d.reduce_scatter(x, [x, x])),
    "gather without a list": (ValueError, lambda d, x: d.gather(x)),
    "scatter without a list": (ValueError, lambda d, x: d.scatter(x)),
    "scatter length": (RuntimeError, lambda d, x: d.scatter(x, [x, x])),
    "bits of fractions": (RuntimeError, lambda d, x: d.all_reduce(x, d.ReduceOp.BAND)),
    "average of whole numbers": (RuntimeError, lambda d, x: d.all_reduce(x.int(), d.ReduceOp.AVG)),
    "no operation": (TypeError, lambda d, x: d.all_reduce(x, "sum")),
    "objects to nowhere": (ValueError, lambda d, x: d.gather_object(3)),
    "objects from another": (RuntimeError, lambda d, x: d.broadcast_object_list([1], 1)),
    "too many objects": (RuntimeError, lambda d, x: d.scatter_object_list([None], [5, 6])),
}


@pytest.mark.parametrize("name", WRONG)
@BOTH
def test_wrong_arguments(lib, dist, name):
    error, call = WRONG[name]
    with world(dist), pytest.raises(error):
        call(dist, lib.arange(4.0))


@BOTH
def test_objects(lib, dist):
    thing: dict = {"a": [1]}
    found: list = [None, [1, thing], None, None]
    with world(dist):
        for place, call in ((0, dist.all_gather_object), (2, lambda out, x: dist.gather_object(x, out))):
            out = [None]
            assert call(out, thing) is None
            found[place] = out[0]
        assert dist.broadcast_object_list(found[1]) is None and found[1][1] is thing
        out = [None]
        dist.scatter_object_list(out, [thing])
        found[3] = out[0]
    assert found == [thing, [1, thing], thing, thing] and not any(one is thing for one in found)


@BOTH
def test_distributed_data_parallel(lib, dist):
    wrap = lib.nn.parallel.DistributedDataParallel
    with world(dist):
        model = wrap(lib.nn.Linear(2, 3), find_unused_parameters=True)
        assert repr(model) == repr(wrap(torch.nn.Linear(2, 3)) if lib is torch else model)
        assert list(model.state_dict()) == ["module.weight", "module.bias"] and model.device_ids is None
        with model.no_sync():
            assert not model.require_backward_grad_sync
            model(lib.ones(4, 2)).sum().backward()
        with model.join():
            model(lib.ones(4, 2)).sum().backward()
        assert model.require_backward_grad_sync and (values(model.module.bias.grad) == 8).all()
        assert wrap(model.module, device_ids=[]).device_ids is None
        with pytest.raises(ValueError, match="single element"):
            wrap(model.module, device_ids=[0, 1])
        with pytest.raises(RuntimeError, match="is not needed when a module doesn't have any parameter"):
            wrap(lib.nn.ReLU())
        lazy = lib.nn.LazyLinear(3)
        with pytest.raises(RuntimeError, match="Modules with uninitialized parameters can't be used"):
            wrap(lazy)


def test_devices_of_the_model():
    from autograd.nn.parallel.distributed import DistributedDataParallel

    assert DistributedDataParallel is nn.parallel.DistributedDataParallel
    with world(ours):
        with pytest.raises(ValueError, match="module parameters on"):
            DistributedDataParallel(nn.Linear(2, 2, device="cpu"), device_ids=[0])
        model = nn.Linear(2, 2)
        if model.weight.device.type != "cpu":
            name = str(model.weight.device)
            assert DistributedDataParallel(model, device_ids=[name]).output_device == model.weight.device.index


def test_parts_of_the_world():
    with world(ours):
        sampler = DistributedSampler(range(4), shuffle=False)
        assert (sampler.num_replicas, sampler.rank, list(sampler)) == (1, 0, [0, 1, 2, 3])
        assert DistributedSampler(range(4), 2).rank == 0
