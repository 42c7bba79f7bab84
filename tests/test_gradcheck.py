"""`gradcheck` passes what is right, and names what is wrong."""

from __future__ import annotations

import numpy as np
import pytest

import autograd
from autograd import Function, GradcheckError, differentiable, gradcheck, gradgradcheck, ops


def leaf(values, dtype=autograd.float64):
    return autograd.tensor(values, dtype=dtype, requires_grad=True)


def fails(func, inputs, message, **options):
    with pytest.raises(GradcheckError, match=message) as caught:
        gradcheck(func, inputs, **options)
    assert not gradcheck(func, inputs, raise_exception=False, **options)
    return str(caught.value)


def function(name, forward, backward):
    """A Function with the given ctx-style methods."""
    return type(name, (Function,), {"forward": staticmethod(forward), "backward": staticmethod(backward)}).apply


def saving(compute):
    def forward(ctx, *inputs):
        ctx.save_for_backward(*inputs)
        return compute(*inputs)

    return forward


SMOOTH = {
    "product": (lambda x, y: x * y, ([1.0, 2.0], [[3.0], [-1.0]])),
    "matmul": (lambda x, y: x @ y, ([[1.0, 2.0]], [[3.0], [-1.0]])),
    "two outputs": (lambda x, y: (x.exp(), x * y), ([1.0, 2.0], [0.5, 0.3])),
    "unused input": (lambda x, y: x.tanh(), ([1.0, 2.0], [0.5])),
    "integer output": (lambda x: (x * x, x > 0), ([1.0, 2.0],)),
    "scalar": (lambda x: x.exp() * x, (0.5,)),
    "empty": (lambda x: x * x, ([],)),
    "view and write": (lambda x: _written(x), ([1.0, 2.0],)),
}


def _written(x):
    y = x * 1
    view = y[:1]
    view *= x[1:]
    return y


@pytest.mark.parametrize("fast_mode", [False, True])
@pytest.mark.parametrize("name", list(SMOOTH))
def test_right_gradients_pass(name, fast_mode):
    func, values = SMOOTH[name]
    inputs = [leaf(value) for value in values]
    assert gradcheck(func, inputs, fast_mode=fast_mode)
    assert gradgradcheck(func, inputs, fast_mode=fast_mode)


@pytest.mark.parametrize("fast_mode", [False, True])
def test_complex(fast_mode):
    z, w = leaf([1 + 2j, -0.5j], autograd.complex128), leaf([2 - 1j, 1.0], autograd.complex128)
    x = leaf([0.5, 2.0])
    cases = [
        (lambda z, w: z * w, (z, w)),
        (lambda z: ops.abs(z), (z,)),
        (lambda z: ops.real(z), (z,)),
        (lambda z: ops.conj(z) * z, (z,)),
        (lambda x, z: x * z.exp(), (x, z)),
    ]
    for func, inputs in cases:
        assert gradcheck(func, inputs, fast_mode=fast_mode)
        assert gradgradcheck(func, inputs, fast_mode=fast_mode)


def test_inputs_are_left_as_they_were_and_may_be_anything():
    x = leaf([[1.0, 2.0], [3.0, 4.0]])
    assert gradcheck(lambda x, power, flag: x.transpose(0, 1) ** power if flag else x, (x, 3, True))
    strided = autograd.tensor(np.arange(8.0), dtype=autograd.float64)[::2].requires_grad_()
    assert gradcheck(lambda x: x * x, strided)
    assert x.tolist() == [[1.0, 2.0], [3.0, 4.0]] and x.grad is None
    assert gradgradcheck(lambda x: x * x, x, autograd.ones(2, 2, dtype=autograd.float64, requires_grad=True))
    assert gradgradcheck(lambda x: x * x * x, x, gen_non_contig_grad_outputs=True)
    assert gradgradcheck(lambda x: x > 0, x)


def test_nothing_to_check():
    with pytest.raises(ValueError, match="at least one input tensor to require gradient"):
        gradcheck(lambda x: x, autograd.ones(2))


def test_message_names_output_input_element_and_values():
    wrong = function("W", saving(lambda x, y: x * y), lambda ctx, g: (g * ctx.saved_tensors[1], _spoilt(ctx, g)))
    text = fails(lambda x, y: (x * 1, wrong(x, y)), (leaf([1.0, 2.0]), leaf([3.0, 4.0])), "Jacobian mismatch")
    assert "output 1 with respect to input 1" in text
    assert "output element (1,) and input element (1,)" in text
    assert "analytic 7" in text and "numeric  2" in text and "numerical:" in text


def _spoilt(ctx, g):
    x, _ = ctx.saved_tensors
    return g * (x + autograd.tensor([0.0, 5.0], dtype=autograd.float64))


def test_cause_float32():
    with pytest.raises(GradcheckError) as caught:
        gradcheck(lambda x: x.sin(), leaf([0.3, 0.7], autograd.float32))
    assert not any("kink" in cause for cause in caught.value.causes)  # which its rounding looks like
    fails(lambda x: x * x * x, leaf([0.3, 1.7], autograd.float32), "Likely cause: input 0 is float32")
    fails(lambda x: ops.astype(x, dtype=autograd.float32).exp(), leaf([0.3]), "computes in float32")


def test_cause_overlapping_memory():
    x = leaf([1.0, 2.0])
    fails(lambda x, y: x * y, (x, x.detach().requires_grad_()), "inputs 0 and 1 overlap in memory")
    spread = ops.broadcast_to(autograd.ones(1, dtype=autograd.float64), shape=(3,)).requires_grad_()
    fails(lambda x: x * x, spread, "stride 0")


def test_cause_dependent_inputs():
    x = leaf([1.0, 2.0])
    fails(lambda x, y: x * y, (x, x * 3), "input 1 was computed from input 0")


def test_cause_not_deterministic():
    rng = np.random.default_rng(0)
    noisy = function("Noisy", lambda ctx, x: x * 2, lambda ctx, g: g * (2 + 1e-9 * rng.random()))
    fails(noisy, leaf([1.0]), "not reentrant.*not deterministic")
    assert gradcheck(noisy, leaf([1.0]), nondet_tol=1e-6)


def test_cause_gradient_not_multiplied():
    forgets = function("F", saving(lambda x: x * x), lambda ctx, g: 2 * ctx.saved_tensors[0])
    fails(forgets, leaf([1.0, 3.0]), "forgets to multiply by its incoming gradient")


def test_cause_factor_and_sign():
    double = function("D", saving(lambda x: x * x), lambda ctx, g: 4 * g * ctx.saved_tensors[0])
    flipped = function("S", saving(lambda x: x * x), lambda ctx, g: -2 * g * ctx.saved_tensors[0])
    lost = function("L", saving(lambda x: x * x), lambda ctx, g: 0 * g)
    for fast_mode in (False, True):
        fails(double, leaf([1.0, 3.0]), "analytic = 2.00 x numeric everywhere", fast_mode=fast_mode)
        fails(flipped, leaf([1.0, 3.0]), "sign is flipped", fast_mode=fast_mode)
        fails(lost, leaf([1.0, 3.0]), "analytic = 0 everywhere", fast_mode=fast_mode)


def test_cause_transposed():
    def backward(ctx, g):
        return ctx.saved_tensors[0] @ g, None

    turned = function("T", lambda ctx, x, m: (ctx.save_for_backward(m), m @ x)[1], backward)
    matrix = autograd.tensor([[1.0, 2.0], [5.0, -3.0]], dtype=autograd.float64)
    fails(lambda x: turned(x, matrix), leaf([[1.0], [2.0]]), "Jacobian is transposed")


def test_cause_kink():
    fails(lambda x: x.relu(), leaf([0.0, 1.0]), "a kink: .* 1 above and 0 below")


def test_cause_missing_unbroadcast():
    @differentiable(x=lambda xp, g: g, y=lambda xp, g: g)
    def add(xp, x, y):
        return x + y

    fails(
        add, (leaf([[1.0], [2.0]]), leaf([[1.0, 2.0], [3.0, 4.0]])), r"shape \[2, 2\], the input \[2, 1\].*elementwise"
    )


def test_cause_conjugate():
    z = leaf([1 + 2j], autograd.complex128)
    plain = function("P", saving(lambda z: z * z), lambda ctx, g: g * 2 * ctx.saved_tensors[0])
    text = fails(plain, z, "Jacobian mismatch")
    assert "(imaginary part)" in text or "(real part)" in text
    bent = function("C", lambda ctx, z: z * 1, lambda ctx, g: ops.conj(g))
    fails(bent, z, "Likely cause: a conjugate is missing|sign")


def test_cause_conjugate_of_the_derivative():
    z = autograd.tensor([1 + 2j, 2 - 1j], dtype=autograd.complex128, requires_grad=True)
    square = function("Square", saving(lambda z: z * z), lambda ctx, g: g * 2 * ctx.saved_tensors[0])
    with pytest.raises(GradcheckError) as caught:
        gradcheck(square, z)
    assert len(caught.value.causes) == 1 and "the derivative's conjugate" in caught.value.causes[0]


def test_batched_gradients():
    x = leaf([0.5, 2.0])
    assert gradcheck(lambda x: (x.sin(), x.detach() * 2, x[:0].sum()), x, check_batched_grad=True)
    assert gradgradcheck(lambda x: x.sin(), x, check_batched_grad=True)
    reads = function("Reads", lambda ctx, x: x * 2, lambda ctx, g: g * 2 + 0 * g.sum().item())
    fails(reads, x, "While computing batched gradients of output 0, got: vmap", check_batched_grad=True)
    other = function("Other", lambda ctx, x: x * 2, lambda ctx, g: g * (3 if g.backend.levels else 2))
    fails(other, x, "are not those of each gradient", check_batched_grad=True)


def test_nothing_left_to_check():
    with pytest.raises(ValueError, match="no forward mode"):
        gradcheck(lambda x: x * 2, leaf([1.0]), check_backward_ad=False)


def test_cause_graph_is_cut():
    fails(lambda x: x.detach() * 2, leaf([1.0]), "expected to be zero.*graph is cut")
    assert gradcheck(lambda x: autograd.zeros(2, dtype=autograd.float64), leaf([1.0]))


def test_undefined_gradients():
    def backward(ctx, a, b):
        x = ctx.saved_tensors[0]
        return (a if a is not None else x + 5) + (b if b is not None else 0 * x)

    def forward(ctx, x):
        ctx.set_materialize_grads(False)
        ctx.save_for_backward(x)
        return x * 1, x * 1

    both = function("B", forward, backward)
    fails(both, leaf([1.0]), "not multiplied|undefined output grads")


def test_gradient_types():
    narrow = differentiable(x=lambda xp, g: xp.astype(g, dtype=autograd.float32))(_identity)
    fails(narrow, leaf([1.0]), "dtype autograd.float32, the input autograd.float64", check_grad_dtypes=True)


def _identity(xp, x):
    return xp.copy(x)


def test_second_order_mistake_is_found():
    def backward(ctx, g):
        x = ctx.saved_tensors[0]
        return g * 3 * (x * x).detach()

    cube = function("Detached", saving(lambda x: x * x * x), backward)
    assert gradcheck(cube, leaf([1.0, 2.0]))
    with pytest.raises(GradcheckError, match="graph is cut|analytic = 0 everywhere|input 0"):
        gradgradcheck(cube, leaf([1.0, 2.0]))
