"""Nested containers: taken apart, put together, matched with a prefix."""

from __future__ import annotations

from collections import OrderedDict, namedtuple

import pytest

from autograd.func.tree import flatten, map_leaves, spread, unflatten

Pair = namedtuple("Pair", "a b")


@pytest.mark.parametrize("tree", [3, (), [1, (2, None)], {"b": 1, "a": [2]}, OrderedDict(x=1), Pair(1, {"c": 2})])
def test_round_trip(tree):
    leaves, structure = flatten(tree)
    again = unflatten(leaves, structure)
    assert again == tree and type(again) is type(tree)
    assert map_leaves(lambda leaf: leaf, tree) == tree


def test_prefixes():
    _, structure = flatten(([1, {"x": 2, "y": 3}], 4))
    assert spread(0, structure) == [0, 0, 0, 0]
    assert spread((0, None), structure) == [0, 0, 0, None]
    assert spread(([0, {"y": 1, "x": 2}], 3), structure) == [0, 2, 1, 3]
    for wrong in ((0,), ({"x": 1}, 0), ([0, {"x": 1}], 0), ([0, {"x": 1, "z": 2}], 0), (0, (1, 2))):
        assert spread(wrong, structure) is None
