"""PyTorch's private, much imported functions on nested containers, by the rules of `autograd.func`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograd.func.tree import _children
from autograd.func.tree import flatten as tree_flatten
from autograd.func.tree import unflatten as tree_unflatten

__all__ = ["tree_flatten", "tree_leaves", "tree_map", "tree_map_only", "tree_structure", "tree_unflatten"]


def tree_leaves(tree: Any) -> list:
    """Everything in it that is no tuple, list or dict, in order."""
    return tree_flatten(tree)[0]


def tree_structure(tree: Any) -> Any:
    """Its containers, which compare equal where two trees are of one shape."""
    return tree_flatten(tree)[1]


def tree_map(func: Callable, tree: Any, *rests: Any) -> Any:
    """The containers of `tree` with `func` of each leaf, and of those at the same places of the other trees.

    Raises
    ------
    ValueError
        If another tree lacks these containers.

    Examples
    --------
    >>> from autograd.utils._pytree import tree_map
    >>> tree_map(lambda a, b: a + b, {"x": 1, "y": (2,)}, {"x": 10, "y": (20,)})
    {'x': 11, 'y': (22,)}
    """
    leaves, structure = tree_flatten(tree)
    rows = zip(leaves, *(_up_to(structure, rest) for rest in rests), strict=True)
    return tree_unflatten([func(*row) for row in rows], structure)


def _up_to(structure: Any, tree: Any) -> list:
    """What a tree has at the places of a structure's leaves, which may be trees again."""
    children = _children(structure)
    if children is None:
        return [tree]
    if type(tree) is not type(structure) or len(tree) != len(children):
        raise ValueError(f"tree_map expects a {type(structure).__name__} of {len(children)} in each tree, got {tree!r}")
    if not isinstance(tree, dict):
        return [found for child, part in zip(children, tree, strict=True) for found in _up_to(child, part)]
    if tree.keys() != structure.keys():
        raise ValueError(f"tree_map expects the keys {list(structure)} in each tree, got {list(tree)}")
    return [found for key, child in structure.items() for found in _up_to(child, tree[key])]


def tree_map_only(type_or_types: Any, func: Callable, tree: Any) -> Any:
    """`tree_map` that leaves what is not of these types as it is."""
    return tree_map(lambda leaf: func(leaf) if isinstance(leaf, type_or_types) else leaf, tree)
