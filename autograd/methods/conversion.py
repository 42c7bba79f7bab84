"""Conversion to other element types and devices, as methods."""

from __future__ import annotations

from autograd.functions import conversion


class ConversionMethods:
    """`to` and its shorthands."""

    __slots__ = ()

    to = conversion.to
    type = conversion.type
    type_as = conversion.type_as
    cpu = conversion.cpu
    cuda = conversion.cuda
    float = conversion.float
    double = conversion.double
    half = conversion.half
    bfloat16 = conversion.bfloat16
    int = conversion.int
    long = conversion.long
    short = conversion.short
    char = conversion.char
    byte = conversion.byte
    bool = conversion.bool
    cfloat = conversion.cfloat
    cdouble = conversion.cdouble
