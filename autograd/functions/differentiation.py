"""`backward` and `grad`: starting the walk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from autograd import engine
from autograd.alias import current_node
from autograd.engine import Leaf, Node, TensorBase

if TYPE_CHECKING:
    from autograd.tensor import Tensor

TensorLike = TensorBase | Sequence[TensorBase]


# What hooks want called when the running walk is over; None outside of any.
at_end: ContextVar[list[Callable[[], None]] | None] = ContextVar("autograd.at_end", default=None)


def walk(roots: list[tuple[Node, Any]], *, create_graph: bool, **options: Any) -> None:
    """`engine.run`, recorded if the gradients are to be, and then what hooks asked for."""
    callbacks: list[Callable[[], None]] = []
    token = at_end.set(callbacks)
    current = engine.get_mode()
    switched = None
    if create_graph and current is not None and not current.grad:
        switched = engine.mode.set(current.replace(grad=True))
    try:
        engine.run(roots, create_graph=create_graph, **options)
        for callback in callbacks:
            callback()
    finally:
        at_end.reset(token)
        if switched is not None:
            engine.mode.reset(switched)


def node_of(tensor: Any) -> Node | None:
    """The node of a tensor, or of a `GradientEdge`."""
    return current_node(tensor) if isinstance(tensor, TensorBase) else tensor.ownership_token


def _recorded(tensor: Any) -> Tensor:
    """What of a tensor is in the graph: the values of a sparse one, else the tensor itself."""
    return getattr(tensor, "stored", tensor)


def _many(value: Any) -> list:
    """One tensor, or any iterable of them, such as `model.parameters()`."""
    alone = hasattr(value, "shape") or hasattr(value, "ownership_token")  # an edge is a named tuple
    return [value] if alone or not isinstance(value, Iterable) else list(value)


def _roots(outputs: list, cotangents: list, create_graph: bool, name: str) -> list[tuple[Node, Any]]:
    """Pairs of node and seed gradient, checked.

    Raises
    ------
    RuntimeError
        For an output that requires no gradient, a missing gradient of a non-scalar, or one of the wrong shape.
    """
    if len(cotangents) != len(outputs):
        raise RuntimeError(f"{name}: got {len(outputs)} tensors and {len(cotangents)} gradients; give one for each")
    roots = []
    for output, cotangent in zip(outputs, cotangents, strict=True):
        if not isinstance(output, TensorBase) and hasattr(output, "ownership_token"):
            if not isinstance(cotangent, TensorBase):
                raise RuntimeError(f"{name}: a GradientEdge needs its gradient, a Tensor, to start from")
            node = output.ownership_token
            roots.append((node, engine.conjugate(cotangent if create_graph else cotangent._data, node, create_graph)))
            continue
        if not isinstance(output, TensorBase):
            raise TypeError(f"{name}: expected Tensors to differentiate, got {type(output).__name__}")
        node = current_node(output)
        array, backend = output._data, output.backend
        if node is None:
            raise RuntimeError(
                f"{name}: element of shape {list(array.shape)} does not require grad and does not have a grad_fn; "
                "set requires_grad=True on the inputs it should be differentiated by"
            )
        if cotangent is None:
            if array.size != 1:
                raise RuntimeError(
                    "grad can be implicitly created only for scalar outputs, not for one of shape "
                    f"{list(array.shape)}; reduce it with sum() or mean(), or pass gradient="
                )
            if array.dtype.kind == "c":
                raise RuntimeError("grad can be implicitly created only for real scalar outputs; pass gradient=")
            seed = engine.engine.wrap(backend.ones(array.shape, array.dtype), backend)
        else:
            seed = (
                cotangent
                if isinstance(cotangent, TensorBase)
                else engine.engine.wrap(backend.asarray(cotangent, array.dtype), backend)
            )
            if seed._data.shape != array.shape:
                raise RuntimeError(
                    f"Mismatch in shape: the gradient has shape {list(seed._data.shape)}, the output "
                    f"{list(array.shape)}"
                )
            if seed._data.dtype != array.dtype:
                seed = engine.engine.ops.astype(seed, dtype=array.dtype)
        roots.append((node, engine.conjugate(seed if create_graph else seed._data, node, create_graph)))
    return roots


def backward(
    tensors: TensorLike,
    grad_tensors: Any = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    grad_variables: Any = None,
    inputs: TensorLike | None = None,
) -> None:
    """Add the gradients of `tensors` by the graph's leaves to their `grad`.

    Parameters
    ----------
    tensors : what to differentiate
    grad_tensors : dL/dtensor for each; may be None for one that holds a single number
    retain_graph : keep the graph for another backward; default: the value of `create_graph`
    create_graph : record the gradients' computation, so that they can be differentiated
    inputs : accumulate into these leaves only

    Raises
    ------
    RuntimeError
        For a tensor without graph, a missing or wrong gradient, a graph that was freed, a saved value that was
        written to.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.tensor([1.0, 2.0], requires_grad=True)
    >>> autograd.backward(x.square().sum())
    >>> x.grad
    tensor([2., 4.])
    """
    outputs = _many(tensors)
    cotangents = [None] * len(outputs) if grad_tensors is None else _many(grad_tensors)
    roots = _roots(outputs, cotangents, create_graph, "backward")
    targets = None
    if inputs is not None:
        sources = [_recorded(tensor) for tensor in _many(inputs)]
        targets = [node_of(tensor) for tensor in sources]
        if not targets:
            raise RuntimeError("backward: inputs= must not be empty; leave it out to reach every leaf")
        for node, tensor in zip(targets, sources, strict=True):
            if node is None:
                raise RuntimeError("backward: one of inputs= does not require grad")
            if node.__class__ is not Leaf:
                tensor.retain_grad()
    keep = create_graph if retain_graph is None else retain_graph
    walk(roots, retain_graph=keep, create_graph=create_graph, inputs=targets)


def grad(
    outputs: TensorLike,
    inputs: TensorLike,
    grad_outputs: Any = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    only_inputs: bool = True,
    allow_unused: bool | None = None,
    is_grads_batched: bool = False,
    materialize_grads: bool = False,
) -> tuple[Tensor, ...]:
    """The gradients of `outputs` by `inputs`, summed over the outputs; nothing is accumulated.

    Parameters
    ----------
    outputs, inputs : tensors or sequences of them
    grad_outputs : dL/doutput for each; may be None for an output that holds a single number
    retain_graph, create_graph : as in `backward`
    is_grads_batched : each of grad_outputs has one more dim in front, and so have the gradients: `vmap` of `grad`
    allow_unused : give None for an input that the outputs do not depend on, instead of raising
    materialize_grads : give zeros instead of None

    Returns
    -------
    tuple of one gradient, of the input's shape, for each input; of a sparse one it has the same pattern

    Raises
    ------
    RuntimeError
        As `backward`; also for an input that requires no gradient, or is unused without `allow_unused`.

    Examples
    --------
    >>> import autograd
    >>> x = autograd.tensor(3.0, requires_grad=True)
    >>> autograd.grad(x * x, x)
    (tensor(6.),)
    """
    if materialize_grads and allow_unused is False:
        raise ValueError("grad: expected allow_unused to be True or not passed when materialize_grads=True")
    if is_grads_batched:
        from autograd.func.batched_grad import grad_of_rows

        return grad_of_rows(
            _many(outputs),
            _many(inputs),
            _many(grad_outputs),
            retain_graph=create_graph if retain_graph is None else retain_graph,
            create_graph=create_graph,
            allow_unused=bool(allow_unused or materialize_grads),
            materialize_grads=materialize_grads,
        )
    results, asked = _many(outputs), _many(inputs)
    sources = [_recorded(tensor) for tensor in asked]
    if not sources:
        raise ValueError("grad requires non-empty inputs.")
    cotangents = [None] * len(results) if grad_outputs is None else _many(grad_outputs)
    roots = _roots(results, cotangents, create_graph, "grad")
    nodes = []
    for source in sources:
        node = node_of(source)
        if node is None:
            raise RuntimeError("grad: one of the differentiated Tensors does not require grad")
        nodes.append(node)
    capture: dict[Node, Any] = dict.fromkeys(nodes)
    keep = create_graph if retain_graph is None else retain_graph
    walk(roots, retain_graph=keep, create_graph=create_graph, capture=capture)
    found = []
    for given, source, node in zip(asked, sources, nodes, strict=True):
        gradient = capture[node]
        backend = node.backend
        if gradient is None:
            if materialize_grads and isinstance(source, TensorBase):
                gradient = backend.zeros(source._data.shape, source._data.dtype)
                gradient = engine.engine.wrap(gradient, backend)
                if create_graph:  # so that a further `grad` of it gives zeros too
                    gradient.node = Leaf(gradient)
            elif not allow_unused:
                raise RuntimeError(
                    "grad: one of the differentiated Tensors appears to not have been used in the graph; "
                    "set allow_unused=True if this is the desired behavior"
                )
        if gradient is not None and not isinstance(gradient, TensorBase):
            gradient = engine.engine.wrap(backend.asarray(gradient), backend)
        found.append(gradient if gradient is None or given is source else given.with_values(gradient))
    return tuple(found)
