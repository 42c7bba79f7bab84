"""Moving averages of weights, SWA, schedules in chains, checkpoints in the middle, frozen parts, parameter groups."""

import copy
import math
import os

import torch
import torch.nn as nn
from torch.optim import SGD, Adam, AdamW, Optimizer
from torch.optim.lr_scheduler import (
    ChainedScheduler,
    CosineAnnealingLR,
    CosineAnnealingWarmRestarts,
    CyclicLR,
    ExponentialLR,
    LambdaLR,
    LinearLR,
    OneCycleLR,
    PolynomialLR,
    ReduceLROnPlateau,
    SequentialLR,
)
from torch.optim.swa_utils import SWALR, AveragedModel, get_ema_multi_avg_fn, update_bn
from torch.utils.data import DataLoader, TensorDataset, random_split

torch.set_default_dtype(torch.float64)


class EMA:
    def __init__(self, model, decay):
        self.model, self.decay = model, decay
        self.shadow = {n: p.data.clone() for n, p in model.named_parameters() if p.requires_grad}
        self.backup = {}

    def update(self):
        for name, param in self.model.named_parameters():
            if param.requires_grad:
                assert name in self.shadow
                self.shadow[name] = ((1.0 - self.decay) * param.data + self.decay * self.shadow[name]).clone()

    def apply_shadow(self):
        for name, param in self.model.named_parameters():
            if param.requires_grad:
                self.backup[name] = param.data
                param.data = self.shadow[name]

    def restore(self):
        for name, param in self.model.named_parameters():
            if param.requires_grad:
                param.data = self.backup[name]
        self.backup = {}


class SGDWithSign(Optimizer):
    def __init__(self, params, lr=1e-2, weight_decay=0):
        if lr < 0.0:
            raise ValueError(f"Invalid learning rate: {lr}")
        super().__init__(params, dict(lr=lr, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                if len(state) == 0:
                    state["step"] = 0
                    state["exp_avg"] = torch.zeros_like(p, memory_format=torch.preserve_format)
                state["step"] += 1
                state["exp_avg"].mul_(0.9).add_(p.grad, alpha=0.1)
                p.mul_(1 - group["lr"] * group["weight_decay"])
                p.addcdiv_(state["exp_avg"].sign(), torch.full_like(p, state["step"] ** 0.5), value=-group["lr"])
        return loss


def build():
    model = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 1))
    for i, p in enumerate(model.parameters()):
        nn.init.constant_(p, 0.1 * (i + 1))
        p.data += 0.1 * torch.sin(torch.arange(p.numel())).view(p.shape)
    return model


x = torch.cos(torch.arange(160.0)).view(40, 4)
y = x.prod(1, keepdim=True) + x[:, :1]
loader = DataLoader(TensorDataset(x, y), batch_size=10, shuffle=False, pin_memory=False)
print(len(loader), len(random_split(TensorDataset(x, y), [30, 10])[1]))
loss_fn = nn.MSELoss()


def run(optimizer, model, epochs, scheduler=None, each=None):
    for _ in range(epochs):
        for xb, yb in loader:
            optimizer.zero_grad()
            loss = loss_fn(model(xb), yb)
            loss.backward()
            optimizer.step()
            if each:
                each()
        if scheduler:
            scheduler.step()
    return loss.item()


model = build()
ema, averaged = EMA(model, 0.9), AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.9))
optimizer = SGD(model.parameters(), lr=0.05, momentum=0.9, dampening=0.1)
print(run(optimizer, model, 3, each=lambda: (ema.update(), averaged.update_parameters(model))))
ema.apply_shadow()
model.eval()
print(loss_fn(model(x), y).item(), (averaged.module[0].weight - model[0].weight).abs().max().item() < 1e-2)
ema.restore()
model.train()

swa_model = AveragedModel(model)
scheduler, swa = CosineAnnealingLR(optimizer, T_max=4), SWALR(optimizer, swa_lr=0.02, anneal_epochs=2)
for epoch in range(6):
    run(optimizer, model, 1)
    if epoch > 2:
        swa_model.update_parameters(model)
        swa.step()
    else:
        scheduler.step()
    print(epoch, [g["lr"] for g in optimizer.param_groups])
update_bn(loader, swa_model)
swa_model.eval()
print(loss_fn(swa_model(x), y).item(), int(swa_model.n_averaged))

model = build()
for p in model[0].parameters():
    p.requires_grad = False
groups = [{"params": model[1].parameters()}, {"params": model[3].parameters(), "lr": 0.02}]
optimizer = AdamW(filter(lambda g: g, groups), lr=0.01, weight_decay=0.1)
warm = LinearLR(optimizer, start_factor=0.1, total_iters=2)
scheduler = SequentialLR(optimizer, [warm, ExponentialLR(optimizer, 0.5)], milestones=[2])
print(run(optimizer, model, 2, scheduler))
state = {
    "epoch": 2,
    "model_state_dict": model.state_dict(),
    "optimizer_state_dict": optimizer.state_dict(),
    "scheduler": scheduler.state_dict(),
    "best": {"loss": 0.5, "name": "x"},
}
torch.save(state, os.path.join(os.getcwd(), "checkpoint.pth.tar"))
expected = run(optimizer, model, 2, scheduler)
checkpoint = torch.load("checkpoint.pth.tar")
again = build()
again[0].requires_grad_(False)
incompatible = again.load_state_dict(
    {k: v for k, v in checkpoint["model_state_dict"].items() if "0." != k[:2]}, strict=False
)
print(incompatible.missing_keys, incompatible.unexpected_keys)
optimizer2 = AdamW([{"params": again[1].parameters()}, {"params": again[3].parameters()}], lr=1.0)
warm = LinearLR(optimizer2, start_factor=0.1, total_iters=2)
scheduler2 = SequentialLR(optimizer2, [warm, ExponentialLR(optimizer2, 0.5)], milestones=[2])
optimizer2.load_state_dict(checkpoint["optimizer_state_dict"])
scheduler2.load_state_dict(checkpoint["scheduler"])
print(run(optimizer2, again, 2, scheduler2) == expected, checkpoint["best"], scheduler2.get_last_lr())
clone = copy.deepcopy(again)
print(all(torch.equal(a, b) and a is not b for a, b in zip(clone.parameters(), again.parameters())))

parameter = nn.Parameter(torch.ones(1))
makers = {
    "lambda": lambda o: LambdaLR(o, lr_lambda=lambda e: 0.5 * (1 + math.cos(math.pi * e / 10))),
    "one": lambda o: OneCycleLR(o, max_lr=0.1, epochs=4, steps_per_epoch=3, anneal_strategy="linear"),
    "cyclic": lambda o: CyclicLR(o, 0.01, 0.1, step_size_up=3, mode="triangular2", cycle_momentum=False),
    "restarts": lambda o: CosineAnnealingWarmRestarts(o, T_0=3, T_mult=2),
    "poly": lambda o: PolynomialLR(o, total_iters=5, power=2.0),
    "chain": lambda o: ChainedScheduler([ExponentialLR(o, 0.9), LinearLR(o, 0.5)]),
}
print(isinstance(makers["poly"](Adam([parameter])), torch.optim.lr_scheduler._LRScheduler))
for name, make in makers.items():
    optimizer = Adam([parameter], lr=0.1)
    scheduler, lrs = make(optimizer), []
    for _ in range(9):
        optimizer.step()
        scheduler.step()
        lrs.append(scheduler.get_last_lr()[0])
    print(name, lrs)
plateau = ReduceLROnPlateau(optimizer, mode="min", factor=0.3, patience=1, threshold=1e-3)
for value in (1.0, 0.9, 0.9, 0.9, 0.9, 0.2, torch.tensor(0.3), 0.3):
    plateau.step(value)
print(optimizer.param_groups[0]["lr"], plateau.num_bad_epochs)
model = build()
print(run(SGDWithSign(model.parameters(), lr=0.01, weight_decay=0.1), model, 3))
print(optimizer)
