"""Nested tuples, lists and dicts of values: taken apart, put together, and matched with a prefix of their shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

LEAF = object()


def _children(tree: Any) -> list | None:
    """The values of a container, None for a leaf."""
    if isinstance(tree, dict):
        return list(tree.values())
    if isinstance(tree, (tuple, list)) and (type(tree) in (tuple, list) or hasattr(tree, "_fields")):
        return list(tree)
    return None


def _rebuilt(tree: Any, children: list) -> Any:
    if isinstance(tree, dict):
        made = type(tree)() if type(tree) is not dict else {}
        made.update(zip(tree, children, strict=True))
        return made
    return type(tree)(*children) if hasattr(tree, "_fields") else type(tree)(children)


def flatten(tree: Any) -> tuple[list, Any]:
    """(leaves, structure): everything that is no tuple, list or dict, in order, and the containers with `LEAF` in it.

    Examples
    --------
    >>> leaves, structure = flatten({"a": 1, "b": (2, 3)})
    >>> leaves
    [1, 2, 3]
    >>> unflatten([4, 5, 6], structure)
    {'a': 4, 'b': (5, 6)}
    """
    leaves: list = []
    return leaves, _taken_apart(tree, leaves)


# Functions of their own: one that is defined in another and calls itself is a cycle, which would keep the leaves alive.
def _taken_apart(tree: Any, leaves: list) -> Any:
    children = _children(tree)
    if children is None:
        leaves.append(tree)
        return LEAF
    return _rebuilt(tree, [_taken_apart(child, leaves) for child in children])


def unflatten(leaves: list, structure: Any) -> Any:
    """The structure with these leaves."""
    return _put_together(iter(leaves), structure)


def _put_together(following: Iterator, structure: Any) -> Any:
    children = _children(structure)
    if children is None:
        return next(following)
    return _rebuilt(structure, [_put_together(following, child) for child in children])


def map_leaves(function: Callable, tree: Any) -> Any:
    """The same containers with `function` of each leaf."""
    leaves, structure = flatten(tree)
    return unflatten([function(leaf) for leaf in leaves], structure)


def spread(prefix: Any, structure: Any) -> list | None:
    """One value for each leaf of a structure from a tree that may end earlier; None if they do not match.

    Examples
    --------
    >>> _, structure = flatten(({"x": 1, "y": 2}, 3))
    >>> spread((0, None), structure)
    [0, 0, None]
    """
    children, given = _children(structure), _children(prefix)
    if given is None:
        return [prefix] * len(flatten(structure)[0])
    if children is None or len(children) != len(given) or isinstance(structure, dict) is not isinstance(prefix, dict):
        return None
    if isinstance(structure, dict):
        if set(structure) != set(prefix):
            return None
        given = [prefix[key] for key in structure]
    found: list = []
    for part, child in zip(given, children, strict=True):
        below = spread(part, child)
        if below is None:
            return None
        found += below
    return found
