"""The `wxpusher` command: the Rust one, carried by this package."""

import signal
import sys

from ._native import _run_command


def main() -> int:
    """Behaves as the native command does, also when it is interrupted."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _run_command(["wxpusher", *sys.argv[1:]])
