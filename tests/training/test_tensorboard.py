"""What SummaryWriter writes, read back with TensorBoard's own reader."""

from __future__ import annotations

import builtins
import importlib
import io
import os

import numpy as np
import pytest
from matplotlib import pyplot
from PIL import Image
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.plugins.hparams import plugin_data_pb2

import autograd
from autograd.utils import tensorboard
from autograd.utils.tensorboard import SummaryWriter


def read(folder):
    events = EventAccumulator(str(folder), size_guidance={"histograms": 0, "images": 0, "tensors": 0})
    events.Reload()
    return events


def test_scalars(tmp_path):
    with SummaryWriter(tmp_path) as writer:
        for step in range(3):
            writer.add_scalar("loss", autograd.tensor([step / 2], requires_grad=True), step, walltime=10.0 + step)
        writer.add_scalar("final", np.float64(7))
        assert writer.get_logdir() == str(tmp_path)
    found = read(tmp_path)
    assert [(point.wall_time, point.step, point.value) for point in found.Scalars("loss")] == [
        (10.0, 0, 0.0),
        (11.0, 1, 0.5),
        (12.0, 2, 1.0),
    ]
    assert found.Scalars("final")[0].value == 7.0


def test_flushed_entries_can_be_read_before_the_end(tmp_path):
    writer = SummaryWriter(tmp_path, filename_suffix=".mine")
    writer.add_scalar("loss", 1.0, 0)
    writer.flush()
    assert len(read(tmp_path).Scalars("loss")) == 1
    assert all(path.name.endswith(".mine") for path in tmp_path.iterdir())
    writer.close()


def test_a_closed_writer_opens_another_file(tmp_path):
    writer = SummaryWriter(tmp_path)
    writer.close()
    writer.add_scalar("loss", 1.0, 0)
    writer.close()
    assert len(list(tmp_path.iterdir())) == 2


def test_several_scalars_in_one_plot(tmp_path):
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalars("run/loss", {"train": 1.0, "valid": autograd.tensor(2.0)}, 4)
    for name, value in (("train", 1.0), ("valid", 2.0)):
        (point,) = read(tmp_path / f"run_loss_{name}").Scalars("run/loss")
        assert (point.step, point.value) == (4, value)


@pytest.mark.parametrize("bins", ["tensorflow", "auto", 10, [-5.0, -1.0, 0.0, 5.0]])
def test_histogram(tmp_path, bins):
    values = np.random.default_rng(0).normal(size=(20, 5))
    with SummaryWriter(tmp_path) as writer:
        writer.add_histogram("weights", autograd.tensor(values.tolist(), dtype="float64"), 1, bins=bins)
    (event,) = read(tmp_path).Histograms("weights")
    got = event.histogram_value
    assert (got.num, sum(got.bucket)) == (100, 100) and len(got.bucket) == len(got.bucket_limit)
    np.testing.assert_allclose([got.min, got.max, got.sum], [values.min(), values.max(), values.sum()])
    np.testing.assert_allclose(got.sum_squares, (values**2).sum())
    inside = [((values >= low) & (values <= high)).sum() for low, high in zip(got.bucket_limit, got.bucket_limit[1:])]
    assert list(got.bucket[1:]) == inside


def test_histogram_of_what_is_not_finite(tmp_path):
    with SummaryWriter(tmp_path) as writer:
        writer.add_histogram("some", autograd.tensor([1.0, float("nan"), 1e30]), 1)
        writer.add_histogram("none counted", autograd.tensor([1.0]), 1, bins=[5.0, 6.0])
        with pytest.raises(ValueError, match="no finite value among the 1 given"):
            writer.add_histogram("none", autograd.tensor([float("inf")]), 1)
    found = read(tmp_path)
    assert found.Histograms("some")[0].histogram_value.num == 2
    assert sum(found.Histograms("none counted")[0].histogram_value.bucket) == 0


@pytest.mark.parametrize(
    ("formats", "shape"), [("CHW", (3, 4, 5)), ("HWC", (4, 5, 3)), ("HW", (4, 5)), ("CHW", (1, 4, 5))]
)
@pytest.mark.parametrize("kind", ["uint8", "float32"])
def test_image(tmp_path, formats, shape, kind):
    pixels = np.random.default_rng(0).integers(0, 256, shape).astype("uint8")
    given = autograd.tensor(pixels.tolist(), dtype=kind)
    with SummaryWriter(tmp_path) as writer:
        writer.add_image("digit", given if kind == "uint8" else given / 255, 2, dataformats=formats)
    (event,) = read(tmp_path).Images("digit")
    got = np.asarray(Image.open(io.BytesIO(event.encoded_image_string)))
    assert (event.step, event.height, event.width) == (2, 4, 5)
    channels_last = np.moveaxis(pixels, 0, -1) if formats == "CHW" else pixels
    expected = channels_last.squeeze().astype(int)
    assert np.abs(got.astype(int) - expected).max() <= (0 if kind == "uint8" else 1)


@pytest.mark.parametrize("formats", ["NCHW", "NHWC", "NHW", "CNHW"])
def test_several_images(tmp_path, formats):
    pixels = np.arange(5 * 2 * 3, dtype=np.uint8).reshape(5, 2, 3) * 8
    images = pixels if "C" not in formats else pixels[:, None].transpose(["NCHW".index(axis) for axis in formats])
    with SummaryWriter(tmp_path) as writer:
        writer.add_images("digits", autograd.tensor(images), 2, dataformats=formats)
        with pytest.raises(ValueError, match="order of 'NCHW'"):
            writer.add_images("digits", images, dataformats="CHW")
    (event,) = read(tmp_path).Images("digits")
    got = np.asarray(Image.open(io.BytesIO(event.encoded_image_string)))
    expected = np.concatenate(
        [np.concatenate([*pixels[:3]], axis=1), np.concatenate([pixels[3], pixels[4], 0 * pixels[0]], axis=1)]
    )
    assert (got == expected).all()


def test_figures(tmp_path):
    figures = [pyplot.figure(figsize=(1, 1), dpi=20) for _ in range(2)]
    with SummaryWriter(tmp_path) as writer:
        writer.add_figure("one", figures[0], 1, close=False)
        assert pyplot.fignum_exists(figures[0].number)
        writer.add_figure("both", figures, 1)
    found = read(tmp_path)
    sizes = [(event.height, event.width) for tag in ("one", "both") for event in found.Images(tag)]
    assert sizes == [(20, 20), (20, 40)] and not pyplot.get_fignums()


@pytest.mark.parametrize(
    ("shape", "formats", "message"),
    [
        ((3, 4, 5), "NHW", "an order of 'CHW'"),
        ((4, 5), "CHW", r"shape \[4, 5\]"),
        ((5, 4, 4), "CHW", "1, 3 or 4 channels"),
    ],
)
def test_images_refused(tmp_path, shape, formats, message):
    with SummaryWriter(tmp_path) as writer, pytest.raises(ValueError, match=message):
        writer.add_image("digit", autograd.zeros(*shape), dataformats=formats)


def test_text(tmp_path):
    with SummaryWriter(tmp_path) as writer:
        writer.add_text("notes", "**bold**", 3)
    (event,) = read(tmp_path).Tensors("notes/text_summary")
    assert (event.step, event.tensor_proto.string_val[0]) == (3, b"**bold**")
    assert read(tmp_path).SummaryMetadata("notes/text_summary").plugin_data.plugin_name == "text"


def test_hyperparameters(tmp_path):
    with SummaryWriter(tmp_path) as writer:
        settings = {"lr": autograd.tensor(0.5), "name": "adam", "nesterov": True}
        writer.add_hparams(settings, {"accuracy": 0.75}, {"name": ["adam", "sgd"]}, run_name="first", global_step=9)
        writer.add_hparams({"lr": 1.0}, {"accuracy": 0.5})
        with pytest.raises(TypeError, match="unsupported type"):
            writer.add_hparams({"lr": [1.0]}, {})
    found = read(tmp_path / "first")
    assert (found.Scalars("accuracy")[0].step, found.Scalars("accuracy")[0].value) == (9, 0.75)
    contents = found.PluginTagToContent("hparams")
    data = {tag: plugin_data_pb2.HParamsPluginData.FromString(content) for tag, content in contents.items()}
    started = data["_hparams_/session_start_info"].session_start_info.hparams
    assert (started["lr"].number_value, started["name"].string_value, started["nesterov"].bool_value) == (
        0.5,
        "adam",
        True,
    )
    (domain,) = [
        info.domain_discrete for info in data["_hparams_/experiment"].experiment.hparam_infos if info.name == "name"
    ]
    assert [value.string_value for value in domain.values] == ["adam", "sgd"]
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 2  # nothing of what was refused


def test_purged_steps_are_hidden(tmp_path):
    for purge_step, steps in ((None, range(5)), (3, range(3, 4))):
        with SummaryWriter(tmp_path, purge_step=purge_step) as writer:
            for step in steps:
                writer.add_scalar("loss", 10.0 * (purge_step or 0) + step, step)
        files = sorted(tmp_path.iterdir(), key=os.path.getmtime)
        os.rename(files[-1], tmp_path / f"events.out.tfevents.{len(files)}.host")
    assert [point.value for point in read(tmp_path).Scalars("loss")] == [0.0, 1.0, 2.0, 33.0]


def test_default_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    SummaryWriter(comment="_mine").close()
    (folder,) = (tmp_path / "runs").iterdir()
    assert folder.name.endswith("_mine")


def test_a_scalar_has_one_element(tmp_path):
    with (
        SummaryWriter(tmp_path) as writer,
        pytest.raises(ValueError, match=r"add_scalar\('loss'\): .* got shape \[2\]"),
    ):
        writer.add_scalar("loss", autograd.ones(2))


def test_without_tensorboard_the_extra_is_named(monkeypatch):
    real = builtins.__import__

    def missing(name, *args, **kwargs):
        if name.startswith("tensorboard."):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(ImportError, match=r"pip install 'retrograd\[tensorboard\]'"):
        importlib.reload(tensorboard)
