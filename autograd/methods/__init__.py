"""Tensor's methods, one class per kind: each assigns functions of `autograd.functions` or operations by name."""
