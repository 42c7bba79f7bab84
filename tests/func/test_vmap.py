"""vmap: dims, nesting, randomness, chunks, refusals, and together with derivatives; against PyTorch's."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import autograd
import nn
from autograd.func import functional_call, grad, jacrev, stack_module_state, vmap
from nn import functional
from tests.arrays import to_numpy
from tests.func.test_grad import placed, same, tensors

RNG = np.random.default_rng(5)
CUBE = RNG.normal(size=(3, 4, 2))
SHEET = RNG.normal(size=(4, 2))


# --- dims ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("in_dims", "out_dims"), [(0, 0), (1, 1), (-1, -1), ((0,), 2), ([2], 0), (-3, 1)])
def test_where_the_mapped_dim_is(in_dims, out_dims):
    (x,), (tx,) = tensors(CUBE)

    def f(v):
        return v.sin() * v.sum()

    same(vmap(f, in_dims, out_dims)(x), torch.vmap(f, tuple(in_dims) if in_dims == [2] else in_dims, out_dims)(tx))


def test_nested_arguments_and_results():
    ours, theirs = tensors(CUBE, SHEET, SHEET[:3])

    def f(state, z, scale=1.0):
        return {"a": (state["x"] * state["more"][0]).sum(-1), "b": [z * scale, state["x"]]}

    dims, out = ({"x": 0, "more": [None]}, 0), {"a": -1, "b": 1}
    found = vmap(f, dims, out)({"x": ours[0], "more": [ours[1]]}, ours[2], scale=2.0)
    expected = torch.vmap(f, dims, {"a": -1, "b": [1, 1]})({"x": theirs[0], "more": [theirs[1]]}, theirs[2], scale=2.0)
    same(found, expected)
    same(vmap(lambda v: v + ours[1])(ours[0]), theirs[0] + theirs[1])


def test_results_that_are_not_mapped():
    ours, theirs = tensors(CUBE, SHEET)
    same(vmap(lambda v: ours[1])(ours[0]), torch.vmap(lambda v: theirs[1])(theirs[0]))
    mapped, kept, number = vmap(lambda v: (v.sum(), ours[1], 3), out_dims=(0, None, None))(ours[0])
    assert kept is ours[1] and number == 3 and mapped.shape == (3,)
    copied = vmap(lambda v: v)(ours[0])
    copied.add_(1.0)
    np.testing.assert_array_equal(to_numpy(ours[0]), CUBE)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda x: vmap(lambda v: v, in_dims="0")(x), "in_dims"),
        (lambda x: vmap(lambda v: v)(), "no inputs"),
        (lambda x: vmap(lambda v: v, (0, 0))(x), "not compatible with the structure of inputs"),
        (lambda x: vmap(lambda v: v, ({"a": 0},))({"b": x}), "not compatible with the structure of inputs"),
        (lambda x: vmap(lambda v: v, (0.5,))(x), "either an integer or None"),
        (lambda x: vmap(lambda v: v)(2.0), "non-Tensor arguments"),
        (lambda x: vmap(lambda v: v, 3)(x), "dimensionality 3"),
        (lambda x: vmap(lambda v: v, (None,))(x), "at least one"),
        (lambda x: vmap(lambda v, w: v)(x, x[:2]), r"got sizes \[3, 2\]"),
        (lambda x: vmap(lambda v: v, out_dims=None)(x), "BatchedTensor when out_dim is None"),
        (lambda x: vmap(lambda v: 3)(x), "must only return Tensors, got type int"),
        (lambda x: vmap(lambda v: v, out_dims=3)(x), "not a dim of a result with 3 dims"),
        (lambda x: vmap(lambda v: v, out_dims=(0, 0))(x), "structure of outputs"),
        (lambda x: vmap(lambda v: v, chunk_size=0), "chunk_size"),
    ],
)
def test_refusals(call, message):
    with pytest.raises(ValueError, match=message):
        call(placed(CUBE))


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_chunks(size):
    ours, theirs = tensors(CUBE, SHEET)

    def f(x, y):
        return x.sum(-1), x * y

    found = vmap(f, (1, 0), (0, -1), chunk_size=size)(*ours)
    same(found, torch.vmap(f, (1, 0), (0, -1), chunk_size=size)(*theirs))
    assert vmap(lambda v: (v, 1), out_dims=(0, None), chunk_size=size)(ours[0])[1] == 1


# --- levels ----------------------------------------------------------------------------------------------------------


def test_nested_maps():
    ours, theirs = tensors(CUBE, SHEET)

    def outer(module):
        def f(x, y):
            return module.vmap(lambda a: module.vmap(lambda b, c: (a * b).sum() + c, (0, None))(y, x.sum()))(x)

        return module.vmap(f, (0, None))

    same(outer(autograd)(*ours), outer(torch)(*theirs))


def test_a_value_from_an_outer_level_meets_one_from_an_inner():
    (x,), (tx,) = tensors(CUBE)

    def f(module):
        return module.vmap(lambda a: module.vmap(lambda b: b @ a.T + a.sum(), 1)(a.reshape(2, 4)))

    same(f(autograd)(x), f(torch)(tx))


# --- values of mapped tensors ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "use",
    [
        lambda v: v if v.sum() > 0 else -v,
        lambda v: v.sum().item(),
        lambda v: v.numpy(),
        lambda v: v.tolist(),
        lambda v: float(v.sum()),
        lambda v: np.asarray(v.backend.to_numpy(v._data)),
    ],
)
def test_control_flow_by_mapped_values_is_refused(use):
    with pytest.raises((RuntimeError, TypeError), match="vmap|can't convert"):
        vmap(use)(placed(CUBE))


def test_shapes_that_depend_on_the_data_are_refused():
    with pytest.raises(RuntimeError, match="shape depends on the data"):
        vmap(lambda v: v[v > 0])(placed(CUBE))
    with pytest.raises(RuntimeError, match="shape depends on the data"):
        vmap(lambda v: v.nonzero())(autograd.tensor([[1, 0], [1, 1]]))


def test_printing():
    shown = []
    vmap(lambda v: shown.append(repr(v)) or v)(autograd.tensor([1.0, 2.0], device="cpu"))
    assert shown == ["BatchedTensor(lvl=1, bdim=0, value=tensor([1., 2.]))"]


def test_indexing_by_mapped_integers_and_masks():
    table = placed(CUBE)
    places = autograd.tensor([[0, 2], [1, 1]])
    np.testing.assert_array_equal(to_numpy(vmap(lambda i: table[i])(places)), CUBE[to_numpy(places)])
    np.testing.assert_array_equal(to_numpy(vmap(lambda i: table[i[0], :, 1])(places)), CUBE[[0, 1], :, 1])
    np.testing.assert_array_equal(
        to_numpy(vmap(lambda i: table[:, i, 0])(places)), CUBE[:, [[0, 2], [1, 1]], 0].swapaxes(0, 1)
    )
    mask = autograd.tensor([True, False, True, False])
    np.testing.assert_array_equal(to_numpy(vmap(lambda v: v[mask])(table)), CUBE[:, [0, 2]])
    np.testing.assert_array_equal(to_numpy(vmap(lambda v: v[[0, 3], 1:])(table)), CUBE[:, [0, 3], 1:])
    found = vmap(lambda i: functional.embedding(i, table[0]))(places)
    np.testing.assert_array_equal(to_numpy(found), CUBE[0][to_numpy(places)])
    found = vmap(lambda i: functional.one_hot(i, 3))(places)
    np.testing.assert_array_equal(to_numpy(found), np.eye(3, dtype="int64")[to_numpy(places)])
    found = vmap(lambda i: autograd.take(table, i))(places)
    np.testing.assert_array_equal(to_numpy(found), CUBE.reshape(-1)[to_numpy(places)])


# --- writing in place ------------------------------------------------------------------------------------------------


def test_in_place_on_mapped_tensors():
    x = placed(CUBE)

    def f(v):
        w = v.clone()
        w[0] = 5.0
        w[1:3] += v[:2]
        w[[0, 2]] = v[0]
        w[:, 0].mul_(2)
        return w.sqrt_().add_(v)

    with np.errstate(invalid="ignore"):
        found = vmap(f)(x.abs())
        expected = autograd.stack([f(row) for row in x.abs()])
    np.testing.assert_allclose(to_numpy(found), to_numpy(expected))


def test_writing_through_slices_reaches_the_argument():
    x = placed(CUBE)
    version = x._version
    vmap(lambda v: v.mul_(2))(x)
    np.testing.assert_array_equal(to_numpy(x), 2 * CUBE)
    assert x._version > version
    y = placed(CUBE, requires_grad=True) * 1
    with pytest.raises(RuntimeError, match="requires a gradient was written to"):
        vmap(lambda v: v.detach().mul_(2))(y)


def test_recorded_in_place():
    x = placed(CUBE, requires_grad=True)

    def f(v):
        w = v * 2
        w[1] = v[0] * v[1]
        w.exp_()
        return w.sum()

    vmap(f)(x).sum().backward()
    y = placed(CUBE, requires_grad=True)
    sum(f(row) for row in y).backward()
    np.testing.assert_allclose(to_numpy(x.grad), to_numpy(y.grad))


@pytest.mark.parametrize(
    "write",
    [
        lambda t, v: t.add_(v),
        lambda t, v: t.copy_(v),
        lambda t, v: t.__setitem__(0, v[0]),
        lambda t, v: autograd.add(v, v, out=t),
    ],
)
def test_a_mapped_value_into_a_tensor_that_is_not_mapped(write):
    target = autograd.zeros(4, 2, dtype=autograd.float64)
    with pytest.raises(RuntimeError, match="vmap: .*not possible"):
        vmap(lambda v: write(target, v) or v)(placed(CUBE))


def test_a_mapped_index_into_a_tensor_that_is_not_mapped():
    target = autograd.zeros(4)
    with pytest.raises(RuntimeError, match="the index is mapped"):
        vmap(lambda i: target.__setitem__(i, 1.0) or i)(autograd.tensor([0, 1]))


def test_a_plain_value_into_a_mapped_tensor():
    x, row = placed(CUBE), placed(SHEET[0])

    def f(v):
        w = v.clone()
        w[1] = row
        return w.copy_(w * row)

    expected = CUBE.copy()
    expected[:, 1] = SHEET[0]
    np.testing.assert_allclose(to_numpy(vmap(f)(x)), expected * SHEET[0])


# --- randomness ------------------------------------------------------------------------------------------------------


def draws(v):
    chance = autograd.full((5,), 0.5)
    return autograd.stack(
        [
            autograd.rand(5),
            autograd.randn_like(v),
            autograd.randint(1000000, (5,)) * 1.0,
            autograd.randperm(5) * 1.0,
            autograd.bernoulli(chance),
            autograd.poisson(chance * 20),
            autograd.binomial(chance * 40, chance),
            functional.dropout(autograd.ones(5)),
            autograd.multinomial(chance, 5) * 1.0,
        ]
    )


def test_randomness():
    x = autograd.zeros(6, 5)
    found = to_numpy(vmap(draws, randomness="same")(x))
    assert (found == found[:1]).all()
    found = to_numpy(vmap(draws, randomness="different")(x))
    for kind in range(found.shape[1]):
        assert len({row.tobytes() for row in found[:, kind]}) > 1
    with pytest.raises(RuntimeError, match="randomness='error'"):
        vmap(draws)(x)
    with pytest.raises(RuntimeError, match="Only allowed values for randomness"):
        vmap(draws, randomness="some")
    with pytest.raises(RuntimeError, match="differ between slices"):
        vmap(autograd.poisson, randomness="same")(autograd.arange(3.0))
    counts = vmap(lambda c: autograd.binomial(c, autograd.ones(())), randomness="different")(autograd.arange(3.0))
    np.testing.assert_array_equal(to_numpy(counts), [0, 1, 2])


def test_a_generator_of_its_own():
    def f(seed):
        generator = autograd.Generator(autograd.get_default_device()).manual_seed(seed)
        return to_numpy(
            vmap(lambda v: v + autograd.rand(2, generator=generator), randomness="different")(autograd.zeros(3))
        )

    np.testing.assert_array_equal(f(4), f(4))


# --- modules ---------------------------------------------------------------------------------------------------------


def network():
    first = nn.Conv2d(2, 4, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()
    return nn.Sequential(*first, nn.Linear(16, 6), nn.LayerNorm(6), nn.Linear(6, 3))


def test_gradients_of_each_example():
    model = network()
    state = {name: p.detach() for name, p in model.named_parameters()}
    images, labels = autograd.randn(5, 2, 4, 4), autograd.tensor([0, 1, 2, 0, 1])

    def loss(parameters, image, label):
        out = functional_call(model, parameters, (image.unsqueeze(0),))
        return functional.cross_entropy(out, label.unsqueeze(0))

    found = vmap(grad(loss), in_dims=(None, 0, 0))(state, images, labels)
    for name in state:
        rows = [grad(loss)(state, image, label)[name] for image, label in zip(images, labels, strict=True)]
        np.testing.assert_allclose(to_numpy(found[name]), to_numpy(autograd.stack(rows)), rtol=1e-3, atol=1e-5)
    functional.cross_entropy(model(images), labels).backward()
    for name, parameter in model.named_parameters():
        np.testing.assert_allclose(to_numpy(found[name].mean(0)), to_numpy(parameter.grad), rtol=1e-3, atol=1e-5)


def test_an_ensemble():
    models = [network().double() for _ in range(3)]
    parameters, buffers = stack_module_state(models)
    x = autograd.randn(2, 2, 4, 4, dtype=autograd.float64)
    found = vmap(lambda p, b: functional_call(models[0], (p, b), x))(parameters, buffers)
    expected = autograd.stack([model(x) for model in models])
    np.testing.assert_allclose(to_numpy(found), to_numpy(expected), rtol=1e-9)
    found.sum().backward()
    expected.sum().backward()
    for name, stacked in parameters.items():
        rows = [to_numpy(dict(model.named_parameters())[name].grad) for model in models]
        np.testing.assert_allclose(to_numpy(stacked.grad), np.stack(rows), rtol=1e-7, atol=1e-9)


class Product(autograd.Function):
    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, g):
        x, y = ctx.saved_tensors
        return g * y, g * x


def test_functions_of_ones_own():
    x, row = placed(CUBE, requires_grad=True), placed(SHEET[0], requires_grad=True)
    vmap(lambda v: Product.apply(v, row).sum())(x).sum().backward()
    np.testing.assert_allclose(to_numpy(row.grad), CUBE.sum((0, 1)))
    np.testing.assert_allclose(to_numpy(x.grad), np.broadcast_to(SHEET[0], CUBE.shape))
    square = jacrev(lambda v: Product.apply(v, v))(row.detach())
    np.testing.assert_allclose(to_numpy(square), np.diag(2 * SHEET[0]))
    rows = jacrev(vmap(lambda v: Product.apply(row.detach(), v).sum()))(x.detach()[0])
    np.testing.assert_allclose(to_numpy(rows), np.einsum("ij,k->ijk", np.eye(4), SHEET[0]))
    same = vmap(lambda v: Product.apply(v.sum() * 0 + row, row).sum())(x.detach())
    np.testing.assert_allclose(to_numpy(same), np.full(3, (SHEET[0] ** 2).sum()))
