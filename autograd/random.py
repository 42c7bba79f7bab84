"""Random number generators and their state: `manual_seed`, `Generator`, `fork_rng`."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator
from typing import Any

from autograd import backends, dtypes
from autograd._lazy import suggesting
from autograd.engine import engine

_seed_of_all: int | None = None  # what `manual_seed` was last given, for devices first used after it


class Generator:
    """A stream of random numbers of one device.

    Parameters
    ----------
    device : where the numbers are drawn

    Examples
    --------
    >>> import autograd
    >>> g = autograd.Generator().manual_seed(7)
    >>> a = autograd.rand(3, generator=g)
    >>> bool((a == autograd.rand(3, generator=g.manual_seed(7))).all())
    True
    """

    def __init__(self, device: Any = "cpu"):
        self._backend = backends.backend_for(device)
        self.manual_seed(67280421310721)

    @property
    def device(self) -> Any:
        """Where the numbers are drawn."""
        return self._backend.device

    def manual_seed(self, seed: int) -> Generator:
        """Start the stream that belongs to `seed`."""
        self._seed = _checked(seed)
        self.raw = self._backend.new_generator(self._seed)
        return self

    def seed(self) -> int:
        """Start a stream that nobody can foresee; returns its seed."""
        self.manual_seed(secrets.randbits(63))
        return self.initial_seed()

    def initial_seed(self) -> int:
        """The seed that the stream started from."""
        return self._seed

    def clone_state(self) -> Generator:
        """Another generator that goes on from here as this one does."""
        twin = Generator(self.device)
        twin.set_state(self.get_state())
        twin._seed = self._seed
        return twin

    def get_state(self) -> Any:
        """The state as a tensor of bytes on the CPU."""
        cpu = backends.backend_for("cpu")
        found = self._backend.random_state(self.raw)
        return engine.wrap(cpu.copy(cpu.library.frombuffer(found, dtype="uint8")), cpu)

    def set_state(self, new_state: Any) -> Generator:
        """Go on from a state that `get_state` gave.

        Raises
        ------
        TypeError
            If it is no tensor of bytes.
        RuntimeError
            If the tensor holds no such state.
        """
        kind = getattr(new_state, "dtype", type(new_state).__name__)
        if kind is not dtypes.uint8:
            raise TypeError(f"RNG state must be a tensor of uint8, not {kind}; give what get_rng_state returned")
        try:
            self._backend.set_random_state(self.raw, new_state.numpy(force=True).tobytes())
        except ValueError as error:
            raise RuntimeError(f"the tensor holds no state of a generator on {self.device}: {error}") from None
        return self


class DefaultGenerator(Generator):
    """The stream that a device's random functions draw from unless given another."""

    def __init__(self, device: Any = "cpu"):
        self._backend = backends.backend_for(device)

    @property
    def raw(self) -> Any:
        """The backend's own generator."""
        self._started()
        return self._backend.generator

    def _started(self) -> None:
        """A stream that was never seeded starts from the last `manual_seed`."""
        if self._backend.generator is None:
            self._backend.manual_seed(secrets.randbits(63) if _seed_of_all is None else _seed_of_all)

    def manual_seed(self, seed: int) -> Generator:
        """Start the stream that belongs to `seed`."""
        self._backend.manual_seed(_checked(seed))
        return self

    def initial_seed(self) -> int:
        """The seed that the stream started from."""
        self._started()
        return self._backend.initial_seed  # type: ignore[return-value]


def _checked(seed: Any) -> int:
    """A seed as PyTorch counts them, negative ones from 2^64 down.

    Raises
    ------
    ValueError
        If it does not fit in 64 bits.
    """
    seed = int(seed)
    if not -(2**63) <= seed < 2**64:
        raise ValueError(f"a seed must be in [-2^63, 2^64), got {seed}")
    return seed % 2**64


default_generator = DefaultGenerator()


def stream(generator: Generator | None, backend: Any) -> Any:
    """The raw generator to draw from on a backend.

    Raises
    ------
    RuntimeError
        If the generator given is of another device.
    """
    if generator is None:
        return backend.generator or DefaultGenerator(backend.device).raw
    if generator._backend is not backends.root_of(backend):
        raise RuntimeError(
            f"Expected a '{backend.device}' device type for generator but found '{generator.device}'; make one with "
            f"Generator(device='{backend.device}')"
        )
    return generator.raw


def manual_seed(seed: int) -> Generator:
    """Start the streams of all devices from one seed, also of those first used later; returns the CPU's generator.

    Parameters
    ----------
    seed : an integer of [-2^63, 2^64)

    Raises
    ------
    ValueError
        If it does not fit.

    Examples
    --------
    >>> import autograd
    >>> _ = autograd.manual_seed(0)
    >>> first = autograd.rand(3)
    >>> _ = autograd.manual_seed(0)
    >>> autograd.equal(first, autograd.rand(3))
    True
    """
    global _seed_of_all
    _seed_of_all = _checked(seed)
    for backend in backends.in_use():
        backend.manual_seed(_seed_of_all)
    return default_generator


def seed() -> int:
    """Start the streams from a seed that nobody can foresee, and return it.

    Examples
    --------
    >>> import autograd
    >>> number = autograd.seed()
    >>> autograd.initial_seed() == number
    True
    """
    number = secrets.randbits(63)
    manual_seed(number)
    return number


def initial_seed() -> int:
    """The seed that the CPU's stream started from.

    Examples
    --------
    >>> import autograd
    >>> _ = autograd.manual_seed(5)
    >>> autograd.initial_seed()
    5
    """
    return default_generator.initial_seed()


def get_rng_state(device: Any = "cpu") -> Any:
    """The state of a device's stream as a tensor of bytes, to go on from exactly here later.

    Examples
    --------
    >>> import autograd
    >>> state = autograd.get_rng_state()
    >>> first = autograd.rand(3)
    >>> autograd.set_rng_state(state)
    >>> autograd.equal(first, autograd.rand(3))
    True
    """
    return DefaultGenerator(device).get_state()


def set_rng_state(new_state: Any, device: Any = "cpu") -> None:
    """Go on from a state that `get_rng_state` gave.

    Raises
    ------
    TypeError
        If it is no tensor of bytes.
    RuntimeError
        If the tensor holds no such state.

    Examples
    --------
    >>> import autograd
    >>> state = autograd.get_rng_state()
    >>> x = autograd.rand(3)
    >>> autograd.set_rng_state(state)
    >>> autograd.equal(autograd.rand(3), x)
    True
    """
    DefaultGenerator(device).set_state(new_state)


@contextlib.contextmanager
def fork_rng(devices: Any = None, enabled: bool = True, device_type: str = "cuda") -> Iterator[None]:
    """Put the streams' states back at the end of the block.

    Parameters
    ----------
    devices : those besides the CPU, as names, `device` objects or numbers of `device_type`; default: all in use
    enabled : False makes the block do nothing
    device_type : what the numbers count

    Examples
    --------
    >>> import autograd
    >>> _ = autograd.manual_seed(0)
    >>> with autograd.random.fork_rng():
    ...     inside = autograd.rand(1).item()
    >>> autograd.rand(1).item() == inside
    True
    """
    if not enabled:
        yield
        return
    if devices is None:
        devices = [backend.device for backend in backends.in_use()]
    places = ["cpu", *(f"{device_type}:{place}" if isinstance(place, int) else place for place in devices)]
    states = [get_rng_state(place) for place in places]
    try:
        yield
    finally:
        for place, state in zip(places, states, strict=True):
            set_rng_state(state, place)


__getattr__ = suggesting(__name__)
