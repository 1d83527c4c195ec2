"""Makes the small files the fuzzers start from (those of torch.export are copies of
tests/formats/data). Run with Debian's python3-torch:

    python3 tests/fuzz/make_seeds.py
"""
import collections
import gzip
import io
import json
import pathlib
import struct
import zipfile

import torch
import torch.nn as nn

seeds = pathlib.Path(__file__).parent / "seeds"


def write(name, content):
    path = seeds / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def saved(value, **options):
    buffer = io.BytesIO()
    torch.save(value, buffer, **options)
    return buffer.getvalue()


def state_dicts():
    small = collections.OrderedDict()
    small["conv1.weight"] = torch.zeros(16, 3, 3, 3)
    small["bn1.weight"] = torch.ones(16)
    small["bn1.num_batches_tracked"] = torch.tensor(3)
    small["half"] = torch.ones(4).half()
    small["view"] = torch.arange(12.0).view(3, 4).t()[1:]
    small["parameter"] = nn.Parameter(torch.ones(2))
    write("state_dict/plain.pt", saved(small))
    write("state_dict/checkpoint.pt", saved({"epoch": 3, "best": 0.5, "args": None, "names": ["a", ("b", True)],
                                             "state_dict": {"module." + k: v for k, v in small.items()}}))
    write("state_dict/protocol4.pt", saved(small, pickle_protocol=4))
    for name in ("plain.pt", "checkpoint.pt", "protocol4.pt"):
        with zipfile.ZipFile(seeds / "state_dict" / name) as archive:
            write("pickle/" + name[:-3], archive.read("archive/data.pkl"))


def safetensors():
    def file(entries, data):
        header = json.dumps(entries).encode()
        return struct.pack("<Q", len(header)) + header + data

    write("safetensors/two", file({"__metadata__": {"format": "pt"},
                                   "conv1.weight": {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 16]},
                                   "bn1.num_batches_tracked": {"dtype": "I64", "shape": [], "data_offsets": [16, 24]}},
                                  bytes(24)))
    write("safetensors/types", file({"a": {"dtype": "BF16", "shape": [3], "data_offsets": [0, 6]},
                                     "b": {"dtype": "F16", "shape": [1], "data_offsets": [6, 8]},
                                     "c": {"dtype": "F64", "shape": [0], "data_offsets": [8, 8]}}, bytes(8)))


class Small(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.bn = nn.BatchNorm2d(4)
        self.linear = nn.Linear(4, 2)

    def forward(self, x):
        x = torch.relu(self.bn(self.conv(x)))
        if self.training:
            x = x * 2.0
        return self.linear(torch.flatten(nn.functional.adaptive_avg_pool2d(x, 1), 1))


def torchscripts():
    torch.manual_seed(0)
    model = Small().eval()
    for name, module in (("traced", torch.jit.trace(model, torch.zeros(1, 3, 32, 32))), ("scripted", torch.jit.script(model))):
        plain = io.BytesIO()
        torch.jit.save(module, plain)
        write("torchscript/" + name, plain.getvalue())


def graphs():
    def node(name, inputs, op, **attributes):
        return {"name": name, "inputs": inputs, "operation": {"op": op, "attributes": attributes}}

    def graph(*nodes):
        return json.dumps({"format": "espalier-graph", "version": 1, "input": [2, 4, 4], "nodes": nodes}).encode()

    conv = dict(in_channels=2, out_channels=2, kernel=[3, 3], stride=[1, 1], padding=[1, 1], dilation=[1, 1], groups=1, bias=True)
    write("graph_json/residual", graph(
        node("input", [], "Input"), node("conv", [0], "Conv2d", **conv),
        node("bn", [1], "BatchNorm2d", channels=2, epsilon=1e-5, momentum=0.1, affine=True),
        node("add", [2, 0], "Add"), node("relu", [3], "Relu"),
        node("pool", [4], "AdaptiveAvgPool2d", output=[1, 1]), node("flatten", [5], "Flatten"),
        node("linear", [6], "Linear", in_features=2, out_features=3, bias=True),
        node("softmax", [7], "Softmax", logarithm=False)))
    write("graph_json/shapes", graph(
        node("input", [], "Input"), node("pad", [0], "Pad", before=[0, 1, 0], after=[1, 0, 0], value=0.0),
        node("slice", [1], "Slice", dimension=1, start=0, stop=4, step=2),
        node("max", [2], "MaxPool2d", kernel=[2, 2], stride=[2, 2], padding=[0, 0], dilation=[1, 1], ceil_mode=True),
        node("average", [3], "AvgPool2d", kernel=[1, 1], stride=[1, 1], padding=[0, 0], ceil_mode=False, count_include_pad=True),
        node("drop", [4], "Dropout", probability=0.5)))


def exported_json():
    """Programs for weights that the feeder brings: "w" (4x3x3x3), "b" (4) and "m" (2x4)."""
    def tensor(name, value):
        return {"name": name, "arg": {"as_tensor": {"name": value}}}

    def given(name, kind, value):
        return {"name": name, "arg": {kind: value}}

    def node(target, inputs, *outputs):
        return {"target": "torch.ops.aten." + target, "inputs": inputs,
                "outputs": [{"as_tensor": {"name": output}} for output in outputs],
                "metadata": {"nn_module_stack": "L__self__,,Net;L__self__a,a.0,torch.nn.modules.conv.Conv2d"}}

    def program(batch, *nodes):
        sizes = [batch, {"as_int": 3}, {"as_int": 8}, {"as_int": 8}]
        specs = [{"parameter": {"arg": {"name": "p_" + name}, "parameter_name": name}} for name in "wbm"]
        return json.dumps({"graph_module": {
            "graph": {"nodes": nodes, "tensor_values": {"x": {"dtype": 7, "sizes": sizes}}},
            "signature": {"input_specs": specs + [{"user_input": {"arg": {"as_tensor": {"name": "x"}}}}],
                          "output_specs": [{"user_output": {"arg": {"as_tensor": {"name": "y"}}}}]}}}).encode()

    conv = node("conv2d.default", [tensor("input", "x"), tensor("weight", "p_w"), tensor("bias", "p_b"),
                                   given("stride", "as_ints", [2, 2])], "c")
    norm = node("_native_batch_norm_legit_no_training.default",
                [tensor("input", "c"), tensor("weight", "p_b"), tensor("bias", "p_b"), tensor("running_mean", "p_b"),
                 tensor("running_var", "p_b"), given("momentum", "as_float", 0.1), given("eps", "as_float", 1e-5)],
                "n", "n1", "n2")
    write("exported_json/conv", program(
        {"as_expr": {"expr_str": "s0"}}, conv, norm, node("relu_.default", [tensor("self", "n")], "r"),
        node("mean.dim", [tensor("self", "n"), given("dim", "as_ints", [-1, -2])], "f"),
        {**node("sym_size.int", [tensor("self", "x"), given("dim", "as_int", 0)]),
         "outputs": [{"as_sym_int": {"as_name": "s"}}]},
        node("view.default", [tensor("self", "f"), given("size", "as_sym_ints", [{"as_name": "s"}, {"as_int": -1}])], "v"),
        node("linear.default", [tensor("input", "v"), tensor("weight", "p_m")], "y")))
    write("exported_json/constants", program(
        {"as_int": 2}, node("arange.default", [given("end", "as_int", 4)], "a"),
        node("view.default", [tensor("self", "a"), given("size", "as_ints", [2, 2])], "a2"),
        {**node("cat.default", [given("tensors", "as_tensors", [{"name": "a2"}, {"name": "a2"}])], "c")},
        node("index.Tensor", [tensor("self", "p_m"),
                              given("indices", "as_optional_tensors", [{"as_none": True}, {"as_tensor": {"name": "a"}}])], "i"),
        node("transpose.int", [tensor("self", "i"), given("dim0", "as_int", 0), given("dim1", "as_int", 1)], "t"),
        node("max_pool2d.default", [tensor("self", "x"), given("kernel_size", "as_ints", [2, 2])], "y")))


def data_sets():
    def idx(images, labels):
        content = struct.pack(">IIII", 0x803, images, 2, 2) + bytes(range(images * 4))
        numbers = struct.pack(">II", 0x801, labels) + bytes(i % 3 for i in range(labels))
        return struct.pack("<H", len(numbers)) + numbers + content

    write("idx/three", idx(3, 3))
    write("idx/unequal", idx(3, 4))
    packed = gzip.compress(struct.pack(">II", 0x801, 3) + bytes(3), mtime=0)
    write("idx/packed", struct.pack("<H", len(packed)) + packed
          + gzip.compress(struct.pack(">IIII", 0x803, 3, 2, 2) + bytes(12), mtime=0))
    write("cifar/two", (bytes([1]) + bytes(3072)) * 2)


state_dicts()
safetensors()
torchscripts()
graphs()
exported_json()
data_sets()
