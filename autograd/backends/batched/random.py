"""Random numbers for every slice its own, for all the same, or none, as the level's `randomness` says."""

from __future__ import annotations

from typing import Any


class RandomRules:
    """Mixed into the batched backend."""

    base: Any
    level: Any
    wrap: Any
    own: Any
    lifted: Any

    @property
    def generator(self) -> Any:
        return self.base.generator

    def _differ(self) -> bool:
        """Whether every slice gets its own numbers.

        Raises
        ------
        RuntimeError
            If the level forbids random functions.
        """
        if self.level.randomness == "error":
            raise RuntimeError(
                "vmap: called a random function while in randomness='error' mode; pass randomness='different' for "
                "numbers of its own in every slice, or randomness='same'"
            )
        return self.level.randomness == "different"

    def random_uniform(self, generator: Any, shape: tuple[int, ...], kind: Any) -> Any:
        return self._drawn("random_uniform", (generator,), shape, (kind,))

    def random_normal(self, generator: Any, shape: tuple[int, ...], kind: Any) -> Any:
        return self._drawn("random_normal", (generator,), shape, (kind,))

    def random_integers(self, generator: Any, low: int, high: int, shape: tuple[int, ...]) -> Any:
        return self._drawn("random_integers", (generator, low, high), shape, ())

    def _drawn(self, name: str, before: tuple, shape: tuple[int, ...], after: tuple) -> Any:
        draw = getattr(self.base, name)
        if self._differ():
            return self.wrap(draw(*before, (self.level.size, *shape), *after))
        return self.lifted(draw(*before, shape, *after))

    def random_permutation(self, generator: Any, n: int) -> Any:
        if not self._differ():
            return self.lifted(self.base.random_permutation(generator, n))
        orders = [self.base.random_permutation(generator, n) for _ in range(self.level.size)]
        return self.wrap(self.base.stack(orders, axis=0))

    def random_poisson(self, generator: Any, rates: Any) -> Any:
        return self._of(self.base.random_poisson, generator, rates)

    def random_gamma(self, generator: Any, shapes: Any) -> Any:
        return self._of(self.base.random_gamma, generator, shapes)

    def random_binomial(self, generator: Any, counts: Any, chances: Any) -> Any:
        return self._of(self.base.random_binomial, generator, counts, chances)

    def _of(self, draw: Any, generator: Any, *parameters: Any) -> Any:
        owned = [self.own(parameter) for parameter in parameters]
        if self._differ():
            return self.wrap(draw(generator, *(array.expanded() for array in owned)))
        if any(array.hidden > 1 for array in owned):
            raise RuntimeError(
                "vmap: randomness='same' cannot draw the same numbers of parameters that differ between slices; use "
                "randomness='different'"
            )
        return self.lifted(draw(generator, *(array.data[0, ...] for array in owned)))
