"""The warning about the older distribution that shares our import name."""

import warnings

import pytest

from autograd._compat import find_shadowing, warn_if_shadowed


@pytest.mark.parametrize(
    "name", ["autograd-1.8.0.dist-info", "autograd-1.3-py3.11.egg-info", "Autograd-1.9rc1.dist-info"]
)
def test_older_distribution_is_reported_with_its_remedy(tmp_path, name):
    (tmp_path / name).mkdir()
    with pytest.warns(RuntimeWarning, match="pip uninstall autograd") as caught:
        warn_if_shadowed([str(tmp_path)])
    assert name.split("-")[1].removesuffix(".dist") in str(caught[0].message)
    assert str(tmp_path) in str(caught[0].message)


def test_other_distributions_are_left_alone(tmp_path):
    for name in [
        "autograd",
        "autograd-gamma-0.5.0.dist-info",
        "autograd_gamma-0.5.dist-info",
        "retrograd-0.1.dist-info",
    ]:
        (tmp_path / name).mkdir()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warn_if_shadowed([str(tmp_path)])


def test_directories_that_cannot_be_read_are_passed_over(tmp_path):
    (tmp_path / "autograd-1.8.0.dist-info").mkdir()
    (tmp_path / "a-file").touch()
    paths = [str(tmp_path / "absent"), str(tmp_path / "a-file"), str(tmp_path)]
    assert find_shadowing(paths) == ("1.8.0", str(tmp_path))


def test_installed_packages_are_looked_through_by_default(tmp_path, monkeypatch):
    site, other = tmp_path / "site-packages", tmp_path / "elsewhere"
    for folder in (site, other):
        (folder / "autograd-1.8.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr("sys.path", [str(other)])
    assert find_shadowing() is None
    monkeypatch.setattr("sys.path", [str(other), str(site)])
    assert find_shadowing() == ("1.8.0", str(site))
