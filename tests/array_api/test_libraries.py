"""SciPy, scikit-learn and einops on tensors."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import numpy as np
import pytest
import sklearn
from einops import array_api as einops_standard
from einops import einsum, rearrange, reduce, repeat
from sklearn.datasets import make_classification
from sklearn.decomposition import PCA
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import Ridge
from sklearn.metrics import accuracy_score, confusion_matrix, mean_squared_error, r2_score
from sklearn.naive_bayes import GaussianNB
from sklearn.preprocessing import MinMaxScaler, Normalizer, PolynomialFeatures, StandardScaler

import autograd
import autograd.utils.einops

pytestmark = pytest.mark.cpu_only

SCIPY = """
import numpy as np
import autograd
from scipy import cluster, fft, integrate, optimize, signal, special, stats

values = np.array([1.0, 2.0, 4.0, 3.0, 5.0, 0.5])
calls = {
    "logsumexp": special.logsumexp,
    "softmax": special.softmax,
    "erf": special.erf,
    "entr": special.entr,
    "zscore": stats.zscore,
    "skew": stats.skew,
    "kurtosis": stats.kurtosis,
    "gmean": stats.gmean,
    "ttest": lambda x: stats.ttest_1samp(x, 2.0).pvalue,
    "pearsonr": lambda x: stats.pearsonr(x, x * x).statistic,
    "rfft": fft.rfft,
    "trapezoid": integrate.trapezoid,
    "whiten": lambda x: cluster.vq.whiten(x.reshape(3, 2)),
    "detrend": signal.detrend,
    "fftconvolve": lambda x: signal.fftconvolve(x, x),
    "rosen": optimize.rosen,
}
for name, call in calls.items():
    ours, theirs = call(autograd.tensor(values)), call(values)
    assert isinstance(ours, autograd.Tensor), name
    np.testing.assert_allclose(ours.numpy(), theirs, rtol=1e-9, atol=1e-12, err_msg=name)
x = autograd.tensor(values, requires_grad=True)
special.logsumexp(x * 2).backward()
np.testing.assert_allclose(x.grad.numpy(), 2 * special.softmax(values * 2), rtol=1e-9)
print(len(calls), "agree")
"""


def test_scipy(monkeypatch):
    monkeypatch.setenv("SCIPY_ARRAY_API", "1")  # SciPy reads it when it is first imported
    found = subprocess.run([sys.executable, "-c", textwrap.dedent(SCIPY)], capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
    assert found.stdout == "16 agree\n"


@pytest.fixture
def data():
    x, y = make_classification(100, 6, random_state=0)
    return x, y


NAMES = "lda standard minmax normalizer polynomial pca ridge bayes confusion accuracy r2 mse"


@pytest.mark.parametrize(
    "fit",
    [
        lambda x, y: LinearDiscriminantAnalysis().fit(x, y).predict(x),
        lambda x, y: StandardScaler().fit_transform(x),
        lambda x, y: MinMaxScaler().fit_transform(x),
        lambda x, y: Normalizer().fit_transform(x),
        lambda x, y: PolynomialFeatures().fit_transform(x),
        lambda x, y: PCA(2, svd_solver="full").fit_transform(x),
        lambda x, y: Ridge(solver="svd").fit(x, x[:, 0]).coef_,
        lambda x, y: GaussianNB().fit(x, y).predict(x),
        lambda x, y: confusion_matrix(y, y),
        lambda x, y: accuracy_score(y, y),
        lambda x, y: r2_score(x[:, 0], x[:, 1]),
        lambda x, y: mean_squared_error(x[:, 0], x[:, 1]),
    ],
    ids=NAMES.split(" "),
)
def test_scikit_learn(fit, data, monkeypatch):
    # It asks that SciPy's switch is on, which only what calls SciPy needs to see.
    monkeypatch.setenv("SCIPY_ARRAY_API", "1")
    x, y = data
    with sklearn.config_context(array_api_dispatch=True):
        ours = fit(autograd.tensor(x), autograd.tensor(y))
    theirs = fit(x, y)
    assert isinstance(ours, autograd.Tensor) or np.ndim(theirs) == 0
    np.testing.assert_allclose(np.asarray(ours), theirs, rtol=1e-8, atol=1e-9)


def test_einops():
    values = np.random.default_rng(0).normal(size=(2, 3, 4))
    x = autograd.tensor(values, requires_grad=True)
    for call in (
        lambda a: rearrange(a, "b c d -> d (b c)"),
        lambda a: rearrange([a, a], "n b c d -> b (n c) d"),
        lambda a: repeat(a, "b c d -> b k c d", k=2),
        lambda a: reduce(a, "b c (d e) -> b e", "mean", e=2),
        lambda a: reduce(a, "b c d -> b", "max"),
        lambda a: reduce(a, "b c d -> d", "min"),
        lambda a: reduce(a, "b c d -> d", "prod"),
        lambda a: reduce(a, "b c d -> ", "sum"),
        lambda a: einsum(a, a, "b c d, b c e -> b d e"),
    ):
        ours = call(x)
        np.testing.assert_allclose(ours.detach().numpy(), call(values), rtol=1e-12)
        assert ours.requires_grad
    assert einops_standard.rearrange(x, "b c d -> b (c d)").shape == (2, 12)
    assert reduce(x > 0, "b c d -> b", "any").tolist() == (values > 0).any((1, 2)).tolist()


def test_einops_is_an_extra():
    script = "import sys; sys.modules['einops'] = None; import autograd.utils.einops"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert "ImportError: autograd.utils.einops needs the package einops: pip install einops" in found.stderr
