"""Learning to learn: MAML by autograd.grad and by torch.func, ensembles, Reptile, learned loss weights, custom Functions."""

from collections import OrderedDict
from functools import partial
import copy
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.func import functional_call, grad, grad_and_value, jacrev, stack_module_state, vjp, vmap
from torch import vmap as vmap2

torch.set_default_dtype(torch.double)
rs = np.random.RandomState(0)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            OrderedDict(
                [
                    ("l1", nn.Linear(1, 8)),
                    ("relu1", nn.ReLU()),
                    ("l2", nn.Linear(8, 8)),
                    ("act", nn.Softplus(beta=2)),
                    ("l3", nn.Linear(8, 1)),
                ]
            )
        )

    def forward(self, x):
        return self.net(x)

    def argforward(self, x, weights):
        x = F.linear(x, weights[0], weights[1])
        x = F.relu(x)
        x = F.linear(x, weights[2], weights[3])
        x = F.softplus(x, beta=2)
        return F.linear(x, weights[4], weights[5])


def make():
    n = Net()
    for p in n.parameters():
        p.data.copy_(torch.tensor(np.random.RandomState(p.numel()).randn(*p.shape) * 0.5))
    return n


def task():
    A, ph = rs.uniform(0.1, 5), rs.uniform(0, np.pi)

    def s(k):
        x = rs.uniform(-5, 5, (k, 1))
        return torch.tensor(x), torch.tensor(A * np.sin(x - ph))

    return s


model = make()
meta_opt = torch.optim.Adam(model.parameters(), 1e-2)
for it in range(4):
    meta = 0
    for _ in range(3):
        s = task()
        tmp = [w.clone() for w in model.parameters()]
        X, y = s(5)
        for _ in range(2):
            loss = ((y - model.argforward(X, tmp)) ** 2).sum() / 5
            g = torch.autograd.grad(loss, tmp, create_graph=True, allow_unused=False)
            tmp = [w - 0.01 * gg for w, gg in zip(tmp, g)]
        X, y = s(5)
        meta = meta + F.mse_loss(model.argforward(X, tmp), y)
    mg = torch.autograd.grad(meta / 3, model.parameters())
    for w, g in zip(model.parameters(), mg):
        w.grad = g
    meta_opt.step()
    print(it, meta.item())
params = dict(model.named_parameters())
X, y = task()(6)


def loss_fn(p, b, x, t):
    return F.mse_loss(functional_call(model, (p, b), (x,)), t)


def inner(p, x, t):
    g = grad(loss_fn)(p, {}, x, t)
    return {k: p[k] - 0.01 * g[k] for k in p}


def maml(p, x1, y1, x2, y2):
    return loss_fn(inner(p, x1, y1), {}, x2, y2)


xs, ys = torch.stack([X, X + 1]), torch.stack([y, y * 2])
l = vmap(partial(maml, params))(xs, ys, xs + 0.5, ys)
l.sum().backward()
print(l.detach(), params["net.l3.bias"].grad, params["net.l1.weight"].grad[:2])
pd = {k: v.detach() for k, v in params.items()}
ps_g = vmap(grad(loss_fn), in_dims=(None, None, 0, 0))(pd, {}, X, y)
print({k: tuple(v.shape) for k, v in ps_g.items()}, ps_g["net.l3.bias"].squeeze())
models = [make() for _ in range(3)]
with torch.no_grad():
    for i, m in enumerate(models):
        m.net.l3.bias += i
sp, sb = stack_module_state(models)
base = models[0]


def fm(p, b, x):
    return functional_call(base, (p, b), (x,))


print(vmap(fm, in_dims=(0, 0, None))(sp, sb, X)[:, 0, 0], vmap2(torch.dot)(X.expand(6, 3), X.expand(6, 3)))
f = lambda x: (x**3).sum() * x[0]
x0 = torch.tensor([1.0, 2.0, 3.0])
print(
    jacrev(jacrev(f))(x0),
    jacrev(torch.sin)(x0),
    jacrev(lambda x: x.cumsum(0) ** 2)(x0),
    vjp(torch.exp, x0)[1](torch.ones(3))[0],
)
print(
    torch.autograd.functional.jacobian(lambda a, b: a * b, (x0, x0 + 1))[0],
    torch.autograd.functional.hessian(f, x0),
    torch.autograd.functional.hvp(f, x0, torch.ones(3))[1],
)
print(grad_and_value(f)(x0))
# Reptile
m = make()
inner_lr, outer = 0.02, 0.1
for it in range(3):
    before = copy.deepcopy(m.state_dict())
    X, y = task()(10)
    for s in range(0, 10, 5):
        m.zero_grad()
        m(X[s : s + 5]).sub(y[s : s + 5]).pow(2).mean().backward()
        for p in m.parameters():
            p.data -= inner_lr * p.grad.data
    after = m.state_dict()
    m.load_state_dict({n: before[n] + (after[n] - before[n]) * outer * (1 - it / 3) for n in before})
    print(it, sum(v.abs().sum() for v in m.state_dict().values()).item())


# hypergradient through an unrolled optimiser; multi-task uncertainty weighting
class MultiTaskLoss(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.log_vars = nn.Parameter(torch.zeros(n))

    def forward(self, *losses):
        ls = torch.stack(losses)
        return (torch.exp(-self.log_vars) * ls + self.log_vars).sum(), self.log_vars.exp().sqrt().tolist()


mt = MultiTaskLoss(3)
heads = nn.ModuleList([nn.Linear(4, k, bias=k > 1) for k in (1, 3, 2)])
for p in heads.parameters():
    p.data = torch.tensor(rs.randn(*p.shape))
X = torch.tensor(rs.randn(6, 4))
opt = torch.optim.SGD(
    [{"params": heads.parameters()}, {"params": mt.parameters(), "lr": 0.05, "momentum": 0.9, "dampening": 0.1}],
    lr=0.1,
    weight_decay=1e-3,
)
sched = torch.optim.lr_scheduler.SequentialLR(
    opt,
    [torch.optim.lr_scheduler.LinearLR(opt, 0.1, total_iters=2), torch.optim.lr_scheduler.ExponentialLR(opt, 0.8)],
    milestones=[2],
)
for it in range(5):
    o = [h(X) for h in heads]
    loss, sig = mt(
        F.l1_loss(o[0].squeeze(-1), X[:, 0]),
        F.cross_entropy(o[1], torch.arange(6) % 3),
        F.binary_cross_entropy_with_logits(o[2], (X[:, :2] > 0).double(), pos_weight=torch.tensor([1.0, 3.0])),
    )
    opt.zero_grad()
    loss.backward()
    opt.step()
    sched.step()
    print(it, loss.item(), sig, sched.get_last_lr())
lr = torch.tensor(0.1, requires_grad=True)
w = torch.tensor([1.0, -1.0], requires_grad=True)
for _ in range(3):
    (gw,) = torch.autograd.grad((w**2).sum() + w.prod(), w, create_graph=True)
    w = w - lr * gw
w.pow(2).sum().backward()
print(lr.grad, lr)


class GradReverse(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, lam):
        ctx.lam = lam
        return x.view_as(x)

    @staticmethod
    def backward(ctx, g):
        return g.neg() * ctx.lam, None


z = torch.ones(2, requires_grad=True)
(GradReverse.apply(z, 0.5) * 3).sum().backward()
print(z.grad)


class StraightThrough(torch.autograd.Function):
    generate_vmap_rule = True

    @staticmethod
    def forward(x):
        return (x > 0).to(x.dtype)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)
        ctx.set_materialize_grads(False)

    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return g * (x.abs() <= 1) if ctx.needs_input_grad[0] else None


z = torch.tensor([-2.0, 0.5, 3.0], requires_grad=True)
StraightThrough.apply(z).sum().backward()
print(z.grad, F.gumbel_softmax(z, tau=0.5, hard=True).sum())
