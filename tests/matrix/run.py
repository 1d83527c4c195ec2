#!/usr/bin/python3
"""Runs espalier-matrix over the models that make_models.py wrote and writes the table of what came out.

    /usr/bin/python3 tests/matrix/run.py BUILD MODELS [-o tests/matrix/MATRIX.md] [NAME ...]

Each model is a process of its own, so that one that fails costs no other.
"""

import argparse
import json
import pathlib
import subprocess
import tempfile


def row_of(program, models, name, limit):
    source = models / f"{name}.input.f32"
    size = round((source.stat().st_size / 4 / 2 / 3) ** 0.5)
    with tempfile.TemporaryDirectory() as folder:
        command = [program, models / f"{name}.pt", source, models / f"{name}.output.f32", str(size), folder]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=limit)
        except subprocess.TimeoutExpired:
            return {"imported": False, "problem": f"took more than {limit} s"}
        try:
            return json.loads(done.stdout)
        except json.JSONDecodeError:
            return {"imported": False, "problem": f"ended with {done.returncode}: {done.stderr[-300:]}"}


def text_of(value, limit=1e-4):
    if value is None:
        return "-"
    if isinstance(value, (int, float)):
        return f"{value:.0e}" + ("" if value <= limit else " !")
    return f"{value} !"


def cut_text(cut):
    if cut.get("to_whole", 1) == 0:
        return "changes nothing !"
    return text_of(cut.get("to_masked"))


def line_of(name, row):
    if not row["imported"]:
        return f"| {name} | no: {row['problem']} |" + " |" * 11
    units = row.get("units", {})
    layer = row.get("layer", {})
    exports = row.get("exports", {})
    removed = units.get("macs_removed")
    return "| " + " | ".join([
        name, text_of(row["difference"]), f"{row['macs'] / 1e6:,.0f}", str(row["filters"]), str(row["heads"]),
        str(row["neurons"]), str(row["layers"]),
        f"{removed:.1%}" if removed is not None else units.get("problem", "-") + " !",
        cut_text(units), cut_text(layer),
        text_of(exports.get("pt")), text_of(exports.get("onnx")), text_of(exports.get("py"))]) + " |"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("models", type=pathlib.Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("-o", "--output", type=pathlib.Path)
    parser.add_argument("--limit", type=int, default=600, help="seconds for one model")
    arguments = parser.parse_args()
    program = arguments.build / "tests/matrix/espalier-matrix"
    names = arguments.names or sorted(p.stem for p in arguments.models.glob("*.pt"))
    lines = []
    rows = {}
    for name in names:
        rows[name] = row_of(program, arguments.models, name, arguments.limit)
        lines.append(line_of(name, rows[name]))
        print(lines[-1], flush=True)
        if arguments.output:
            arguments.output.write_text(HEAD + "\n".join(lines) + "\n" + summary(rows))


HEAD = """# What Espalier makes of torchvision's classification models

Written by `tests/matrix/run.py`; the models (random weights) by `tests/matrix/make_models.py`:

    cmake --build build/dev --target espalier-matrix
    /usr/bin/python3 tests/matrix/make_models.py MODELS
    /usr/bin/python3 tests/matrix/run.py build/dev MODELS -o tests/matrix/MATRIX.md

Differences are the largest of two images' outputs, relative to the largest output. "import":
to the source model. "30 %": share of the MACs that removing the filters, heads and neurons of lowest L1 took, and
the difference to the whole network with these parts zeroed. "layer": the same for the middle removable layer. The last
three: the pruned network exported and read back, or, for .py, run in Python. `!` marks what is not as it should be.

| model | import | MMACs | filters | heads | neurons | layers | 30 % | to masked | layer to masked | .pt | .onnx | .py |
|---|---|---|---|---|---|---|---|---|---|---|---|---|
"""


def summary(rows):
    imported = [row for row in rows.values() if row["imported"]]
    pruned = [row for row in imported if (row.get("units", {}).get("macs_removed") or 0) >= 0.3]
    return (f"\n{len(imported)} of {len(rows)} models import; {len(pruned)} of these lose 30 % of their MACs by filters, "
            "heads and neurons.\n")


if __name__ == "__main__":
    main()
