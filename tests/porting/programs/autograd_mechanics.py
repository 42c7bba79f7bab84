"""Autograd mechanics, saved tensors hooks, hooks, custom Functions with double backward."""

import os
import tempfile
import uuid

import torch
import torch.nn as nn
import torch.nn.functional as F

x = torch.arange(5.0).requires_grad_(True)
y = x.pow(2)
print(x.equal(y.grad_fn._saved_self), x is y.grad_fn._saved_self)

y = x.exp()
print(y.equal(y.grad_fn._saved_result), y is y.grad_fn._saved_result)

print(y.grad_fn.name(), y.grad_fn.metadata, y.grad_fn.next_functions[0][0].variable is x)


def f(x):
    return x * x


x = torch.linspace(-1, 1, 5, requires_grad=True)
with torch.autograd.graph.saved_tensors_hooks(lambda x: x * 4, lambda x: x / 4):
    y = torch.pow(x, 2)
y.sum().backward()
print(torch.allclose(x.grad, 2 * x))


class SelfDeletingTempFile:
    def __init__(self):
        self.name = os.path.join(tempfile.gettempdir(), str(uuid.uuid4()))

    def __del__(self):
        os.remove(self.name)


def pack_hook(tensor):
    temp_file = SelfDeletingTempFile()
    torch.save(tensor, temp_file.name)
    return temp_file


def unpack_hook(temp_file):
    return torch.load(temp_file.name)


x.grad = None
with torch.autograd.graph.saved_tensors_hooks(pack_hook, unpack_hook):
    y = torch.exp(x) * x
y.sum().backward()
print(x.grad)
with torch.autograd.graph.save_on_cpu(pin_memory=False):
    z = (x.sin() * x).sum()
z.backward()
print(x.grad)
with torch.autograd.graph.disable_saved_tensors_hooks("saved tensors hooks are disabled"):
    try:
        with torch.autograd.graph.saved_tensors_hooks(lambda x: x, lambda x: x):
            pass
    except RuntimeError as e:
        print(e)

with torch.autograd.graph.allow_mutation_on_saved_tensors():
    a = torch.ones(2, 3, requires_grad=True)
    b = a.clone()
    out = (b**2).sum()
    b.sin_()
    out.backward()
print(a.grad)


class Sinh(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        expx = torch.exp(x)
        expnegx = torch.exp(-x)
        ctx.save_for_backward(expx, expnegx)
        return (expx - expnegx) / 2, expx, expnegx

    @staticmethod
    def backward(ctx, grad_out, _grad_out_exp, _grad_out_negexp):
        expx, expnegx = ctx.saved_tensors
        grad_input = grad_out * (expx + expnegx) / 2
        grad_input += _grad_out_exp * expx
        grad_input -= _grad_out_negexp * expnegx
        return grad_input


def sinh(x):
    return Sinh.apply(x)[0]


x = torch.tensor([0.3, -1.2], requires_grad=True, dtype=torch.double)
print(torch.autograd.gradcheck(sinh, x), torch.autograd.gradgradcheck(sinh, x))


class Cube(torch.autograd.Function):
    @staticmethod
    def forward(x):
        return x**3, x**2

    @staticmethod
    def setup_context(ctx, inputs, output):
        (x,) = inputs
        result, x2 = output
        ctx.mark_non_differentiable(x2)
        ctx.save_for_backward(x, x2)

    @staticmethod
    def backward(ctx, grad_output, grad_x2):
        x, x2 = ctx.saved_tensors
        return CubeBackward.apply(grad_output, x)


class CubeBackward(torch.autograd.Function):
    generate_vmap_rule = True

    @staticmethod
    def forward(grad_out, x):
        return grad_out * 3 * x**2

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, sav_grad_out):
        grad_out, x = ctx.saved_tensors
        return sav_grad_out * 3 * x**2, sav_grad_out * 6 * grad_out * x


c = Cube.apply(x)[0]
(g,) = torch.autograd.grad(c.sum(), x, create_graph=True)
(g2,) = torch.autograd.grad(g.sum(), x, create_graph=True)
print(g.tolist(), g2.tolist(), g2.grad_fn is not None)
print(torch.func.vmap(torch.func.grad(lambda v: CubeBackward.apply(v, v)))(x.detach()))
# hooks on tensors and nodes
a = torch.tensor([1.0, 2.0], requires_grad=True)
b = a * 3
b.register_hook(lambda g: print("b", g))
b.retain_grad()
h = b.grad_fn.register_hook(lambda gi, go: print("node", gi[0].tolist(), go[0].tolist()))
p = b.grad_fn.register_prehook(lambda go: (go[0] * 2,))
b.sum().backward(inputs=[a, b])
print(a.grad, b.grad)
h.remove(), p.remove()
seen = []
t1 = torch.tensor([0.0, 1.0], requires_grad=True)
t2 = torch.tensor([2.0, 3.0], requires_grad=True)
u, v = t1 * 2, t2 * t1
hh = torch.autograd.graph.register_multi_grad_hook(
    (u, v), lambda gs: seen.append([None if g is None else g.tolist() for g in gs])
)
(u.sum() + v.sum()).backward()
print(seen, torch.autograd.graph.get_gradient_edge(u).output_nr)
acc = a.register_post_accumulate_grad_hook(lambda p: print("acc", p.grad))
(a**2).sum().backward()
acc.remove()
# modes
w = torch.ones(2, requires_grad=True)
print(w._version, w.detach().add_(1), w._version)
with torch.no_grad():
    w.mul_(3)
print(w._version, w.is_leaf, (w * 2).is_leaf, w.detach().requires_grad)
z = torch.tensor([1 + 2j, 3 - 1j], requires_grad=True)
L = (z * z.conj()).real.sum()
L.backward()
print(z.grad, z.grad.dtype)
s = torch.tensor([4.0], requires_grad=True)
r = s.sqrt()
print(r.grad_fn._saved_result)
g = torch.autograd.grad([s * 2, s * 3], [s], grad_outputs=[torch.tensor([1.0]), torch.tensor([2.0])])
print(g)
g = torch.autograd.grad(s * 2, [s, a], allow_unused=True)
print(g)
g = torch.autograd.grad((s * 2).sum(), [s, a], materialize_grads=True)
print(g)
g = torch.autograd.grad(torch.stack([s[0] ** 2, s[0] ** 3]), s, grad_outputs=torch.eye(2), is_grads_batched=True)
print(g)
