"""Checks generators that were exported as ONNX: onnx.checker takes them, and onnxruntime draws the same pixels.

`npm run check:onnx` runs it after `cargo test --test export`, which leaves the files in FOLDERS:
    python tests/export_onnx.py FOLDERS
"""

import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from safetensors.numpy import load_file

TOLERANCE = 1e-5


def check(path):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    io = load_file(path.with_name(f"{path.stem}.io.safetensors"))
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    given = {value.name: io[value.name] for value in session.get_inputs()}
    (found,) = session.run(["samples"], given)
    # Batches of any size.
    one = {name: rows[:1] for name, rows in given.items()}
    assert session.run(["samples"], one)[0].shape == (1, *found.shape[1:])
    difference = np.abs(found.reshape(len(found), -1) - io["pixels"]).max()
    print(f"{path.parent.name}/{path.name}: samples {found.shape}, largest difference {difference:.1e}")
    if not difference <= TOLERANCE:
        sys.exit(f"{path.name}: the pixels differ by more than {TOLERANCE}")


paths = [path for folder in sys.argv[1:] for path in sorted(Path(folder).glob("*.onnx"))]
for path in paths:
    check(path)
if not paths:
    sys.exit("there are no exported generators: run `cargo test --test export` first")
