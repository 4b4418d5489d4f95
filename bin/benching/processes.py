"""Starts servers, and reads from /proc what they have cost the processor."""

import os
import socket
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")
STARTS_WITHIN = 30.0
# In /proc/<pid>/stat, counted from the state that follows the command's name.
PARENT = 1
# Its own time in user and system mode, then that of its children that have ended.
TIMES = slice(11, 15)


def fields(stat: str) -> list[str]:
    """The command's name stands in brackets and may hold anything, brackets too."""
    return stat.rpartition(")")[2].split()


def cpu_of(stat: str) -> float:
    """Seconds, with those of its children that have ended."""
    return sum(map(int, fields(stat)[TIMES])) / TICK


def family(parents: dict[int, int], root: int) -> set[int]:
    """The process and all below it, from a map of each process to its parent."""
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def running() -> dict[int, str]:
    """Every process with its line of figures."""
    found = {}
    for folder in PROC.glob("[0-9]*"):
        try:
            found[int(folder.name)] = (folder / "stat").read_text()
        except OSError:
            continue  # it has ended
    return found


class Meter:
    """The processor time of some processes and all that they have started."""

    def __init__(self, roots: Iterable[int]) -> None:
        self.roots = list(roots)

    def read(self) -> float:
        stats = running()
        parents = {pid: int(fields(stat)[PARENT]) for pid, stat in stats.items()}
        members = set().union(*(family(parents, root) for root in self.roots))
        return sum(cpu_of(stats[pid]) for pid in members if pid in stats)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


class Server:
    """One worker of the server that `make run` starts: its processor time is easy to read."""

    def __init__(self, application: str, environment: dict[str, str]) -> None:
        self.port = free_port()
        gunicorn = Path(__file__).resolve().parent.parent.parent / ".venv/bin/gunicorn"
        command = [
            str(gunicorn), application, "--bind", f"127.0.0.1:{self.port}",
            "--worker-class", "forum.lib.serving.Worker", "--workers", "1", "--threads", "4",
            "--log-level", "warning", "--graceful-timeout", "2",
        ]  # fmt: skip
        self.process = subprocess.Popen(command, env=environment)
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < end and self.process.poll() is None:
            with socket.socket() as caller:
                if caller.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise SystemExit("A server did not start; see above for the reason.")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()
