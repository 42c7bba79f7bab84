"""Nested containers: taken apart, put together, matched with a prefix."""

from __future__ import annotations

from collections import OrderedDict, namedtuple

import numpy as np
import pytest
from torch.utils import _pytree as torch_tree

from autograd.func.tree import flatten, map_leaves, spread, unflatten
from autograd.utils import _pytree

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


def test_pytorchs_names():
    tree = {"a": np.float32(1), "b": [2, (3.5, "c")]}
    assert _pytree.tree_leaves(tree) == torch_tree.tree_leaves(tree)
    assert _pytree.tree_flatten([tree])[0] == torch_tree.tree_flatten([tree])[0]
    assert _pytree.tree_unflatten([1, 2, 3, 4], _pytree.tree_structure(tree)) == {"a": 1, "b": [2, (3, 4)]}
    results = [
        (p.tree_map(lambda *row: row, tree, tree), p.tree_map_only(int, str, tree)) for p in (_pytree, torch_tree)
    ]
    assert results[0] == results[1]
    for package in (_pytree, torch_tree):
        pair = package.tree_map(lambda *row: row, {"a": 1, "b": [2]}, {"b": [(3, 4)], "a": 5})
        assert pair == {"a": (1, 5), "b": [(2, (3, 4))]}
        for wrong in ([1], (1, 2), {"a": 1, "b": 2}):
            with pytest.raises(ValueError):
                package.tree_map(max, [1, 2], wrong)
        with pytest.raises(ValueError):
            package.tree_map(max, {"a": 1}, {"b": 1})
