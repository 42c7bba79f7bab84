"""`import autograd.nn` gives the package `nn`, and `autograd.nn.<submodule>` its submodules."""

from autograd._lazy import stand_for

stand_for(__name__, "nn")
