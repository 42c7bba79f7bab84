"""A variational autoencoder: the reparameterization with given noise, BCE plus KL divergence."""

import numpy as np
import torch
from torch import nn, optim
from torch.nn import functional as F

torch.set_default_dtype(torch.double)
noise = np.random.RandomState(0)


class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(36, 20)
        self.fc21 = nn.Linear(20, 5)
        self.fc22 = nn.Linear(20, 5)
        self.fc3 = nn.Linear(5, 20)
        self.fc4 = nn.Linear(20, 36)

    def encode(self, x):
        h1 = F.relu(self.fc1(x))
        return self.fc21(h1), self.fc22(h1)

    def reparameterize(self, mu, logvar):
        std = torch.exp(0.5 * logvar)
        eps = torch.empty_like(std).copy_(torch.tensor(noise.randn(*std.size())))
        return mu + eps * std

    def decode(self, z):
        h3 = F.relu(self.fc3(z))
        return torch.sigmoid(self.fc4(h3))

    def forward(self, x):
        mu, logvar = self.encode(x.view(-1, 36))
        z = self.reparameterize(mu, logvar)
        return self.decode(z), mu, logvar


def init_weights(m):
    if isinstance(m, nn.Linear):
        fan_in, fan_out = nn.init._calculate_fan_in_and_fan_out(m.weight)
        wave = torch.cos(torch.arange(m.weight.nelement(), dtype=m.weight.dtype)).reshape_as(m.weight)
        m.weight.data = wave * (2.0 / (fan_in + fan_out)) ** 0.5
        m.bias.data.fill_(0.01)


def loss_function(recon_x, x, mu, logvar):
    BCE = F.binary_cross_entropy(recon_x, x.view(-1, 36), reduction="sum")
    KLD = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return BCE + KLD


model = VAE()
model.apply(init_weights)
optimizer = optim.Adam(model.parameters(), lr=1e-2)
images = (torch.arange(32 * 36).remainder(7) > 3).double().view(32, 1, 6, 6)
for epoch in range(5):
    train_loss = 0
    for data in images.split(8):
        optimizer.zero_grad()
        recon_batch, mu, logvar = model(data)
        loss = loss_function(recon_batch, data, mu, logvar)
        loss.backward()
        train_loss += loss.item()
        optimizer.step()
    print("====> Epoch: {} Average loss: {}".format(epoch, train_loss / len(images)))

with torch.inference_mode():
    sample = model.decode(torch.linspace(-1, 1, 10).view(2, 5)).cpu()
    print(sample.view(2, 1, 6, 6)[:, 0, :2])
    print("mean %.8f std %.8f" % (sample.mean(), sample.std()))
