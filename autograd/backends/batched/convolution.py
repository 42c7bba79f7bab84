"""Windows behind a hidden axis: it joins the batch where weights are common, else each slice is a group of its own."""

from __future__ import annotations

from typing import Any


class ConvolutionRules:
    """Mixed into the batched backend."""

    base: Any
    level: Any
    wrap: Any
    own: Any

    def _in_batch(self, x: Any) -> Any:
        """[H, N, ...] as [H N, ...]."""
        return self.base.reshape(x.data, (x.hidden * x.shape[0], *x.shape[1:]))

    def _out_of_batch(self, found: Any, hidden: int) -> Any:
        """[H N, ...] as [H, N, ...]."""
        return self.wrap(self.base.reshape(found, (hidden, found.shape[0] // hidden, *found.shape[1:])))

    def _in_channels(self, x: Any) -> Any:
        """[N, C, ...] for each slice as [N, B C, ...]."""
        moved = self.base.moveaxis(x.expanded(), 0, 1)
        return self.base.reshape(moved, (moved.shape[0], moved.shape[1] * moved.shape[2], *moved.shape[3:]))

    def _out_of_channels(self, found: Any) -> Any:
        """[N, B C, ...] as [B, N, C, ...]."""
        size = self.level.size
        split = (found.shape[0], size, found.shape[1] // size, *found.shape[2:])
        return self.wrap(self.base.moveaxis(self.base.reshape(found, split), 1, 0))

    def _weights(self, w: Any) -> Any:
        """[O, C, ...] for each slice as [B O, C, ...]."""
        data = w.expanded()
        return self.base.reshape(data, (data.shape[0] * data.shape[1], *data.shape[2:]))

    def conv(self, x: Any, w: Any, *, groups: int, **options: Any) -> Any:
        x, w = self.own(x), self.own(w)
        if w.hidden == 1:
            found = self.base.conv(self._in_batch(x), w.data[0, ...], groups=groups, **options)
            return self._out_of_batch(found, x.hidden)
        found = self.base.conv(self._in_channels(x), self._weights(w), groups=groups * self.level.size, **options)
        return self._out_of_channels(found)

    def conv_input_grad(self, y: Any, w: Any, *, input_shape: tuple, groups: int, **options: Any) -> Any:
        y, w = self.own(y), self.own(w)
        count, channels, *sizes = input_shape
        if w.hidden == 1:
            whole = (y.hidden * count, channels, *sizes)
            found = self.base.conv_input_grad(
                self._in_batch(y), w.data[0, ...], input_shape=whole, groups=groups, **options
            )
            return self._out_of_batch(found, y.hidden)
        whole = (count, self.level.size * channels, *sizes)
        found = self.base.conv_input_grad(
            self._in_channels(y), self._weights(w), input_shape=whole, groups=groups * self.level.size, **options
        )
        return self._out_of_channels(found)

    def conv_weight_grad(self, x: Any, y: Any, *, weight_shape: tuple, groups: int, **options: Any) -> Any:
        size = self.level.size
        found = self.base.conv_weight_grad(
            self._in_channels(self.own(x)),
            self._in_channels(self.own(y)),
            weight_shape=(size * weight_shape[0], *weight_shape[1:]),
            groups=groups * size,
            **options,
        )
        return self.wrap(self.base.reshape(found, (size, *weight_shape)))

    def max_pool_indices(self, x: Any, **options: Any) -> Any:
        return self.wrap(self.base.max_pool_indices(x.data, **options))

    def adaptive_max_pool_indices(self, x: Any, **options: Any) -> Any:
        return self.wrap(self.base.adaptive_max_pool_indices(x.data, **options))

    def avg_pool(self, x: Any, **options: Any) -> Any:
        return self.wrap(self.base.avg_pool(x.data, **options))

    def avg_pool_grad(self, y: Any, *, input_shape: tuple, **options: Any) -> Any:
        return self.wrap(self.base.avg_pool_grad(y.data, input_shape=(y.hidden, *input_shape), **options))

    def unfold(self, x: Any, **options: Any) -> Any:
        return self._out_of_batch(self.base.unfold(self._in_batch(x), **options), x.hidden)

    def fold(self, x: Any, **options: Any) -> Any:
        return self._out_of_batch(self.base.fold(self._in_batch(x), **options), x.hidden)
