"""Makes the files in pytorch_2.15/ that tst_pytorch_files reads: tiny networks in the forms that users' networks have,
each as PyTorch's ways out write it.

    python3 make_pytorch_files.py [NAME ...]

NAME.pt is traced, NAME.pt2 exported, NAME_old.onnx and NAME_new.onnx come from the two ONNX exporters (that of
residual with its weights in a second file). NAME.f32 holds two images and PyTorch's outputs for them, as raw float32.
The files here are by PyTorch 2.15.0, onnx 1.23.2 and onnxscript 0.7.2.
"""

import io
import pathlib
import sys
import warnings
import zipfile

import numpy
import onnx
import torch
import torch.nn as nn
import torch.nn.functional as F

FOLDER = pathlib.Path(__file__).parent / "pytorch_2.15"


class BasicBlock(nn.Module):
    def __init__(self, before, after, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(before, after, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(after)
        self.conv2 = nn.Conv2d(after, after, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(after)
        self.grows = stride != 1

    def forward(self, x):
        out = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        if self.grows:
            more = out.size(1) - x.size(1)
            x = F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, more // 2, more // 2))
        return F.relu(out + x)


class Residual(nn.Module):
    """The ResNet of CIFAR with its padded shortcuts."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(4)
        self.layer1 = nn.Sequential(BasicBlock(4, 4), BasicBlock(4, 4))
        self.layer2 = nn.Sequential(BasicBlock(4, 8, 2), BasicBlock(8, 8))
        self.fc = nn.Linear(8, 5)

    def forward(self, x):
        x = self.layer2(self.layer1(F.relu(self.bn1(self.conv1(x)))))
        return self.fc(F.avg_pool2d(x, int(x.size(3))).view(x.size(0), -1))


class SqueezeExcite(nn.Module):
    """Inverted residuals with squeeze-excite and hard-swish, as in MobileNet v3."""

    class Block(nn.Module):
        def __init__(self, width, inner):
            super().__init__()
            self.expand = nn.Sequential(nn.Conv2d(width, inner, 1, bias=False), nn.BatchNorm2d(inner), nn.Hardswish())
            self.depthwise = nn.Sequential(
                nn.Conv2d(inner, inner, 3, 1, 1, groups=inner, bias=False), nn.BatchNorm2d(inner), nn.Hardswish())
            self.fc1 = nn.Conv2d(inner, 4, 1)
            self.fc2 = nn.Conv2d(4, inner, 1)
            self.project = nn.Sequential(nn.Conv2d(inner, width, 1, bias=False), nn.BatchNorm2d(width))

        def forward(self, x):
            inner = self.depthwise(self.expand(x))
            gate = F.hardsigmoid(self.fc2(F.relu(self.fc1(F.adaptive_avg_pool2d(inner, 1)))))
            return x + self.project(gate * inner)

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 6, 3, 2, 1, bias=False), nn.BatchNorm2d(6), nn.ReLU6())
        self.blocks = nn.Sequential(self.Block(6, 12), self.Block(6, 12))
        self.head = nn.Sequential(nn.Dropout(0.2), nn.Linear(6, 5))

    def forward(self, x):
        return self.head(self.blocks(self.stem(x)).mean([2, 3]))


class Shuffle(nn.Module):
    """Units that split the channels, work on one half and shuffle, as in ShuffleNet v2."""

    class Unit(nn.Module):
        def __init__(self, half):
            super().__init__()
            self.branch = nn.Sequential(
                nn.Conv2d(half, half, 1, bias=False), nn.BatchNorm2d(half), nn.ReLU(),
                nn.Conv2d(half, half, 3, 1, 1, groups=half, bias=False), nn.BatchNorm2d(half),
                nn.Conv2d(half, half, 1, bias=False), nn.BatchNorm2d(half), nn.ReLU())

        def forward(self, x):
            kept, worked = x.chunk(2, dim=1)
            x = torch.cat((kept, self.branch(worked)), dim=1)
            n, c, h, w = x.size()
            return x.view(n, 2, c // 2, h, w).transpose(1, 2).contiguous().view(n, c, h, w)

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 12, 3, 1, 1), nn.ReLU(), nn.MaxPool2d(2))
        self.units = nn.Sequential(self.Unit(6), self.Unit(6))
        self.last = nn.Sequential(nn.Conv2d(12, 10, 1, bias=False), nn.BatchNorm2d(10), nn.ReLU())
        self.fc = nn.Linear(10, 5)

    def forward(self, x):
        return self.fc(self.last(self.units(self.stem(x))).mean((2, 3)))


class ConvNext(nn.Module):
    """Depthwise convolution, layer norm and MLP with the channels last, layer scale."""

    class Block(nn.Module):
        def __init__(self, width):
            super().__init__()
            self.dwconv = nn.Conv2d(width, width, 5, padding=2, groups=width)
            self.norm = nn.LayerNorm(width, eps=1e-6)
            self.pwconv1 = nn.Linear(width, 3 * width)
            self.pwconv2 = nn.Linear(3 * width, width)
            self.gamma = nn.Parameter(torch.ones(width))

        def forward(self, x):
            y = self.norm(self.dwconv(x).permute(0, 2, 3, 1))
            y = self.gamma * self.pwconv2(F.gelu(self.pwconv1(y)))
            return x + y.permute(0, 3, 1, 2)

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 2, 2)
        self.blocks = nn.Sequential(self.Block(8), self.Block(8))
        self.norm = nn.LayerNorm(8, eps=1e-6)
        self.head = nn.Linear(8, 5)

    def forward(self, x):
        return self.head(self.norm(self.blocks(self.stem(x)).mean([-2, -1])))


class FusedAttention(nn.Module):
    """nn.MultiheadAttention, as in torchvision."""

    def __init__(self, width, heads):
        super().__init__()
        self.attention = nn.MultiheadAttention(width, heads, batch_first=True)

    def forward(self, x):
        return self.attention(x, x, x, need_weights=False)[0]


class WrittenAttention(nn.Module):
    """One linear layer for queries, keys and values; products and softmax by hand."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)

    def split(self, x):
        n, t, c = x.shape
        return self.qkv(x).reshape(n, t, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4).unbind(0)

    def forward(self, x):
        q, k, v = self.split(x)
        weights = ((q * q.shape[-1] ** -0.5) @ k.transpose(-2, -1)).softmax(dim=-1)
        return self.proj((weights @ v).transpose(1, 2).reshape(x.shape))


class ScaledAttention(WrittenAttention):
    """The same by scaled_dot_product_attention."""

    def forward(self, x):
        q, k, v = self.split(x)
        return self.proj(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(x.shape))


class Transformer(nn.Module):
    """A vision transformer: class token, position embedding, pre-norm blocks."""

    class Block(nn.Module):
        def __init__(self, attention, width, heads):
            super().__init__()
            self.norm1 = nn.LayerNorm(width, eps=1e-6)
            self.attn = attention(width, heads)
            self.norm2 = nn.LayerNorm(width, eps=1e-6)
            self.mlp = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width))

        def forward(self, x):
            x = x + self.attn(self.norm1(x))
            return x + self.mlp(self.norm2(x))

    def __init__(self, attention, width=8, heads=2):
        super().__init__()
        self.patches = nn.Conv2d(3, width, 4, 4)
        self.cls_token = nn.Parameter(torch.zeros(1, 1, width))
        self.pos_embed = nn.Parameter(torch.zeros(1, 5, width))
        self.blocks = nn.Sequential(*[self.Block(attention, width, heads) for _ in range(2)])
        self.norm = nn.LayerNorm(width, eps=1e-6)
        self.head = nn.Linear(width, 5)

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2)
        x = torch.cat((self.cls_token.expand(x.shape[0], -1, -1), x), dim=1) + self.pos_embed
        return self.head(self.norm(self.blocks(x))[:, 0])


class Windows(nn.Module):
    """Attention within windows, shifted in every second block, as in Swin."""

    class Block(nn.Module):
        def __init__(self, width, heads, side, shift):
            super().__init__()
            self.heads, self.shift = heads, shift
            self.norm1 = nn.LayerNorm(width)
            self.qkv = nn.Linear(width, 3 * width)
            self.relative_bias = nn.Parameter(torch.zeros(heads, 4, 4))
            self.proj = nn.Linear(width, width)
            self.norm2 = nn.LayerNorm(width)
            self.mlp = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width))
            region = torch.zeros(side, side)
            for i, rows in enumerate((slice(0, -2), slice(-2, -1), slice(-1, None))):
                for j, columns in enumerate((slice(0, -2), slice(-2, -1), slice(-1, None))):
                    region[rows, columns] = 3 * i + j
            region = region.view(side // 2, 2, side // 2, 2).transpose(1, 2).reshape(-1, 4)
            apart = region.unsqueeze(1) != region.unsqueeze(2)
            self.register_buffer("mask", torch.where(apart, -100.0, 0.0))

        def attend(self, x):
            n, side, _, c = x.shape
            if self.shift:
                x = torch.roll(x, (-1, -1), (1, 2))
            count = (side // 2) ** 2
            x = x.view(n, side // 2, 2, side // 2, 2, c).permute(0, 1, 3, 2, 4, 5).reshape(n * count, 4, c)
            q, k, v = self.qkv(x).view(n * count, 4, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
            weights = (q * q.shape[-1] ** -0.5) @ k.transpose(-2, -1) + self.relative_bias
            if self.shift:
                weights = weights.view(n, count, self.heads, 4, 4) + self.mask.unsqueeze(1).unsqueeze(0)
                weights = weights.view(-1, self.heads, 4, 4)
            x = self.proj((weights.softmax(-1) @ v).transpose(1, 2).reshape(n * count, 4, c))
            x = x.view(n, side // 2, side // 2, 2, 2, c).permute(0, 1, 3, 2, 4, 5).reshape(n, side, side, c)
            return torch.roll(x, (1, 1), (1, 2)) if self.shift else x

        def forward(self, x):
            x = x + self.attend(self.norm1(x))
            return x + self.mlp(self.norm2(x))

    def __init__(self):
        super().__init__()
        self.patches = nn.Conv2d(3, 8, 2, 2)
        self.patch_norm = nn.LayerNorm(8)
        self.blocks = nn.Sequential(self.Block(8, 2, 4, False), self.Block(8, 2, 4, True))
        self.norm = nn.LayerNorm(8)
        self.head = nn.Linear(8, 5)

    def forward(self, x):
        x = self.norm(self.blocks(self.patch_norm(self.patches(x).permute(0, 2, 3, 1))))
        return self.head(x.mean((1, 2)))


NETWORKS = {
    "residual": Residual,
    "squeeze_excite": SqueezeExcite,
    "shuffle": Shuffle,
    "convnext": ConvNext,
    "attention_fused": lambda: Transformer(FusedAttention),
    "attention_written": lambda: Transformer(WrittenAttention),
    "attention_scaled": lambda: Transformer(ScaledAttention),
    "windows": Windows,
}


def made(name):
    """Weights that keep values of order 1 and hide nothing: no norm is the identity, no bias is 0."""
    network = NETWORKS[name]().eval()
    random = numpy.random.RandomState(7)
    for key, value in network.state_dict().items():
        if key.endswith(("num_batches_tracked", "mask")):
            continue
        numbers = torch.from_numpy(random.standard_normal(tuple(value.shape)).astype(numpy.float32))
        if key.endswith("running_var"):
            value.copy_(0.5 + numbers.abs())
        elif value.dim() > 1 and key.endswith("weight"):
            value.copy_(numbers * (1.5 / value[0].numel()) ** 0.5)
        else:
            value.copy_(numbers * 0.3 + (1.0 if key.endswith(("weight", "gamma")) else 0.0))
    return network


def save_zip(write, path):
    """Packed, without what only debuggers read, and without dates: the same file each time."""
    plain = io.BytesIO()
    write(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for record in sorted(source.namelist()):
            if record.endswith((".debug_pkl", ".data/serialization_id", "archive_format", "sample_inputs/model.pt")):
                continue
            info = zipfile.ZipInfo(record)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(record))


def strip(path):
    """Takes out the traces of the exporter's own calls, which are most of a small file."""
    model = onnx.load(path, load_external_data=False)
    graph = model.graph
    graph.ClearField("value_info")
    for each in (model, graph, *graph.node, *graph.input, *graph.output, *graph.initializer):
        each.ClearField("doc_string")
        each.ClearField("metadata_props")
    path.write_bytes(model.SerializeToString())


def main(names):
    torch.manual_seed(1)
    for name in names or NETWORKS:
        network = made(name)
        x = torch.randn(2, 3, 8, 8)
        with torch.no_grad():
            y = network(x)
            traced = torch.jit.trace(network, x)
        numpy.concatenate([x.numpy().ravel(), y.numpy().ravel()]).tofile(FOLDER / f"{name}.f32")
        save_zip(lambda file: torch.jit.save(traced, file), FOLDER / f"{name}.pt")
        batch = {0: torch.export.Dim("batch")}
        save_zip(lambda file: torch.export.save(torch.export.export(network, (x,), dynamic_shapes=(batch,)), file),
                 FOLDER / f"{name}.pt2")
        old, new = FOLDER / f"{name}_old.onnx", FOLDER / f"{name}_new.onnx"
        torch.onnx.export(network, (x,), old, dynamo=False, opset_version=14,
                          input_names=["image"], dynamic_axes={"image": {0: "batch"}})
        torch.onnx.export(network, (x,), new, dynamo=True, external_data=name == "residual",
                          dynamic_shapes=(batch,), verbose=False)
        strip(old)
        strip(new)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main(sys.argv[1:])
