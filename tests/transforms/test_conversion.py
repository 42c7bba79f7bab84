"""PIL images, NumPy arrays, element types, normalization."""

from __future__ import annotations

import sys

import numpy as np
import PIL.Image
import pytest

import autograd
from autograd import transforms
from autograd.transforms import functional as F
from tests.arrays import to_numpy

BYTES = np.random.default_rng(4).integers(0, 256, (5, 4, 3), dtype=np.uint8)


def test_arrays_to_tensors():
    found = transforms.ToTensor()(BYTES)
    assert found.dtype is autograd.float32
    np.testing.assert_array_equal(to_numpy(found), BYTES.transpose(2, 0, 1).astype(np.float32) / 255)
    wide = F.to_tensor(BYTES[..., 0].astype(np.float64))
    assert wide.dtype is autograd.float64 and tuple(wide.shape) == (1, 5, 4)


@pytest.mark.parametrize("mode", ["L", "LA", "RGB", "RGBA", "CMYK", "HSV", "1", "I", "F", "I;16"])
def test_pil_images_there_and_back(mode):
    image = PIL.Image.fromarray(BYTES).convert("L" if mode == "I;16" else mode if mode != "LA" else "LA").convert(mode)
    tensor = transforms.PILToTensor()(image)
    array = np.array(image)
    array = array.astype(np.uint8) * 255 if mode == "1" else array
    expected = array[None] if array.ndim == 2 else array.transpose(2, 0, 1)
    np.testing.assert_array_equal(to_numpy(tensor), expected)
    scale = 255 if tensor.dtype is autograd.uint8 else 1
    np.testing.assert_allclose(to_numpy(transforms.ToTensor()(image)) * scale, expected, rtol=1e-6)
    if mode not in ("1", "I;16"):
        natural = {"CMYK": "CMYK", "HSV": "HSV", "F": "F"}.get(mode)
        back = transforms.ToPILImage(natural)(tensor)
        assert back.mode == mode
        np.testing.assert_array_equal(np.array(back), np.array(image))


def test_floats_to_pil():
    x = autograd.tensor([[0.0, 0.5, 1.0]])
    assert np.array(F.to_pil_image(x)).tolist() == [[0, 127, 255]]
    assert F.to_pil_image(x, "F").mode == "F"
    assert F.to_pil_image(x.to(autograd.int16).unsqueeze(0)).mode == "I;16"
    np.testing.assert_array_equal(np.array(F.to_pil_image(BYTES)), BYTES)
    assert np.array(F.to_pil_image(BYTES[..., 0])).tolist() == BYTES[..., 0].tolist()


@pytest.mark.parametrize(
    ("pixels", "source", "dtype", "values"),
    [
        ([[0.0, 0.5, 1.0]], autograd.float32, autograd.uint8, [0, 127, 255]),
        ([[0.0, 0.5, 1.0]], autograd.float32, autograd.float64, [0, 0.5, 1]),
        ([[0, 51, 255]], autograd.uint8, autograd.float32, [0, 0.2, 1]),
        ([[0, 51, 255]], autograd.uint8, None, [0, 0.2, 1]),
        ([[0, 51, 255]], autograd.uint8, autograd.int16, [0, 51 * 128, 255 * 128]),
        ([[0, 128, 32767]], autograd.int16, autograd.uint8, [0, 1, 255]),
        ([[0, 7, 255]], autograd.uint8, autograd.uint8, [0, 7, 255]),
    ],
)
def test_convert_image_dtype(pixels, source, dtype, values):
    found = F.convert_image_dtype(autograd.tensor(pixels, dtype=source), dtype)
    assert found.dtype is (dtype or autograd.float32)
    np.testing.assert_allclose(to_numpy(found), [values], rtol=1e-6)


def test_conversion_and_normalization_as_modules():
    x = autograd.ones(2, 3, 4, 4)
    assert transforms.ConvertImageDtype(autograd.uint8)(x).unique().tolist() == [255]
    normal = transforms.Normalize((0.5, 0.25, 0.0), (0.5, 0.25, 2.0))
    assert [c.unique().tolist() for c in normal(x).unbind(1)] == [[1.0], [3.0], [0.5]]
    assert x.unique().tolist() == [1.0]
    assert F.normalize(x, [0.5], [0.5], inplace=True) is x
    assert F.normalize(x, 1.0, 2.0).unique().tolist() == [0.0]
    leaf = autograd.ones(1, 2, 2, requires_grad=True)
    F.normalize(leaf, [0.5], [0.25]).sum().backward()
    assert leaf.grad.unique().tolist() == [4.0]


def test_sizes():
    x = autograd.zeros(2, 3, 4, 5)
    assert (F.get_dimensions(x), F.get_image_size(x), F.get_image_num_channels(x[0, 0])) == ([3, 4, 5], [5, 4], 1)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: F.to_tensor([1]), TypeError, "PIL Image or ndarray"),
        (lambda: F.to_tensor(np.zeros(3)), ValueError, "2/3 dimensional"),
        (lambda: F.pil_to_tensor(BYTES), TypeError, "should be PIL Image"),
        (lambda: F.to_pil_image([1]), TypeError, "Tensor or ndarray"),
        (lambda: F.to_pil_image(np.zeros(3)), ValueError, "2/3 dimensional"),
        (lambda: F.to_pil_image(autograd.zeros(3)), ValueError, "2/3 dimensional"),
        (lambda: F.to_pil_image(autograd.zeros(5, 2, 2)), ValueError, "> 4 channels"),
        (lambda: F.to_pil_image(np.zeros((2, 2, 3))), TypeError, "float64 with 3 channels"),
        (lambda: F.to_pil_image(BYTES, "CMYK"), ValueError, r"Incorrect mode \(CMYK\)"),
        (lambda: F.convert_image_dtype(autograd.zeros(2, 2), autograd.int32), RuntimeError, "cannot be performed safely"),
        (lambda: F.normalize(autograd.zeros(1, 2, 2, dtype=autograd.uint8), [0], [1]), TypeError, "float tensor"),
        (lambda: F.normalize(autograd.zeros(2, 2), [0], [1]), ValueError, r"\(..., C, H, W\)"),
        (lambda: F.normalize(autograd.zeros(1, 2, 2), [0], [0]), ValueError, "std evaluated to zero"),
        (lambda: transforms.Lambda(3), TypeError, "should be callable"),
    ],
)  # fmt: skip
def test_refusals(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_without_pil(monkeypatch):
    monkeypatch.setitem(sys.modules, "PIL.Image", None)
    assert F.to_tensor(BYTES).shape == (3, 5, 4)
    with pytest.raises(ModuleNotFoundError, match="pip install pillow"):
        F.to_pil_image(BYTES)
