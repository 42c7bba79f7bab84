"""Forward mode: dual tensors, a module with dual parameters, a Function with a jvp, and products by the functional API."""

import warnings

import torch
import torch.autograd.forward_ad as fwAD
import torch.nn as nn

warnings.filterwarnings("ignore", category=DeprecationWarning)  # of PyTorch's own
torch.set_default_dtype(torch.float64)
primal = torch.sin(torch.arange(12.0)).view(3, 4)
tangent = torch.cos(torch.arange(12.0)).view(3, 4)


def fn(x, y):
    return x**2 + y**2


with fwAD.dual_level():
    dual_input = fwAD.make_dual(primal, tangent)
    assert fwAD.unpack_dual(dual_input).tangent is tangent
    plain_tensor = torch.ones(3, 4)
    dual_output = fn(dual_input, plain_tensor)
    jvp = fwAD.unpack_dual(dual_output).tangent
    print(jvp, fwAD.unpack_dual(plain_tensor).tangent)
print(fwAD.unpack_dual(dual_output).tangent)
model = nn.Linear(4, 4)
with torch.no_grad():
    model.weight.copy_(torch.eye(4) + 0.1)
    model.bias.copy_(torch.arange(4.0))
input = torch.linspace(0, 1, 12).view(3, 4)
params = {name: p for name, p in model.named_parameters()}
tangents = {name: torch.ones_like(p) * 0.5 for name, p in params.items()}
with fwAD.dual_level():
    for name, p in params.items():
        delattr(model, name)
        setattr(model, name, fwAD.make_dual(p, tangents[name]))
    out = model(input)
    jvp = fwAD.unpack_dual(out).tangent
    print(jvp.tolist(), out.shape)


class Fn(torch.autograd.Function):
    @staticmethod
    def forward(ctx, foo):
        result = torch.exp(foo)
        ctx.result = result
        ctx.save_for_forward(result)
        return result

    @staticmethod
    def jvp(ctx, gI):
        gO = gI * ctx.result
        del ctx.result
        return gO


fn = Fn.apply
with fwAD.dual_level():
    dual_input = fwAD.make_dual(primal, tangent)
    dual_output = fn(dual_input)
    jvp = fwAD.unpack_dual(dual_output).tangent
    print(jvp.sum())


class Fn2(torch.autograd.Function):
    @staticmethod
    def forward(ctx, foo):
        ctx.save_for_backward(foo)
        ctx.save_for_forward(foo)
        return foo**3

    @staticmethod
    def backward(ctx, g):
        (foo,) = ctx.saved_tensors
        return g * 3 * foo**2

    @staticmethod
    def jvp(ctx, gI):
        (foo,) = ctx.saved_tensors
        return gI * 3 * foo**2


x = torch.tensor([1.0, 2.0], requires_grad=True)
print(torch.autograd.gradcheck(Fn2.apply, (x,), check_forward_ad=True, check_backward_ad=True))
import torch.func as ft

primal0, tangent0 = torch.arange(4.0), torch.ones(4)
primal_out, tangent_out = ft.jvp(lambda x, y: x**2 + y, (primal0, primal0), (tangent0, tangent0 * 2))
print(primal_out, tangent_out)
with fwAD.dual_level():
    d = fwAD.make_dual(torch.tensor([0.5]), torch.tensor([1.0]))
    y = torch.sigmoid(torch.special.erf(d) * torch.lgamma(d + 2)).cumsum(0).logsumexp(0)
    p, t = fwAD.unpack_dual(y)
    print(p, t)
    u = fwAD.unpack_dual(torch.linalg.inv(torch.eye(2) * d))
    print(u.tangent.diagonal(), type(u).__name__, dual_input.shape)
print(torch.autograd.functional.jvp(lambda x: x.exp().sum(), primal, tangent))
print(
    torch.autograd.functional.vjp(lambda x: x.exp().sum(1), primal, torch.ones(3), create_graph=False, strict=True)[
        1
    ].sum()
)
print(torch.autograd.functional.hvp(lambda x: (x**3).sum(), primal, tangent)[1][0])
print(torch.autograd.functional.vhp(lambda x: (x**3).sum(), primal, tangent)[1][0])
print(
    torch.autograd.functional.jacobian(lambda a, b: (a * b, a + b), (primal[0], tangent[0]), vectorize=True)[0][
        1
    ].diag()
)
print(torch.autograd.functional.jacobian(lambda a: a**2, primal[0], strategy="forward-mode", vectorize=True).diag())
