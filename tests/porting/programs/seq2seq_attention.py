"""Translation by an encoder and a decoder with additive attention, teacher forcing, masks and greedy decoding."""

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor, optim

torch.set_default_dtype(torch.float64)
SOS, EOS, VOCAB, HIDDEN = 0, 1, 11, 10


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(VOCAB, HIDDEN)
        self.gru = nn.GRU(HIDDEN, HIDDEN, bidirectional=True)
        self.fc = nn.Linear(2 * HIDDEN, HIDDEN)

    def forward(self, src: Tensor):
        outputs, hidden = self.gru(self.embedding(src))
        hidden = torch.tanh(self.fc(torch.cat((hidden[-2, :, :], hidden[-1, :, :]), dim=1)))
        return outputs, hidden


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.attn = nn.Linear(3 * HIDDEN, HIDDEN)
        self.v = nn.Parameter(torch.linspace(-1, 1, HIDDEN))

    def forward(self, hidden, encoder_outputs, mask):
        src_len = encoder_outputs.shape[0]
        repeated = hidden.unsqueeze(1).repeat(1, src_len, 1)
        encoder_outputs = encoder_outputs.permute(1, 0, 2)
        energy = torch.tanh(self.attn(torch.cat((repeated, encoder_outputs), dim=2)))
        scores = torch.matmul(energy, self.v).masked_fill(~mask, float("-inf"))
        return F.softmax(scores, dim=1)


class Decoder(nn.Module):
    def __init__(self, attention):
        super().__init__()
        self.attention = attention
        self.embedding = nn.Embedding(VOCAB, HIDDEN)
        self.cell = nn.GRUCell(3 * HIDDEN, HIDDEN)
        self.out = nn.Linear(4 * HIDDEN, VOCAB)

    def forward(self, word, hidden, encoder_outputs, mask):
        a = self.attention(hidden, encoder_outputs, mask).unsqueeze(1)
        weighted = torch.bmm(a, encoder_outputs.transpose(0, 1)).squeeze(1)
        embedded = self.embedding(word)
        hidden = self.cell(torch.cat([embedded, weighted], -1), hidden)
        return self.out(torch.hstack((hidden, weighted, embedded))), hidden, a.squeeze(1)


class Seq2Seq(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.decoder = Decoder(Attention())

    def forward(self, src, trg, teacher_forcing=True):
        encoder_outputs, hidden = self.encoder(src)
        mask = (src != EOS).transpose(0, 1)
        outputs = torch.zeros(trg.size(0), trg.size(1), VOCAB).to(src.device)
        word = trg[0, :]
        for t in range(1, trg.size(0)):
            output, hidden, weights = self.decoder(word, hidden, encoder_outputs, mask)
            outputs[t] = output
            word = trg[t] if teacher_forcing else output.max(1)[1]
        return outputs, weights


model = Seq2Seq()
with torch.no_grad():
    for name, p in model.named_parameters():
        if p.dim() > 1:
            p.copy_(torch.cos(torch.arange(p.numel()) * 0.37).reshape(p.shape) * 0.4)
        else:
            p.uniform_(0, 0)
src = torch.stack([(torch.arange(7) * k) % 9 + 2 for k in (1, 2, 4, 5)], dim=1)
src[5:, 1] = EOS
trg = torch.cat((torch.full((1, 4), SOS), src.flip(0)[:5]))
optimizer = optim.Adam([{"params": model.encoder.parameters()}, {"params": model.decoder.parameters(), "lr": 0.02}])
criterion = nn.CrossEntropyLoss(ignore_index=EOS)
for epoch in range(6):
    model.train()
    optimizer.zero_grad()
    outputs, _ = model(src, trg)
    loss = criterion(outputs[1:].view(-1, VOCAB), trg[1:].reshape(-1))
    loss.backward()
    nn.utils.clip_grad_value_(model.parameters(), 0.5)
    optimizer.step()
    print(f"epoch {epoch} loss {loss:.10f}")
model.eval()
with torch.no_grad():
    outputs, weights = model(src, trg, teacher_forcing=False)
print(outputs.argmax(-1).t().tolist())
print(weights)
