"""One direction of one recurrent layer, which the layers and the cells share."""

from __future__ import annotations

from collections.abc import Sequence

from autograd import Tensor, ops
from nn.functional.common import same_dtype

GATES = {"LSTM": 4, "GRU": 3, "RNN_TANH": 1, "RNN_RELU": 1}  # rows of the weights, in hidden sizes


def advance(
    mode: str,
    input: Tensor,
    state: Sequence[Tensor],
    weights: Sequence[Tensor | None],
    sizes: tuple[int, ...],
    reverse: bool = False,
) -> tuple[Tensor, tuple[Tensor, ...]]:
    """All states h of a sequence, and the last state.

    The input of all steps is projected in one product; then each step costs the product with the state, and the gates.

    Parameters
    ----------
    mode : a key of `GATES`
    input : (rows, in features), the rows of step 0 first, then those of step 1, ...
    state : h (batch, out features), and for "LSTM" c (batch, hidden size)
    weights : weight_ih, weight_hh, bias_ih, bias_hh and for "LSTM" weight_hr; the biases and weight_hr may be None
    sizes : number of rows at each step, never growing
    reverse : walk from the last step to the first

    Raises
    ------
    RuntimeError
        If the tensors differ in dtype.
    """
    weight, hidden_weight, bias, hidden_bias, *projection = weights
    same_dtype(mode, input=input, hx=state[0], weight=weight)
    gated = mode == "GRU"  # its reset gate needs the hidden bias apart
    if bias is not None and hidden_bias is not None and not gated:
        bias = bias + hidden_bias
    if bias is None:
        projected = ops.matmul(input, ops.matrix_transpose(weight))
    else:
        projected = ops.affine(input, weight, bias)
    if gated:
        states, last, _, _ = ops.gru_sequence(
            projected, *state, hidden_weight, hidden_bias, sizes=sizes, reverse=reverse
        )
        return states, (last,)
    if mode == "LSTM":
        same_dtype(mode, input=input, cx=state[1])
        states, *lasts, _, _ = ops.lstm_sequence(
            projected, *state, hidden_weight, *projection, sizes=sizes, reverse=reverse
        )
        return states, tuple(lasts)
    states, last = ops.elman_sequence(
        projected, *state, hidden_weight, sizes=sizes, reverse=reverse, relu=mode == "RNN_RELU"
    )
    return states, (last,)
