"""Reductions, scans and sorting."""

from __future__ import annotations

from autograd.functions import (
    calculus,
    distance,
    histograms,
    quantiles,
    reduction,
    reduction_extremes,
    scan,
    sets,
    sorting,
    statistics,
)
from autograd.functions.common import inplace


class ReductionMethods:
    """Reductions, scans and sorting."""

    __slots__ = ()

    sum = reduction.sum
    nansum = reduction.nansum
    mean = reduction.mean
    nanmean = reduction.nanmean
    prod = reduction.prod
    max = reduction_extremes.max
    min = reduction_extremes.min
    amax = reduction_extremes.amax
    amin = reduction_extremes.amin
    aminmax = reduction_extremes.aminmax
    argmax = reduction_extremes.argmax
    argmin = reduction_extremes.argmin
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
    mode = sorting.mode
    quantile = quantiles.quantile
    nanquantile = quantiles.nanquantile
    cov = statistics.cov
    corrcoef = statistics.corrcoef
    bincount = histograms.bincount
    histc = histograms.histc
    histogram = histograms.histogram
    unique = sets.unique
    unique_consecutive = sets.unique_consecutive
    isin = sets.isin
    diff = calculus.diff
    dist = distance.dist
    renorm = distance.renorm
    renorm_ = inplace(distance.renorm)
