"""What the package does without a browser: `python -m unittest discover python/tests`."""

import asyncio
import gzip
import unittest

import numpy as np

import webgan
from webgan import WebGan, WebGanError, _files, _pictures


class Pictures(unittest.TestCase):
    def test_files_are_idx_as_their_names_say(self):
        pictures = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)
        files = _pictures.idx_files(pictures, [7, 1])
        images = gzip.decompress(files["train-images-idx3-ubyte.gz"])
        # The magic number, then the counts: https://yann.lecun.com/exdb/mnist/
        self.assertEqual(images[:16].hex(), "00000803" + "00000002" + "00000003" + "00000003")
        self.assertEqual(images[16:], bytes(range(18)))
        labels = gzip.decompress(files["train-labels-idx1-ubyte.gz"])
        self.assertEqual(labels.hex(), "00000801" + "00000002" + "0701")

    def test_colours_have_a_fourth_dimension(self):
        files = _pictures.idx_files(np.zeros((1, 2, 2, 3), np.uint8), None)
        images = gzip.decompress(files["train-images-idx4-ubyte.gz"])
        self.assertEqual(images[:4].hex(), "00000804")
        self.assertEqual(len(files), 1)

    def test_what_are_no_pictures_is_refused_with_what_to_do(self):
        for pictures, labels, words in [
            (np.zeros((2, 3, 3)), None, "of uint8"),
            (np.zeros((3, 3), np.uint8), None, r"\[3, 3\]"),
            (np.zeros((2, 3, 3, 4), np.uint8), None, r"\[2, 3, 3, 4\]"),
            (np.zeros((2, 3, 8, 8), np.uint8), None, r"transpose\(0, 2, 3, 1\)"),
            (np.zeros((0, 3, 3), np.uint8), None, "no pictures"),
            (np.zeros((2, 3, 3), np.uint8), [1], "each of the 2"),
            (np.zeros((2, 3, 3), np.uint8), [1, 256], "0 to 255"),
            (np.zeros((2, 3, 3), np.uint8), [1.0, 2.0], "whole numbers"),
        ]:
            with self.assertRaisesRegex((TypeError, ValueError), words):
                _pictures.idx_files(pictures, labels)

    def test_labels_may_stand_in_a_column(self):
        files = _pictures.idx_files(np.zeros((2, 3, 3), np.uint8), np.array([[7], [1]]))
        labels = gzip.decompress(files["train-labels-idx1-ubyte.gz"])
        self.assertEqual(labels.hex(), "00000801" + "00000002" + "0701")

    def test_tiles_of_a_sheet_are_without_the_gaps(self):
        sheet = np.zeros((5, 2, 4), np.uint8)
        sheet[:2, :, :3], sheet[3:, :, :3] = [255, 51, 0], [0, 0, 51]
        colours = _pictures.tiles(sheet.tobytes(), 2, 2, 3)
        self.assertEqual(colours.shape, (2, 2, 2, 3))
        np.testing.assert_allclose(colours[0, 1, 1], [1, 0.2, 0])
        np.testing.assert_allclose(colours[1, 0, 0], [0, 0, 0.2])
        self.assertEqual(_pictures.tiles(sheet.tobytes(), 2, 2, 1).shape, (2, 2, 2))


class Arguments(unittest.TestCase):
    def test_attributes_are_written_as_the_manifest_names_them(self):
        gan = WebGan("dense", 5, batch=32, device="cpu", controls=["play", "step"])
        written = {"preset": "dense", "steps": "5", "batch": "32", "controls": "play step"}
        self.assertEqual(written, {name: gan._attributes[name] for name in written})

    def test_what_no_attribute_is_or_takes_is_refused(self):
        for arguments, words in [
            ({"preset": "nonsense"}, "there are .*mlp"),
            ({"steps": 0}, "from 1"),
            ({"steps": 1.5}, "whole number"),
            ({"bach": 32}, "there is no attribute bach"),
            ({"batch": "many"}, "batch must be a number"),
            ({"device": "tpu"}, "auto, webgpu, cpu"),
            ({"data_src": "elsewhere"}, "no attribute data-src"),
            ({"labels": [1]}, "give both"),
        ]:
            with self.assertRaisesRegex((TypeError, ValueError), words):
                WebGan(**arguments)

    def test_what_python_says_otherwise_is_no_attribute(self):
        self.assertIn("seed", _files.attributes())
        self.assertNotIn("data-src", _files.attributes())

    def test_a_file_outside_of_the_package_is_not_given(self):
        self.assertIsNone(_files.packed("../_files.py"))
        self.assertIsNotNone(_files.packed("mnist/train-images-idx3-ubyte.gz"))
        content, is_packed = _files.packed("web-gan.js")
        self.assertTrue(is_packed and content.startswith(b"\x1f\x8b"))


class Messages(unittest.TestCase):
    """A widget whose page is this test."""

    def setUp(self):
        self.gan = WebGan(steps=3)
        self.sent = []
        webgan._requests._SHOWN_SECONDS = webgan._requests._HEARD_SECONDS = 0.01
        self.gan._requests._send = lambda content, buffers: self.sent.append((content, buffers))

    def hear(self, content, *buffers):
        self.gan._hear(self.gan, content, [memoryview(buffer) for buffer in buffers])

    def test_a_call_without_a_view_says_so(self):
        with self.assertRaisesRegex(WebGanError, "display it"):
            asyncio.run(self.gan.train())

    def test_a_view_that_opens_meanwhile_is_asked(self):
        async def paused():
            webgan._requests._SHOWN_SECONDS = 10
            pausing = asyncio.create_task(self.gan.pause())
            await asyncio.sleep(0)
            self.hear({"type": "view", "page": "new", "open": True})
            await asyncio.sleep(0.01)
            ((content, _),) = self.sent
            answer = {"call": content["call"], "part": 0, "parts": 1, "value": {}}
            self.hear({"type": "answer", **answer})
            await pausing

        webgan._requests._HEARD_SECONDS = 10
        asyncio.run(paused())

    def test_a_page_that_does_not_hear_is_passed_over(self):
        self.hear({"type": "view", "page": "gone", "open": True})
        with self.assertRaisesRegex(WebGanError, "display it"):
            asyncio.run(self.gan.pause())
        self.assertEqual([content["name"] for content, _ in self.sent], ["pause"])

    def test_the_newest_page_answers_in_parts(self):
        async def saved():
            saving = asyncio.create_task(self.gan.save())
            await asyncio.sleep(0)
            ((content, _),) = self.sent
            self.assertEqual(content["page"], "new")
            answer = {"type": "answer", "call": content["call"], "parts": 2, "value": {}}
            self.hear({**answer, "part": 1}, b"cd")
            self.hear({**answer, "part": 0}, b"ab")
            return await saving

        for page in ("old", "new"):
            self.hear({"type": "view", "page": page, "open": True})
        self.assertEqual(asyncio.run(saved()), b"abcd")

    def test_losses_follow_the_run(self):
        def told(step, count):
            numbers = np.arange(8 * count, dtype="<f4")
            self.hear({"type": "losses", "step": step}, numbers.tobytes())

        told(2, 2)
        told(3, 1)
        self.assertEqual(self.gan.losses["step"], [1, 2, 3])
        self.assertEqual(self.gan.losses["generator"], [2, 10, 2])
        self.hear({"type": "ready", "detail": {"step": 2}, "isOther": False})
        self.assertEqual(self.gan.step, 2)
        self.hear({"type": "ready", "detail": {"step": 0}, "isOther": True})
        self.assertEqual((self.gan.step, self.gan.losses["step"]), (0, []))

    def test_the_picture_beside_the_widget_is_the_last_one(self):
        def html():
            bundle = self.gan._repr_mimebundle_()
            return (bundle[0] if isinstance(bundle, tuple) else bundle)["text/html"]

        self.assertIn("data:image/webp;base64,", html())
        self.hear({"type": "picture"}, b"a png")
        self.assertIn('src="data:image/png;base64,YSBwbmc="', html())

    def test_files_go_in_parts(self):
        path = "models/mlp.safetensors"
        whole, _ = _files.packed(path)
        self.hear({"type": "file", "id": 1, "path": path, "part": 0})
        (content, (part,)) = self.sent.pop()
        parts = [part]
        for number in range(1, content["parts"]):
            self.hear({"type": "file", "id": 2, "path": path, "part": number})
            parts += self.sent.pop()[1]
        self.assertEqual(b"".join(parts), whole)
        self.hear({"type": "file", "id": 3, "path": "none", "part": 0})
        self.assertIsNone(self.sent.pop()[0]["parts"])


if __name__ == "__main__":
    unittest.main()
