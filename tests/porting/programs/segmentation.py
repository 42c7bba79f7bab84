"""Segmentation: atrous pyramids, a feature pyramid, frozen batch norm, hard examples, Lovász, Lookahead, confusion."""

import math
from collections import OrderedDict
from typing import Dict, List
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.modules.loss import _Loss, _WeightedLoss
from torch.nn.modules.conv import _ConvNd
from torch.optim.optimizer import Optimizer
from torch.nn.common_types import _size_2_t

torch.set_default_dtype(torch.float64)
noise = np.random.RandomState(0)


def det(net):
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(torch.as_tensor(noise.randn(*p.shape)) * (0.5 if p.dim() > 1 else 0.1) + (p.dim() == 1))
    return net


class ASPPPooling(nn.Sequential):
    def __init__(self, i: int, o: int) -> None:
        super().__init__(nn.AdaptiveAvgPool2d(1), nn.Conv2d(i, o, 1, bias=False), nn.GroupNorm(2, o), nn.ReLU())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        size = x.shape[-2:]
        for mod in self:
            x = mod(x)
        return F.interpolate(x, size=size, mode="bilinear", align_corners=False)


class ASPP(nn.Module):
    def __init__(self, i, atrous_rates: List[int], o: int = 6):
        super().__init__()
        modules = [nn.Sequential(nn.Conv2d(i, o, 1, bias=False), nn.BatchNorm2d(o), nn.ReLU())]
        for r in atrous_rates:
            conv = nn.Conv2d(i, o, 3, padding=r, dilation=r, bias=False)
            modules.append(nn.Sequential(conv, nn.BatchNorm2d(o), nn.ReLU()))
        modules.append(ASPPPooling(i, o))
        self.convs = nn.ModuleList(modules)
        conv = nn.Conv2d(len(self.convs) * o, o, 1, bias=False)
        self.project = nn.Sequential(conv, nn.BatchNorm2d(o), nn.ReLU(), nn.Dropout(0.0))

    def forward(self, x):
        return self.project(torch.cat([conv(x) for conv in self.convs], dim=1))


class IntermediateLayerGetter(nn.ModuleDict):
    def __init__(self, model: nn.Module, return_layers: Dict[str, str]) -> None:
        if not set(return_layers).issubset([name for name, _ in model.named_children()]):
            raise ValueError("return_layers are not present in model")
        orig, return_layers = return_layers, {str(k): str(v) for k, v in return_layers.items()}
        layers = OrderedDict()
        for name, module in model.named_children():
            layers[name] = module
            return_layers.pop(name, None)
            if not return_layers:
                break
        super().__init__(layers)
        self.return_layers = orig

    def forward(self, x):
        out = OrderedDict()
        for name, module in self.items():
            x = module(x)
            if name in self.return_layers:
                out[self.return_layers[name]] = x
        return out


class FrozenBatchNorm2d(torch.nn.Module):
    def __init__(self, num_features: int, eps: float = 1e-5):
        super().__init__()
        self.eps = eps
        for n in ("weight", "bias", "running_mean", "running_var"):
            self.register_buffer(n, torch.full((num_features,), float(n in ("weight", "running_var"))))

    def _load_from_state_dict(self, state_dict, prefix, *args):
        num_batches_tracked_key = prefix + "num_batches_tracked"
        if num_batches_tracked_key in state_dict:
            del state_dict[num_batches_tracked_key]
        super()._load_from_state_dict(state_dict, prefix, *args)

    def forward(self, x):
        w, b, rv, rm = (t.reshape(1, -1, 1, 1) for t in (self.weight, self.bias, self.running_var, self.running_mean))
        scale = w * (rv + self.eps).rsqrt()
        return x * scale + (b - rm * scale)

    def __repr__(self) -> str:
        return f"{self.__class__.__name__}({self.weight.shape[0]}, eps={self.eps})"


class FPN(nn.Module):
    def __init__(self, ins, o):
        super().__init__()
        self.inner = nn.ModuleList(nn.Conv2d(i, o, 1) for i in ins if i != 0)
        self.layer = nn.ModuleList(nn.Conv2d(o, o, 3, padding=1) for _ in ins)
        for m in self.children():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_uniform_(m.weight, a=1)

    def forward(self, x: Dict[str, torch.Tensor]):
        names, xs = list(x.keys()), list(x.values())
        last = self.inner[-1](xs[-1])
        results = [self.layer[-1](last)]
        for idx in range(len(xs) - 2, -1, -1):
            lateral = self.inner[idx](xs[idx])
            last = lateral + F.interpolate(last, size=lateral.shape[-2:], mode="nearest")
            results.insert(0, self.layer[idx](last))
        results.append(F.max_pool2d(results[-1], 1, 2, 0))
        return OrderedDict(zip(names + ["pool"], results))


class Conv2dStaticSame(nn.Conv2d):
    def forward(self, x):
        ih, iw = x.size()[-2:]
        kh, kw = self.weight.size()[-2:]
        sh, sw = self.stride
        ph = max((math.ceil(ih / sh) - 1) * sh + (kh - 1) * self.dilation[0] + 1 - ih, 0)
        pw = max((math.ceil(iw / sw) - 1) * sw + (kw - 1) * self.dilation[1] + 1 - iw, 0)
        x = F.pad(x, [pw // 2, pw - pw // 2, ph // 2, ph - ph // 2])
        return F.conv2d(x, self.weight, self.bias, self.stride, 0, self.dilation, self.groups)


class OhemCELoss(_WeightedLoss):
    def __init__(self, thresh, weight=None, ignore_index=255):
        super().__init__(weight, reduction="none")
        self.thresh = -torch.log(torch.tensor(thresh, requires_grad=False, dtype=torch.double))
        self.ignore_lb = ignore_index

    def forward(self, logits, labels):
        n_min = labels[labels != self.ignore_lb].numel() // 4
        loss = F.cross_entropy(logits, labels, weight=self.weight, ignore_index=self.ignore_lb, reduction="none").view(
            -1
        )
        hard = loss[loss > self.thresh]
        if hard.numel() < n_min:
            hard, _ = loss.topk(n_min)
        return torch.mean(hard)


class LovaszSoftmax(_Loss):
    def forward(self, probas, labels):
        probas = probas.permute(0, 2, 3, 1).contiguous().view(-1, probas.size(1))
        labels = labels.view(-1)
        valid = labels != 255
        vprobas, vlabels = probas[valid.nonzero().squeeze()], labels[valid]
        losses = []
        for c in vlabels.unique():
            fg = (vlabels == c).double()
            errors = (fg - vprobas[:, c]).abs()
            errors_sorted, perm = torch.sort(errors, 0, descending=True)
            gt = fg[perm.data]
            inter = gt.sum() - gt.cumsum(0)
            union = gt.sum() + (1 - gt).cumsum(0)
            jaccard = 1.0 - inter / union
            if len(jaccard) > 1:
                jaccard[1:] = jaccard[1:] - jaccard[0:-1]
            losses.append(torch.dot(errors_sorted, jaccard))
        return sum(losses) / len(losses)


class Lookahead(Optimizer):
    def __init__(self, base, k=2, alpha=0.5):
        self.base, self.k, self.alpha = base, k, alpha
        self.param_groups, self.defaults, self.state = base.param_groups, base.defaults, base.state
        self.slow = [[p.clone().detach() for p in g["params"]] for g in self.param_groups]
        self.n = 0

    def zero_grad(self, set_to_none=True):
        self.base.zero_grad(set_to_none)

    def step(self, closure=None):
        loss = self.base.step(closure)
        self.n += 1
        if self.n % self.k == 0:
            for g, slow in zip(self.param_groups, self.slow):
                for p, q in zip(g["params"], slow):
                    q.add_(p.data - q, alpha=self.alpha)
                    p.data.copy_(q)
        return loss


layers = OrderedDict(c1=Conv2dStaticSame(3, 4, 3, 2), b1=FrozenBatchNorm2d(4), r1=nn.ReLU())
layers.update(
    c2=nn.Conv2d(4, 8, 3, 2, 1), b2=nn.BatchNorm2d(8), r2=nn.ReLU6(), c3=nn.Conv2d(8, 8, 3), last=nn.Linear(1, 1)
)
backbone = nn.Sequential(layers)
det(backbone)
sd = backbone.state_dict()
sd["b1.num_batches_tracked"] = torch.tensor(3)
print(backbone.load_state_dict(sd), backbone.b1)
body = IntermediateLayerGetter(backbone, {"r1": "low", "r2": 1, "c3": "out"})
aspp, fpn, cls = det(ASPP(8, [1, 2])), det(FPN([4, 8, 8], 6)), det(nn.Conv2d(12, 4, 1))
params = [p for m in (body, aspp, fpn, cls) for p in m.parameters()]
opt = Lookahead(torch.optim.SGD(params, lr=0.05, momentum=0.9))
x, y = torch.as_tensor(noise.randn(2, 3, 24, 20)), torch.as_tensor(noise.randint(0, 4, (2, 24, 20)))
y[0, :2] = 255
ohem, lovasz = OhemCELoss(0.7, weight=torch.tensor([1.0, 2, 1, 1])), LovaszSoftmax()
print(ohem, [n for n, _ in ohem.named_buffers()], list(body), isinstance(body.c1, _ConvNd))
for it in range(4):
    for g in opt.param_groups:
        g["lr"] = 0.05 * (1 - it / 10) ** 0.9
    feats = body(x)
    pyr = fpn(OrderedDict((str(k), v) for k, v in feats.items()))
    z = torch.cat([F.interpolate(aspp(feats["out"]), size=pyr["low"].shape[2:]), pyr["low"]], 1)
    logits = F.interpolate(cls(z), size=x.shape[-2:], mode="bicubic", align_corners=True)
    loss = ohem(logits, y) + lovasz(logits.softmax(1), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
    print(
        it, round(loss.item(), 5), [(k, list(v.shape)) for k, v in pyr.items()][-1], f"{opt.param_groups[0]['lr']:.6f}"
    )
hist = torch.histc(logits.argmax(1).double(), bins=4, min=0, max=3)
pred = logits.argmax(1)
mask = (y >= 0) & (y < 4)
conf = torch.zeros(4, 4, dtype=torch.int64)
conf.view(-1).index_add_(0, 4 * y[mask] + pred[mask], torch.ones_like(y[mask]))
acc = conf.diag().double() / conf.sum(1)
iu = torch.diag(conf).double() / (conf.sum(1) + conf.sum(0) - torch.diag(conf))
print(hist, conf, acc.nanmean(), iu[~iu.isnan()].mean(), conf.double().softmax(0).argmax())
dil = F.max_pool2d(mask.double().unsqueeze(1), 3, stride=1, padding=1)
dil = -F.max_pool2d(-dil, (3, 3), (1, 1), (1, 1))
kernel = torch.tensor([[-1.0, -1, -1], [-1, 8, -1], [-1, -1, -1]]).reshape(1, 1, 3, 3)
lap = F.conv2d(pred.unsqueeze(1).double(), kernel, padding=1).clamp(min=0)
lap[lap > 0.1], lap[lap <= 0.1] = 1, 0
print(dil.sum(), lap.sum(), torch.bitwise_and(mask, pred.bool()).sum(), (mask ^ pred.bool()).double().mean())
print(mask.logical_not().any(), torch.isin(y, torch.tensor([0, 255])).sum())
print(
    conf[0, torch.tensor([1, 2])], logits.detach()[0, :, 3, torch.tensor([4, 5])], logits[0, :, torch.arange(2)].shape
)
