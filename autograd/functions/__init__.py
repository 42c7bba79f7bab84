"""PyTorch's functions by kind: thin adapters over the operations, or compositions of these."""
