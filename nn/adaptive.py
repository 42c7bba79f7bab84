"""AdaptiveLogSoftmaxWithLoss: a softmax over many classes of which most are rare."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import autograd
from autograd import Tensor, ops
from nn import functional as F
from nn.container import ModuleList, Sequential
from nn.linear import Linear
from nn.module import Module


class _ASMoutput(NamedTuple):
    """The targets' log probabilities, and their negative mean."""

    output: Tensor
    loss: Tensor


class AdaptiveLogSoftmaxWithLoss(Module):
    """The log probability of each target, and their negative mean (Grave et al., 2017).

    Classes are numbered by falling frequency. The frequent ones are in the head, with one entry for each cluster of
    rarer ones; a cluster is computed, in a narrower space, only for the inputs whose target is in it.

    Parameters
    ----------
    in_features : the width of the input
    n_classes : how many classes there are
    cutoffs : where clusters begin, rising; the classes before the first are the head
    div_value : cluster i (from 1) has width in_features / div_valueⁱ, rounded down
    head_bias : whether the head adds a bias
    device, dtype : of the parameters

    Raises
    ------
    ValueError
        If the cutoffs are none, not rising, or not within 1 to n_classes - 1.

    Examples
    --------
    >>> import autograd, nn
    >>> softmax = nn.AdaptiveLogSoftmaxWithLoss(8, 20, cutoffs=[5, 10], div_value=2.0)
    >>> out = softmax(autograd.ones(3, 8), autograd.tensor([0, 7, 19]))
    >>> out.output.shape, out.loss.shape
    (autograd.Size([3]), autograd.Size([]))
    """

    def __init__(
        self,
        in_features: int,
        n_classes: int,
        cutoffs: Sequence[int],
        div_value: float = 4.0,
        head_bias: bool = False,
        device: Any = None,
        dtype: Any = None,
    ):
        super().__init__()
        cutoffs = [operator.index(cutoff) for cutoff in cutoffs]
        if not cutoffs:
            raise ValueError("cutoffs should be a sequence of length larger than 0")
        edges = [0, *cutoffs, n_classes]
        if any(low >= high for low, high in pairwise(edges)):
            raise ValueError(
                "cutoffs should be a sequence of unique, positive integers sorted in an increasing order, where each "
                f"value is between 1 and n_classes-1, got {cutoffs} and n_classes={n_classes}"
            )
        self.in_features, self.n_classes, self.div_value, self.head_bias = in_features, n_classes, div_value, head_bias
        self.cutoffs = [*cutoffs, n_classes]
        self.shortlist_size, self.n_clusters = cutoffs[0], len(cutoffs)
        self.head_size = self.shortlist_size + self.n_clusters
        self.head = Linear(in_features, self.head_size, head_bias, device, dtype)
        self.tail = ModuleList()
        for number, (low, high) in enumerate(pairwise(self.cutoffs), 1):
            width = int(in_features // div_value**number)
            down = Linear(in_features, width, False, device, dtype)
            self.tail.append(Sequential(down, Linear(width, high - low, False, device, dtype)))

    def reset_parameters(self) -> None:
        """Those of the linear layers."""
        self.head.reset_parameters()
        for cluster in self.tail:
            for layer in cluster.children():
                layer.reset_parameters()  # type: ignore[operator]

    def forward(self, input_: Tensor, target_: Tensor) -> _ASMoutput:
        """Input (N, in_features) and target (N), or without N.

        Returns
        -------
        `output`, the targets' log probabilities, and `loss`, their negative mean.

        Raises
        ------
        RuntimeError
            If the shapes do not fit each other, or a target is no class.
        """
        ndims = input_.ndim, target_.ndim
        if ndims not in ((1, 0), (2, 1)) or (ndims[1] and input_.shape[0] != target_.shape[0]):
            raise RuntimeError(
                f"Input and target should have the same size in the batch dimension, (N, in_features) and (N), or none "
                f"of them one; got {list(input_.shape)} and {list(target_.shape)}"
            )
        rows = ops.reshape(input_, shape=(-1, input_.shape[-1]))
        target = ops.reshape(target_, shape=(-1,))
        if bool(((target < 0) | (target >= self.n_classes)).any()):
            raise RuntimeError(
                f"Target values should be in [0, {self.n_classes - 1}], but values in range [{target.min().item()}, "
                f"{target.max().item()}] were found."
            )
        entry = target  # in the head: the class itself, or the entry of its cluster
        parts = []
        for number, (low, high) in enumerate(pairwise(self.cutoffs)):
            inside = (target >= low) & (target < high)
            entry = ops.where(inside, self.shortlist_size + number, entry)
            where = autograd.nonzero(inside).reshape(-1)
            if where.numel():
                scores = F.log_softmax(self.tail[number](rows[where]), dim=1)
                found = _of_classes(scores, target[where] - low)
                parts.append(ops.put_in_zeros(found, shape=(target.shape[0],), index=where._data))
        output = _of_classes(F.log_softmax(self.head(rows), dim=1), entry)
        for part in parts:
            output = output + part
        return _ASMoutput(ops.reshape(output, shape=tuple(target_.shape)), -output.mean())

    def _all(self, input: Tensor, head: Tensor) -> Tensor:
        """The log probabilities of all classes, from the input and what the head makes of it."""
        scores = F.log_softmax(head, dim=1)
        parts = [scores[:, : self.shortlist_size]]
        for number, cluster in enumerate(self.tail):
            entry = self.shortlist_size + number
            parts.append(F.log_softmax(cluster(input), dim=1) + scores[:, entry : entry + 1])
        return autograd.cat(parts, 1)

    def log_prob(self, input: Tensor) -> Tensor:
        """The log probabilities of all classes: (N, in_features) → (N, n_classes)."""
        return self._all(input, self.head(input))

    def predict(self, input: Tensor) -> Tensor:
        """The most probable class: (N, in_features) → (N). Clusters are computed only where one wins in the head."""
        head = self.head(input)
        best = head.argmax(1)
        where = autograd.nonzero(best >= self.shortlist_size).reshape(-1)
        if where.numel():
            best[where] = self._all(input[where], head[where]).argmax(1)
        return best


def _of_classes(scores: Tensor, classes: Tensor) -> Tensor:
    """One score of each row."""
    index = ops.expand_dims(ops.astype(classes, dtype=autograd.int64), axis=1)
    return ops.squeeze(autograd.gather(scores, 1, index), axis=1)
