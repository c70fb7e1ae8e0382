"""Executes Python blocks in one namespace: reads one JSON text per line, answers `[status, output]` per line."""

from __future__ import annotations

import contextlib
import io
import json
import linecache
import sys
import traceback


def main() -> None:
    answers = sys.stdout
    names: dict[str, object] = {"__name__": "page"}
    for number, line in enumerate(sys.stdin):
        text = json.loads(line)
        name = f"<block {number}>"
        linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
        output = io.StringIO()
        status = "0"
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            try:
                exec(compile(text, name, "exec"), names)
            except BaseException as error:  # noqa: BLE001 - whatever ends a block is its status
                status = type(error).__name__
                traceback.print_exc()
        answers.write(json.dumps([status, output.getvalue()]) + "\n")
        answers.flush()


main()
