"""Weights from the net under the names of `torch.hub`: a file is fetched once and kept in a directory of the user's."""

from __future__ import annotations

import hashlib
import os
import re
import sys
import tempfile
from typing import Any
from urllib.parse import urlparse
from urllib.request import Request, urlopen

from autograd._lazy import suggesting
from autograd.serialization import load

__all__ = ["download_url_to_file", "get_dir", "load_state_dict_from_url", "set_dir"]

_PIECE = 1 << 16
_HASH = re.compile(r"-([a-f0-9]*)\.")
_chosen: list[str] = []


def get_dir() -> str:
    """The directory that fetched files are kept in.

    It is what `set_dir` said, else `hub` in the directory that the environment variable TORCH_HOME names, else
    `retrograd/hub` in the user's cache (XDG_CACHE_HOME, ~/.cache).
    """
    if _chosen:
        return _chosen[-1]
    cache = os.getenv("XDG_CACHE_HOME", "~/.cache")
    home = os.getenv("TORCH_HOME", os.path.join(cache, "retrograd"))
    return os.path.join(os.path.expanduser(home), "hub")


def set_dir(d: str | os.PathLike) -> None:
    """Keep fetched files in this directory.

    Examples
    --------
    >>> set_dir("~/weights")
    >>> get_dir() == os.path.expanduser("~/weights")
    True
    >>> _chosen.clear()
    """
    _chosen[:] = [os.path.expanduser(d)]


def download_url_to_file(url: str, dst: str, hash_prefix: str | None = None, progress: bool = True) -> None:
    """Fetch a file; `dst` appears only once all of it has come and its hash is right.

    Parameters
    ----------
    url : of the file
    dst : path to write
    hash_prefix : first hexadecimal digits of the file's SHA-256
    progress : write to stderr what has come

    Raises
    ------
    RuntimeError
        If the hash begins otherwise.
    """
    dst = os.path.expanduser(dst)
    digest, done = hashlib.sha256(), 0
    request = Request(url, headers={"User-Agent": "autograd.hub"})
    handle, partial = tempfile.mkstemp(suffix=".partial", dir=os.path.dirname(os.path.abspath(dst)))
    try:
        with urlopen(request) as source, os.fdopen(handle, "wb") as file:
            size = source.headers.get("Content-Length")
            while piece := source.read(_PIECE):
                file.write(piece)
                digest.update(piece)
                done += len(piece)
                if progress:
                    sys.stderr.write(f"\r{done} of {size or 'unknown'} bytes")
        if progress:
            sys.stderr.write("\n")
        if hash_prefix is not None and not digest.hexdigest().startswith(hash_prefix):
            raise RuntimeError(
                f'invalid hash value (expected "{hash_prefix}", got "{digest.hexdigest()}") of {url}; fetch it anew or '
                "correct hash_prefix"
            )
        os.replace(partial, dst)
    finally:
        if os.path.exists(partial):
            os.remove(partial)


def load_state_dict_from_url(
    url: str,
    model_dir: str | None = None,
    map_location: Any = None,
    progress: bool = True,
    check_hash: bool = False,
    file_name: str | None = None,
    weights_only: bool = True,
) -> Any:
    """What `autograd.load` reads from a file at this address, which is fetched unless it was before.

    Parameters
    ----------
    url : of a file of `save`, of PyTorch's `torch.save` or of safetensors
    model_dir : directory to keep it in; default: `checkpoints` in `get_dir()`
    map_location, weights_only : as for `autograd.load`
    progress : write to stderr what has come
    check_hash : the file's name ends in the first digits of its SHA-256, as in `resnet18-f37072fd.pth`; compare
    file_name : under which to keep it; default: the last part of the address

    Raises
    ------
    RuntimeError
        If the hash begins otherwise.
    """
    model_dir = os.path.join(get_dir(), "checkpoints") if model_dir is None else os.path.expanduser(model_dir)
    os.makedirs(model_dir, exist_ok=True)
    name = file_name or os.path.basename(urlparse(url).path)
    path = os.path.join(model_dir, name)
    if not os.path.exists(path):
        sys.stderr.write(f'Downloading: "{url}" to {path}\n')
        found = _HASH.search(name) if check_hash else None
        download_url_to_file(url, path, found[1] if found else None, progress)
    return load(path, map_location=map_location, weights_only=weights_only)


__getattr__ = suggesting(__name__)
