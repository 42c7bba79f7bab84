"""The two pictures that ``digits.py`` saves."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import matplotlib

matplotlib.use("Agg")  # writes files only: no window system is needed

import numpy as np
from matplotlib import pyplot as plt


class Curves(Protocol):
    """What a training history offers: one figure per epoch in each list."""

    train_loss: list[float]
    valid_loss: list[float]
    valid_accuracy: list[float]


def save_learning_curves(histories: Mapping[str, Curves], path: Path) -> None:
    """Draw, for each network, the losses (log scale) and the validation accuracy over the epochs."""
    figure, axes = plt.subplots(2, len(histories), figsize=(5 * len(histories), 6), squeeze=False, layout="constrained")
    for (name, history), (losses, accuracies) in zip(histories.items(), axes.T, strict=True):
        epochs = np.arange(1, len(history.train_loss) + 1)
        losses.semilogy(epochs, history.train_loss, label="training")
        losses.semilogy(epochs, history.valid_loss, label="validation")
        losses.set(title=name, ylabel="cross entropy")
        losses.legend()
        accuracies.plot(epochs, 100 * np.array(history.valid_accuracy), color="tab:green")
        accuracies.set(xlabel="epoch", ylabel="validation accuracy (%)")
        for axis in (losses, accuracies):
            axis.grid(alpha=0.3)
    figure.savefig(path, dpi=120)
    plt.close(figure)


def save_confusion_matrix(confusions: Mapping[str, np.ndarray], path: Path) -> None:
    """Draw, for each network, how often each digit (row) was read as each digit (column)."""
    width = 5 * len(confusions)
    figure, axes = plt.subplots(1, len(confusions), figsize=(width, 5.4), squeeze=False, layout="constrained")
    for (name, counts), axis in zip(confusions.items(), axes[0], strict=True):
        axis.imshow(counts, cmap="Blues")
        for (row, column), count in np.ndenumerate(counts):
            if count:
                color = "white" if count > counts.max() / 2 else "black"
                axis.text(column, row, str(count), ha="center", va="center", color=color)
        axis.set(title=f"{name}, test digits", xlabel="predicted", ylabel="true", xticks=range(10), yticks=range(10))
    figure.savefig(path, dpi=120)
    plt.close(figure)
