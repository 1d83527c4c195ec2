"""Makes the small files that tst_torch_export reads: one network as torch.export programs of older
PyTorch versions, and traced for comparison. One version of PyTorch at a time:

    python3 make_torch_export_files.py FOLDER

writes FOLDER/exported_VERSION_FORM.pt2, repacked with compression. The files here are by PyTorch
2.1.2, 2.5.1 and 2.8.0; traced.pt is by 1.13 (an old PyTorch without torch.export writes only that).
"""
import io
import os
import sys
import zipfile

import torch
import torch.nn as nn
import torch.nn.functional as F


class Shortcut(nn.Module):
    def forward(self, x):
        return F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, 2, 2), "constant", 0)


class Block(nn.Module):
    def __init__(self, before, after, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(before, after, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(after)
        self.conv2 = nn.Conv2d(after, after, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(after)
        self.shortcut = nn.Sequential() if stride == 1 else Shortcut()

    def forward(self, x):
        out = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(out)) + self.shortcut(x))


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(4)
        self.layer1 = nn.Sequential(Block(4, 4, 1))
        self.layer2 = nn.Sequential(Block(4, 8, 2))
        self.pool = nn.MaxPool2d(2)
        self.drop = nn.Dropout(0.1)
        self.linear = nn.Linear(8, 5)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        x = self.pool(self.layer2(self.layer1(x)))
        x = F.adaptive_avg_pool2d(x, 1)
        return self.linear(self.drop(x.view(x.size(0), -1)))


def network():
    torch.manual_seed(0)
    made = Network()
    for module in made.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.normal_()
            module.running_var.uniform_(0.5, 2)
            module.weight.data.uniform_(0.5, 1.5)
            module.bias.data.normal_()
    return made


def save(program, path):
    plain = io.BytesIO()
    torch.export.save(program, plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for record in sorted(source.namelist()):
            info = zipfile.ZipInfo(record)  # no date: the same file each time
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(record))


def main(folder):
    torch.cuda.is_available = lambda: False
    torch.cuda.device_count = lambda: 0
    version = ".".join(torch.__version__.split(".")[:2])
    x = torch.randn(2, 3, 8, 8)
    if not hasattr(torch, "export"):
        torch.jit.trace(network().eval(), x).save(os.path.join(folder, "traced.pt"))
        return
    evaluating = torch.export.export(network().eval(), (x,))
    training = torch.export.export(network().train(), (x,))
    save(evaluating, os.path.join(folder, f"exported_{version}_eval.pt2"))
    save(training, os.path.join(folder, f"exported_{version}_train.pt2"))
    if hasattr(evaluating, "run_decompositions"):
        save(evaluating.run_decompositions(), os.path.join(folder, f"exported_{version}_decomposed.pt2"))
    else:
        dynamic = [torch.export.dynamic_dim(x, 0) < 15]
        save(torch.export.export(network().eval(), (x,), constraints=dynamic),
             os.path.join(folder, f"exported_{version}_dynamic.pt2"))


main(sys.argv[1])
