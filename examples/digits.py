"""Train an MLP and a small CNN on scikit-learn's handwritten digits (8 x 8 pixels, bundled, nothing is downloaded).

Run ``python examples/digits.py``; ``--help`` lists the options. One seed fixes the split, the weights, the order of the
batches, the shifts and the dropout masks, so that two runs print the same figures to the last digit.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from digits_plots import save_confusion_matrix, save_learning_curves
from sklearn.datasets import load_digits
from sklearn.metrics import confusion_matrix
from sklearn.model_selection import train_test_split
from tqdm import tqdm

import autograd
import nn
import optim
from autograd.utils.data import DataLoader, Dataset

Split = tuple[np.ndarray, np.ndarray]


class MLP(nn.Module):
    """Two hidden layers over the 64 pixels."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Flatten(),
            nn.Linear(64, 512),
            nn.ReLU(),
            nn.Dropout(0.3),
            nn.Linear(512, 256),
            nn.ReLU(),
            nn.Dropout(0.3),
            nn.Linear(256, 10),
        )

    def forward(self, x: autograd.Tensor) -> autograd.Tensor:
        return self.layers(x)


class CNN(nn.Module):
    """Three convolutions, one halving of the image, one hidden layer."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, padding=1)
        self.norm1 = nn.BatchNorm2d(32)
        self.conv2 = nn.Conv2d(32, 32, 3, padding=1)
        self.norm2 = nn.BatchNorm2d(32)
        self.conv3 = nn.Conv2d(32, 64, 3, padding=1)
        self.norm3 = nn.BatchNorm2d(64)
        self.pool = nn.MaxPool2d(2)
        self.relu = nn.ReLU()
        self.head = nn.Sequential(
            nn.Flatten(), nn.Dropout(0.3), nn.Linear(64 * 2 * 2, 64), nn.ReLU(), nn.Linear(64, 10)
        )

    def forward(self, x: autograd.Tensor) -> autograd.Tensor:
        x = self.relu(self.norm1(self.conv1(x)))
        x = self.pool(self.relu(self.norm2(self.conv2(x))))
        x = self.pool(self.relu(self.norm3(self.conv3(x))))
        return self.head(x)


@dataclass(frozen=True)
class Recipe:
    """How one network is trained, and what it must reach on the test digits."""

    name: str
    network: type[nn.Module]
    epochs: int
    learning_rate: float
    goal: float


RECIPES = (
    Recipe("MLP", MLP, epochs=60, learning_rate=1e-3, goal=0.970),
    Recipe("CNN", CNN, epochs=25, learning_rate=3e-3, goal=0.985),
)


@dataclass
class History:
    """One figure per epoch."""

    train_loss: list[float] = field(default_factory=list)
    valid_loss: list[float] = field(default_factory=list)
    valid_accuracy: list[float] = field(default_factory=list)


def load_splits(seed: int) -> tuple[Split, Split, Split]:
    """Return stratified training (64 %), validation (16 %) and test (20 %) digits, pixels scaled to [-1, 1]."""
    digits = load_digits()
    images = (digits.images[:, None] / 8.0 - 1.0).astype(np.float32)
    labels = digits.target.astype(np.int64)
    x, x_test, y, y_test = train_test_split(images, labels, test_size=0.2, stratify=labels, random_state=seed)
    x_train, x_valid, y_train, y_valid = train_test_split(x, y, test_size=0.2, stratify=y, random_state=seed)
    return (x_train, y_train), (x_valid, y_valid), (x_test, y_test)


class Digits(Dataset):
    """Images and labels; with ``rng``, half of the images are moved by -1, 0 or 1 pixel along each axis."""

    def __init__(self, split: Split, rng: np.random.Generator | None = None) -> None:
        images, self.labels = split
        self.padded = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)), constant_values=-1.0)
        self.rng = rng

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.int64]:
        top, left = 1, 1
        if self.rng is not None and self.rng.random() < 0.5:
            top, left = self.rng.integers(0, 3, 2)  # cheap extra data; what moves in is background
        return self.padded[index, :, top : top + 8, left : left + 8], self.labels[index]


def evaluate(model: nn.Module, split: Split) -> tuple[float, float, np.ndarray]:
    """Return mean loss, accuracy and the predicted labels."""
    criterion = nn.CrossEntropyLoss()
    model.eval()
    total, predictions = 0.0, []
    with autograd.no_grad():
        for x, y in DataLoader(Digits(split), batch_size=256):
            logits = model(x)
            total += criterion(logits, y).item() * len(y)
            predictions += logits.argmax(1).tolist()
    predicted = np.array(predictions)
    return total / len(predicted), float((predicted == split[1]).mean()), predicted


def train_epoch(model: nn.Module, optimizer: optim.Optimizer, loader: DataLoader) -> float:
    """Pass once over the training digits; return the mean loss."""
    criterion = nn.CrossEntropyLoss()
    model.train()
    total, seen = 0.0, 0
    for x, y in loader:
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(y)
        seen += len(y)
    return total / seen


def fit(recipe: Recipe, train: Split, valid: Split, checkpoint: Path, seed: int) -> tuple[nn.Module, History]:
    """Train, keep the weights with the lowest validation loss in ``checkpoint``, and return the model with them."""
    autograd.manual_seed(seed)
    loader = DataLoader(Digits(train, np.random.default_rng(seed)), batch_size=64, shuffle=True)
    model = recipe.network()
    optimizer = optim.AdamW(model.parameters(), lr=recipe.learning_rate, weight_decay=1e-2)
    history = History()
    with tqdm(range(recipe.epochs), desc=recipe.name, unit="epoch") as epochs:
        for epoch in epochs:
            for group in optimizer.param_groups:
                group["lr"] = recipe.learning_rate * 0.5 * (1 + np.cos(np.pi * epoch / recipe.epochs))
            history.train_loss.append(train_epoch(model, optimizer, loader))
            loss, accuracy, _ = evaluate(model, valid)
            if loss < min(history.valid_loss, default=float("inf")):
                autograd.save(model.state_dict(), checkpoint)
            history.valid_loss.append(loss)
            history.valid_accuracy.append(accuracy)
            epochs.set_postfix(train=f"{history.train_loss[-1]:.4f}", valid=f"{loss:.4f}", accuracy=f"{accuracy:.2%}")
    model.load_state_dict(autograd.load(checkpoint))
    return model, history


def parse_arguments(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--epochs", type=int, help="epochs for each network (default: MLP 60, CNN 25)")
    parser.add_argument("--seed", type=int, default=0, help="fixes everything random (default: 0)")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "output", help="where files are written")
    chosen = parser.parse_args(arguments)
    if chosen.epochs is not None and chosen.epochs < 1:
        parser.error(f"--epochs must be at least 1, got {chosen.epochs}")
    if not 0 <= chosen.seed < 2**32:
        parser.error(f"--seed must lie in [0, 2**32), got {chosen.seed}")
    return chosen


def main(arguments: list[str] | None = None) -> int:
    """Train both networks; return 0 when both reach their goals on the test digits, 1 otherwise."""
    options = parse_arguments(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    train, valid, test = load_splits(options.seed)
    print(f"{len(train[1])} training, {len(valid[1])} validation and {len(test[1])} test digits; seed {options.seed}")

    histories, confusions, reached = {}, {}, []
    for recipe in RECIPES:
        if options.epochs is not None:
            recipe = replace(recipe, epochs=options.epochs)
        started = time.perf_counter()
        model, history = fit(recipe, train, valid, options.out / f"{recipe.name.lower()}.safetensors", options.seed)
        seconds = time.perf_counter() - started
        loss, accuracy, predicted = evaluate(model, test)
        histories[recipe.name] = history
        confusions[recipe.name] = confusion_matrix(test[1], predicted, labels=range(10))
        reached.append(accuracy >= recipe.goal)
        verdict = "reached" if reached[-1] else "MISSED"
        print(
            f"{recipe.name}: test accuracy {accuracy:.2%} (goal {recipe.goal:.1%}: {verdict}), "
            f"test loss {loss:.6f}, best epoch {int(np.argmin(history.valid_loss)) + 1}, {seconds:.1f} s of training"
        )
    save_learning_curves(histories, options.out / "learning_curves.png")
    save_confusion_matrix(confusions, options.out / "confusion_matrix.png")
    print(f"Checkpoints, learning_curves.png and confusion_matrix.png are in {options.out}")
    return 0 if all(reached) else 1


if __name__ == "__main__":
    sys.exit(main())
