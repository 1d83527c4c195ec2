"""Runs an ONNX file in a runtime that is not Espalier's.

    python3 onnx_runtimes.py                                     which runtime there is: its name, or nothing
    python3 onnx_runtimes.py MODEL INPUT OUTPUT BATCH C H W      raw float32 in, raw float32 out
"""

import sys


def runtime():
    try:
        import onnxruntime
        return "onnxruntime", onnxruntime
    except ImportError:
        pass
    try:
        import cv2
        return "opencv", cv2
    except ImportError:
        return "", None


def main():
    name, module = runtime()
    if len(sys.argv) == 1:
        print(name, end="")
        return
    import numpy

    model, source, target = sys.argv[1:4]
    x = numpy.fromfile(source, dtype=numpy.float32).reshape([int(extent) for extent in sys.argv[4:]])
    if name == "onnxruntime":
        session = module.InferenceSession(model, providers=["CPUExecutionProvider"])
        y = session.run(["output"], {"input": x})[0]
    else:
        net = module.dnn.readNetFromONNX(model)
        net.setInput(x, "input")
        y = net.forward()
    numpy.ascontiguousarray(y, dtype=numpy.float32).tofile(target)


main()
