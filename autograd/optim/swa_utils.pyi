"""The type checkers' view of `autograd.optim.swa_utils`: the names of `optim.swa_utils`."""

from optim.swa_utils import *  # noqa: F403
