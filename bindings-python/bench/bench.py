"""Measures the package against a raw socket loop and against what people use today. Prints, and merges into bench.json.

Every ratio is taken from one run in which the contestants take turns, against one server.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

ROUNDS = 40
CALLS = 25
HERE = Path(__file__).parent
# Of these, more is better.
FASTER = "times as fast as "


class Contestant:
    """A process of its own, with its own virtualenv, that sends so many messages when told to."""

    def __init__(self, python: Path, name: str, port: int) -> None:
        command = [str(python), str(HERE / "contestant.py"), name, str(port)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.times: list[float] = []

    def take_turn(self, calls: int) -> float:
        self.process.stdin.write(f"{calls}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def end(self) -> None:
        self.process.stdin.close()
        self.process.wait(10)


def race(own: Path, peers: Path) -> dict[str, float]:
    """Median seconds per send of each."""
    server = subprocess.Popen([str(own), str(HERE / "server.py")], stdout=subprocess.PIPE, text=True)
    try:
        port = int(server.stdout.readline())
        pythons = {"wxpusher_sdk": own, "raw": own, "requests": peers, "pypi": peers}
        contestants = {name: Contestant(python, name, port) for name, python in pythons.items()}
        for contestant in contestants.values():
            contestant.take_turn(CALLS)
        for _ in range(ROUNDS):
            for contestant in contestants.values():
                contestant.times.append(contestant.take_turn(CALLS))
        for contestant in contestants.values():
            contestant.end()
    finally:
        server.kill()
        server.wait()
    return {name: median(contestant.times) for name, contestant in contestants.items()}


def median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def import_ms(own: Path) -> float:
    """How much longer a bare interpreter works to start when it imports the package.

    Processor time: on a machine with other work, the clock on the wall measures that work.
    """

    def start(code: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([str(own), "-I", "-c", code], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    start("import wxpusher_sdk")
    pairs = [(start("import wxpusher_sdk"), start("pass")) for _ in range(40)]
    with_it, bare = (median(list(times)) for times in zip(*pairs, strict=True))
    return (with_it - bare) * 1000


def parse_ratio(own: Path) -> float:
    """How many times as long as json.loads into a dataclass."""
    run = subprocess.run([str(own), str(HERE / "callback.py")], check=True, capture_output=True, text=True)
    return float(run.stdout)


def main() -> None:
    own, peers, wheel, target = (Path(argument) for argument in sys.argv[1:])
    sends = race(own, peers)
    micros = {name: seconds * 1e6 for name, seconds in sends.items()}
    print("one send, µs:", ", ".join(f"{name} {micro:.0f}" for name, micro in micros.items()))
    bars = (
        ("python.send_vs_raw", sends["wxpusher_sdk"] / sends["raw"], 2.0, "times the median of a raw socket loop"),
        (
            "python.send_vs_requests_session",
            sends["requests"] / sends["wxpusher_sdk"],
            5.0,
            FASTER + "requests.Session",
        ),
        ("python.send_vs_pypi_wxpusher", sends["pypi"] / sends["wxpusher_sdk"], 20.0, FASTER + "wxpusher of PyPI"),
        ("python.import_ms_over_bare", import_ms(own), 10.0, "ms of processor time"),
        ("python.parse_callback_vs_json_dataclass", parse_ratio(own), 1.0, "times json.loads into a dataclass"),
        ("python.wheel_mib", wheel.stat().st_size / 2**20, 3.0, "MiB"),
    )
    missed = False
    results = json.loads(target.read_text("utf-8")) if target.exists() else {}
    for name, value, bar, unit in bars:
        holds = value >= bar if unit.startswith(FASTER) else value <= bar
        missed |= not holds
        results[name] = {"value": value, "bar": bar, "unit": unit}
        print(f"{name:40} {value:8.3f}  bar {bar:6.2f}  {'ok' if holds else 'MISSED':6} {unit}")
    target.write_text(json.dumps(results, indent=2, sort_keys=True) + "\n", "utf-8")
    sys.exit(missed)


if __name__ == "__main__":
    main()
