"""Reductions, scans and sorting."""

from __future__ import annotations

from autograd.functions import reduction, scan, sorting, statistics
from autograd.functions.common import inplace


class ReductionMethods:
    """Reductions, scans and sorting."""

    __slots__ = ()

    sum = reduction.sum
    nansum = reduction.nansum
    mean = reduction.mean
    nanmean = reduction.nanmean
    prod = reduction.prod
    max = reduction.max
    min = reduction.min
    amax = reduction.amax
    amin = reduction.amin
    aminmax = reduction.aminmax
    argmax = reduction.argmax
    argmin = reduction.argmin
    all = reduction.all
    any = reduction.any
    count_nonzero = reduction.count_nonzero
    logsumexp = reduction.logsumexp
    var = statistics.var
    std = statistics.std
    cumsum = scan.cumsum
    cumsum_ = inplace(scan.cumsum)
    cumprod = scan.cumprod
    cumprod_ = inplace(scan.cumprod)
    logcumsumexp = scan.logcumsumexp
    cummax = scan.cummax
    cummin = scan.cummin
    softmax = scan.softmax
    log_softmax = scan.log_softmax
    sort = sorting.sort
    msort = sorting.msort
    argsort = sorting.argsort
    topk = sorting.topk
    kthvalue = sorting.kthvalue
    median = sorting.median
    nanmedian = sorting.nanmedian
