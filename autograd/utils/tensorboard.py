"""Figures, images and text for TensorBoard: `SummaryWriter`, through the event writer of the package tensorboard."""

from __future__ import annotations

import io
import math
import os
import socket
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from autograd import Tensor

try:
    from PIL import Image
    from tensorboard.compat.proto.event_pb2 import Event, SessionLog
    from tensorboard.compat.proto.summary_pb2 import HistogramProto, Summary
    from tensorboard.compat.proto.tensor_pb2 import TensorProto
    from tensorboard.compat.proto.types_pb2 import DT_STRING
    from tensorboard.plugins.hparams import api_pb2, plugin_data_pb2, summary_v2
    from tensorboard.plugins.hparams import metadata as hparams_metadata
    from tensorboard.plugins.text import metadata as text_metadata
    from tensorboard.summary.writer.event_file_writer import EventFileWriter
except ImportError:
    raise ImportError(
        "autograd.utils.tensorboard needs the package tensorboard: pip install 'retrograd[tensorboard]'"
    ) from None

__all__ = ["SummaryWriter"]

# TensorBoard's own: ten percent apart from 1e-12 to 1e20, on both sides of zero.
_POSITIVE = 1e-12 * 1.1 ** np.arange(774)
_EDGES = np.concatenate([-_POSITIVE[::-1], [0.0], _POSITIVE])
_MODES = {1: "L", 3: "RGB", 4: "RGBA"}


def _array(value: Any) -> np.ndarray:
    """The values of a tensor on any device, or of whatever NumPy takes."""
    return value.detach().cpu().numpy() if isinstance(value, Tensor) else np.asarray(value)


def _number(name: str, value: Any) -> float:
    array = _array(value)
    if array.size != 1:
        raise ValueError(
            f"{name}: a scalar has one element; got shape {list(array.shape)}. Take its mean(), or the like"
        )
    return float(array.reshape(()))


def _histogram(values: np.ndarray, bins: Any) -> HistogramProto:
    finite = values[np.isfinite(values)].astype(np.float64)
    if finite.size == 0:
        raise ValueError(f"add_histogram: there is no finite value among the {values.size} given")
    if isinstance(bins, str) and bins == "tensorflow":
        counts, edges = np.histogram(np.clip(finite, _EDGES[0], _EDGES[-1]), _EDGES)
    else:
        counts, edges = np.histogram(finite, bins)
    filled = np.flatnonzero(counts)
    # An empty bucket before the first says where that one starts.
    first, last = (filled[0], filled[-1] + 1) if filled.size else (0, len(counts))
    return HistogramProto(
        min=finite.min(), max=finite.max(), num=finite.size, sum=finite.sum(), sum_squares=(finite**2).sum(),
        bucket_limit=edges[first : last + 1].tolist(), bucket=[0.0, *counts[first:last].tolist()],
    )  # fmt: skip


def _image(pixels: np.ndarray, dataformats: str) -> Summary.Image:
    if sorted(dataformats) not in (["C", "H", "W"], ["H", "W"]) or pixels.ndim != len(dataformats):
        raise ValueError(
            f"add_image: dataformats must be 'HW' or an order of 'CHW', one letter a dimension; got {dataformats!r} for "
            f"shape {list(pixels.shape)}"
        )
    if "C" not in dataformats:
        pixels, dataformats = pixels[None], "C" + dataformats
    pixels = pixels.transpose([dataformats.index(axis) for axis in "HWC"])
    height, width, channels = pixels.shape
    if channels not in _MODES:
        raise ValueError(
            f"add_image: an image has 1, 3 or 4 channels; got {channels}, check dataformats={dataformats!r}"
        )
    if pixels.dtype != np.uint8:
        pixels = (np.clip(np.nan_to_num(pixels), 0, 1) * 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels[:, :, 0] if channels == 1 else pixels)).save(file, format="png")
    return Summary.Image(height=height, width=width, colorspace=channels, encoded_image_string=file.getvalue())


def _grid(images: np.ndarray, dataformats: str) -> np.ndarray:
    """Images in the rows of a square, black where there are none."""
    across, down = dataformats.index("W"), dataformats.index("H")
    columns = math.ceil(math.sqrt(len(images)))
    missing = -len(images) % columns
    images = np.concatenate([images, np.zeros((missing, *images.shape[1:]), images.dtype)])
    rows = [np.concatenate(images[i : i + columns], axis=across) for i in range(0, len(images), columns)]
    return np.concatenate(rows, axis=down)


class SummaryWriter:
    """Writes what TensorBoard shows into an event file; tensors may be on any device.

    Parameters
    ----------
    log_dir : directory of the event file, by default `runs/<date and time>_<host><comment>`
    comment : ends the default `log_dir`
    purge_step : after a crash, TensorBoard hides what was written for this step and later ones
    max_queue, flush_secs : how many entries, and seconds, may pass before they are written to disk
    filename_suffix : ends the file's name

    Raises
    ------
    ImportError
        By importing the module, where tensorboard is missing.

    Examples
    --------
    >>> import tempfile
    >>> import autograd
    >>> from autograd.utils.tensorboard import SummaryWriter
    >>> with tempfile.TemporaryDirectory() as folder, SummaryWriter(folder) as writer:
    ...     for step in range(3):
    ...         writer.add_scalar("loss/train", autograd.tensor(1.0) / (step + 1), step)
    """

    def __init__(
        self, log_dir: str | os.PathLike | None = None, comment: str = "", purge_step: int | None = None,
        max_queue: int = 10, flush_secs: int = 120, filename_suffix: str = "",
    ):  # fmt: skip
        if not log_dir:
            log_dir = Path("runs") / f"{time.strftime('%b%d_%H-%M-%S')}_{socket.gethostname()}{comment}"
        self.log_dir = str(log_dir)
        self._options = (max_queue, flush_secs, filename_suffix)
        self._writers: dict[str, EventFileWriter] = {}
        self._writer(self.log_dir)
        if purge_step is not None:
            self._write(Event(session_log=SessionLog(status=SessionLog.START)), purge_step, None)

    def _writer(self, folder: str) -> EventFileWriter:
        if folder not in self._writers:
            self._writers[folder] = EventFileWriter(folder, *self._options)
        return self._writers[folder]

    def _write(self, event: Event, step: Any, walltime: float | None, folder: str | None = None) -> None:
        event.wall_time = time.time() if walltime is None else walltime
        if step is not None:
            event.step = int(step)
        self._writer(folder or self.log_dir).add_event(event)

    def _add(self, step: Any, walltime: float | None, folder: str | None = None, **value: Any) -> None:
        self._write(Event(summary=Summary(value=[Summary.Value(**value)])), step, walltime, folder)

    def get_logdir(self) -> str:
        """The directory that is written to."""
        return self.log_dir

    def add_scalar(self, tag: str, scalar_value: Any, global_step: Any = None, walltime: float | None = None) -> None:
        """A number at a step: a point of the curve `tag`.

        Raises
        ------
        ValueError
            For more than one element.
        """
        self._add(global_step, walltime, tag=tag, simple_value=_number(f"add_scalar({tag!r})", scalar_value))

    def add_scalars(
        self, main_tag: str, tag_scalar_dict: Mapping[str, Any], global_step: Any = None, walltime: float | None = None
    ) -> None:
        """Numbers at a step that are shown in one plot, each as a run of its own in a directory beside."""
        for tag, value in tag_scalar_dict.items():
            folder = os.path.join(self.log_dir, f"{main_tag}_{tag}".replace("/", "_"))
            self._add(global_step, walltime, folder, tag=main_tag, simple_value=_number(f"add_scalars({tag!r})", value))

    def add_histogram(
        self, tag: str, values: Any, global_step: Any = None, bins: str | int | Sequence[float] = "tensorflow",
        walltime: float | None = None,
    ) -> None:  # fmt: skip
        """How values are distributed; `bins` is "tensorflow", or what `numpy.histogram` takes. Only finite ones count.

        Raises
        ------
        ValueError
            Where none is finite.
        """
        self._add(global_step, walltime, tag=tag, histo=_histogram(_array(values).reshape(-1), bins))

    def add_image(
        self,
        tag: str,
        img_tensor: Any,
        global_step: Any = None,
        walltime: float | None = None,
        dataformats: str = "CHW",
    ) -> None:
        """An image: uint8 from 0 to 255, or numbers from 0 to 1; `dataformats` says what its dimensions are.

        Raises
        ------
        ValueError
            If the shape does not fit `dataformats`, or has other than 1, 3 or 4 channels.
        """
        self._add(global_step, walltime, tag=tag, image=_image(_array(img_tensor), dataformats))

    def add_images(
        self,
        tag: str,
        img_tensor: Any,
        global_step: Any = None,
        walltime: float | None = None,
        dataformats: str = "NCHW",
    ) -> None:
        """Several images of one size as one, row by row in a square.

        Raises
        ------
        ValueError
            If the shape does not fit `dataformats`, or has other than 1, 3 or 4 channels.
        """
        pixels = _array(img_tensor)
        if sorted(dataformats) not in (["C", "H", "N", "W"], ["H", "N", "W"]) or pixels.ndim != len(dataformats):
            raise ValueError(
                f"add_images: dataformats must be an order of 'NCHW' or 'NHW', one letter a dimension; got {dataformats!r} "
                f"for shape {list(pixels.shape)}"
            )
        one = dataformats.replace("N", "")
        self.add_image(tag, _grid(np.moveaxis(pixels, dataformats.index("N"), 0), one), global_step, walltime, one)

    def add_figure(
        self, tag: str, figure: Any, global_step: Any = None, close: bool = True, walltime: float | None = None
    ) -> None:
        """A figure of matplotlib, or a list of them side by side; with `close`, it is closed afterwards."""
        from matplotlib import pyplot
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        figures = figure if isinstance(figure, list) else [figure]
        drawn = []
        for one in figures:
            canvas = FigureCanvasAgg(one)
            canvas.draw()
            drawn.append(np.asarray(canvas.buffer_rgba())[..., :3])
            if close:
                pyplot.close(one)
        self.add_images(tag, np.stack(drawn), global_step, walltime, "NHWC")

    def add_text(self, tag: str, text_string: str, global_step: Any = None, walltime: float | None = None) -> None:
        """Text, shown as Markdown."""
        text = TensorProto(dtype=DT_STRING, string_val=[text_string.encode()])
        metadata = text_metadata.create_summary_metadata(display_name=tag, description="")
        self._add(global_step, walltime, tag=f"{tag}/text_summary", metadata=metadata, tensor=text)

    def add_hparams(
        self, hparam_dict: Mapping[str, Any], metric_dict: Mapping[str, Any],
        hparam_domain_discrete: Mapping[str, Sequence] | None = None, run_name: str | None = None,
        global_step: Any = None,
    ) -> None:  # fmt: skip
        """Hyperparameters (numbers, booleans, strings) and the figures they led to, for the table of all runs.

        They are a run of their own in the directory `run_name`, by default the time. `hparam_domain_discrete` says what
        values a hyperparameter may take.

        Raises
        ------
        TypeError
            If a hyperparameter is neither a number nor a string.
        """
        domains = hparam_domain_discrete or {}
        settings = {
            name: _array(value).item() if isinstance(value, Tensor) else value for name, value in hparam_dict.items()
        }
        known = [
            summary_v2.HParam(name, summary_v2.Discrete(domains[name]) if name in domains else None)
            for name in settings
        ]
        folder = os.path.join(self.log_dir, run_name or str(time.time()))
        for protocol in (
            summary_v2.hparams_config_pb(known, [summary_v2.Metric(name) for name in metric_dict]),
            summary_v2.hparams_pb(settings),
        ):
            self._write(Event(summary=protocol), None, None, folder)
        for name, value in metric_dict.items():
            number = _number(f"add_hparams({name!r})", value)
            self._add(global_step, None, folder, tag=name, simple_value=number)
        end = plugin_data_pb2.SessionEndInfo(status=api_pb2.STATUS_SUCCESS, end_time_secs=time.time())
        data = hparams_metadata.create_summary_metadata(plugin_data_pb2.HParamsPluginData(session_end_info=end))
        tag, nothing = hparams_metadata.SESSION_END_INFO_TAG, hparams_metadata.NULL_TENSOR
        self._add(None, None, folder, tag=tag, metadata=data, tensor=nothing)

    def flush(self) -> None:
        """Write to disk what is waiting."""
        for writer in self._writers.values():
            writer.flush()

    def close(self) -> None:
        """Write what is waiting and close the files; a later entry opens a new one."""
        for writer in self._writers.values():
            writer.close()
        self._writers.clear()

    def __enter__(self) -> SummaryWriter:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
