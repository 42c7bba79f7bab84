"""Training by several processes, of which there is one, with a profiler's labels and functions for a compiler."""

import tempfile

import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import nn
from torch.jit import unused
from torch.nn.parallel import DistributedDataParallel as DDP
from torch.profiler import ProfilerActivity, profile, record_function, schedule
from torch.utils.data import DataLoader, TensorDataset
from torch.utils.data.distributed import DistributedSampler


@unused
def smooth(x, width: float):
    return F.softplus(x * width) / width


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Linear(2, 8), nn.Linear(8, 1)
        with torch.no_grad():
            for parameter in self.parameters():
                parameter.copy_(torch.linspace(-1, 1, parameter.numel()).reshape(parameter.shape))

    @torch.jit.ignore
    def describe(self) -> str:
        return f"{sum(parameter.numel() for parameter in self.parameters())} parameters"

    def forward(self, x):
        if torch.jit.is_scripting() or torch.jit.is_tracing():
            return x
        return self.second(smooth(self.first(x), 2.0))


def main():
    print(dist.is_available(), dist.is_initialized())
    dist.init_process_group("gloo", init_method=f"file://{tempfile.mkdtemp()}/meeting", rank=0, world_size=1)
    rank, size = dist.get_rank(), dist.get_world_size()
    print(rank, size, dist.get_backend())

    x = torch.linspace(-2, 2, 64).reshape(32, 2)
    data = TensorDataset(x, (x**2).sum(1, keepdim=True))
    sampler = DistributedSampler(data, shuffle=False)
    loader = DataLoader(data, batch_size=8, sampler=sampler)
    model = DDP(Net())
    print(list(model.state_dict()), model.module.describe())
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)

    turns = []
    with profile(
        activities=[ProfilerActivity.CPU],
        schedule=schedule(wait=1, warmup=1, active=2, repeat=1),
        on_trace_ready=lambda profiled: turns.append(
            {average.key: average.count for average in profiled.key_averages()}
        ),
    ) as profiled:
        for epoch in range(3):
            sampler.set_epoch(epoch)
            total = torch.zeros(1)
            for number, (inputs, targets) in enumerate(loader):
                with record_function("forward"):
                    loss = F.mse_loss(model(inputs), targets)
                if number % 2 == 0:
                    with model.no_sync():
                        loss.backward()
                else:
                    loss.backward()
                    optimizer.step()
                    optimizer.zero_grad()
                total += loss.detach()
                profiled.step()
            dist.all_reduce(total, op=dist.ReduceOp.SUM)
            gathered = [torch.zeros_like(total) for _ in range(size)]
            dist.all_gather(gathered, total)
            print(epoch, f"{total.item() / size / len(loader):.4f}", f"{gathered[rank].item():.3f}")
    print(len(turns), turns[0]["forward"], turns[0]["ProfilerStep*"])

    if rank == 0:
        torch.save(model.state_dict(), "model.pt")
    dist.barrier()
    model.load_state_dict(torch.load("model.pt"))
    settings = [{"lr": 0.01}]
    dist.broadcast_object_list(settings, src=0)
    print(settings)
    dist.destroy_process_group()
    print(dist.is_initialized())


main()
