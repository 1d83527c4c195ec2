"""Makes the small files the fuzzers start from (those of torch.export are copies of
tests/formats/data). Run with Debian's python3-torch and python3-pil:

    python3 tests/fuzz/make_seeds.py
"""
import collections
import gzip
import io
import json
import pathlib
import struct
import zipfile
import zlib

import PIL.Image
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


def programs():
    """Programs for the module that the feeder brings: "training" and "w" (4x3x3x3)."""
    def net(body, extra=""):
        return ("class Net(Module):\n  __parameters__ = [\"w\", ]\n  __buffers__ = []\n  training : bool\n  w : Tensor\n"
                "  def forward(self: __torch__.Net,\n    x: Tensor) -> Tensor:\n" + body + extra).encode()

    write("torchscript_code/traced", net(
        "    w = self.w\n    _0 = torch._convolution(x, w, None, [1, 1], [0, 0], [1, 1], False, [0, 0], 1, False, False, True, True)\n"
        "    input = torch.relu(_0)\n    _1 = torch.mean(input, [2, 3], False)\n"
        "    _2 = ops.prim.NumToTensor(torch.size(_1, 0))\n    _3 = [int(_2), -1]\n    return torch.view(_1, _3)\n"))
    write("torchscript_code/scripted", net(
        "    training = self.training\n    if training:\n      x0 = torch.mul(x, 2.)\n    else:\n      x0 = x\n"
        "    sizes = annotate(List[int], [])\n    for i in range(torch.dim(x0)):\n      _0 = torch.append(sizes, torch.size(x0, i))\n"
        "    _1 = torch.lt(torch.len(sizes), 3)\n    if _1:\n      ops.prim.RaiseException(torch.format(\"{} of {}\", 1, 2))\n    else:\n      pass\n"
        "    w = self.w\n    y = torch.conv2d(x0, w)\n    return __torch__.activate(torch.select(y, 2, 0), True)\n",
        "def activate(x: Tensor,\n    inplace: bool=False) -> Tensor:\n  if inplace:\n    result = torch.relu_(x)\n  else:\n"
        "    result = torch.softmax(x, -1, None)\n  return result\n"))
    write("torchscript_code/constants", net(
        "    w = self.w\n    _0 = torch.arange(0, 4, 1, dtype=4, layout=None, device=torch.device(\"cpu\"), pin_memory=False)\n"
        "    _1 = torch.reshape(torch.mul(_0, 2), [1, 4, 1, 1])\n    _2 = torch.cat([_1, torch.zeros([1, 4, 1, 1])], 0)\n"
        "    _3 = torch.transpose(torch.flatten(w, 1), 0, 1)\n    a, b, = torch.chunk(torch.flatten(x, 1), 2, 1)\n"
        "    c = torch.floordiv(torch.size(a, 1), 27)\n    return torch.matmul(torch.slice(a, 1, 0, torch.mul(c, 27)), _3)\n"))


def graphs():
    def node(name, inputs, op, **attributes):
        return {"name": name, "inputs": inputs, "operation": {"op": op, "attributes": attributes}}

    def graph(*nodes, shape=(2, 4, 4)):
        return json.dumps({"format": "espalier-graph", "version": 1, "input": shape, "nodes": nodes}).encode()

    conv = dict(in_channels=2, out_channels=2, kernel=[3, 3], stride=[1, 1], padding=[1, 1], dilation=[1, 1], groups=1, bias=True)
    write("graph_json/residual", graph(
        node("input", [], "Input"), node("conv", [0], "Conv2d", **conv),
        node("bn", [1], "BatchNorm2d", channels=2, epsilon=1e-5, momentum=0.1, affine=True),
        node("add", [2, 0], "Add"), node("relu", [3], "Activation", kind="clamp", a=0.0, b="inf"),
        node("norm", [4], "GroupNorm", groups=2, channels=2, epsilon=1e-5, affine=False),
        node("pool", [5], "AdaptiveAvgPool2d", output=[1, 1]), node("flatten", [6], "Flatten"),
        node("linear", [7], "Linear", in_features=2, out_features=3, bias=True),
        node("softmax", [8], "Softmax", dimension=0, logarithm=False)))
    write("graph_json/shapes", graph(
        node("input", [], "Input"), node("pad", [0], "Pad", before=[0, 1, 0], after=[1, 0, 0], value=0.0),
        node("slice", [1], "Slice", dimension=1, start=0, stop=4, step=2),
        node("max", [2], "MaxPool2d", kernel=[2, 2], stride=[2, 2], padding=[0, 0], dilation=[1, 1], ceil_mode=True),
        node("average", [3], "AvgPool2d", kernel=[1, 1], stride=[1, 1], padding=[0, 0], ceil_mode=False, count_include_pad=True),
        node("drop", [4], "Dropout", probability=0.5)))
    write("graph_json/tokens", graph(
        node("input", [], "Input"), node("tokens", [0], "Rearrange", split=[2, 4, 4], order=[1, 2, 0], merged=[16, 2]),
        node("class", [], "Parameter", shape=[1, 2], trainable=True), node("cat", [2, 1], "Concat", dimension=0),
        node("norm", [3], "LayerNorm", normalized=[2], epsilon=1e-5, affine=True),
        node("turned", [4], "Rearrange", split=[17, 2], order=[1, 0], merged=[2, 17]),
        node("scores", [4, 5], "MatMul"), node("scaled", [6], "Affine", scale=0.5, shift=0.0),
        node("weights", [7], "Softmax", dimension=1, logarithm=False), node("mixed", [8, 4], "MatMul"),
        node("gate", [9, 4], "Multiply"), node("ratio", [10, 9], "Divide"),
        node("mean", [11], "Reduce", kind="mean", dimensions=[0], keep=False)))


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
    write("cifar/fine", bytes([1, 2]) + bytes(3072))


def arrays():
    """Labels and images of both parts, as numpy.save writes them."""
    def npy(descr, shape, values, version=1):
        header = ("{'descr': '%s', 'fortran_order': False, 'shape': %s, }" % (descr, shape)).encode()
        header += b" " * (-(len(header) + 11) % 64) + b"\n"
        length = struct.pack("<H" if version == 1 else "<I", len(header))
        return b"\x93NUMPY" + bytes([version, 0]) + length + header + values

    def both(labels, images):
        return struct.pack("<H", len(labels)) + labels + images

    write("npy/channels_last", both(npy("<i8", "(3,)", struct.pack("<3q", 0, 1, 2)), npy("|u1", "(3, 2, 2, 3)", bytes(36))))
    write("npy/channels_first", both(npy("|u1", "(2, 1)", bytes([1, 0])), npy("|u1", "(2, 3, 4, 4)", bytes(96), 2)))
    write("npy/grey", both(npy("<u4", "(2L,)", struct.pack("<2I", 0, 5)), npy("|u1", "(2, 3, 2)", bytes(range(12)), 3)))
    write("npy/packed", both(gzip.compress(npy("<i4", "(1,)", bytes(4)), mtime=0), npy("|u1", "(1, 2, 2)", bytes(4))))


def pictures():
    """Every kind of PNG, JPEG and WebP that has a path of its own."""
    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    def png(depth, colour, rows, interlace=0, *extra):
        header = chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 4, depth, colour, 0, 0, interlace))
        return b"\x89PNG\r\n\x1a\n" + header + b"".join(extra) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")

    palette = chunk(b"PLTE", bytes(range(12)))
    write("pictures/rgb.png", png(8, 2, bytes([0] + [7] * 12) * 4))
    write("pictures/grey16.png", png(16, 4, bytes([1] + [9] * 16) * 4))
    write("pictures/palette.png", png(2, 3, bytes([2, 0x1b]) * 4, 0, palette, chunk(b"tRNS", bytes([0, 128]))))
    write("pictures/interlaced.png", png(8, 6, bytes([0] * (16 * 4 + 12)), 1, chunk(b"gAMA", struct.pack(">I", 45455))))

    def saved(mode, kind, **options):
        picture = PIL.Image.new(mode, (16, 16))
        picture.putdata([tuple((37 * i + 11 * c) % 256 for c in range(len(mode))) if len(mode) > 1 else i for i in range(256)])
        buffer = io.BytesIO()
        picture.save(buffer, kind, **options)
        return buffer.getvalue()

    turned = PIL.Image.Exif()
    turned[0x0112] = 6
    write("pictures/plain.jpg", saved("RGB", "JPEG", quality=10))
    write("pictures/grey_progressive.jpg", saved("L", "JPEG", quality=10, progressive=True))
    write("pictures/inks.jpg", saved("CMYK", "JPEG", quality=10))
    write("pictures/turned.jpg", saved("RGB", "JPEG", quality=10, exif=turned.tobytes(), optimize=True))
    write("pictures/lossy.webp", saved("RGB", "WEBP", quality=10))
    write("pictures/lossless.webp", saved("RGBA", "WEBP", lossless=True))


def texts():
    """Settings, class maps, and what a session file says of its iterations."""
    write("yaml/experiment", b"""\
model: net.pt
input: 3x32x32
architecture: resnet20
data: cifar10:"data"
classes: {cat: 3, 'dog': 5}
mean: [0.5, .5, 5e-1]
std: [0.2, 0.2, 0.2]
seed: 18446744073709551615
device: cpu
splits: {calibration: 4, validation: 1, train: null}
pruning:
  contest: coin
  criterion: kl
  locked: [layer1.0, "layer2"]
fine_tuning:
  schedule: steps
  milestones:
  - 1
  - 2
stop:
  macs_removed: 0.5
""")
    write("yaml/preset", b"preset: quick\nmodel: |\n  a\n  b\ndata: &d folder:x # words\nclasses: [1, 0]\nmean: pixel\nresize: 256\n")
    write("yaml/recipe", b"architecture: resnet8\ndata: npy:x\ntraining:\n  epochs: 3\n  warmup_epochs: 1\n  crop_scale: 0.5\n")
    write("class_map/list", b"0,217")
    write("class_map/names", b"cat=3,dog=5")
    write("class_map/lines", b"cat 3\r\ndog\t5\n\n")
    write("class_map/in_turn", b"n01 bird\ncat of some kind\ndog\n")

    candidates = [
        {"kind": "layer", "name": "layer1.0", "removal": {"layers": ["layer1.0"], "filters": []}, "macs": 10, "params": 5,
         "score": 0.25, "cka": {"linear": 0.5, "debiased": None, "minibatch": "nan"}, "accuracy_before": None,
         "accuracy_after_brief": 0.75},
        {"kind": "filter", "name": "filters", "removal": {"layers": [], "filters": [["conv", [0, 3]]]}, "macs": 9, "params": 4,
         "score": None, "cka": None, "accuracy_before": "inf", "accuracy_after_brief": None}]
    choice = {"chosen": 1, "by_user": False, "reason": [67, 75, 255]}
    epoch = {"epoch": 1, "epochs": 2, "train_loss": 2.5, "train_accuracy": 0.5, "validation_accuracy": None, "learning_rate": 0.01,
             "seconds": 1.5, "images_per_second": 200.0}
    write("history_json/iteration", json.dumps(
        {"candidates": candidates, "choice": choice, "macs": 9, "params": 4, "accuracy_before": 0.1, "accuracy": 0.9,
         "test_accuracy": 0.8, "epochs": [epoch], "seconds": 3.25}).encode())
    write("history_json/pending", json.dumps(
        {"phase": "full", "candidates": candidates, "choice": choice, "epochs": [], "seconds": 0.0}).encode())
    write("history_json/metadata", json.dumps(
        {"normalisation": {"kind": "constants", "mean": [0.5], "deviation": [0.25]}, "classes": ["cat", "dog"],
         "notices": ["left out"]}).encode())


def onnx_models():
    """Shapes computed by the graph, GELU and layer norm taken apart, a class token; a shuffle with its pads."""
    class Tokens(nn.Module):
        def __init__(self):
            super().__init__()
            self.patches = nn.Conv2d(3, 4, 8, 8)
            self.token = nn.Parameter(torch.zeros(1, 1, 4))
            self.norm = nn.LayerNorm(4)
            self.head = nn.Linear(4, 2)

        def forward(self, x):
            x = self.patches(x).flatten(2).transpose(1, 2)
            x = torch.cat([self.token.expand(x.shape[0], -1, -1), x], 1)
            return self.head(nn.functional.gelu(self.norm(x)))[:, 0]

    class Shuffle(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv = nn.Conv2d(3, 4, 3, stride=4)
            self.norm = nn.BatchNorm2d(4)

        def forward(self, x):
            x = nn.functional.hardswish(self.norm(self.conv(x)))
            n, c, h, w = x.size()
            a, b = x.view(n, 2, c // 2, h, w).transpose(1, 2).reshape(n, c, h, w).chunk(2, 1)
            x = torch.cat([nn.functional.pad(a, (0, 1, 1, 0)), nn.functional.pad(b, (0, 1, 1, 0))], 1)
            return nn.functional.max_pool2d(x, 2, ceil_mode=True).mean((2, 3))

    for name, model, opset in (("tokens", Tokens(), 13), ("shuffle", Shuffle(), 9)):
        buffer = io.BytesIO()
        torch.onnx.export(model.eval(), torch.zeros(1, 3, 16, 16), buffer, opset_version=opset,
                          input_names=["x"], dynamic_axes={"x": {0: "n"}})
        write("onnx/" + name, buffer.getvalue())


state_dicts()
safetensors()
onnx_models()
torchscripts()
programs()
graphs()
exported_json()
data_sets()
arrays()
pictures()
texts()
