"""Soft actor critic with a replay buffer, the distributions that policies are made of, and a dueling double DQN."""

import copy
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.distributions import (
    Normal,
    Categorical,
    TransformedDistribution,
    TanhTransform,
    Independent,
    MultivariateNormal,
    Beta,
    Bernoulli,
    kl_divergence,
)
from torch import distributions as pyd

rs = np.random.RandomState(0)
torch.set_default_dtype(torch.float64)
LOG_STD_MAX, LOG_STD_MIN = 2, -5


def weight_init(m):
    if isinstance(m, nn.Linear):
        m.weight.data.copy_(torch.tensor(rs.uniform(-0.5, 0.5, tuple(m.weight.shape))))
        if hasattr(m.bias, "data"):
            m.bias.data.fill_(0.0)


class ReplayBuffer:
    def __init__(self, obs, act, cap):
        self.o = np.empty((cap, obs), np.float64)
        self.a = np.empty((cap, act), np.float64)
        self.r = np.empty((cap, 1), np.float64)
        self.n = np.empty((cap, obs), np.float64)
        self.d = np.empty((cap, 1), np.float64)
        self.idx, self.full, self.cap = 0, False, cap

    def add(self, o, a, r, n, d):
        np.copyto(self.o[self.idx], o)
        np.copyto(self.a[self.idx], a)
        np.copyto(self.r[self.idx], r)
        np.copyto(self.n[self.idx], n)
        np.copyto(self.d[self.idx], not d)
        self.idx = (self.idx + 1) % self.cap
        self.full = self.full or self.idx == 0

    def sample(self, b):
        i = rs.randint(0, self.cap if self.full else self.idx, size=b)
        return [torch.tensor(x[i]) for x in (self.o, self.a, self.r, self.n, self.d)]


class SquashedNormal(pyd.transformed_distribution.TransformedDistribution):
    def __init__(self, loc, scale):
        self.loc, self.scale = loc, scale
        self.base_dist = pyd.Normal(loc, scale)
        super().__init__(self.base_dist, [TanhTransform(cache_size=1)])

    @property
    def mean(self):
        mu = self.loc
        for tr in self.transforms:
            mu = tr(mu)
        return mu


class Actor(nn.Module):
    def __init__(self, o, a, scale=2.0):
        super().__init__()
        self.fc1 = nn.Linear(o, 16)
        self.fc_mean = nn.Linear(16, a)
        self.fc_logstd = nn.Linear(16, a)
        self.register_buffer("action_scale", torch.tensor((scale - -scale) / 2.0, dtype=torch.float64))
        self.register_buffer("action_bias", torch.tensor(0.0, dtype=torch.float64))
        self.apply(weight_init)

    def forward(self, x):
        x = F.relu(self.fc1(x))
        mean = self.fc_mean(x)
        log_std = torch.tanh(self.fc_logstd(x))
        return mean, LOG_STD_MIN + 0.5 * (LOG_STD_MAX - LOG_STD_MIN) * (log_std + 1)

    def get_action(self, x, noise):
        mean, log_std = self(x)
        std = log_std.exp()
        normal = torch.distributions.Normal(mean, std)
        x_t = normal.mean + normal.stddev * noise
        y_t = torch.tanh(x_t)
        action = y_t * self.action_scale + self.action_bias
        log_prob = normal.log_prob(x_t)
        log_prob -= torch.log(self.action_scale * (1 - y_t.pow(2)) + 1e-6)
        return action, log_prob.sum(1, keepdim=True), torch.tanh(mean) * self.action_scale + self.action_bias


class DoubleQ(nn.Module):
    def __init__(self, o, a):
        super().__init__()
        self.Q1 = nn.Sequential(nn.Linear(o + a, 16), nn.ReLU(inplace=True), nn.Linear(16, 1))
        self.Q2 = copy.deepcopy(self.Q1)
        self.apply(weight_init)

    def forward(self, o, a):
        assert o.size(0) == a.size(0)
        oa = torch.cat([o, a], dim=-1)
        return self.Q1(oa), self.Q2(oa)


actor, q = Actor(3, 2), DoubleQ(3, 2)
qt = copy.deepcopy(q).requires_grad_(False)
qt.load_state_dict(q.state_dict())
buf = ReplayBuffer(3, 2, 50)
s = rs.randn(3)
for t in range(60):
    with torch.no_grad():
        a = actor.get_action(torch.tensor(s[None]), torch.tensor(rs.randn(1, 2)))[0].clamp(-2, 2).cpu().numpy()[0]
    n = np.tanh(s + 0.1 * rs.randn(3) + a.sum() * 0.1)
    buf.add(s, a, -np.abs(n).sum(), n, t % 20 == 19)
    s = n
log_alpha = torch.tensor(np.log(0.2)).to(torch.float64)
log_alpha.requires_grad = True
target_entropy = -torch.prod(torch.tensor((2,))).item()
qo, ao, lo = (
    torch.optim.Adam(list(q.parameters()), lr=1e-3),
    torch.optim.Adam(actor.parameters(), lr=3e-4),
    torch.optim.Adam([log_alpha], lr=1e-2),
)
for it in range(6):
    o, a, r, n, d = buf.sample(8)
    alpha = log_alpha.exp().item()
    with torch.no_grad():
        na, nlp, _ = actor.get_action(n, torch.tensor(rs.randn(8, 2)))
        t1, t2 = qt(n, na)
        tv = torch.min(t1, t2) - alpha * nlp
        tq = r + d * 0.99 * tv
    q1, q2 = q(o, a)
    ql = F.mse_loss(q1, tq) + F.mse_loss(q2, tq)
    qo.zero_grad()
    ql.backward()
    qo.step()
    for p in q.parameters():
        p.requires_grad = False
    pa, lp, _ = actor.get_action(o, torch.tensor(rs.randn(8, 2)))
    al = (alpha * lp - torch.min(*q(o, pa))).mean()
    ao.zero_grad(set_to_none=True)
    al.backward()
    ao.step()
    for p in q.parameters():
        p.requires_grad = True
    lal = (-log_alpha.exp() * (lp + target_entropy).detach()).mean()
    lo.zero_grad()
    lal.backward()
    lo.step()
    for p, tp in zip(q.parameters(), qt.parameters()):
        tp.data.copy_(0.05 * p.data + (1 - 0.05) * tp.data)
    print(f"{it} q {ql.item():.5f} pi {al.item():.5f} alpha {log_alpha.exp().item():.5f}")
mu, std = torch.tensor([[0.3, -0.2], [1.0, 0.0]]), torch.tensor([[0.5, 1.0], [2.0, 0.1]])
sn = SquashedNormal(mu, std)
x = torch.tensor([[0.5, -0.9], [0.99, 0.05]])
print(sn.log_prob(x).sum(-1, keepdim=True), sn.mean, sn.rsample().shape, sn.batch_shape, sn.support, sn)
print(
    Independent(Normal(mu, std), 1).log_prob(x),
    Independent(Normal(mu, std), 1).entropy(),
    Independent(Normal(mu, std), 1),
)
print(
    Normal(mu, std),
    kl_divergence(Normal(mu, std), Normal(0.0, 1.0)),
    Normal(mu, std).cdf(x),
    Normal(mu, 1.0).icdf(torch.tensor(0.3)),
    Normal(0, 1).expand((2, 2)),
)
c = Categorical(logits=x)
print(
    c,
    c.probs,
    c.entropy(),
    c.log_prob(torch.tensor([0, 1])),
    c.logits,
    c.mode,
    kl_divergence(c, Categorical(probs=torch.tensor([0.5, 0.5]))),
    c.sample().dtype,
    c.sample((3,)).shape,
)
mvn = MultivariateNormal(torch.zeros(2), torch.diag(torch.tensor([0.25, 4.0])))
print(mvn, mvn.log_prob(x), mvn.entropy(), mvn.covariance_matrix)
print(
    Beta(torch.tensor(2.0), torch.tensor(3.0)).log_prob(torch.tensor(0.4)),
    Beta(2.0, 3.0).mean,
    Bernoulli(logits=torch.tensor([0.3])).entropy(),
    Bernoulli(torch.tensor([0.3])).log_prob(torch.tensor([1.0])),
)
try:
    Normal(torch.tensor([0.0]), torch.tensor([-1.0]))
except ValueError as e:
    print("ValueError", str(e)[:60])
try:
    Categorical(logits=torch.tensor([float("nan"), 0.0]))
except ValueError as e:
    print(str(e)[:70])
pyd.Distribution.set_default_validate_args(False)
print(Normal(0.0, -1.0).variance)
pyd.Distribution.set_default_validate_args(True)


# dqn with prioritised replay, dueling, n-step
class Dueling(nn.Module):
    def __init__(self):
        super().__init__()
        self.f = nn.Linear(3, 8)
        self.v = nn.Linear(8, 1)
        self.a = nn.Linear(8, 4)

    def forward(self, x):
        h = F.elu(self.f(x))
        a = self.a(h)
        return self.v(h) + a - a.mean(dim=1, keepdim=True)


net = Dueling()
net.apply(weight_init)
tgt = Dueling()
tgt.load_state_dict(net.state_dict())
tgt.eval()
opt = torch.optim.RMSprop(net.parameters(), lr=1e-2, eps=0.01)
prio = torch.ones(50)
for it in range(5):
    o, _, r, n, d = buf.sample(8)
    act = torch.tensor(rs.randint(0, 4, 8)).long().unsqueeze(-1)
    w = (prio[:8] / prio.sum()).pow(-0.4)
    w /= w.max()
    qv = net(o).gather(1, act)
    best = net(n).argmax(dim=1, keepdim=True)
    qn = tgt(n).gather(1, best).detach()
    y = torch.where(d.bool(), r + 0.9 * qn, r)
    td = (y - qv).abs().squeeze(1).detach()
    prio.scatter_(0, torch.arange(8), td + 1e-5)
    loss = (F.smooth_l1_loss(qv, y, reduction="none") * w.unsqueeze(1)).mean()
    opt.zero_grad()
    loss.backward()
    for p in net.parameters():
        p.grad.data.clamp_(-1, 1)
    opt.step()
    print(it, loss.item(), prio[:3])
    if it % 2 == 0:
        tgt.load_state_dict(net.state_dict())
print(net.state_dict()["v.bias"], {k: tuple(v.size()) for k, v in tgt.state_dict().items()})
