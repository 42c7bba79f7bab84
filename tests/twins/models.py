"""Three networks written once, as functions of a library: a residual network, a transformer and an LSTM."""

from __future__ import annotations

from typing import Any

WORDS, PLACES = 40, 12


def residual_network(lib: Any, width: int = 8, classes: int = 10) -> Any:
    """ResNet-18 with torchvision's structure and names, for small images, `width` channels at first (64 there)."""
    nn = lib.nn

    class BasicBlock(nn.Module):  # type: ignore[name-defined, misc]
        def __init__(self, inputs: int, outputs: int, stride: int) -> None:
            super().__init__()
            self.conv1 = nn.Conv2d(inputs, outputs, kernel_size=3, stride=stride, padding=1, bias=False)
            self.bn1 = nn.BatchNorm2d(outputs)
            self.relu = nn.ReLU(inplace=True)
            self.conv2 = nn.Conv2d(outputs, outputs, kernel_size=3, stride=1, padding=1, bias=False)
            self.bn2 = nn.BatchNorm2d(outputs)
            self.downsample = None
            if stride != 1 or inputs != outputs:
                self.downsample = nn.Sequential(
                    nn.Conv2d(inputs, outputs, kernel_size=1, stride=stride, bias=False), nn.BatchNorm2d(outputs)
                )

        def forward(self, x: Any) -> Any:
            identity = x
            out = self.relu(self.bn1(self.conv1(x)))
            out = self.bn2(self.conv2(out))
            if self.downsample is not None:
                identity = self.downsample(x)
            out += identity
            return self.relu(out)

    class ResNet(nn.Module):  # type: ignore[name-defined, misc]
        def __init__(self) -> None:
            super().__init__()
            self.inplanes = width
            self.conv1 = nn.Conv2d(3, width, kernel_size=7, stride=2, padding=3, bias=False)
            self.bn1 = nn.BatchNorm2d(width)
            self.relu = nn.ReLU(inplace=True)
            self.maxpool = nn.MaxPool2d(kernel_size=3, stride=2, padding=1)
            self.layer1 = self._make_layer(width)
            self.layer2 = self._make_layer(2 * width, stride=2)
            self.layer3 = self._make_layer(4 * width, stride=2)
            self.layer4 = self._make_layer(8 * width, stride=2)
            self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
            self.fc = nn.Linear(8 * width, classes)

        def _make_layer(self, outputs: int, stride: int = 1) -> Any:
            first = BasicBlock(self.inplanes, outputs, stride)
            self.inplanes = outputs
            return nn.Sequential(first, BasicBlock(outputs, outputs, 1))

        def forward(self, x: Any) -> Any:
            x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
            x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
            return self.fc(lib.flatten(self.avgpool(x), 1))

    return ResNet()


def transformer(lib: Any, layers: int = 6, size: int = 32) -> Any:
    """A language model: embeddings of words and places, encoder layers that look back, a final norm."""
    nn = lib.nn

    class TransformerModel(nn.Module):  # type: ignore[name-defined, misc]
        def __init__(self) -> None:
            super().__init__()
            self.embedding = nn.Embedding(WORDS, size, padding_idx=0)
            self.place = nn.Parameter(lib.zeros(PLACES, size))
            layer = nn.TransformerEncoderLayer(size, 4, 2 * size, dropout=0.0, activation="gelu", batch_first=True)
            self.encoder = nn.TransformerEncoder(layer, layers, norm=nn.LayerNorm(size), enable_nested_tensor=False)
            self.decoder = nn.Linear(size, WORDS)
            self.register_buffer("mask", nn.Transformer.generate_square_subsequent_mask(PLACES).isinf())

        def forward(self, words: Any) -> Any:
            x = self.embedding(words) * size**0.5 + self.place
            x = self.encoder(x, mask=self.mask, src_key_padding_mask=words == 0)
            return self.decoder(x).transpose(1, 2)

    return TransformerModel()


def recurrent(lib: Any, tied: bool = True, size: int = 24) -> Any:
    """A language model of two LSTM layers, whose last weights are the embedding's if they are tied."""
    nn = lib.nn

    class RNNModel(nn.Module):  # type: ignore[name-defined, misc]
        def __init__(self) -> None:
            super().__init__()
            self.encoder = nn.Embedding(WORDS, size)
            self.rnn = nn.LSTM(size, size, num_layers=2, batch_first=True)
            self.decoder = nn.Linear(size, WORDS)
            if tied:
                self.decoder.weight = self.encoder.weight

        def forward(self, words: Any) -> Any:
            output, _ = self.rnn(self.encoder(words))
            return self.decoder(output).transpose(1, 2)

    return RNNModel()
