# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Boots of cells with bare QEMU: the command lines that a run of the harness left behind, without the harness."""

import json
import os
import pathlib
import re
import resource
import select
import shlex
import shutil
import socket
import subprocess
import tempfile
import time

HOME = pathlib.Path(__file__).resolve().parents[2]
END = re.compile(rb"HF1 \d+ (guest|uefi)\.end .*\n")
LIMIT_SECONDS = 120
STATE_DESCRIPTOR = 9


def cpu_seconds():
    """CPU time of all children that have ended, theirs included."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def measured(action):
    before = cpu_seconds()
    action()
    return cpu_seconds() - before


def harness(*arguments, **environment):
    run = subprocess.run([HOME / "holdfast", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                         env={**os.environ, **environment})
    if run.returncode:
        raise SystemExit(run.stderr)


def harness_command(cell):
    """The command line that the harness started QEMU with, from the comment in the cell's script."""
    lines = (cell / "qemu.sh").read_text().splitlines()
    return shlex.split(next(line for line in lines if "-fw_cfg" in line and line.startswith("# "))[2:])


class Monitor:
    """QEMU's monitor, as a peer that it connects to."""

    def __init__(self, path):
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(str(path))
        self.server.listen(1)
        self.server.settimeout(LIMIT_SECONDS)

    def accept(self):
        self.peer = self.server.accept()[0]
        self.lines = self.peer.makefile("r")
        self.lines.readline()
        self("qmp_capabilities")

    def __call__(self, command, **arguments):
        self.peer.sendall(json.dumps({"execute": command, "arguments": arguments}).encode())
        while True:
            answer = json.loads(self.lines.readline())
            if "error" in answer:
                raise SystemExit(f"QEMU refused {command}: {answer['error']['desc']}")
            if "return" in answer:
                return answer["return"]


def snapshot(cell):
    """The snapshot that the cell was forked from."""
    return pathlib.Path(re.search(r"mem-path=([^,]*)/ram,", " ".join(harness_command(cell)))[1])


def command(cell, folder, disk):
    """The cell's command line with its sockets and private files replaced by some of ours."""
    words = []
    for word in harness_command(cell):
        word = re.sub(r"file=[^,]*vars\.fd$", f"file={folder}/vars.fd", word)
        word = re.sub(r"(id=console,path=).*", rf"\g<1>{folder}/console.log", word)
        word = re.sub(r"(id=channel,path=).*", rf"\g<1>{folder}/com2", word)
        word = re.sub(r"(id=qmp,path=).*", rf"\g<1>{folder}/qmp", word)
        if disk:
            word = re.sub(r"(id=disk0,.*file=).*", rf"\g<1>{disk}", word)
        words.append(word)
    return words


def restore(monitor):
    monitor("migrate-set-capabilities", capabilities=[{"capability": "x-ignore-shared", "state": True}])
    monitor("migrate-incoming", uri=f"fd:{STATE_DESCRIPTOR}")
    while monitor("query-migrate").get("status") != "completed":
        time.sleep(0.001)
    monitor("cont")


def await_end(channel, heard):
    said = b""
    deadline = time.monotonic() + LIMIT_SECONDS
    while not END.search(said[-4096:]):
        if not select.select([channel], [], [], max(0, deadline - time.monotonic()))[0]:
            raise SystemExit("a bare boot came to no end:\n" + said.decode("latin-1"))
        said += os.read(channel, 65536)
        heard(said)


def boot(cell, vars_template, disk=None, state=None, heard=lambda process, said: None):
    """Boots a cell from reset, or from a snapshot's state, until it has said its last frame and gone.

    disk stands in the place of the one that the harness used. heard is told what has been said so far, as it comes.
    """
    with tempfile.TemporaryDirectory(prefix="holdfast-bench-") as name:
        folder = pathlib.Path(name)
        shutil.copy(vars_template, folder / "vars.fd")
        os.mkfifo(folder / "com2.in")
        os.mkfifo(folder / "com2.out")
        answers = os.open(folder / "com2.in", os.O_RDWR)
        channel = os.open(folder / "com2.out", os.O_RDWR)
        monitor = Monitor(folder / "qmp")
        words = command(cell, folder, disk)
        if state:
            words = ["/bin/sh", "-c", f'exec "$@" {STATE_DESCRIPTOR}<"$0"', str(state), *words]
        process = subprocess.Popen(words)
        monitor.accept()
        if state:
            restore(monitor)
            os.write(answers, b"G")
        await_end(channel, lambda said: heard(process, said))
        os.write(answers, b"A")
        status = process.wait(LIMIT_SECONDS)
        os.close(answers)
        os.close(channel)
        if status not in (33, 35):
            raise SystemExit(f"the bare boot of {cell.name} ended with status {status}")
