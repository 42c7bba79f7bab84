"""Connectionist temporal classification."""

from __future__ import annotations

import math
from collections.abc import Sequence

import autograd
from autograd import Tensor, no_grad, ops
from nn.functional.common import reduction_of

_NEVER = -1e30  # the logarithm of an impossible path's probability, finite so that differences are no NaN


def ctc_loss(
    log_probs: Tensor,
    targets: Tensor,
    input_lengths: Tensor | Sequence[int],
    target_lengths: Tensor | Sequence[int],
    blank: int = 0,
    reduction: str = "mean",
    zero_infinity: bool = False,
) -> Tensor:
    """-log of the probability of all alignments of a target sequence with an input (Graves et al. 2006).

    Parameters
    ----------
    log_probs : (T, N, C) or (T, C), logarithms of probabilities
    targets : (N, S), or the targets one after another (sum of lengths,), or (S) for one
    input_lengths, target_lengths : (N,) or ()
    blank : the number of the class that stands for no label
    reduction : "mean" (each loss first divided by its target's length), "sum" or "none"
    zero_infinity : whether the infinite loss of a target longer than its input counts as 0

    Raises
    ------
    RuntimeError
        If shapes or lengths do not fit each other.

    Examples
    --------
    >>> import autograd
    >>> from nn import functional as F
    >>> log_probs = autograd.zeros(4, 1, 3).log_softmax(2)  # 4 steps, a batch of 1, blank and 2 symbols
    >>> F.ctc_loss(log_probs, autograd.tensor([[1, 2]]), (4,), (2,))
    tensor(0.8432)
    """
    reduction = reduction_of(reduction, None, None)
    alone = log_probs._data.ndim == 2
    if alone:
        log_probs = ops.expand_dims(log_probs, axis=1)
    if log_probs._data.ndim != 3 or not log_probs.is_floating_point():
        raise RuntimeError(f"ctc_loss: expected log_probs (T, N, C) of a floating type, got {list(log_probs.shape)}")
    steps, batch, classes = log_probs._data.shape
    if not 0 <= blank < classes:
        raise RuntimeError(f"ctc_loss: blank must be in label range, got {blank} of {classes} classes")
    inputs, labels = (_lengths(n, batch, name) for n, name in ((input_lengths, "input"), (target_lengths, "target")))
    if not steps or min(inputs, default=0) < 0 or max(inputs, default=0) > steps or min(labels, default=0) < 0:
        raise RuntimeError(f"ctc_loss: expected input_lengths from 0 to {steps} and target_lengths from 0")
    rows = _rows(targets, labels, batch)
    extended = [[blank, *(item for label in row for item in (label, blank))] for row in rows]
    width = max((len(row) for row in extended), default=1)
    padded = [row + [blank] * (width - len(row)) for row in extended]
    jumps = [[i > 1 and row[i] != blank and row[i] != row[i - 2] for i in range(width)] for row in padded]
    place = log_probs.device
    states = autograd.tensor(padded, dtype=autograd.int64, device=place).reshape(batch, width)
    jump = autograd.tensor(jumps, dtype=autograd.bool, device=place).reshape(batch, width)
    loss = _likelihood(log_probs, states, jump, inputs, labels)
    infinite = loss > -0.5 * _NEVER
    loss = ops.where(infinite, 0.0 if zero_infinity else math.inf, loss)
    if reduction == "mean":
        sizes = autograd.tensor([max(n, 1) for n in labels], dtype=loss.dtype, device=place)
        return ops.sum(loss / sizes, axis=None, keepdims=False) / float(max(batch, 1))
    if reduction == "sum":
        return ops.sum(loss, axis=None, keepdims=False)
    return ops.reshape(loss, shape=()) if alone else loss


def _lengths(given: Tensor | Sequence[int], batch: int, name: str) -> list[int]:
    values = given.tolist() if isinstance(given, Tensor) else given
    found = [int(n) for n in values] if isinstance(values, (list, tuple)) else [int(values)]  # type: ignore[arg-type]
    if isinstance(given, Tensor) and given._data.dtype.kind not in "iu":
        raise RuntimeError(f"ctc_loss: {name}_lengths must be integral, got {given.dtype}")
    if len(found) != batch:
        raise RuntimeError(f"ctc_loss: {name}_lengths must be of size batch_size, {batch}, got {len(found)}")
    return found


def _rows(targets: Tensor, lengths: list[int], batch: int) -> list[list[int]]:
    """The targets, each as a list."""
    values = targets.tolist()
    if targets._data.ndim == 2:
        if targets._data.shape[0] != batch or max(lengths, default=0) > targets._data.shape[1]:
            raise RuntimeError(
                f"ctc_loss: expected targets of at least size {[batch, max(lengths, default=0)]}, got "
                f"{list(targets._data.shape)}"
            )
        return [row[:n] for row, n in zip(values, lengths, strict=True)]
    if targets._data.ndim != 1 or len(values) < sum(lengths):
        raise RuntimeError(f"ctc_loss: expected {sum(lengths)} targets, got size {list(targets._data.shape)}")
    rows, start = [], 0
    for n in lengths:
        rows.append(values[start : start + n])
        start += n
    return rows


def _likelihood(log_probs: Tensor, states: Tensor, jump: Tensor, inputs: list[int], labels: list[int]) -> Tensor:
    """-log p for each sample, by the forward recursion over the states blank, label, blank, label, ..., blank."""
    steps, batch, _ = log_probs._data.shape
    width, place = states._data.shape[1], log_probs.device
    index = ops.broadcast_to(ops.expand_dims(states, axis=0), shape=(steps, batch, width))
    emitted = ops.maximum(ops.pool_at(log_probs, index, spatial=1), _NEVER)
    position = autograd.arange(width, device=place)
    alpha = ops.where(position < 2, emitted[0], _NEVER)
    never = autograd.full((batch, 2), _NEVER, dtype=log_probs.dtype, device=place)
    lengths = autograd.tensor(inputs, device=place).reshape(batch, 1)
    for step in range(1, max(inputs, default=0)):
        earlier = autograd.cat((never, alpha), dim=1)
        total = ops.logaddexp(alpha, earlier[:, 1 : width + 1])
        total = ops.logaddexp(total, ops.where(jump, earlier[:, :width], _NEVER))
        alpha = ops.where(lengths > step, ops.maximum(total + emitted[step], _NEVER), alpha)
    last = autograd.tensor([[2 * n, max(2 * n - 1, 0)] for n in labels], device=place).reshape(batch, 2)
    ends = ops.pool_at(alpha, last, spatial=1)
    none = autograd.tensor([[False, n == 0] for n in labels], device=place).reshape(batch, 2)
    ends = ops.where(none, _NEVER, ends)
    loss = -ops.logaddexp(ends[:, 0], ends[:, 1])
    empty = autograd.tensor([n == 0 for n in inputs], device=place)
    start = autograd.tensor([0.0 if n == 0 else -_NEVER for n in labels], dtype=loss.dtype, device=place)
    loss = ops.where(empty, start, loss)
    return loss + _normalization(log_probs, lengths, loss)


def _normalization(log_probs: Tensor, lengths: Tensor, loss: Tensor) -> Tensor:
    """0, with the gradient exp(log_probs): PyTorch adds it, as it vanishes where these come from log_softmax."""
    steps = log_probs._data.shape[0]
    number = autograd.arange(steps, device=log_probs.device).reshape(steps, 1)
    counted = (number < ops.reshape(lengths, shape=(1, -1))) & (loss < -0.5 * _NEVER)
    share = ops.sum(
        ops.where(counted, ops.sum(ops.exp(log_probs), axis=2, keepdims=False), 0.0), axis=0, keepdims=False
    )
    with no_grad():
        value = share.detach()
    return share - value
