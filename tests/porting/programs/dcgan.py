"""A small DCGAN: transposed convolutions, batch norm, two optimizers, detached samples."""

import numpy as np
import torch
import torch.nn as nn
import torch.optim as optim

nz, ngf, ndf, nc = 6, 4, 4, 1
random = np.random.RandomState(999)


class Generator(nn.Module):
    def __init__(self):
        super(Generator, self).__init__()
        self.main = nn.Sequential(
            nn.ConvTranspose2d(nz, ngf * 2, 4, 1, 0, bias=False),
            nn.BatchNorm2d(ngf * 2),
            nn.ReLU(True),
            nn.ConvTranspose2d(ngf * 2, ngf, 4, 2, 1, bias=False),
            nn.BatchNorm2d(ngf),
            nn.ReLU(True),
            nn.ConvTranspose2d(ngf, nc, 4, 2, 1, bias=False),
            nn.Tanh(),
        )

    def forward(self, input):
        return self.main(input)


class Discriminator(nn.Module):
    def __init__(self):
        super(Discriminator, self).__init__()
        self.main = nn.Sequential(
            nn.Conv2d(nc, ndf, 4, 2, 1, bias=False),
            nn.LeakyReLU(0.2, inplace=True),
            nn.Conv2d(ndf, ndf * 2, 4, 2, 1, bias=False),
            nn.BatchNorm2d(ndf * 2),
            nn.LeakyReLU(0.2, inplace=True),
            nn.utils.spectral_norm(nn.Conv2d(ndf * 2, 1, 4, 1, 0, bias=True)),
            nn.Sigmoid(),
        )
        with torch.no_grad():
            self.main[5].weight_u.copy_(torch.ones(1))
            self.main[5].bias.zero_()
            self.main[5].weight_v.copy_(torch.ones(128) / 128**0.5)

    def forward(self, input):
        return self.main(input).view(-1, 1).squeeze(1)


def randn(*size):
    return torch.as_tensor(random.normal(size=size), device=device)


def weights_init(m):
    classname = m.__class__.__name__
    if classname.find("Conv") != -1:
        weight = getattr(m, "weight_orig", m.weight)
        weight.data.copy_(0.1 * randn(*weight.shape))
    elif classname.find("BatchNorm") != -1:
        m.weight.data.copy_(1 + 0.02 * randn(*m.weight.shape))
        m.bias.data.fill_(0)


torch.set_default_dtype(torch.float64)
device = torch.empty(0).device
netG = Generator().to(device)
netG.apply(weights_init)
netD = Discriminator().to(device)
netD.apply(weights_init)
print(netG)
criterion = nn.BCELoss()
fixed_noise = randn(4, nz, 1, 1)
optimizerD = optim.Adam(netD.parameters(), lr=0.002, betas=(0.5, 0.999))
optimizerG = optim.Adam(netG.parameters(), lr=0.002, betas=(0.5, 0.999))
real_label, fake_label = 1.0, 0.0

for i in range(6):
    netD.zero_grad()
    real_cpu = torch.sign(randn(8, nc, 16, 16)) * 0.5
    b_size = real_cpu.size(0)
    label = torch.full((b_size,), real_label, dtype=torch.float64, device=device)
    output = netD(real_cpu)
    errD_real = criterion(output, label)
    errD_real.backward()
    D_x = output.mean().item()

    noise = randn(b_size, nz, 1, 1)
    fake = netG(noise)
    label.fill_(fake_label)
    output = netD(fake.detach())
    errD_fake = criterion(output, label)
    errD_fake.backward()
    D_G_z1 = output.mean().item()
    errD = errD_real + errD_fake
    optimizerD.step()

    netG.zero_grad()
    label.fill_(real_label)
    output = netD(fake)
    errG = criterion(output, label)
    errG.backward()
    D_G_z2 = output.mean().item()
    optimizerG.step()
    print(
        "[%d/%d]\tLoss_D: %.9f\tLoss_G: %.9f\tD(x): %.9f\tD(G(z)): %.9f / %.9f"
        % (i, 6, errD.item(), errG.item(), D_x, D_G_z1, D_G_z2)
    )
netG.eval()
with torch.no_grad():
    fake = netG(fixed_noise).detach().cpu()
print(fake.shape, fake.min().item(), fake.max().item(), fake.abs().sum((1, 2, 3)).tolist())
