"""State space models: S4D by FFT with complex parameters and a rate for each, a Mamba block by three scans, SSD sums."""

import math
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


class S4DKernel(nn.Module):
    def __init__(self, d_model, N=8, dt_min=0.001, dt_max=0.1, lr=None):
        super().__init__()
        H = d_model
        log_dt = torch.linspace(math.log(dt_min), math.log(dt_max), H)
        C = torch.complex(torch.linspace(-1, 1, H * N // 2), torch.linspace(1, -0.5, H * N // 2)).reshape(H, N // 2)
        self.C = nn.Parameter(torch.view_as_real(C))
        self.register("log_dt", log_dt, lr)
        log_A_real = torch.log(0.5 * torch.ones(H, N // 2))
        A_imag = math.pi * torch.arange(N // 2).repeat(H, 1)
        self.register("log_A_real", log_A_real, lr)
        self.register("A_imag", A_imag, lr)

    def forward(self, L):
        dt = torch.exp(self.log_dt)
        C = torch.view_as_complex(self.C)
        A = -torch.exp(self.log_A_real) + 1j * self.A_imag
        dtA = A * dt.unsqueeze(-1)
        K = dtA.unsqueeze(-1) * torch.arange(L, device=A.device)
        C = C * (torch.exp(dtA) - 1.0) / A
        return 2 * torch.einsum("hn, hnl -> hl", C, torch.exp(K)).real

    def register(self, name, tensor, lr=None):
        if lr == 0.0:
            self.register_buffer(name, tensor)
        else:
            self.register_parameter(name, nn.Parameter(tensor))
            options = {"weight_decay": 0.0}
            if lr is not None:
                options["lr"] = lr
            setattr(getattr(self, name), "_optim", options)


class S4D(nn.Module):
    def __init__(self, d_model, d_state=8, transposed=True, **kernel_args):
        super().__init__()
        self.h = d_model
        self.D = nn.Parameter(torch.ones(self.h) * 0.3)
        self.kernel = S4DKernel(self.h, N=d_state, **kernel_args)
        self.activation = nn.GELU()
        self.output_linear = nn.Sequential(nn.Conv1d(self.h, 2 * self.h, kernel_size=1), nn.GLU(dim=-2))

    def forward(self, u):
        L = u.size(-1)
        k = self.kernel(L=L)
        k_f = torch.fft.rfft(k, n=2 * L)
        u_f = torch.fft.rfft(u, n=2 * L)
        y = torch.fft.irfft(u_f * k_f, n=2 * L)[..., :L]
        y = y + u * self.D.unsqueeze(-1)
        return self.output_linear(self.activation(y)), None


m = S4D(4, lr=1e-3)
rs = np.random.RandomState(1)
with torch.no_grad():
    for p in m.output_linear.parameters():
        p.copy_(torch.tensor(rs.randn(*p.shape)) * 0.4)


def setup_optimizer(model, lr, weight_decay, epochs):
    all_parameters = list(model.parameters())
    params = [p for p in all_parameters if not hasattr(p, "_optim")]
    optimizer = torch.optim.AdamW(params, lr=lr, weight_decay=weight_decay)
    hps = [getattr(p, "_optim") for p in all_parameters if hasattr(p, "_optim")]
    hps = [dict(s) for s in sorted(list(dict.fromkeys(frozenset(hp.items()) for hp in hps)))]
    for hp in hps:
        params = [p for p in all_parameters if getattr(p, "_optim", None) == hp]
        optimizer.add_param_group({"params": params, **hp})
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)
    for i, g in enumerate(optimizer.param_groups):
        print(
            " | ".join(
                [f"Optimizer group {i}", f"{len(g['params'])} tensors"]
                + [f"{k} {v}" for k, v in g.items() if k in ("lr", "weight_decay")]
            )
        )
    return optimizer, scheduler


opt, sch = setup_optimizer(m, 1e-2, 0.05, 5)
u = torch.tensor(rs.randn(2, 4, 10))
y = torch.tensor(rs.randn(2, 4, 10))
for s in range(4):
    o, _ = m(u)
    loss = F.smooth_l1_loss(o, y, beta=0.5)
    opt.zero_grad()
    loss.backward()
    opt.step()
    sch.step()
    print(s, loss.item(), sch.get_last_lr())
print(m.kernel.C.grad[0, 0], m.kernel(3))


class MambaBlock(nn.Module):
    def __init__(self, d=6, n=4, dt_rank=2, k=3):
        super().__init__()
        self.in_proj = nn.Linear(d, 2 * d, bias=False)
        self.conv1d = nn.Conv1d(d, d, k, groups=d, padding=k - 1)
        self.x_proj = nn.Linear(d, dt_rank + 2 * n, bias=False)
        self.dt_proj = nn.Linear(dt_rank, d)
        A = torch.arange(1, n + 1, dtype=torch.float64).repeat(d, 1)
        self.A_log = nn.Parameter(torch.log(A))
        self.A_log._no_weight_decay = True
        self.D = nn.Parameter(torch.ones(d))
        self.out_proj = nn.Linear(d, d, bias=False)
        self.n, self.r = n, dt_rank
        dt = torch.exp(torch.linspace(0, 1, d) * (math.log(0.1) - math.log(0.001)) + math.log(0.001)).clamp(min=1e-4)
        inv_dt = dt + torch.log(-torch.expm1(-dt))
        with torch.no_grad():
            self.dt_proj.bias.copy_(inv_dt)

    def forward(self, x, mode="seq"):
        b, l, d = x.shape
        x, res = self.in_proj(x).split(split_size=[d, d], dim=-1)
        x = F.silu(self.conv1d(x.mT)[:, :, :l].mT)
        A = -torch.exp(self.A_log)
        delta, B, C = self.x_proj(x).split([self.r, self.n, self.n], dim=-1)
        delta = F.softplus(self.dt_proj(delta))
        dA = torch.exp(torch.einsum("bld,dn->bldn", delta, A))
        dBu = torch.einsum("bld, bln, bld -> bldn", delta, B, x)
        if mode == "seq":
            h = x.new_zeros(b, d, self.n)
            ys = []
            for i in range(l):
                h = dA[:, i] * h + dBu[:, i]
                ys.append(torch.einsum("bdn,bn->bd", h, C[:, i, :]))
            y = torch.stack(ys, dim=1)
        else:
            p = torch.cumsum(torch.log(dA), dim=1)
            h = (dBu * torch.exp(-p)).cumsum(1) * torch.exp(p)
            y = (h @ C.unsqueeze(-1)).squeeze(-1) if mode == "cumsum" else torch.einsum("...dn,...n->...d", h, C)
        return self.out_proj((y + x * self.D) * F.silu(res))


mb = MambaBlock().double()
for n, p in mb.named_parameters():
    if "proj.weight" in n or "conv" in n:
        p.data = torch.tensor(rs.randn(*p.shape)) * 0.3
x = torch.tensor(rs.randn(2, 7, 6))
a, b, c = mb(x), mb(x, "cumsum"), mb(x, "e")
print(torch.testing.assert_close(a, b), (a - c).abs().max().item() < 1e-12)
g = torch.autograd.grad(a.pow(2).mean(), [mb.A_log, mb.D])
print(g)


def segsum(x):
    T = x.size(-1)
    x = x[..., None].expand(*x.shape, T)
    mask = torch.tril(torch.ones(T, T, dtype=torch.bool), diagonal=-1)
    x = x.masked_fill(~mask, 0)
    s = torch.cumsum(x, dim=-2)
    mask = torch.tril(torch.ones(T, T, dtype=torch.bool), diagonal=0)
    return s.masked_fill(~mask, -torch.inf)


print(segsum(torch.arange(4.0)), torch.exp(segsum(torch.tensor([-0.1, -0.2, -0.3]))))
lru = torch.polar(torch.tensor([0.9, 0.8]), torch.tensor([0.3, 1.2]))
pw = lru[:, None] ** torch.arange(5)
print(pw, torch.cumprod(lru.expand(4, 2), 0)[-1], lru.abs(), lru.angle(), (pw * pw.conj()).real)
hippo = torch.tensor(
    [
        [(2 * n + 1) ** 0.5 * (2 * k + 1) ** 0.5 if n > k else (n + 1 if n == k else 0) for k in range(4)]
        for n in range(4)
    ]
)
print(
    -hippo,
    torch.linalg.eigvals(hippo + hippo.T).real.sort().values,
    torch.linalg.matrix_power(hippo, 2)[3],
    torch.matrix_exp(-hippo * 0.1)[3],
)
print(torch.linalg.solve(torch.eye(4) + 0.05 * hippo, torch.ones(4, 1)).squeeze())
print(
    torch.einsum("ab,bc,cd,d->a", hippo, hippo, hippo, torch.ones(4)),
    torch.einsum("ii->i", hippo),
    torch.einsum(hippo, [0, 1], hippo, [2, 1], [0, 2])[0],
    torch.einsum("...i,...j", torch.ones(2, 3), torch.ones(2, 2)).shape,
)
