"""Wasserstein training with a gradient penalty, R1 regularization, and an influence of second order: double backward."""

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import autograd as ag
from torch.autograd import grad

torch.set_default_dtype(torch.float64)
rng = np.random.default_rng(5)


class Critic(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 4, 3, stride=2, padding=1),
            nn.LayerNorm([4, 4, 4]),
            nn.SiLU(),
            nn.Conv2d(4, 8, 3, stride=2, padding=1, groups=2, padding_mode="reflect"),
            nn.InstanceNorm2d(8, affine=True),
            nn.Softplus(beta=2),
            nn.Flatten(),
        )
        self.head = nn.Linear(32, 1)

    def forward(self, x):
        return self.head(self.features(x))


def fill(module):
    for p in module.parameters():
        p.requires_grad_(False).copy_(torch.asarray(rng.normal(size=p.shape) * 0.2)).requires_grad_(True)
    return module


critic = fill(Critic())
generator = fill(nn.Sequential(nn.Linear(3, 32), nn.Hardswish(), nn.Linear(32, 64), nn.Unflatten(1, (1, 8, 8))))
opt_c = torch.optim.Adam(critic.parameters(), lr=1e-3, betas=(0.0, 0.9))
opt_g = torch.optim.RMSprop(generator.parameters(), lr=1e-3, centered=True)


def gradient_penalty(critic, real, fake):
    alpha = torch.tensor(rng.random((real.size(0), 1, 1, 1))).expand_as(real)
    mixed = (alpha * real + (1 - alpha) * fake).detach().requires_grad_()
    score = critic(mixed)
    (gradient,) = grad(score, mixed, grad_outputs=torch.ones_like(score), create_graph=True, retain_graph=True)
    return ((gradient.view(gradient.shape[0], -1).norm(2, dim=1) - 1) ** 2).mean()


for step in range(5):
    real = torch.tensor(rng.standard_normal((6, 1, 8, 8)))
    for _ in range(2):
        z = torch.tensor(rng.standard_normal((6, 3)))
        with torch.no_grad():
            fake = generator(z)
        penalty = gradient_penalty(critic, real, fake)
        real.requires_grad_(True)
        score = critic(real)
        r1 = ag.grad(score.sum(), real, create_graph=True)[0].square().sum([1, 2, 3]).mean()
        loss_c = critic(fake).mean() - score.mean() + 10 * penalty + 0.1 * r1
        opt_c.zero_grad()
        loss_c.backward()
        opt_c.step()
        real = real.detach()
    for p in critic.parameters():
        p.requires_grad = False
    loss_g = -critic(generator(z)).mean()
    opt_g.zero_grad()
    loss_g.backward()
    opt_g.step()
    for p in critic.parameters():
        p.requires_grad = True
    print(f"{step} {loss_c.item():.10f} {loss_g.item():.10f} {penalty:.10f} {r1.item():.10f}")

# One step of MAML: the gradient goes through the inner update.
weights = {name: p.detach().clone().requires_grad_() for name, p in generator.named_parameters()}
x, y = torch.linspace(-1, 1, 12).view(4, 3), torch.linspace(0, 1, 256).view(4, 1, 8, 8)
inner = F.mse_loss(torch.func.functional_call(generator, weights, (x,)), y)
gradients = torch.autograd.grad(inner, tuple(weights.values()), create_graph=True)
fast = {name: w - 0.1 * g for (name, w), g in zip(weights.items(), gradients)}
outer = F.huber_loss(torch.func.functional_call(generator, fast, x.flip(0)), y, delta=0.3)
outer.backward()
print(inner.item(), outer.item(), [round(w.grad.norm().item(), 10) for w in weights.values()])

# Products with the Hessian, by two walks backward.
parameters = [p for p in critic.parameters() if p.requires_grad]
loss = critic(x.new_tensor(rng.normal(size=(2, 1, 8, 8)))).pow(2).sum()
first = torch.autograd.grad(loss, parameters, create_graph=True)
flat = torch.cat([g.reshape(-1) for g in first])
direction = torch.ones_like(flat) / flat.numel() ** 0.5
second = torch.autograd.grad(flat @ direction, parameters, allow_unused=True)
print(flat.norm(), [0.0 if g is None else float(g.sum()) for g in second])
