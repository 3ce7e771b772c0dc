"""The training steps of `mlp`, `dcgan` and `modern` in PyTorch, timed: one line of JSON for each.

The same networks, batches, losses, penalty, average and optimiser as src/preset.rs and src/model/, on
images and labels that do not matter. What is random is PyTorch's own. Not a way to train: nothing is
drawn or kept.

    python pytorch.py [--device cpu|cuda] [--threads N] [--network NAME] [--executions eager,compile,graph]
    python pytorch.py --count     multiplications of a step, counted by PyTorch
"""

import argparse
import json
import time

import torch
import torch.nn.functional as F
from torch import nn

LATENT, CLASSES, IMAGES, PIXELS = 100, 10, 1024, 784


class Mlp(nn.Sequential):
    @classmethod
    def generator(cls):
        return cls(
            nn.Linear(LATENT, 256), nn.LeakyReLU(0.2),
            nn.Linear(256, 512), nn.BatchNorm1d(512), nn.LeakyReLU(0.2),
            nn.Linear(512, PIXELS), nn.Tanh(),
        )  # fmt: skip

    @classmethod
    def discriminator(cls):
        return cls(nn.Linear(PIXELS, 512), nn.LeakyReLU(0.2), nn.Linear(512, 1))

    def forward(self, x, classes=None):
        return super().forward(x)


class DcganGenerator(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(LATENT, 128)
        self.start = nn.Linear(128, 128 * 49)
        self.norm_7 = nn.BatchNorm1d(128 * 49)
        self.up_14 = nn.ConvTranspose2d(128, 64, 4, 2, 1, bias=False)
        self.norm_14 = nn.BatchNorm2d(64)
        self.up_28 = nn.ConvTranspose2d(64, 32, 4, 2, 1, bias=False)
        self.norm_28 = nn.BatchNorm2d(32)
        self.output = nn.ConvTranspose2d(32, 1, 4, 1, 1)

    def forward(self, z, classes=None):
        x = F.relu(self.hidden(z))
        x = F.relu(self.norm_7(self.start(x))).view(-1, 128, 7, 7)
        x = F.relu(self.norm_14(self.up_14(x)))
        x = F.relu(self.norm_28(self.up_28(x)))
        return torch.tanh(self.output(x)[:, :, 1:29, 1:29]).flatten(1)


class DcganDiscriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.down_14 = nn.Conv2d(1, 32, 3, 2, 1)
        self.down_7 = nn.Conv2d(32, 64, 3, 2, 1)
        self.output = nn.Linear(64 * 49, 1)

    def forward(self, x, classes=None):
        x = F.relu(self.down_14(x.view(-1, 1, 28, 28)))
        return self.output(F.relu(self.down_7(x)).flatten(1))


class UpsampleGenerator(nn.Module):
    def __init__(self):
        super().__init__()
        self.start = nn.Linear(64 + CLASSES, 64 * 49)
        self.norm_7 = nn.BatchNorm2d(64)
        self.conv_14 = nn.Conv2d(64, 32, 3, 1, 1, bias=False)
        self.norm_14 = nn.BatchNorm2d(32)
        self.conv_28 = nn.Conv2d(32, 16, 3, 1, 1, bias=False)
        self.norm_28 = nn.BatchNorm2d(16)
        self.output = nn.ConvTranspose2d(16, 1, 3, 1, 1)

    def forward(self, z, classes):
        def double(x):
            return F.interpolate(x, scale_factor=2, mode="nearest")

        x = self.start(torch.cat([z, classes], 1)).view(-1, 64, 7, 7)
        x = F.relu(self.norm_7(x))
        x = F.relu(self.norm_14(self.conv_14(double(x))))
        x = F.relu(self.norm_28(self.conv_28(double(x))))
        return torch.tanh(self.output(x)).flatten(1)


class ProjectionDiscriminator(nn.Module):
    def __init__(self):
        super().__init__()
        sizes = [(1, 32), (32, 64), (64, 128)]
        self.convs = nn.ModuleList(nn.Conv2d(a, b, 3, 2, 1) for a, b in sizes)
        self.output = nn.Linear(128 * 16, 1 + CLASSES)

    def forward(self, x, classes):
        x = x.view(-1, 1, 28, 28)
        for conv in self.convs:
            x = F.leaky_relu(conv(x), 0.2)
        outputs = self.output(x.flatten(1))
        return outputs[:, :1] + (outputs[:, 1:] * classes).sum(1, keepdim=True)


NETWORKS = {
    "mlp": dict(
        generator=Mlp.generator, discriminator=Mlp.discriminator, latent=LATENT, batch=64,
        rate=2e-4, betas=(0.5, 0.999), modern=False,
    ),
    "dcgan": dict(
        generator=DcganGenerator, discriminator=DcganDiscriminator, latent=LATENT, batch=32,
        rate=2e-4, betas=(0.5, 0.999), modern=False,
    ),
    "modern": dict(
        generator=UpsampleGenerator, discriminator=ProjectionDiscriminator, latent=64, batch=32,
        rate=2e-3, betas=(0.0, 0.99), modern=True,
    ),
}  # fmt: skip
PENALTY, DEVIATION, DECAY = 10.0, 0.1, 0.995


class Trainer:
    def __init__(self, network, device):
        torch.manual_seed(1)
        spec = NETWORKS[network]
        self.latent, self.batch, self.modern = spec["latent"], spec["batch"], spec["modern"]
        self.device = device
        self.generator = spec["generator"]().to(device)
        self.discriminator = spec["discriminator"]().to(device)
        for module in [*self.generator.modules(), *self.discriminator.modules()]:
            if isinstance(module, (nn.Linear, nn.Conv2d, nn.ConvTranspose2d)):
                nn.init.xavier_uniform_(module.weight)
                if module.bias is not None:
                    nn.init.zeros_(module.bias)
        fused = dict(fused=True, capturable=True) if device == "cuda" else {}
        adam = dict(lr=spec["rate"], betas=spec["betas"], eps=1e-8, **fused)
        self.generator_adam = torch.optim.Adam(self.generator.parameters(), **adam)
        self.discriminator_adam = torch.optim.Adam(self.discriminator.parameters(), **adam)
        self.average = [p.detach().clone() for p in self.generator.parameters()]
        self.images = torch.rand(IMAGES, PIXELS, device=device) * 2 - 1
        self.labels = F.one_hot(torch.arange(IMAGES, device=device) % CLASSES, CLASSES).float()

    def step(self):
        """One step; three losses, left on the device."""
        batch, device = self.batch, self.device
        places = torch.randint(IMAGES, (batch,), device=device)
        real, classes = self.images[places], self.labels[places]
        fake = self.generator(torch.randn(batch, self.latent, device=device), classes)

        both = torch.cat([real, fake.detach()])
        if self.modern:
            near = both + DEVIATION * torch.randn_like(both)
            logits = self.discriminator(torch.cat([both, near]), classes.repeat(4, 1))
            of_real, of_fake, near_real, near_fake = logits.chunk(4)
            loss = F.softplus(of_fake - of_real)
            penalty = (of_real - near_real).square() + (of_fake - near_fake).square()
            loss_real = loss_fake = loss.mean() / 2
            total = (loss + PENALTY * penalty).mean()
        else:
            of_real, of_fake = self.discriminator(both).chunk(2)
            loss_real, loss_fake = F.softplus(-of_real).mean(), F.softplus(of_fake).mean()
            total = loss_real + loss_fake
        self.discriminator_adam.zero_grad()
        total.backward()
        self.discriminator_adam.step()

        self.discriminator.requires_grad_(False)
        if self.modern:
            logits = self.discriminator(torch.cat([real, fake]), classes.repeat(2, 1))
            of_real, of_fake = logits.chunk(2)
            loss_generator = F.softplus(of_real - of_fake).mean()
        else:
            loss_generator = F.softplus(-self.discriminator(fake)).mean()
        self.generator_adam.zero_grad()
        loss_generator.backward()
        self.generator_adam.step()
        self.discriminator.requires_grad_(True)
        if self.modern:
            parameters = [p.detach() for p in self.generator.parameters()]
            torch._foreach_lerp_(self.average, parameters, 1 - DECAY)
        return torch.stack([loss_real.detach(), loss_fake.detach(), loss_generator.detach()])


def executed(trainer, execution):
    """The step as a call, after what has to happen before it is fast."""
    if execution == "compile":
        return torch.compile(trainer.step)
    if execution != "graph":
        return trainer.step
    beside = torch.cuda.Stream()
    beside.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(beside):
        for _ in range(3):
            trainer.step()
    torch.cuda.current_stream().wait_stream(beside)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        losses = trainer.step()

    def replay():
        graph.replay()
        return losses

    return replay


def measure(network, device, execution, rounds, seconds):
    step = executed(Trainer(network, device), execution)

    def round_of(count):
        issued, begun = 0.0, time.perf_counter()
        for _ in range(count):
            at = time.perf_counter()
            losses = step()
            issued += time.perf_counter() - at
        values = losses.tolist()
        whole = time.perf_counter() - begun
        return 1000 * issued / count, 1000 * whole / count, values

    round_of(10)
    count = max(4, min(5000, int(1000 * seconds / round_of(10)[1])))
    times = [round_of(count) for _ in range(rounds)]
    middle = rounds // 2
    losses = times[-1][2]
    assert all(x == x and abs(x) < 1e6 for x in losses), losses
    return dict(
        preset=network, execution=execution, steps=count, losses=losses,
        issueMs=sorted(t[0] for t in times)[middle],
        stepMs=sorted(t[1] for t in times)[middle],
    )  # fmt: skip


def product_gflops(device, side):
    """What the device reaches in a product of two large matrices, in 32 bits throughout."""
    a, b = torch.rand(side, side, device=device), torch.rand(side, side, device=device)
    best = float("inf")
    for _ in range(6):
        at = time.perf_counter()
        (a @ b)[0, 0].item()
        best = min(best, time.perf_counter() - at)
    return 2 * side**3 / best / 1e9


def count_multiplications():
    from torch.utils.flop_counter import FlopCounterMode

    for network in NETWORKS:
        trainer = Trainer(network, "cpu")
        with FlopCounterMode(display=False) as counter:
            trainer.step()
        print(json.dumps(dict(preset=network, multiplications=counter.get_total_flops() // 2)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--network", action="append", choices=NETWORKS)
    parser.add_argument("--executions")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--count", action="store_true")
    options = parser.parse_args()
    if options.count:
        return count_multiplications()
    if options.threads:
        torch.set_num_threads(options.threads)
    on_gpu = options.device == "cuda"
    executions = options.executions or ("eager,compile,graph" if on_gpu else "eager")
    about = dict(
        torch=torch.__version__,
        device=torch.cuda.get_device_name() if on_gpu else "CPU",
        threads=torch.get_num_threads(),
        productGflops=product_gflops(options.device, 4096 if on_gpu else 1024),
    )
    for network in options.network or NETWORKS:
        for execution in executions.split(","):
            try:
                found = measure(network, options.device, execution, options.rounds, options.seconds)
            except Exception as error:  # one way that fails leaves the others
                found = dict(preset=network, execution=execution, cannot=str(error)[:200])
            print(json.dumps({**about, **found}), flush=True)


if __name__ == "__main__":
    main()
