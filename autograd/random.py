"""Random number generators and their state: `manual_seed`, `Generator`, `fork_rng`."""

from __future__ import annotations

import contextlib
import json
import secrets
from collections.abc import Iterator
from typing import Any

from autograd import backends
from autograd.engine import engine

_initial: dict[Any, int] = {}


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
        self.device = self._backend.device
        self.manual_seed(67280421310721)

    def manual_seed(self, seed: int) -> Generator:
        """Start the stream that belongs to `seed`."""
        self._seed = int(seed)
        self.raw = self._backend.library.random.default_rng(self._seed % 2**64)
        return self

    def seed(self) -> int:
        """Start a stream that nobody can foresee; returns its seed."""
        self.manual_seed(secrets.randbits(63))
        return self._seed

    def initial_seed(self) -> int:
        """The seed that the stream started from."""
        return self._seed

    def get_state(self) -> Any:
        """The state as a tensor of bytes."""
        return _state_of(self.raw)

    def set_state(self, state: Any) -> None:
        """Go on from a state that `get_state` gave."""
        _restore(self.raw, state)


def stream(generator: Generator | None, backend: Any) -> Any:
    """The raw generator to draw from on a backend.

    Raises
    ------
    RuntimeError
        If the generator given is of another device.
    """
    if generator is not None:
        if generator._backend is not backend:
            raise RuntimeError(
                f"Expected a '{backend.device}' device type for generator but found '{generator.device}'; make one with "
                f"Generator(device='{backend.device}')"
            )
        return generator.raw
    if backend.generator is None:
        _seed_backend(backend, secrets.randbits(63))
    return backend.generator


def _seed_backend(backend: Any, seed: int) -> None:
    backend.manual_seed(seed % 2**64)
    _initial[backend.device] = seed


def manual_seed(seed: int) -> None:
    """Start the streams of every device in use from one seed; also those of devices used later on this machine.

    Parameters
    ----------
    seed : any integer
    """
    backends.backend_for("cpu")
    for backend in {id(b): b for b in backends.in_use()}.values():
        _seed_backend(backend, int(seed))


def seed() -> int:
    """Start the streams from a seed that nobody can foresee, and return it."""
    number = secrets.randbits(63)
    manual_seed(number)
    return number


def initial_seed() -> int:
    """The seed that the CPU's stream started from."""
    cpu = backends.backend_for("cpu")
    stream(None, cpu)
    return _initial[cpu.device]


def get_rng_state(device: Any = "cpu") -> Any:
    """The state of a device's stream as a tensor of bytes, to go on from exactly here later."""
    return _state_of(stream(None, backends.backend_for(device)))


def set_rng_state(new_state: Any, device: Any = "cpu") -> None:
    """Go on from a state that `get_rng_state` gave.

    Raises
    ------
    RuntimeError
        If the tensor holds no such state.
    """
    _restore(stream(None, backends.backend_for(device)), new_state)


def _state_of(raw: Any) -> Any:
    text = json.dumps(raw.bit_generator.state)
    cpu = backends.backend_for("cpu")
    return engine.wrap(cpu.asarray(list(text.encode()), "uint8"), cpu)


def _restore(raw: Any, state: Any) -> None:
    try:
        found = json.loads(bytes(state.tolist()).decode())
        raw.bit_generator.state = found
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RuntimeError(f"set_rng_state: the tensor holds no state of this generator ({error})") from None


@contextlib.contextmanager
def fork_rng(devices: Any = None, enabled: bool = True) -> Iterator[None]:
    """Put the streams' states back at the end of the block.

    Examples
    --------
    >>> import autograd
    >>> autograd.manual_seed(0)
    >>> with autograd.random.fork_rng():
    ...     inside = autograd.rand(1).item()
    >>> autograd.rand(1).item() == inside
    True
    """
    if not enabled:
        yield
        return
    places = ["cpu", *(devices or ())]
    states = [get_rng_state(place) for place in places]
    try:
        yield
    finally:
        for place, state in zip(places, states, strict=True):
            set_rng_state(state, place)
