"""CycleGAN: generators of residual blocks and of nested skips, instance norm with ReLU in place, least squares, a pool."""

import functools
import itertools
import random
import sys

import numpy as np
import torch
import torch.nn as nn
from torch.nn import init
from torch.optim import lr_scheduler
from torch.autograd import Variable

torch.set_default_dtype(torch.float64)
noise = np.random.RandomState(0)


def det(net):
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(torch.as_tensor(noise.randn(*p.shape)) * (0.5 if p.dim() > 1 else 0.1) + (p.dim() == 1))
    return net


random.seed(0)


def get_norm_layer(norm_type="instance"):
    if norm_type == "batch":
        return functools.partial(nn.BatchNorm2d, affine=True, track_running_stats=True)
    elif norm_type == "instance":
        return functools.partial(nn.InstanceNorm2d, affine=False, track_running_stats=False)
    raise NotImplementedError("normalization layer [%s] is not found" % norm_type)


def get_scheduler(optimizer, policy):
    if policy == "linear":

        def lambda_rule(epoch):
            return 1.0 - max(0, epoch + 1 - 2) / float(3 + 1)

        return lr_scheduler.LambdaLR(optimizer, lr_lambda=lambda_rule)
    elif policy == "step":
        return lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.1)
    elif policy == "mult":
        return lr_scheduler.MultiplicativeLR(optimizer, lr_lambda=lambda e: 0.95)
    return lr_scheduler.ConstantLR(optimizer, factor=0.5, total_iters=2)


def init_net(net, init_type="normal", init_gain=0.02):
    def init_func(m):
        classname = m.__class__.__name__
        if hasattr(m, "weight") and (classname.find("Conv") != -1 or classname.find("Linear") != -1):
            if init_type == "normal":
                init.normal_(m.weight.data, 0.0, init_gain)
            if hasattr(m, "bias") and m.bias is not None:
                init.constant_(m.bias.data, 0.0)
        elif classname.find("BatchNorm2d") != -1:
            init.normal_(m.weight.data, 1.0, init_gain)
            init.constant_(m.bias.data, 0.0)

    print("initialize network with %s" % init_type)
    net.apply(init_func)
    return det(net)


class GANLoss(nn.Module):
    def __init__(self, gan_mode, target_real_label=1.0, target_fake_label=0.0):
        super().__init__()
        self.register_buffer("real_label", torch.tensor(target_real_label))
        self.register_buffer("fake_label", torch.tensor(target_fake_label))
        self.gan_mode = gan_mode
        self.loss = {"lsgan": nn.MSELoss(), "vanilla": nn.BCEWithLogitsLoss(), "wgangp": None}[gan_mode]

    def get_target_tensor(self, prediction, target_is_real):
        target_tensor = self.real_label if target_is_real else self.fake_label
        return target_tensor.expand_as(prediction)

    def __call__(self, prediction, target_is_real):
        if self.gan_mode in ["lsgan", "vanilla"]:
            return self.loss(prediction, self.get_target_tensor(prediction, target_is_real))
        return -prediction.mean() if target_is_real else prediction.mean()


class ImagePool:
    def __init__(self, pool_size):
        self.pool_size, self.num_imgs, self.images = pool_size, 0, []

    def query(self, images):
        return_images = []
        for image in images:
            image = torch.unsqueeze(image.data, 0)
            if self.num_imgs < self.pool_size:
                self.num_imgs += 1
                self.images.append(image)
                return_images.append(image)
            elif random.uniform(0, 1) > 0.5:
                i = random.randint(0, self.pool_size - 1)
                tmp = self.images[i].clone()
                self.images[i] = image
                return_images.append(tmp)
            else:
                return_images.append(image)
        return Variable(torch.cat(return_images, 0))


class ResnetBlock(nn.Module):
    def __init__(self, dim, padding_type, norm_layer, use_bias):
        super().__init__()
        block = []
        for _ in range(2):
            p = 0
            if padding_type == "reflect":
                block += [nn.ReflectionPad2d(1)]
            elif padding_type == "replicate":
                block += [nn.ReplicationPad2d(1)]
            else:
                p = 1
            block += [nn.Conv2d(dim, dim, kernel_size=3, padding=p, bias=use_bias), norm_layer(dim), nn.ReLU(True)]
        self.conv_block = nn.Sequential(*block[:-1])

    def forward(self, x):
        return x + self.conv_block(x)


class Generator(nn.Module):
    def __init__(self, i, o, ngf=4, norm_layer=nn.BatchNorm2d, n_blocks=1, padding_type="reflect"):
        super().__init__()
        use_bias = isinstance(norm_layer, functools.partial) and norm_layer.func == nn.InstanceNorm2d
        model = [nn.ReflectionPad2d(3), nn.Conv2d(i, ngf, 7, padding=0, bias=use_bias), norm_layer(ngf), nn.ReLU(True)]
        model += [nn.Conv2d(ngf, ngf * 2, 3, stride=2, padding=1, bias=use_bias), norm_layer(ngf * 2), nn.ReLU(True)]
        model += [ResnetBlock(ngf * 2, padding_type, norm_layer, use_bias) for _ in range(n_blocks)]
        model += [
            nn.ConvTranspose2d(ngf * 2, ngf, 3, stride=2, padding=1, output_padding=1, bias=use_bias),
            norm_layer(ngf),
            nn.ReLU(True),
        ]
        model += [nn.ReflectionPad2d(3), nn.Conv2d(ngf, o, 7), nn.Tanh()]
        self.model = nn.Sequential(*model)

    def forward(self, input):
        return self.model(input)


class UnetSkip(nn.Module):
    def __init__(self, outer, inner, sub=None, outermost=False, norm_layer=nn.BatchNorm2d, use_dropout=False):
        super().__init__()
        self.outermost = outermost
        down = [nn.Conv2d(outer, inner, 4, 2, 1, bias=False)]
        up = [nn.ConvTranspose2d(inner * (2 if sub else 1), outer, 4, 2, 1)]
        if not outermost:
            down = [nn.LeakyReLU(0.2, False)] + down
            up = [nn.ReLU()] + up + [norm_layer(outer)]
        middle, last = [sub] if sub is not None else [], [nn.Tanh()] if outermost else []
        self.model = nn.Sequential(*(down + middle + up + last))

    def forward(self, x):
        return self.model(x) if self.outermost else torch.cat([x, self.model(x)], 1)


norm = get_norm_layer()
G_A, G_B = init_net(Generator(3, 3, norm_layer=norm)), init_net(UnetSkip(3, 4, UnetSkip(4, 8), outermost=True))


def netD():
    layers = [nn.Conv2d(3, 4, kernel_size=4, stride=2, padding=1), nn.LeakyReLU(0.2, True)]
    layers += [nn.Conv2d(4, 8, 4, 1, 1), norm(8), nn.LeakyReLU(0.2, True), nn.Conv2d(8, 1, 4, 1, 1)]
    return init_net(nn.Sequential(*layers))


D_A, D_B = netD(), netD()
print(G_A, G_B)
criterionGAN, criterionCycle, criterionIdt = GANLoss("lsgan"), torch.nn.L1Loss(), torch.nn.L1Loss(reduction="mean")
opt_G = torch.optim.Adam(itertools.chain(G_A.parameters(), G_B.parameters()), lr=0.0002, betas=(0.5, 0.999))
opt_D = torch.optim.Adam(itertools.chain(D_A.parameters(), D_B.parameters()), lr=0.0002, betas=(0.5, 0.999))
schedulers = [get_scheduler(o, p) for o, p in ((opt_G, "linear"), (opt_D, "mult"))]
pool = ImagePool(2)


def set_requires_grad(nets, requires_grad=False):
    for net in nets if isinstance(nets, list) else [nets]:
        if net is not None:
            for param in net.parameters():
                param.requires_grad = requires_grad


for epoch in range(2):
    real_A, real_B = (
        torch.as_tensor(noise.rand(2, 3, 16, 16)) * 2 - 1,
        torch.as_tensor(noise.rand(2, 3, 16, 16)).mul_(2).sub_(1),
    )
    set_requires_grad([D_A, D_B], False)
    opt_G.zero_grad()
    fake_B, fake_A = G_A(real_A), G_B(real_B)
    rec_A, rec_B = G_B(fake_B), G_A(fake_A)
    loss_G = criterionGAN(D_A(fake_B), True) + criterionGAN(D_B(fake_A), True)
    loss_G += 10 * (criterionCycle(rec_A, real_A) + criterionCycle(rec_B, real_B))
    loss_G += 0.5 * 10.0 * criterionIdt(G_A(real_B), real_B)
    loss_G.backward()
    opt_G.step()
    set_requires_grad([D_A, D_B], True)
    opt_D.zero_grad()
    loss_D = 0
    for D, real, fake in ((D_A, real_B, pool.query(fake_B)), (D_B, real_A, fake_A)):
        l = (criterionGAN(D(real), True) + criterionGAN(D(fake.detach()), False)) * 0.5
        l.backward()
        loss_D += l.item()
    opt_D.step()
    for s in schedulers:
        s.step()
    rates = tuple(o.param_groups[0]["lr"] for o in (opt_G, opt_D))
    sys.stdout.write(
        "\r[Epoch %d/%d] [D loss: %f] [G loss: %f] lr %.7f %.7f\n" % (epoch, 2, loss_D, loss_G.item(), *rates)
    )
print(pool.num_imgs, GANLoss("vanilla")(D_A(real_A), True).item(), GANLoss("wgangp")(D_A(real_A), False).item())
print(GANLoss("vanilla").state_dict())
num_params = 0
for param in G_A.parameters():
    num_params += param.numel()
print("[Network %s] Total number of parameters : %.3f M" % ("G_A", num_params / 1e6))
grid = (fake_B.data[0].cpu().numpy().transpose(1, 2, 0) + 1) / 2.0 * 255.0
print(grid.astype(np.uint8).shape, grid.dtype, np.clip(grid, 0, 255).mean().round(2))
