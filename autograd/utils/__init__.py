"""Helpers around the engine, at PyTorch's place: `autograd.utils.checkpoint`."""
