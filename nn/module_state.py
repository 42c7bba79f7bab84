"""Saving and loading what a module holds: `state_dict` and `load_state_dict`.

A load is all or nothing. The whole tree is checked first, while the writes wait in a list; where code from outside
takes part (an own `_load_from_state_dict`, a hook that runs after the writes) the old values are kept and put back if
it fails.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from autograd.alias import bump
from autograd.engine import TensorBase
from nn.parameter import Parameter, is_lazy

_EXTRA = "_extra_state"


class _IncompatibleKeys(NamedTuple):
    missing_keys: list[str]
    unexpected_keys: list[str]

    def __repr__(self) -> str:
        if not self.missing_keys and not self.unexpected_keys:
            return "<All keys matched successfully>"
        return f"_IncompatibleKeys(missing_keys={self.missing_keys}, unexpected_keys={self.unexpected_keys})"

    __str__ = __repr__  # type: ignore[misc]


class ModuleState:
    """The state methods of `Module`."""

    _version: int = 1
    _parameters: dict[str, Any]
    _buffers: dict[str, Any]
    _modules: dict[str, Any]
    _non_persistent_buffers_set: set[str]
    _state_dict_pre_hooks: dict[int, Callable]
    _state_dict_hooks: dict[int, Callable]
    _load_state_dict_pre_hooks: dict[int, Callable]
    _load_state_dict_post_hooks: dict[int, Callable]

    def get_extra_state(self) -> Any:
        """What to put in the state beside parameters and buffers; to be overridden, with `set_extra_state`.

        Raises
        ------
        RuntimeError
            Unless overridden.
        """
        raise RuntimeError("Reached a code path in Module.get_extra_state() that should never be called.")

    def set_extra_state(self, state: Any) -> None:
        """Take back what `get_extra_state` returned; to be overridden.

        Raises
        ------
        RuntimeError
            Unless overridden.
        """
        raise RuntimeError("Reached a code path in Module.set_extra_state() that should never be called.")

    def _persistent_state(self) -> dict[str, Any]:
        """The parameters and those buffers that are saved, by name."""
        state = {name: value for name, value in self._parameters.items() if value is not None}
        for name, value in self._buffers.items():
            if value is not None and name not in self._non_persistent_buffers_set:
                state[name] = value
        return state

    def _save_to_state_dict(self, destination: dict, prefix: str, keep_vars: bool) -> None:
        """Add this module's own state, without its children's, to `destination`."""
        for name, value in self._persistent_state().items():
            destination[prefix + name] = value if keep_vars or is_lazy(value) else value.detach()
        if type(self).get_extra_state is not ModuleState.get_extra_state:
            destination[prefix + _EXTRA] = self.get_extra_state()

    def state_dict(
        self, *args: Any, destination: Any = None, prefix: str = "", keep_vars: bool = False
    ) -> dict[str, Any]:
        """Every parameter and persistent buffer by its dotted name; the memory is shared.

        Parameters
        ----------
        destination : a dictionary to add to
        prefix : put before every name
        keep_vars : give the parameters themselves instead of detached tensors

        Examples
        --------
        >>> import nn
        >>> list(nn.Linear(2, 3).state_dict())
        ['weight', 'bias']
        """
        if args:
            destination, prefix, keep_vars = (*args, *(destination, prefix, keep_vars)[len(args) :])  # type: ignore[misc]
        if destination is None:
            destination = OrderedDict()
            destination._metadata = OrderedDict()
        metadata = {"version": self._version}
        if hasattr(destination, "_metadata"):
            destination._metadata[prefix[:-1]] = metadata
        for hook in self._state_dict_pre_hooks.values():
            hook(self, prefix, keep_vars)
        self._save_to_state_dict(destination, prefix, keep_vars)
        for name, child in self._modules.items():
            if child is not None:
                child.state_dict(destination=destination, prefix=prefix + name + ".", keep_vars=keep_vars)
        for hook in self._state_dict_hooks.values():
            replaced = hook(self, destination, prefix, metadata)
            destination = destination if replaced is None else replaced
        return destination

    def _load_from_state_dict(
        self,
        state_dict: dict,
        prefix: str,
        local_metadata: dict,
        strict: bool,
        missing_keys: list[str],
        unexpected_keys: list[str],
        error_msgs: list[str],
    ) -> None:
        """Take this module's own state, without its children's, from `state_dict`; problems go into the three lists."""
        for hook in self._load_state_dict_pre_hooks.values():
            hook(state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys, error_msgs)
        pending = local_metadata.get("_pending")
        for name, target in self._persistent_state().items():
            key = prefix + name
            if key not in state_dict:
                if strict:
                    missing_keys.append(key)
                continue
            value = state_dict[key]
            problem = _problem(key, target, value)
            if problem is not None:
                error_msgs.append(problem)
                continue
            job = (self, name, target, value, local_metadata.get("assign_to_params_buffers", False))
            if pending is None:
                _write(*job)
            else:
                pending.append(job)
        extra = prefix + _EXTRA
        if type(self).set_extra_state is not ModuleState.set_extra_state:
            if extra not in state_dict:
                if strict:
                    missing_keys.append(extra)
            elif pending is None:
                self.set_extra_state(state_dict[extra])
            else:
                pending.append((self, None, None, state_dict[extra], False))
        elif strict and extra in state_dict:
            unexpected_keys.append(extra)
        if strict:
            own = self._persistent_state()
            for key in state_dict:
                if key.startswith(prefix) and key != extra:
                    name, _, rest = key[len(prefix) :].partition(".")
                    if (name not in self._modules) if rest else (name not in own):
                        unexpected_keys.append(key)

    def load_state_dict(self, state_dict: Mapping[str, Any], strict: bool = True, assign: bool = False) -> Any:
        """Copy the values of a `state_dict` into the parameters and buffers.

        Parameters
        ----------
        state_dict : tensors by dotted name
        strict : whether the names must be exactly this module's
        assign : make the given tensors themselves the module's, instead of copying their values

        Returns
        -------
        `missing_keys` and `unexpected_keys`, as a named tuple.

        Raises
        ------
        RuntimeError
            If names (with `strict`) or shapes do not match. The module then is as it was.
        TypeError
            If `state_dict` is no mapping.
        """
        if not isinstance(state_dict, Mapping):
            raise TypeError(f"Expected state_dict to be dict-like, got {type(state_dict)}.")
        missing: list[str] = []
        unexpected: list[str] = []
        errors: list[str] = []
        metadata = getattr(state_dict, "_metadata", None)
        work = OrderedDict(state_dict)
        pending: list[tuple] = []
        visited: list[Any] = []

        def visit(module: Any, part: dict, prefix: str) -> None:
            about = {} if metadata is None else dict(metadata.get(prefix[:-1], {}))
            about |= {"assign_to_params_buffers": assign, "_pending": pending}
            module._load_from_state_dict(part, prefix, about, True, missing, unexpected, errors)
            for name, child in module._modules.items():
                if child is not None:
                    below = prefix + name + "."
                    visit(child, {k: v for k, v in part.items() if k.startswith(below)}, below)
            visited.append(module)

        kept = _keep(self) if _foreign_code(self) else None
        try:
            visit(self, work, "")
            hooks = any(module._load_state_dict_post_hooks for module in visited)
            if not hooks:
                _complain(self, strict, missing, unexpected, errors)
            if not errors:
                for job in pending:
                    _write(*job)
            result = _IncompatibleKeys(missing, unexpected)  # type: ignore[call-arg]
            for module in visited:
                for hook in tuple(module._load_state_dict_post_hooks.values()):
                    if hook(module, result) is not None:
                        raise AssertionError(
                            "Hooks registered with register_load_state_dict_post_hook are not expected to return new "
                            "values; edit incompatible_keys in place."
                        )
            _complain(self, strict, missing, unexpected, errors)
        except BaseException:
            if kept is not None:
                _put_back(kept)
            raise
        return result


def _problem(key: str, target: Any, value: Any) -> str | None:
    """Why `value` cannot be loaded into `target`, or None."""
    if not isinstance(value, TensorBase):
        return (
            f'While copying the parameter named "{key}", expected autograd.Tensor or Tensor-like object from '
            f"checkpoint but received {type(value)}"
        )
    if is_lazy(value) and not is_lazy(target):
        return f"{key} is uninitialized in the checkpoint; run the module that it is from once before saving it"
    if is_lazy(target):
        return None
    theirs, ours = value._data.shape, target._data.shape
    if theirs == ours or (not ours and theirs == (1,)):  # old checkpoints hold 0-d values as one element
        return None
    return (
        f"size mismatch for {key}: copying a param with shape {value.shape} from checkpoint, the shape in current "  # type: ignore[attr-defined]
        f"model is {target.shape}."
    )


def _complain(module: Any, strict: bool, missing: list[str], unexpected: list[str], errors: list[str]) -> None:
    """Raise if anything went wrong."""
    found = list(errors)
    if strict:
        for what, keys in (("Unexpected", unexpected), ("Missing", missing)):
            if keys:
                names = ", ".join(f'"{key}"' for key in keys)
                found.insert(0, f"{what} key(s) in state_dict: {names}. ")
    if found:
        text = "\n\t".join(found)
        raise RuntimeError(f"Error(s) in loading state_dict for {type(module).__name__}:\n\t{text}")


def _write(module: Any, name: str | None, target: Any, value: Any, assign: bool) -> None:
    if name is None:
        module.set_extra_state(value)
    elif assign:
        if isinstance(target, Parameter) and not isinstance(value, Parameter):
            value = Parameter(value, requires_grad=target.requires_grad)
        elif isinstance(target, Parameter):
            value.requires_grad_(target.requires_grad)
        setattr(module, name, value)
    elif not is_lazy(value):
        if is_lazy(target):
            target.materialize(value.shape)
        backend, array = target.backend, value._data
        if value.backend is not backend:
            array = backend.from_numpy(value.backend.to_numpy(array))
        if array.dtype != target._data.dtype:
            array = backend.astype(array, backend.dtype_of(target._data))
        target._data[...] = backend.reshape(array, target._data.shape)
        bump(target)


def _foreign_code(module: Any) -> bool:
    """Whether code from outside takes part in a load, so that it may fail between the writes."""
    return any(
        part._load_state_dict_post_hooks
        or part._load_state_dict_pre_hooks
        or type(part)._load_from_state_dict.__module__.partition(".")[0] != "nn"
        or type(part).set_extra_state is not ModuleState.set_extra_state
        for part in module.modules()
    )


def _keep(module: Any) -> list[tuple]:
    """Every tensor of the tree with a copy of its values, and every module's dictionaries as they are."""
    kept = []
    for part in module.modules():
        for members in (part._parameters, part._buffers):
            values = {
                name: None if value is None else (type(value), value.detach(), value.backend.copy(value._data))
                for name, value in members.items()
            }
            kept.append((members, dict(members), values))
    return kept


def _put_back(kept: list[tuple]) -> None:
    for members, entries, values in kept:
        members.clear()
        members.update(entries)
        for name, tensor in entries.items():
            if tensor is not None:
                tensor.__class__, before, copy = values[name]
                before._data[...] = copy
                tensor.data = before
                bump(tensor)
