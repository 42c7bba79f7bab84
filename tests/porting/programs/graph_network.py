"""Graph networks on an edge list: sums by scatter, degree normalization, attention with a softmax per node."""

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def degree(index, num_nodes):
    return torch.zeros(num_nodes).scatter_add_(0, index, torch.ones(index.numel()))


class GCNConv(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.lin = nn.Linear(in_channels, out_channels, bias=False)
        self.bias = nn.Parameter(torch.empty(out_channels))
        self.reset_parameters()

    def reset_parameters(self):
        nn.init.eye_(self.lin.weight)
        nn.init.constant_(self.bias, 0.1)

    def forward(self, x, edge_index):
        row, col = edge_index
        norm = degree(col, x.size(0)).pow(-0.5)
        norm[norm == float("inf")] = 0
        x = self.lin(x)
        messages = x[row] * (norm[row] * norm[col]).view(-1, 1)
        return torch.zeros_like(x).index_add_(0, col, messages) + self.bias


class GATConv(nn.Module):
    def __init__(self, in_channels, out_channels, heads=2):
        super().__init__()
        self.heads, self.out = heads, out_channels
        self.weight = nn.Parameter(torch.linspace(-0.5, 0.5, in_channels * heads * out_channels).view(in_channels, -1))
        self.att = nn.ParameterList([nn.Parameter(torch.full((1, heads, out_channels), v)) for v in (0.3, -0.2)])

    def forward(self, x, edge_index):
        n = x.size(0)
        x = torch.mm(x, self.weight).view(n, self.heads, self.out)
        source, target = ((x * a).sum(-1) for a in self.att)
        row, col = edge_index[0], edge_index[1]
        alpha = F.leaky_relu(source[row] + target[col], 0.2)
        index = col.unsqueeze(-1).expand_as(alpha)
        most = torch.full((n, self.heads), -1e9).scatter_reduce(0, index, alpha, reduce="amax")
        alpha = (alpha - most.gather(0, index).detach()).exp()
        total = torch.zeros(n, self.heads).scatter_add(0, index, alpha)
        alpha = alpha / (total.index_select(0, col) + 1e-16)
        out = torch.zeros(n, self.heads, self.out)
        out = out.index_add(0, col, alpha.unsqueeze(-1) * x.index_select(0, row))
        return out.flatten(1)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = GCNConv(6, 6)
        self.conv2 = GATConv(6, 4)
        self.norm = nn.GroupNorm(2, 8)
        self.head = nn.Linear(8, 3)
        nn.init.orthogonal_(self.head.weight)
        self.head.weight.data = torch.eye(3, 8)
        self.head.bias.data.zero_()

    def forward(self, x, edge_index, batch):
        x = F.elu(self.conv1(x, edge_index))
        x = self.norm(F.elu(self.conv2(x, edge_index)))
        nodes = F.log_softmax(self.head(x), dim=-1)
        where = batch.view(-1, 1).expand(-1, x.size(1))
        graphs = torch.zeros(int(batch.max()) + 1, 8).scatter_reduce_(0, where, x, "mean", include_self=False)
        return nodes, graphs


n = 12
edges = torch.tensor([[i, (i * k + 1) % n] for i in range(n) for k in (1, 2, 5)]).t().contiguous()
edges = torch.cat([edges, edges.flip(0)], dim=1)
edges = torch.unique(edges, dim=1)
loops = torch.arange(n).unsqueeze(0).repeat(2, 1)
edges = torch.cat([edges[:, edges[0] != edges[1]], loops], 1)
x = torch.sin(torch.arange(n * 6).view(n, 6) * 1.3)
labels = torch.arange(n) % 3
train_mask = torch.zeros(n, dtype=torch.bool)
train_mask[::2] = True
batch = torch.arange(n) // 6
print(edges.shape, degree(edges[0], n).long().tolist(), torch.bincount(edges[1]).tolist())

model = Net()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01, weight_decay=5e-4)
for epoch in range(8):
    optimizer.zero_grad()
    out, graphs = model(x, edges, batch)
    loss = F.nll_loss(out[train_mask], labels[train_mask]) + 0.01 * graphs.pow(2).mean()
    loss.backward()
    optimizer.step()
    accuracy = (out[~train_mask].argmax(dim=-1) == labels[~train_mask]).float().mean()
    print(f"{epoch:02d} {loss.item():.9f} {accuracy.item():.4f} {graphs.norm(p=2, dim=-1).tolist()}")
adjacency = torch.zeros(n, n).index_put((edges[0], edges[1]), torch.ones(edges.size(1)), accumulate=True)
laplacian = torch.diag(adjacency.sum(1)) - adjacency
print(torch.linalg.eigvalsh((laplacian + laplacian.T) / 2)[:4], torch.triu(adjacency, 1).nonzero()[:3].tolist())
