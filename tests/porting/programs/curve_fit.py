"""Curve fits: LBFGS with closures, Gauss-Newton by Jacobians, a Newton step by the Hessian, uncertainty by inverse."""

import math

import torch
from torch import nn
from torch.autograd import Variable
from torch.autograd.functional import hessian, jacobian, jvp, vjp

torch.set_default_dtype(torch.float64)
t = torch.linspace(0, 4, 40)
y = 2.5 * torch.exp(-1.3 * t) * torch.cos(2 * math.pi * 0.7 * t) + 0.05 * torch.sin(37 * t)


class Damped(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Parameter(torch.tensor(2.0))
        self.b = nn.Parameter(torch.tensor(1.0))
        self.f = nn.Parameter(torch.tensor(0.65))

    def forward(self, t):
        return self.a * torch.exp(-self.b * t) * torch.cos(2 * torch.pi * self.f * t)

    def extra_repr(self):
        return f"a={self.a.item():.6f}, b={self.b.item():.6f}, f={self.f.item():.6f}"


model = Damped()
for options in ({"lr": 0.1, "max_iter": 5}, {"line_search_fn": "strong_wolfe", "max_iter": 12, "history_size": 5}):
    optimizer = torch.optim.LBFGS(model.parameters(), **options)

    def closure():
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(t), y)
        loss.backward()
        return loss

    for _ in range(3):
        loss = optimizer.step(closure)
    print(loss.item(), model)

p = torch.stack([p.detach() for p in model.parameters()]) + 0.05


def residuals(p):
    return p[0] * torch.exp(-p[1] * t) * torch.cos(2 * math.pi * p[2] * t) - y


for _ in range(4):
    J = jacobian(residuals, p)
    r = residuals(p)
    p = p - torch.linalg.lstsq(J, r.unsqueeze(1)).solution.squeeze(1)
    print(p.tolist(), r.square().sum().item())
covariance = torch.inverse(J.t() @ J) * r.var(unbiased=False)
print(covariance.diag().sqrt())
H = hessian(lambda q: residuals(q).pow(2).sum(), p)
print(torch.linalg.cond(H).item(), torch.allclose(H, H.T), torch.det(H).item())
_, product = jvp(residuals, p, torch.ones(3))
_, back = vjp(residuals, p, torch.ones(40))
print(product.sum().item(), back.tolist())

x = Variable(torch.tensor([-1.2, 1.0]), requires_grad=True)
for step in range(6):
    f = (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2
    (g,) = torch.autograd.grad(f, x, create_graph=True)
    H = torch.stack([torch.autograd.grad(g[i], x, retain_graph=True)[0] for i in range(2)])
    with torch.no_grad():
        x -= torch.linalg.solve(H, g)
    print(step, f.item(), x.tolist())
vandermonde = torch.vander(t, 4, increasing=True)
coefficients = torch.linalg.lstsq(vandermonde, y[:, None])[0]
print(coefficients.view(-1), torch.cov(vandermonde[:, 1:].T).trace().item(), torch.corrcoef(vandermonde[:, 1:].T)[0, 2])
