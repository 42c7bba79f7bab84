"""torch.nn.functional's functions: plain code on tensors, without derivatives of its own."""

from __future__ import annotations

from nn.functional.classification import cross_entropy, nll_loss
from nn.functional.convolution import (
    conv1d, conv2d, conv3d, conv_transpose1d, conv_transpose2d, conv_transpose3d,
)  # fmt: skip
from nn.functional.dropout import (
    alpha_dropout, dropout, dropout1d, dropout2d, dropout3d, feature_alpha_dropout,
)  # fmt: skip
from nn.functional.linear import bilinear, linear
from nn.functional.normalization import (
    batch_norm, group_norm, instance_norm, layer_norm, local_response_norm, rms_norm,
)  # fmt: skip
from nn.functional.pooling import (
    avg_pool1d, avg_pool2d, avg_pool3d, max_pool1d, max_pool1d_with_indices, max_pool2d, max_pool2d_with_indices,
    max_pool3d, max_pool3d_with_indices,
)  # fmt: skip
from nn.functional.regression import mse_loss
from nn.functional.sparse import embedding
