"""REINFORCE and a DQN on a walk along a line: sampling by hand, discounted returns, replay, target network."""

import random
from collections import deque, namedtuple
from itertools import count

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim

random.seed(0)
numbers = np.random.RandomState(543)
torch.set_default_dtype(torch.float64)


class Walk:
    def reset(self):
        self.place, self.time = 0.0, 0
        return np.array([self.place, 1.0])

    def step(self, action):
        self.place += (-0.3, 0.0, 0.4)[action]
        self.time += 1
        done = self.time >= 10 or abs(self.place) > 1.5
        return np.array([self.place, 1.0 - self.time / 10]), -abs(self.place - 0.8), done


class Policy(nn.Module):
    def __init__(self):
        super().__init__()
        self.affine1 = nn.Linear(2, 16)
        self.action_head = nn.Linear(16, 3)
        self.value_head = nn.Linear(16, 1)
        self.saved_log_probs, self.values, self.rewards = [], [], []
        for p in self.parameters():
            p.data = torch.from_numpy(numbers.uniform(-0.5, 0.5, size=p.shape)).to(p)

    def forward(self, x):
        x = F.relu(self.affine1(x))
        return F.softmax(self.action_head(x), dim=-1), self.value_head(x)


def select_action(policy, state):
    state = torch.tensor(state).float().double().unsqueeze(0)
    probs, value = policy(state)
    draw = torch.tensor(numbers.rand())
    action = (probs.cumsum(-1) < draw).sum(-1).clamp(max=2)
    policy.saved_log_probs.append(probs.log().gather(1, action.unsqueeze(1)).squeeze(1))
    policy.values.append(value)
    return action.item(), -(probs * probs.log()).sum()


env, policy = Walk(), Policy()
optimizer = optim.Adam(policy.parameters(), lr=1e-2)
for episode in range(6):
    state, done, entropy = env.reset(), False, 0
    for t in count():
        action, e = select_action(policy, state)
        state, reward, done = env.step(action)
        policy.rewards.append(reward)
        entropy = entropy + e
        if done:
            break
    R, returns = 0, deque()
    for r in policy.rewards[::-1]:
        R = r + 0.99 * R
        returns.appendleft(R)
    returns = torch.tensor(returns)
    returns = (returns - returns.mean()) / (returns.std() + np.finfo(np.float32).eps.item())
    policy_loss, value_losses = [], []
    for log_prob, value, R in zip(policy.saved_log_probs, policy.values, returns):
        policy_loss.append(-log_prob * (R - value.item()))
        value_losses.append(F.smooth_l1_loss(value, torch.tensor([[R]])))
    optimizer.zero_grad()
    loss = torch.cat(policy_loss).sum() + torch.stack(value_losses).sum() - 0.01 * entropy
    loss.backward()
    optimizer.step()
    print(episode, t, loss.item(), sum(policy.rewards))
    del policy.rewards[:], policy.saved_log_probs[:], policy.values[:]

Transition = namedtuple("Transition", ("state", "action", "next_state", "reward"))
memory = deque([], maxlen=100)
q_net = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 3))
for p in q_net.parameters():
    p.data.copy_(torch.tensor(numbers.uniform(-0.4, 0.4, tuple(p.shape))))
target_net = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 3))
target_net.load_state_dict(q_net.state_dict())
optimizer = optim.AdamW(q_net.parameters(), lr=1e-2, amsgrad=True)
state = torch.tensor(env.reset(), dtype=torch.float64).unsqueeze(0)
for step in range(40):
    with torch.no_grad():
        greedy = q_net(state).max(1).indices.view(1, 1)
    action = greedy if step % 3 else torch.tensor([[step % 2 * 2]], dtype=torch.long)
    observation, reward, done = env.step(action.item())
    following = None if done else torch.tensor(observation, dtype=torch.float64).unsqueeze(0)
    memory.append(Transition(state, action, following, torch.tensor([reward])))
    state = torch.tensor(env.reset()).unsqueeze(0) if done else following
    if len(memory) < 8:
        continue
    batch = Transition(*zip(*random.sample(list(memory), 8)))
    mask = torch.tensor(tuple(map(lambda s: s is not None, batch.next_state)), dtype=torch.bool)
    next_states = torch.cat([s for s in batch.next_state if s is not None])
    values = q_net(torch.cat(batch.state)).gather(1, torch.cat(batch.action))
    next_values = torch.zeros(8)
    with torch.no_grad():
        next_values[mask] = target_net(next_states).max(1).values
    expected = next_values * 0.9 + torch.cat(batch.reward)
    loss = nn.SmoothL1Loss()(values, expected.unsqueeze(1))
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_value_(q_net.parameters(), 100)
    optimizer.step()
    target_state, state_dict = target_net.state_dict(), q_net.state_dict()
    for key in state_dict:
        target_state[key] = state_dict[key] * 0.05 + target_state[key] * 0.95
    target_net.load_state_dict(target_state)
    if step % 8 == 7:
        print(step, loss.item(), q_net(state).squeeze().tolist())
