"""The type checkers' view of `autograd.optim.lr_scheduler`: the names of `optim.lr_scheduler`."""

from optim.lr_scheduler import *  # noqa: F403
