"""Functions with a backward of their own: a straight-through estimator, a gradient reversal, one with saved tensors."""

import torch
import torch.nn as nn
from torch.autograd import Function, gradcheck, gradgradcheck
from torch.autograd.function import once_differentiable
from torch.utils.checkpoint import checkpoint, checkpoint_sequential

torch.set_default_dtype(torch.float64)


class Exp(Function):
    @staticmethod
    def forward(ctx, i):
        result = i.exp()
        ctx.save_for_backward(result)
        return result

    @staticmethod
    def backward(ctx, grad_output):
        (result,) = ctx.saved_tensors
        return grad_output * result


class RoundSTE(Function):
    @staticmethod
    def forward(ctx, x, levels):
        ctx.mark_non_differentiable()
        ctx.set_materialize_grads(False)
        return torch.round(x * levels) / levels

    @staticmethod
    def backward(ctx, g):
        return g, None


class GradReverse(Function):
    @staticmethod
    def forward(ctx, x, lambd):
        ctx.lambd = lambd
        return x.view_as(x)

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output.neg() * ctx.lambd, None


class LinearFunction(Function):
    @staticmethod
    def forward(input, weight, bias):
        output = input.mm(weight.t())
        if bias is not None:
            output += bias.unsqueeze(0).expand_as(output)
        return output

    @staticmethod
    def setup_context(ctx, inputs, output):
        input, weight, bias = inputs
        ctx.save_for_backward(input, weight, bias)

    @staticmethod
    def backward(ctx, grad_output):
        input, weight, bias = ctx.saved_tensors
        grad_input = grad_weight = grad_bias = None
        if ctx.needs_input_grad[0]:
            grad_input = grad_output.mm(weight)
        if ctx.needs_input_grad[1]:
            grad_weight = grad_output.t().mm(input)
        if bias is not None and ctx.needs_input_grad[2]:
            grad_bias = grad_output.sum(0)
        return grad_input, grad_weight, grad_bias


class TopEigen(Function):
    @staticmethod
    def forward(ctx, a):
        values, vectors = torch.linalg.eigh(a)
        ctx.save_for_backward(vectors[..., -1])
        return values[..., -1]

    @staticmethod
    @once_differentiable
    def backward(ctx, g):
        (v,) = ctx.saved_tensors
        return g[..., None, None] * v.unsqueeze(-1) * v.unsqueeze(-2)


class InPlaceScale(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.mark_dirty(x)
        return x.mul_(3)

    @staticmethod
    def backward(ctx, g):
        return g * 3


class Linear(nn.Module):
    def __init__(self, inputs, outputs, bias=True):
        super().__init__()
        self.weight = nn.Parameter(torch.linspace(-1, 1, inputs * outputs).view(outputs, inputs))
        if bias:
            self.bias = nn.Parameter(torch.zeros(outputs))
        else:
            self.register_parameter("bias", None)

    def forward(self, input):
        return LinearFunction.apply(input, self.weight, self.bias)


x = torch.linspace(-1, 2, 12).view(4, 3).requires_grad_()
net = nn.Sequential(Linear(3, 5), nn.Tanh(), Linear(5, 2, bias=False))
print(gradcheck(net, (x,)), gradgradcheck(Exp.apply, (x,)), gradcheck(LinearFunction.apply, (x, net[0].weight, None)))
reverse = GradReverse.apply
out = Exp.apply(reverse(net(RoundSTE.apply(x, 8)), 0.5))
out.sum().backward()
print(out, x.grad, net[0].bias.grad, net[2].weight.grad.sum().item())
print(out.grad_fn.name(), out.grad_fn.next_functions[0][0] is not None, net[2].bias)

symmetric = (x.detach() @ x.detach().T).requires_grad_()
TopEigen.apply(symmetric).backward()
print(symmetric.grad.diagonal())
y = x * 2
InPlaceScale.apply(y)
(gx,) = torch.autograd.grad(y.pow(2).sum(), x)
print(gx[0].tolist(), y.requires_grad)
try:
    (a := torch.ones(2, requires_grad=True)).add_(1)
except RuntimeError as error:
    print("leaf", type(error).__name__, a.is_leaf)
try:
    b = x.exp()
    b.mul_(2)
    b.sum().backward()
except RuntimeError as error:
    print("modified", "modified by an inplace operation" in str(error))

seen = []
h = x.register_hook(lambda g: g * 2)
hidden = net[0](x)
hidden.retain_grad()
hidden.register_hook(lambda g: seen.append(g.abs().max().item()))
handles = [m.register_forward_hook(lambda m, i, o: seen.append(o.sum().item())) for m in net.children()]
pre = net[2].register_forward_pre_hook(lambda m, args: (args[0] * 1.5,))
back = net[1].register_full_backward_hook(lambda m, gi, go: seen.append((gi[0].sum().item(), go[0].sum().item())))
x.grad = None
(net(x).mean() + hidden.logsumexp(0).sum()).backward()
for handle in [h, pre, back, *handles]:
    handle.remove()
print(seen, x.grad.sum(0), hidden.grad.norm().item(), net(x).sum().item())

block = nn.Sequential(*[nn.Sequential(Linear(3, 3), nn.ELU()) for _ in range(4)])
plain = torch.autograd.grad(block(x).sum(), x)[0]
saved = torch.autograd.grad(checkpoint(block, x, use_reentrant=False).sum(), x)[0]
parts = torch.autograd.grad(checkpoint_sequential(block, 2, x, use_reentrant=False).sum(), x)[0]
print(torch.equal(plain, saved), torch.equal(plain, parts), plain.sum().item())
with torch.autograd.graph.saved_tensors_hooks(lambda t: (t, t.shape), lambda pair: pair[0].view(pair[1])):
    print(torch.autograd.grad((x**3).sum(), x)[0].sum().item())
with torch.autograd.set_detect_anomaly(True), torch.set_grad_enabled(False):
    print((x * 2).requires_grad, torch.is_grad_enabled())


@torch.no_grad()
def evaluate(model):
    model.eval()
    return model(x).amax().item()


print(evaluate(net), net.training, [n for n, _ in net.named_modules()], x.grad_fn, x.is_leaf)
