"""Runs ONNX files in a runtime that is not Espalier's: ONNX Runtime, else OpenCV's dnn.

Says on the first line which one there is (or nothing), then takes lines of JSON: the model, a file of raw
float32, its shape and the file for the result. Answers each with a line: empty, or what went wrong.
"""

import json
import sys

try:
    import numpy
    try:
        import onnxruntime
        name = "ONNX Runtime " + onnxruntime.__version__
    except ImportError:
        import cv2
        name = "OpenCV " + cv2.__version__
except ImportError:
    name = ""


def run(model, source, shape, target):
    x = numpy.fromfile(source, dtype=numpy.float32).reshape(shape)
    if name.startswith("ONNX"):
        session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
        y = session.run(None, {session.get_inputs()[0].name: x})[0]
    else:
        net = cv2.dnn.readNetFromONNX(model)
        net.setInput(x)
        y = net.forward()
    numpy.ascontiguousarray(y, dtype=numpy.float32).tofile(target)


print(name, flush=True)
for line in sys.stdin if name else ():
    try:
        run(*json.loads(line))
        print(flush=True)
    except Exception as problem:
        print(str(problem).replace("\n", " ") or repr(problem), flush=True)
