"""PyTorch's names that are not here, in docs/coming-from-pytorch.md: `python -m tests.docs.missing_names` writes them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import textwrap
import warnings
from collections import defaultdict
from pathlib import Path
from typing import Any

import torch

import autograd
import nn
import optim

PAGE = Path(__file__).parents[2] / "docs" / "coming-from-pytorch.md"
SECTION = re.compile(r"(?<=<!-- names: written by tests/docs/missing_names.py -->\n).*?(?=<!-- end of names -->)", re.S)

SPACES = {
    "torch": (torch, autograd),
    "torch.Tensor": (torch.Tensor, autograd.Tensor),
    "torch.nn": (torch.nn, nn),
    "torch.nn.functional": (torch.nn.functional, nn.functional),
    "torch.optim": (torch.optim, optim),
    **{
        f"torch.{name}": (importlib.import_module(f"torch.{name}"), getattr(autograd, name))
        for name in ("autograd", "distributions", "fft", "func", "linalg", "special", "utils")
    },
    "torch.nn.init": (torch.nn.init, nn.init),
    "torch.nn.utils": (torch.nn.utils, nn.utils),
    "torch.optim.lr_scheduler": (torch.optim.lr_scheduler, optim.lr_scheduler),
}

# Whole families, by what their names look like; the first that fits counts.
FAMILIES = {
    "Quantization": r"quant|^q_|^qu?int|^int_repr|^fake_|^fbgemm|^per_|^qscheme|qat$|observer|_obs_",
    "Automatic mixed precision": r"autocast|^amp$|GradScaler",
    "Element types": r"^bits|^bit$|^float[48]_|^complex32|^chalf|^u?int[1-7]$",
    "Compilation, export, symbolic shapes": r"^sym_|^Sym|^compiler|^export|^jit|^fx$|^cond$|^while_loop|^fork$|^wait$|_ir$"
    r"|^library|^hub$|vmap_|^while|Script",
    "Storages": r"[Ss]torage|^set_$|^from_file|data_ptr|^is_set_to|^module_load|share_memory_|is_shared",
    "Copies of views": r"_copy$",
    "Single kernels, and parts of the inside": r"^(cudnn|miopen|mkldnn|native)_|^batch_norm_|^convolution$|with_indices$|"
    r"^(gru|lstm|rnn_\w+?)(_cell)?$|^grid_sampler|^affine_grid_generator|^norm_except_dim|^embedding_renorm_|"
    r"^constant_pad_nd|scaled_mm|scaled_grouped|^grouped_mm|Swizzle|ScalingType|torch_function|boolean_dispatch|"
    r"assert_int",
    "Sparse layouts other than COO and CSR": r"sparse|_indices$|^hsmm|^hspmm|^smm$|^sspaddmm|^saddmm|^dsmm",
    "Distributed training and other devices": r"istributed|parallel|DataParallel|SyncBatchNorm|^(is_)?(mps|xpu|mtia|ipu|"
    r"maia|vulkan)|^accelerator|^to_mkldnn|^record_stream|^Stream$|^Event$|is_pinned|^pin_memory|^get_device_module",
    "Removed, or refused, by PyTorch too": r"^(eig|symeig|solve|lstsq|matrix_rank|Container|NLLLoss2d|volatile|reinforce|"
    r"resize|resize_as|storage_type|has_(lapack|mkl|openmp|spectral))$",
}


# What PyTorch documents of the classes that it writes in C++.
CLASSES = ("Event", "Generator", "Size", "Stream", "device", "dtype", "finfo", "iinfo", "layout", "memory_format")


def public(space: Any) -> set[str]:
    """The names that a namespace of PyTorch offers: no modules that it imports, no parts of its compiler."""
    names = set(getattr(space, "__all__", ())) | {name for name in vars(space) if not name.startswith("_")}
    if inspect.isclass(space):
        names = {name for name in dir(space) if not name.startswith("_")}
    # From the disk, since which of them are loaded depends on what else has run.
    modules = pkgutil.iter_modules(space.__path__) if space in (torch, torch.nn) else ()
    parts = {part.name for part in modules if not part.name.startswith("_")}
    return parts | {name for name in names if _belongs(space, name)}


def _belongs(space: Any, name: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        value = getattr(space, name, None)
    if value is None or name.startswith("_") or (value is torch.Tensor and space is not torch):
        return False
    if inspect.ismodule(value):
        return False
    if not inspect.isroutine(value) and not inspect.isclass(value):
        return inspect.isclass(space) or isinstance(value, torch.dtype)
    if space is torch and hasattr(torch._C, name):  # much of the compiler shows there
        return hasattr(torch._C._VariableFunctions, name) or name in CLASSES
    return (getattr(value, "__module__", None) or "torch").startswith("torch") and not hasattr(torch._C._autograd, name)


def missing() -> dict[str, dict[str, list[str]]]:
    """For each namespace, for each family ('' for the rest), the names that are missing here."""
    found: dict[str, dict[str, list[str]]] = {}
    for title, (theirs, ours) in SPACES.items():
        families: dict[str, list[str]] = defaultdict(list)
        for name in sorted(public(theirs)):
            if not hasattr(ours, name):
                families[next((k for k, v in FAMILIES.items() if re.search(v, name)), "")].append(name)
        found[title] = families
    return found


def written() -> str:
    """The section of the page."""
    lines = [f"Compared with PyTorch {torch.__version__.split('+')[0]}.", ""]
    for title, families in missing().items():
        if not families:
            lines += [f"### `{title}`", "", "Nothing is missing.", ""]
            continue
        lines += [f"### `{title}`", ""]
        for family in ["", *FAMILIES]:
            if families.get(family):
                names = ", ".join(f"`{name}`" for name in families[family])
                text = f"- {family}: {names}" if family else f"- Functions and classes: {names}"
                lines += textwrap.wrap(text, 118, subsequent_indent="  ", break_long_words=False)
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(SECTION.sub(lambda match: written(), PAGE.read_text(encoding="utf-8")), encoding="utf-8")
