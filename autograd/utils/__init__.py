"""Helpers around the engine: `checkpoint`, at PyTorch's place, `early_stopping`, `tensorboard`, `einops`."""
