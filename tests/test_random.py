"""Random numbers: seeds, states, distributions, and what is refused."""

from __future__ import annotations

import math
from typing import Any

import pytest

import autograd
from autograd.backends import backend_for
from autograd.random import Generator, fork_rng

FLOATS = ["float16", "float32", "float64"]
IN_PLACE: dict[str, tuple] = {
    "uniform_": (), "normal_": (), "random_": (), "bernoulli_": (), "exponential_": (), "geometric_": (0.3,),
    "cauchy_": (), "log_normal_": (),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _seeded() -> None:
    autograd.manual_seed(0)


def drawings() -> list[list]:
    """Something of every function."""
    p = autograd.full((4,), 0.5)
    return [
        autograd.rand(3).tolist(),
        autograd.randn(3).tolist(),
        autograd.randint(100, (3,)).tolist(),
        autograd.randperm(9).tolist(),
        autograd.normal(p, 1.0).tolist(),
        autograd.bernoulli(p).tolist(),
        autograd.multinomial(p, 3).tolist(),
        autograd.poisson(p * 8).tolist(),
        autograd.binomial(p * 40, p).tolist(),
        *(getattr(autograd.zeros(3), name)(*args).tolist() for name, args in IN_PLACE.items()),
    ]


def close(found: Any, expected: float, by: float) -> None:
    assert abs(float(found) - expected) < by


def test_a_seed_repeats_every_draw() -> None:
    first = drawings()
    assert drawings() != first
    autograd.manual_seed(0)
    assert drawings() == first


def test_a_state_is_whole(device: str) -> None:
    autograd.randn(3)
    autograd.randint(10, (1,), dtype=autograd.int32)
    state = autograd.get_rng_state(device)
    first = drawings()
    autograd.set_rng_state(state, device)
    assert drawings() == first
    assert state.dtype is autograd.uint8 and state.device.type == "cpu"


@pytest.mark.parametrize("place", ["cpu", "sim"])
def test_state_of_a_generator(place: str) -> None:
    generator = Generator(place).manual_seed(3)
    autograd.rand(5, generator=generator, device=place)
    state = generator.get_state()
    expected = autograd.rand(5, generator=generator, device=place).tolist()
    other = Generator(device=place)
    assert other.set_state(state) is other
    assert autograd.rand(5, generator=other, device=place).tolist() == expected


def test_a_generator_leaves_the_default_stream_alone(device: str) -> None:
    state = autograd.get_rng_state(device)
    autograd.randn(3, generator=Generator(device))
    assert autograd.get_rng_state(device).tolist() == state.tolist()


def test_a_device_used_first_after_manual_seed_starts_from_that_seed() -> None:
    backend = backend_for("sim")
    backend.generator = None
    autograd.manual_seed(5)
    expected = autograd.rand(3, device="sim").tolist()
    backend.generator = None
    assert autograd.rand(3, device="sim").tolist() == expected


def test_seeds_as_pytorch_counts_them() -> None:
    assert autograd.manual_seed(7) is autograd.default_generator
    assert autograd.initial_seed() == 7
    autograd.manual_seed(-2)
    assert autograd.initial_seed() == 2**64 - 2
    number = autograd.seed()
    assert autograd.initial_seed() == number == autograd.default_generator.initial_seed()
    with pytest.raises(ValueError, match=r"a seed must be in"):
        autograd.manual_seed(2**64)
    generator = Generator().manual_seed(9)
    assert generator.initial_seed() == 9
    assert generator.seed() == generator.initial_seed() != 9


def test_fork_rng(device: str) -> None:
    with fork_rng():
        inside = drawings()
    assert drawings() == inside
    autograd.manual_seed(0)
    with fork_rng(enabled=False):
        drawings()
    assert drawings() != inside
    autograd.manual_seed(0)
    with pytest.raises(KeyError), fork_rng(devices=[device]):
        drawings()
        raise KeyError
    assert drawings() == inside


def test_states_that_are_none() -> None:
    with pytest.raises(TypeError, match=r"must be a tensor of uint8, not autograd.float32"):
        autograd.set_rng_state(autograd.zeros(3))
    for place in ("cpu", "sim"):
        with pytest.raises(RuntimeError, match=f"holds no state of a generator on {place}"):
            autograd.set_rng_state(autograd.zeros(3, dtype=autograd.uint8), place)
    with pytest.raises(RuntimeError, match="Expected a 'cpu' device type for generator but found 'sim'"):
        autograd.rand(2, generator=Generator("sim"), device="cpu")


@pytest.mark.parametrize("name", FLOATS)
def test_uniform_numbers_are_below_one(name: str) -> None:
    x = autograd.rand(20000, dtype=name)
    assert str(x.dtype) == f"autograd.{name}"
    assert float(x.min()) >= 0
    assert float(x.max()) < 1
    close(x.double().mean(), 0.5, 0.02)
    close(x.double().var(), 1 / 12, 0.01)


@pytest.mark.parametrize("name", FLOATS)
def test_normal_numbers(name: str) -> None:
    x = autograd.randn(20000, dtype=name).double()
    close(x.mean(), 0, 0.05)
    close(x.std(), 1, 0.05)
    z = autograd.randn(20000, dtype=autograd.complex64)
    close((z.abs() ** 2).mean(), 1, 0.05)


def test_moments() -> None:
    def filled(name: str, *args: Any, **options: Any) -> Any:
        return getattr(autograd.empty(20000, dtype=autograd.float64), name)(*args, **options)

    close(filled("uniform_", -1, 3).mean(), 1, 0.05)
    close(filled("normal_", 2, 3).std(), 3, 0.1)
    close(filled("exponential_", 4).mean(), 0.25, 0.02)
    for kind in (autograd.float16, autograd.float32):
        assert float(autograd.empty(10**6, dtype=kind).exponential_().min()) > 0
    close(filled("geometric_", 0.25).mean(), 4, 0.2)
    assert float(filled("geometric_", 0.9).min()) == 1
    close(filled("cauchy_", 3).median(), 3, 0.1)
    close(filled("log_normal_", 1, 0.5).log().std(), 0.5, 0.02)
    close(filled("bernoulli_", 0.3).mean(), 0.3, 0.02)
    rates = autograd.full((20000,), 3.0)
    close(autograd.poisson(rates).var(), 3, 0.2)
    close(autograd.binomial(rates + 7, autograd.tensor(0.5)).mean(), 5, 0.1)
    close(autograd.normal(rates, 2.0).mean(), 3, 0.1)
    assert autograd.normal(1.0, 2.0, (2, 3)).shape == (2, 3)


def test_integers() -> None:
    assert set(autograd.randint(-2, 2, (500,)).tolist()) == {-2, -1, 0, 1}
    assert sorted(autograd.randperm(50).tolist()) == list(range(50))
    assert autograd.randperm(0).shape == (0,)
    assert set(autograd.zeros(200, dtype=autograd.bool).random_().tolist()) == {False, True}
    close(autograd.zeros(200, dtype=autograd.bool).random_().double().mean(), 0.5, 0.2)
    assert int(autograd.zeros(2000, dtype=autograd.uint8).random_().max()) > 200
    assert float(autograd.zeros(2000, dtype=autograd.float16).random_().max()) <= 2048
    assert set(autograd.zeros(100).random_(3).tolist()) == {0, 1, 2}
    assert set(autograd.zeros(100).random_(2, to=4).tolist()) == {2, 3}
    assert int(autograd.zeros(100, dtype=autograd.int8).random_(120, None).min()) >= 120


@pytest.mark.parametrize("replacement", [True, False])
def test_multinomial(replacement: bool) -> None:
    weights = autograd.tensor([[1.0, 0.0, 3.0], [0.0, 1.0, 1.0]])
    found = autograd.cat([autograd.multinomial(weights, 1, replacement) for _ in range(2000)], 1)
    close((found[0] == 2).double().mean(), 0.75, 0.05)
    assert 1 not in found[0].tolist() and 0 not in found[1].tolist()
    if not replacement:
        assert sorted(autograd.multinomial(weights[0], 2).tolist()) == [0, 2]


def test_draws_cut_the_graph() -> None:
    x = autograd.full((3,), 0.5, requires_grad=True)
    (x * autograd.bernoulli(x) + autograd.poisson(x)).sum().backward()
    assert x.grad is not None
    y = x * 2
    y.uniform_()
    y.sum().backward()
    with pytest.raises(RuntimeError, match="leaf Variable that requires grad"):
        x.normal_()
    assert autograd.rand(2, requires_grad=True).is_leaf


def test_like() -> None:
    x = autograd.zeros(2, 3, dtype=autograd.float64)
    for found in (autograd.rand_like(x), autograd.randn_like(x), autograd.randint_like(x, 5)):
        assert found.shape == (2, 3) and found.dtype is autograd.float64
    assert autograd.rand_like(x, dtype=autograd.float32).dtype is autograd.float32
    out = autograd.empty(4)
    assert autograd.rand(4, out=out) is out


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: autograd.rand(-1), RuntimeError, "negative dimension"),
        (lambda: autograd.rand(2, dtype=autograd.int64), NotImplementedError, "rand is not implemented for"),
        (lambda: autograd.randint(3, 3, (2,)), RuntimeError, "from=3 >= to=3"),
        (lambda: autograd.randint(0, 300, (2,), dtype=autograd.uint8), RuntimeError, "to - 1 is out of bounds"),
        (lambda: autograd.zeros(2, dtype=autograd.uint8).random_(-5, 3), RuntimeError, "from is out of bounds"),
        (lambda: autograd.randperm(-1), RuntimeError, "n must be non-negative"),
        (lambda: autograd.randperm(300, dtype=autograd.uint8), RuntimeError, "without overflow"),
        (lambda: autograd.normal(0.0, -1.0, (2,)), RuntimeError, "std >= 0.0"),
        (lambda: autograd.bernoulli(autograd.tensor([2.0])), RuntimeError, "p_in <= 1"),
        (lambda: autograd.zeros(2).bernoulli_(2.0), RuntimeError, "p to be in"),
        (lambda: autograd.poisson(autograd.tensor([-1.0])), RuntimeError, "invalid Poisson rate"),
        (lambda: autograd.binomial(autograd.ones(1), autograd.full((1,), 2.0)), RuntimeError, "prob in"),
        (lambda: autograd.binomial(autograd.tensor([3]), autograd.ones(1)), ValueError, "for count"),
        (lambda: autograd.multinomial(autograd.ones(2), 3), RuntimeError, "without replacement"),
        (lambda: autograd.multinomial(autograd.zeros(2), 1), RuntimeError, "sum of probabilities <= 0"),
        (lambda: autograd.multinomial(autograd.tensor([math.nan, 1]), 1), RuntimeError, "element < 0"),
        (lambda: autograd.zeros(2).uniform_(2, 1), RuntimeError, "from=2 > to=1"),
        (lambda: autograd.zeros(2).exponential_(0.0), RuntimeError, "lambda > 0.0"),
        (lambda: autograd.zeros(2, dtype=autograd.int64).exponential_(), RuntimeError, "floating point type"),
        (lambda: autograd.zeros(2, dtype=autograd.int64).uniform_(), NotImplementedError, "uniform_"),
        (lambda: autograd.zeros(2).geometric_(1.0), RuntimeError, "p to be in"),
        (lambda: autograd.zeros(2).cauchy_(0.0, 0.0), RuntimeError, "sigma > 0.0"),
        (lambda: autograd.zeros(2).log_normal_(0.0, 0.0), RuntimeError, "std > 0.0"),
    ],
)  # fmt: skip
def test_refused(call: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        call()


def test_the_default_stream_starts_anew(device: str) -> None:
    first = autograd.default_generator.manual_seed(3)
    draws = [autograd.rand(2, device="cpu", generator=first).tolist()]
    first.manual_seed(3)
    draws.append(autograd.rand(2, device="cpu").tolist())
    assert draws[0] == draws[1] and first.initial_seed() == 3


def test_a_state_of_other_bytes() -> None:
    with pytest.raises(RuntimeError, match="state"):
        autograd.set_rng_state(autograd.tensor(list(b"{}"), dtype=autograd.uint8, device="cpu"))


def test_a_cloned_generator_goes_on_alike():
    device = autograd.get_default_device()
    first = autograd.Generator(device).manual_seed(3)
    autograd.rand(5, generator=first)
    twin = first.clone_state()
    assert twin.initial_seed() == 3 and twin.device == first.device
    assert autograd.rand(4, generator=first).tolist() == autograd.rand(4, generator=twin).tolist()
    autograd.rand(1, generator=first)
    assert autograd.rand(4, generator=first).tolist() != autograd.rand(4, generator=twin).tolist()
