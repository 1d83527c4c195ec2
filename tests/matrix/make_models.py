#!/usr/bin/python3
"""Writes the classification models of the installed torchvision as TorchScript files, with random
weights (their shapes are what a reader of models meets), and beside each NAME.pt two images and the
model's outputs for them as raw float32 (NAME.input.f32, NAME.output.f32).

    /usr/bin/python3 tests/matrix/make_models.py DIR [NAME ...]

Batch norm gets statistics of its own, so that a folded or dropped one shows.
"""

import pathlib
import sys

import torch
import torchvision


def input_size(name):
    if name == "inception_v3":
        return 299
    if name.startswith("maxvit") or name.startswith("vit") or name.startswith("swin"):
        return 256 if name.startswith("swin_v2") else 224
    return 224


def names():
    if hasattr(torchvision.models, "list_models"):
        return torchvision.models.list_models(module=torchvision.models)
    plain = torchvision.models
    return sorted(n for n in plain.__dict__ if n.islower() and callable(plain.__dict__[n])
                  and n not in ("get_model", "get_weight", "list_models", "get_model_weights"))


def make(name):
    torch.manual_seed(0)
    options = {"weights": None}
    if name in ("googlenet", "inception_v3"):
        options["init_weights"] = False
    model = getattr(torchvision.models, name)(**options).eval()
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.uniform_(-0.1, 0.1)
            module.running_var.uniform_(0.8, 1.2)
            module.weight.data.uniform_(0.8, 1.2)
            module.bias.data.uniform_(-0.1, 0.1)
    for parameter in model.parameters():  # zero heads and tiny layer scales would hide what is before them
        if parameter.abs().max() < 1e-5:
            parameter.data.uniform_(-0.2, 0.2)
    return model


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:] or names():
        target = folder / f"{name}.pt"
        if target.exists():
            continue
        model = make(name)
        size = input_size(name)
        example = torch.rand(1, 3, size, size)
        with torch.no_grad():
            traced = torch.jit.trace(model, example, check_trace=False)
            check = torch.rand(2, 3, size, size)
            output = model(check)
        torch.jit.save(traced, str(target))
        check.numpy().tofile(folder / f"{name}.input.f32")
        output.numpy().tofile(folder / f"{name}.output.f32")
        print(name, flush=True)


if __name__ == "__main__":
    main()
