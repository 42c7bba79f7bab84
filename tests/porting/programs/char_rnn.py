"""A character model with a GRU: truncated backpropagation, hidden states carried on, sampling by argmax."""

import string

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils import clip_grad_norm_
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

torch.set_default_dtype(torch.float64)
text = "the quick brown fox jumps over the lazy dog. " * 6
characters = sorted(set(text))
index = {c: i for i, c in enumerate(characters)}
encoded = torch.LongTensor([index[c] for c in text]).to(torch.get_default_device())
print(len(characters), encoded[:10], encoded.dtype, len(string.ascii_letters))


class CharRNN(nn.Module):
    def __init__(self, vocabulary, hidden, layers=2):
        super().__init__()
        self.hidden, self.layers = hidden, layers
        self.embed = nn.Embedding(vocabulary, hidden)
        self.rnn = nn.GRU(hidden, hidden, layers, batch_first=True)
        self.decoder = nn.Linear(hidden, vocabulary)
        for i, (name, weight) in enumerate(self.named_parameters()):
            if "bias" in name:
                nn.init.zeros_(weight)
            else:
                wave = torch.sin(torch.arange(weight.numel()).float() + i).view(weight.size())
                weight.data.copy_(0.3 * wave)

    def forward(self, x, h):
        output, h = self.rnn(self.embed(x), h)
        return self.decoder(output.contiguous().view(-1, self.hidden)), h

    def init_hidden(self, batch_size):
        weight = next(self.parameters())
        return weight.new_zeros(self.layers, batch_size, self.hidden)


def detach(h):
    return h.detach() if torch.is_tensor(h) else tuple(detach(v) for v in h)


model = CharRNN(len(characters), 12)
optimizer = torch.optim.RMSprop(model.parameters(), lr=5e-3)
criterion = nn.CrossEntropyLoss(label_smoothing=0.01)
batches = encoded[: len(encoded) // 3 * 3].view(3, -1)
for epoch in range(3):
    hidden = model.init_hidden(3)
    for start in range(0, batches.size(1) - 16, 15):
        inputs = batches[:, start : start + 15]
        targets = batches[:, start + 1 : start + 16]
        hidden = detach(hidden)
        optimizer.zero_grad()
        logits, hidden = model(inputs, hidden)
        loss = criterion(logits, targets.reshape(-1))
        loss.backward()
        norm = clip_grad_norm_(model.parameters(), max_norm=0.25)
        optimizer.step()
    print(epoch, "perplexity", torch.exp(loss).item(), "norm", float(norm))

with torch.no_grad():
    hidden = model.init_hidden(1)
    word = encoded[:1].unsqueeze(0)
    scores = []
    for _ in range(8):
        logits, hidden = model(word, hidden)
        weights = F.softmax(logits[-1].div(0.8), dim=-1)
        score, best = weights.max(0)
        scores.append(round(score.item(), 9))
        word.fill_(best)
    print(scores, [characters[i] for i in torch.topk(weights, 3)[1].tolist()])

words = [encoded[:5], encoded[4:13], encoded[3:6]]
lengths = torch.tensor([len(w) for w in words])
padded = pad_sequence(words, batch_first=True, padding_value=0)
packed = pack_padded_sequence(model.embed(padded), lengths.cpu(), batch_first=True, enforce_sorted=False)
output, last = model.rnn(packed)
output, sizes = pad_packed_sequence(output, batch_first=True)
print(output.shape, sizes, output.sum().item(), last[-1].norm(dim=1).tolist())
