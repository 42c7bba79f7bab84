"""Convolution, its two adjoints, and sliding blocks."""

import torch
import torch.nn.functional as F

from tests.ops.cases import Row, draw

PLAIN = {"stride": (1,), "padding": (0,), "dilation": (1,), "groups": 1}
WIDE = {"stride": (2, 1), "padding": (1, 0), "dilation": (1, 2), "groups": 2}
BLOCKS = {"kernel": (2, 2), "stride": (1, 2), "padding": (1, 0), "dilation": (1, 1)}


def _torch(function):
    """A function of PyTorch's tensors as one of NumPy's arrays."""
    return lambda *arrays: function(*(torch.from_numpy(array.copy()) for array in arrays)).numpy()


def _input_grad(shape, options):
    def compute(y, w):
        x = torch.zeros(shape, dtype=y.dtype, requires_grad=True)
        out = (F.conv1d if len(shape) == 3 else F.conv2d)(x, w, None, *_in_order(options))
        (found,) = torch.autograd.grad(out, x, y.conj())
        return found.conj().resolve_conj()

    return _torch(compute)


def _weight_grad(shape, options):
    def compute(x, y):
        w = torch.zeros(shape, dtype=y.dtype, requires_grad=True)
        out = (F.conv1d if len(shape) == 3 else F.conv2d)(x, w, None, *_in_order(options))
        (found,) = torch.autograd.grad(out, w, y.conj())
        return found.conj().resolve_conj()

    return _torch(compute)


def _in_order(options):
    return options["stride"], options["padding"], options["dilation"], options["groups"]


ROWS = [
    Row(
        "conv",
        (draw(2, 2, 5), draw(3, 2, 3)),
        PLAIN,
        _torch(lambda x, w: F.conv1d(x, w, None, *_in_order(PLAIN))),
        complex=True,
    ),
    Row(
        "conv",
        (draw(2, 4, 5, 5), draw(2, 2, 2, 2)),
        WIDE,
        _torch(lambda x, w: F.conv2d(x, w, None, *_in_order(WIDE))),
        label="options",
    ),
    Row(
        "conv_input_grad",
        (draw(2, 3, 3), draw(3, 2, 3)),
        {"input_shape": (2, 2, 5), **PLAIN},
        _input_grad((2, 2, 5), PLAIN),
        complex=True,
    ),
    Row(
        "conv_input_grad",
        (draw(2, 2, 3, 3), draw(2, 2, 2, 2)),
        {"input_shape": (2, 4, 5, 5), **WIDE},
        _input_grad((2, 4, 5, 5), WIDE),
        label="options",
    ),
    Row(
        "conv_weight_grad",
        (draw(2, 2, 5), draw(2, 3, 3)),
        {"weight_shape": (3, 2, 3), **PLAIN},
        _weight_grad((3, 2, 3), PLAIN),
        complex=True,
    ),
    Row(
        "conv_weight_grad",
        (draw(2, 4, 5, 5), draw(2, 2, 3, 3)),
        {"weight_shape": (2, 2, 2, 2), **WIDE},
        _weight_grad((2, 2, 2, 2), WIDE),
        label="options",
    ),
    Row(
        "unfold",
        (draw(2, 2, 4, 4),),
        BLOCKS,
        _torch(lambda x: F.unfold(x, (2, 2), 1, (1, 0), (1, 2))),
        complex=True,
    ),
    Row(
        "fold",
        (draw(2, 8, 10),),
        {"output_size": (4, 4), **BLOCKS},
        _torch(lambda x: F.fold(x, (4, 4), (2, 2), 1, (1, 0), (1, 2))),
        complex=True,
    ),
]
