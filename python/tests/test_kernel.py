"""Cells that await, in a real kernel of Jupyter, with this test as the page: calls are answered while they wait.

Run with the others; the kernel is the one that is installed.
"""

import time
import unittest

from jupyter_client.manager import start_new_kernel

SECONDS = 60


class Cells(unittest.TestCase):
    def setUp(self):
        self.manager, self.client = start_new_kernel()

    def tearDown(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def say(self, comm, **content):
        data = {"method": "custom", "content": content}
        message = self.client.session.msg("comm_msg", {"comm_id": comm, "data": data})
        self.client.shell_channel.send(message)

    def run_cells(self, cells):
        """All at once, as "Run All" does. Answers what the widget asks; gives what the cells print, until "end"."""
        for cell in cells:
            self.client.execute(cell)
        printed, comm = [], None
        end = time.monotonic() + SECONDS
        while "end" not in printed and time.monotonic() < end:
            message = self.client.get_iopub_msg(timeout=SECONDS)
            kind, content = message["msg_type"], message["content"]
            if kind == "stream" and content["name"] == "stdout":
                printed += content["text"].split("\n")
            elif kind == "error":
                self.fail("\n".join(content["traceback"]))
            elif kind == "comm_open" and "_attributes" in content["data"].get("state", {}):
                comm = content["comm_id"]
            elif kind == "display_data" and "application/vnd.jupyter.widget-view+json" in content["data"]:
                self.say(comm, type="view", page="test", open=True)
            elif kind == "comm_msg" and content["data"]["method"] == "custom":
                call = content["data"]["content"]
                value = {"step": 3, "reason": "finished"}
                self.say(comm, type="heard", call=call["call"])
                self.say(comm, type="answer", call=call["call"], part=0, parts=1, value=value)
        return [line for line in printed if line]

    def test_a_cell_that_awaits_hears_the_page_and_the_others_follow(self):
        printed = self.run_cells(
            [
                "from webgan import WebGan\ngan = WebGan(steps=3)\ndisplay(gan)",
                "await gan.train()\nprint('trained')",
                "print('between')",
                "await gan.pause()\nawait gan.train(4)\nprint('paused')",
                "import asyncio\nlater = asyncio.create_task(gan.reset())",
                "await later\nprint('end')",
            ]
        )
        self.assertEqual(printed, ["trained", "between", "paused", "end"])


if __name__ == "__main__":
    unittest.main()
