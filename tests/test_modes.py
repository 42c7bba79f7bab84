"""Modes of the engine: gradients off and on, inference, anomaly detection."""

from __future__ import annotations

import threading

import pytest

import autograd
from tests.arrays import leaf


class TestModes:
    def test_context_managers_and_decorators(self):
        x = leaf(1.0)

        @autograd.no_grad()
        def quiet():
            return x * 2

        @autograd.no_grad
        def bare():
            with autograd.enable_grad():
                return x * 2

        @autograd.inference_mode
        def inference():
            return autograd.is_inference_mode_enabled(), x * 2

        assert not quiet().requires_grad and bare().requires_grad
        assert inference()[0] and not inference()[1].requires_grad
        with autograd.set_grad_enabled(False):
            assert not autograd.is_grad_enabled()
        assert autograd.is_grad_enabled()
        autograd.set_grad_enabled(False)
        try:
            assert not (x * 2).requires_grad
        finally:
            autograd.set_grad_enabled(True)
        assert autograd.set_grad_enabled(False)(lambda: (x * 2).requires_grad)() is False
        assert autograd.is_grad_enabled()

    def test_generators_switch_only_while_they_run(self):
        @autograd.no_grad()
        def generate():
            try:
                received = yield autograd.is_grad_enabled()
                yield received, autograd.is_grad_enabled()
            except ValueError:
                yield "caught", autograd.is_grad_enabled()
            return "end"

        generator = generate()
        assert next(generator) is False and autograd.is_grad_enabled()
        assert generator.send(3) == (3, False) and autograd.is_grad_enabled()
        assert generator.throw(ValueError()) == ("caught", False)
        with pytest.raises(StopIteration, match="end"):
            next(generator)

    def test_generators_are_closed_in_their_mode(self):
        seen = []

        @autograd.no_grad()
        def generate():
            try:
                yield
            finally:
                seen.append(autograd.is_grad_enabled())

        generator = generate()
        next(generator)
        generator.close()
        assert seen == [False] and autograd.is_grad_enabled()

    def test_block_left_in_another_thread(self):
        def generate():
            with autograd.no_grad():
                yield

        generator, left = generate(), []
        next(generator)
        thread = threading.Thread(target=lambda: left.append((next(generator, "end"), autograd.is_grad_enabled())))
        thread.start()
        thread.join()
        autograd.set_grad_enabled(True)
        assert left == [("end", True)]

    def test_per_thread(self):
        seen = []
        with autograd.no_grad():
            thread = threading.Thread(target=lambda: seen.append(autograd.is_grad_enabled()))
            thread.start()
            thread.join()
        assert seen == [True]


class TestAnomaly:
    def test_names_the_line(self):
        x = leaf(0.0, 1.0)
        with autograd.detect_anomaly():
            y = x.sqrt()  # the line at fault
            z = (y * 0).sum()
            with pytest.raises(RuntimeError, match="SqrtBackward0.*nan") as caught:
                z.backward()
        assert "y = x.sqrt()  # the line at fault" in str(caught.value)
        assert "test_modes.py" in str(caught.value) and "test_names_the_line" in str(caught.value)

    def test_without_trace_switched_off_and_by_flag(self):
        x = leaf(0.0)
        z = x.sqrt() * 0
        with autograd.detect_anomaly(), pytest.raises(RuntimeError, match="ran outside detect_anomaly"):
            z.backward()
        with autograd.detect_anomaly(check_nan=False):
            assert autograd.is_anomaly_enabled() and not autograd.is_anomaly_check_nan_enabled()
            (x.sqrt() * 0).backward()
        with autograd.set_detect_anomaly(True):
            assert autograd.is_anomaly_enabled()
            with autograd.set_detect_anomaly(False):
                (x.sqrt() * 0).backward()
        assert not autograd.is_anomaly_enabled()

    def test_errors_tell_the_forward_call_too(self):
        class Fails(autograd.Function):
            @staticmethod
            def forward(ctx, x):
                return x * 1

            @staticmethod
            def backward(ctx, g):
                raise ValueError("inside")

        with autograd.detect_anomaly():
            y = Fails.apply(leaf(1.0))
            with pytest.raises(ValueError, match="inside") as caught:
                y.backward()
        assert "y = Fails.apply(leaf(1.0))" in "".join(caught.value.__notes__)

    def test_create_graph_and_several_outputs(self):
        x = leaf(0.0)
        with autograd.detect_anomaly(), pytest.raises(RuntimeError, match="nan"):
            autograd.grad(x.sqrt() * 0, x, create_graph=True)
