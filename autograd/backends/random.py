"""Random numbers: raw draws from the library's generators, and the state of these as bytes."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from typing import Any

from autograd import dtypes

Array = Any

SIGNIFICANT_BITS = {dtypes.float16: 11, dtypes.bfloat16: 8}


class RandomKernels:
    """Draws in the dialect that NumPy's and CuPy's generators share; every kernel takes the raw generator first."""

    library: Any
    generator: Any
    initial_seed: int | None
    astype: Callable[..., Array]
    asarray: Callable[..., Array]
    argsort: Callable[..., Array]
    native: Callable[[Any], Any]

    def here(self) -> Any:
        """A context in which the backend's device is the current one."""
        return contextlib.nullcontext()

    def new_generator(self, seed: int) -> Any:
        """A raw generator of its own, on this device."""
        with self.here():
            return self.library.random.default_rng(seed)

    def manual_seed(self, seed: int) -> None:
        """Start the device's random numbers anew; a negative seed counts from 2^64 down, as in PyTorch."""
        self.initial_seed = seed % 2**64
        self.generator = self.new_generator(self.initial_seed)

    def random_state(self, generator: Any) -> bytes:
        """All that the numbers still to come depend on."""
        return json.dumps(generator.bit_generator.state).encode()

    def set_random_state(self, generator: Any, state: bytes) -> None:
        """Go on from what `random_state` gave.

        Raises
        ------
        ValueError
            If the bytes are no such state.
        """
        try:
            generator.bit_generator.state = json.loads(state)
        except (KeyError, TypeError) as error:
            raise ValueError(str(error)) from None

    def random_uniform(self, generator: Any, shape: tuple[int, ...], kind: dtypes.dtype) -> Array:
        """Numbers of [0, 1), also in 16 bits, where conversion would round some up to 1."""
        bits = SIGNIFICANT_BITS.get(kind)
        if bits is not None:
            return self.astype(self.random_integers(generator, 0, 2**bits, shape) * 0.5**bits, kind)
        with self.here():
            found = generator.random(shape, dtype=self.native(kind))
        return self.asarray(found)

    def random_normal(self, generator: Any, shape: tuple[int, ...], kind: dtypes.dtype) -> Array:
        """Numbers of the standard normal distribution."""
        drawn = dtypes.float64 if kind is dtypes.float64 else dtypes.float32
        with self.here():
            found = generator.standard_normal(shape, dtype=self.native(drawn))
        return self.astype(self.asarray(found), kind)

    def random_integers(self, generator: Any, low: int, high: int, shape: tuple[int, ...]) -> Array:
        """int64 of [low, high)."""
        with self.here():
            return self.asarray(generator.integers(low, high, shape))

    def random_permutation(self, generator: Any, n: int) -> Array:
        """The integers below n in random order; CuPy's generators cannot permute, sorting can."""
        with self.here():
            return self.argsort(self.asarray(generator.random(n)))

    def random_poisson(self, generator: Any, rates: Array) -> Array:
        """Poisson numbers of float64 rates."""
        with self.here():
            return self.asarray(generator.poisson(rates))

    def random_binomial(self, generator: Any, counts: Array, chances: Array) -> Array:
        """Successes of int64 numbers of trials with float64 chances, of one shape."""
        with self.here():
            return self.asarray(generator.binomial(counts, chances))

    def random_gamma(self, generator: Any, shapes: Array) -> Array:
        """Gamma numbers of scale 1 with float64 shape parameters."""
        with self.here():
            return self.asarray(generator.standard_gamma(shapes))
