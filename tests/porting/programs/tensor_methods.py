"""What data preparation and losses do with tensors: masks, gathers, windows, sorts, einsum, writes by index."""

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.set_printoptions(precision=6)
a = torch.arange(24.0).sin().reshape(2, 3, 4).requires_grad_()
print(a, a.dtype, a.shape, a.size(-1), a.ndim, a.numel(), len(a), a.stride())

scores = torch.einsum("bij,bkj->bik", a, a.softmax(-1))
mask = torch.ones(3, 3).triu(1).bool()
weights = scores.masked_fill(mask, -1e9).softmax(dim=-1)
values, order = weights.topk(2, dim=-1, largest=True, sorted=True)
picked = a.gather(2, order[..., :1].expand(-1, -1, 1)).squeeze(-1)
print(weights, values.sum(), picked.tolist())
(weights.log().where(~mask, torch.zeros(())).sum() + picked.prod()).backward()
print(a.grad.norm(), a.grad[0, 0].tolist())

windows = a.detach().unfold(2, 2, 1)
patches = F.unfold(a.detach().unsqueeze(0), kernel_size=2)
print(windows.shape, windows.sum().item(), patches.shape, F.fold(patches, (3, 4), 2).sum().item())

buffer = torch.zeros(5, 3)
buffer[[0, 2, 4], 1] = torch.tensor([1.0, 2.0, 3.0])
buffer[1:3, ::2] += 0.5
buffer[buffer > 1] *= 10
buffer[..., -1].add_(torch.arange(5))
buffer.index_put_((torch.tensor([0, 0, 3]), torch.tensor([1, 1, 2])), torch.ones(3), accumulate=True)
buffer.scatter_(1, torch.tensor([[0], [1], [2], [0], [1]]), -1.0)
buffer.index_fill_(0, torch.tensor([3]), 7)
buffer.masked_scatter_(buffer.eq(7), torch.tensor([1.0, 2.0, 3.0]))
print(buffer, buffer.nonzero(as_tuple=True), buffer.argmax().item(), buffer.cummax(0).values[-1])
print(torch.where(buffer > 0)[0].tolist(), (buffer > 0).any(dim=1).tolist(), buffer.bool().all(0))

labels = torch.tensor([2, 0, 1, 2, 1])
one_hot = F.one_hot(labels, num_classes=4).float()
print(one_hot, labels.unique(return_counts=True), torch.bincount(labels, minlength=5), labels.float().mean())
confusion = torch.zeros(3, 3, dtype=torch.int64)
for t, p in zip(labels, labels.roll(1)):
    confusion[t, p] += 1
print(confusion, confusion.diag().sum().item() / confusion.sum().item())

logits = torch.linspace(-2, 2, 15).view(5, 3).requires_grad_()
p_t = F.softmax(logits, 1)[torch.arange(5), labels]
focal = (-((1 - p_t) ** 2) * p_t.log()).mean()
dice = 1 - 2 * (logits.sigmoid() * one_hot[:, :3]).sum() / (logits.sigmoid().sum() + one_hot.sum() + 1e-6)
features = F.normalize(logits @ torch.arange(18.0).cos().view(3, 6), p=2, dim=1)
similarity = features @ features.t() / 0.5
similarity.data.fill_diagonal_(-1e9)
contrastive = F.cross_entropy(similarity, (torch.arange(5) + 1) % 5)
triplet = F.triplet_margin_loss(features[:2], features[1:3], features[3:], margin=0.3)
ctc = F.ctc_loss(logits.view(5, 1, 3).log_softmax(2), torch.tensor([[1, 2]]), torch.tensor([5]), torch.tensor([2]))
total = focal + dice + contrastive + triplet + ctc
total.backward()
print(focal.item(), dice.item(), contrastive.item(), triplet.item(), ctc.item(), logits.grad)

boxes = torch.tensor([[0.0, 0, 2, 2], [1, 1, 3, 3], [0, 0, 2, 2.2], [5, 5, 6, 6]])
lt = torch.max(boxes[:, None, :2], boxes[None, :, :2])
rb = torch.min(boxes[:, None, 2:], boxes[None, :, 2:])
inter = (rb - lt).clamp(min=0).prod(dim=2)
area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
iou = inter / (area[:, None] + area - inter)
keep, left = [], torch.tensor([0.9, 0.8, 0.7, 0.6]).argsort(descending=True)
while left.numel() > 0:
    i = left[0]
    keep.append(i.item())
    left = left[1:][iou[i, left[1:]] <= 0.5]
print(iou, keep)

grid = F.affine_grid(torch.tensor([[[0.8, 0.1, 0], [-0.1, 0.9, 0.2]]]), [1, 1, 4, 4], align_corners=False)
image = torch.arange(16.0).view(1, 1, 4, 4)
print(F.grid_sample(image, grid, mode="bilinear", padding_mode="border", align_corners=False))
print(F.interpolate(image, scale_factor=1.5, mode="bilinear", align_corners=True).mean().item())
print(F.interpolate(image, size=(2, 3), mode="nearest"), F.pad(image, (1, 1, 0, 2), mode="circular").sum().item())
yy, xx = torch.meshgrid(torch.linspace(-1, 1, 3), torch.linspace(-1, 1, 3), indexing="ij")
kernel = torch.exp(-(xx**2 + yy**2) / 0.5)
kernel /= kernel.sum()
print(F.conv2d(image, kernel[None, None], padding="same"), torch.stack([yy, xx], -1).flatten(0, 1)[1:3])
angles = torch.outer(torch.arange(4.0), 1.0 / 100 ** (torch.arange(0, 4, 2) / 4))
rotated = torch.view_as_complex(torch.randn(4, 2, 2).fill_(0.5)) * torch.polar(torch.ones_like(angles), angles)
print(torch.view_as_real(rotated).flatten(1), torch.repeat_interleave(angles[1], 2))
print(torch.cat([t.unsqueeze(0) for t in image[0, 0].chunk(2)]).var(dim=(1, 2), keepdim=True).squeeze())
array = a.detach().cpu().numpy()
print(np.allclose(array.sum((0, 1)), a.detach().sum((0, 1)).cpu()), torch.from_numpy(array.copy()).mul(2).mean().item())
print(torch.quantile(image, torch.tensor([0.25, 0.9])), image.median(), image.std(unbiased=True), torch.var_mean(image))
print(torch.cdist(boxes, boxes[:2]), torch.tril_indices(3, 3, -1), torch.combinations(torch.arange(3)).tolist())
print(
    f"{image.sum():.2f} {image.max():>8.3f} {int(labels[0])} {labels.tolist()} {labels.type(torch.int8).dtype}",
    torch.get_rng_state().dtype,
)
print(torch.bucketize(torch.tensor([0.1, 2.5]), torch.arange(4.0)), torch.searchsorted(torch.arange(4), 2).item())
print(image.sum(axis=(2, 3)), image.mean(axis=-1, keepdims=True).shape, torch.cat([image, image], axis=0).shape)
print(
    torch.finfo(torch.float32).eps,
    torch.iinfo(torch.int16).max,
    torch.tensor(3).dtype,
    torch.ones(2).is_floating_point(),
)
packed = torch.block_diag(torch.eye(2), torch.full((1, 2), 3.0))
print(packed, packed.T.contiguous().is_contiguous(), packed.mT.flip([0]).tolist(), packed.to(torch.int).to(labels))
print(torch.stft(torch.arange(32.0).cos(), 8, 4, window=torch.hann_window(8), return_complex=True).abs().sum(1)[:3])
print([tuple(t.shape) for t in torch.split(torch.zeros(7, 2), [3, 4])], torch.logsumexp(image, (2, 3)).item())
state = torch.get_rng_state()
print(torch.rand(2).shape, state.dim(), torch.Generator().manual_seed(3).initial_seed())
