"""Notice the older PyPI distribution called ``autograd``, whose import name is the same as ours."""

from __future__ import annotations

import os
import re
import sys
import warnings
from collections.abc import Iterable

__all__ = ["find_shadowing", "warn_if_shadowed"]

# The metadata that installers leave: autograd-1.8.0.dist-info (wheels), autograd-1.3-py3.11.egg-info (older ones).
_METADATA = re.compile(r"autograd-(\d[^-]*)(?:-py\d+\.\d+)?\.(?:dist|egg)-info", re.IGNORECASE)


def find_shadowing(paths: Iterable[str] | None = None) -> tuple[str, str] | None:
    """Find an installed distribution named ``autograd``.

    Only names of directory entries are read: ``importlib.metadata`` would do, but importing it costs more than the
    rest of this package's start.

    Parameters
    ----------
    paths : iterable of str, optional
        Directories to look into. By default those of ``sys.path`` where packages are installed.

    Returns
    -------
    tuple of (str, str) or None
        Its version and the directory that holds it, or None if there is none.

    Examples
    --------
    >>> find_shadowing([]) is None
    True
    """
    if paths is None:
        installed = ("site-packages", "dist-packages")
        paths = [path for path in sys.path if os.path.basename(os.path.normpath(path)) in installed]
    for path in paths:
        try:
            names = os.listdir(path)
        except OSError:  # sys.path may name what does not exist or may not be read
            continue
        for name in names:
            found = _METADATA.fullmatch(name)
            if found is not None:
                return found[1], path
    return None


def warn_if_shadowed(paths: Iterable[str] | None = None) -> None:
    """Warn if the distribution ``autograd`` is installed beside this one.

    Parameters
    ----------
    paths : iterable of str, optional
        Directories to look into; see `find_shadowing`.

    Warns
    -----
    RuntimeWarning
        Both install a package ``autograd``, so that files of one can replace files of the other.

    Examples
    --------
    >>> warn_if_shadowed([])
    """
    shadowing = find_shadowing(paths)
    if shadowing is None:
        return
    version, path = shadowing
    warnings.warn(
        f"the distribution 'autograd' {version} is installed in {path}; it and 'retrograd' both provide the import "
        "package 'autograd', and whichever was installed last has overwritten files of the other. Keep one of them "
        "in an environment: run 'pip uninstall autograd' and then 'pip install --force-reinstall --no-deps retrograd'.",
        RuntimeWarning,
        stacklevel=3,
    )
