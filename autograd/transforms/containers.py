"""Transforms made of others: all in order, each with a probability, one of them, in random order."""

from __future__ import annotations

import bisect
import importlib
import itertools
from collections.abc import Callable, Sequence
from typing import Any

import autograd
from autograd.transforms.base import Transform, probability
from autograd.transforms.images import uniform


def _listed(head: str, lines: Sequence[Any]) -> str:
    return head + "(" + "".join(f"\n    {line}" for line in lines) + "\n)"


class Compose:
    """Applies transforms one after the other.

    Parameters
    ----------
    transforms : callables

    Examples
    --------
    >>> import autograd
    >>> from autograd import transforms
    >>> chain = transforms.Compose([transforms.CenterCrop(2), transforms.Normalize([0.5], [0.5])])
    >>> chain(autograd.ones(1, 4, 4))
    tensor([[[1., 1.],
             [1., 1.]]])
    """

    def __init__(self, transforms: Sequence[Callable]):
        self.transforms = transforms

    def __call__(self, img: Any) -> Any:
        """The input after all of them."""
        for transform in self.transforms:
            img = transform(img)
        return img

    def __repr__(self) -> str:
        return _listed(type(self).__name__, self.transforms)


class _Several(Transform):
    """Keeps a sequence of transforms.

    Raises
    ------
    TypeError
        If it is no sequence.
    """

    takes_pil = False

    def __init__(self, transforms: Any):
        if not isinstance(transforms, (Sequence, importlib.import_module("nn").ModuleList)):
            raise TypeError(f"Argument transforms should be a sequence, got {type(transforms)}")
        self.settle(locals())

    def __repr__(self) -> str:
        return _listed(type(self).__name__, self.transforms)


class RandomApply(_Several):
    """Applies all of a list of transforms with probability `p`, or none.

    Parameters
    ----------
    transforms : a sequence or `nn.ModuleList`
    p : in [0, 1]

    Examples
    --------
    >>> import autograd
    >>> from autograd import transforms
    >>> transforms.RandomApply([transforms.Grayscale()], p=1.0)(autograd.rand(3, 8, 8)).shape
    autograd.Size([1, 8, 8])
    """

    def __init__(self, transforms: Any, p: float = 0.5):
        super().__init__(transforms)
        self.p = probability(p)

    def forward(self, img: Any) -> Any:
        """The input, changed by all or by none."""
        return Compose(self.transforms)(img) if uniform() < self.p else img

    def __repr__(self) -> str:
        return _listed(type(self).__name__, [f"p={self.p}", *self.transforms])


class RandomChoice(_Several):
    """Applies one of a list of transforms.

    Parameters
    ----------
    transforms : a sequence
    p : their weights; all are as probable by default

    Raises
    ------
    TypeError, ValueError
        If the weights are no sequence, or not as many as transforms.
    """

    def __init__(self, transforms: Any, p: Sequence[float] | None = None):
        super().__init__(transforms)
        if p is not None and not isinstance(p, Sequence):
            raise TypeError(f"Argument p should be a sequence, got {type(p)}")
        if p is not None and len(p) != len(transforms):
            raise ValueError(f"RandomChoice: {len(transforms)} transforms have {len(p)} probabilities")
        self.p = p

    def forward(self, *args: Any) -> Any:
        """The input, changed by one of them."""
        weights = [1.0] * len(self.transforms) if self.p is None else self.p
        ends = list(itertools.accumulate(weights))
        chosen = bisect.bisect(ends, uniform(0.0, float(ends[-1])))
        return self.transforms[min(chosen, len(ends) - 1)](*args)

    def __repr__(self) -> str:
        return super().__repr__() + f"(p={self.p})"


class RandomOrder(_Several):
    """Applies all of a list of transforms in random order.

    Parameters
    ----------
    transforms : a sequence
    """

    def forward(self, img: Any) -> Any:
        """The input after all of them."""
        order = autograd.randperm(len(self.transforms), device="cpu").tolist()
        return Compose([self.transforms[i] for i in order])(img)
