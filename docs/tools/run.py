#!/usr/bin/env python3
"""Runs the code blocks of the pages.

    run.py [--lang zh|en] [PAGE...]
    run.py --extract LANGUAGE FOLDER     writes the blocks of a language as files, for the tests of that language

A page's blocks run in order: in one folder, in one Python process, against one sandbox of their own, whose URL and token
are in WXPUSHER_BASE_URL and WXPUSHER_APP_TOKEN. sh and Python are executed and their output compared where a page shows it.
Rust is compiled and executed, C and C++ are compiled, JSON, TOML and XML are parsed. Kotlin and Swift are compiled by the
tests of these languages (--extract). What is not run is marked on the page with the reason, and listed.
"""

from __future__ import annotations

import argparse
import configparser
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree
from collections import Counter
from pathlib import Path

from pages import LANGUAGES, ROOT, Block, Page, all_pages

TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
# The virtualenv of the Python tests.
VENV = TARGET / "python" / "test"
WORK = TARGET / "docs"
# A block that takes longer hangs.
TIMEOUT = 120

STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]


class Problem(Exception):
    """A block that failed."""


def quietly(command: list[str], **more: object) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload]
    if done.returncode:
        raise SystemExit(f"failed: {' '.join(command)}\n{done.stdout}{done.stderr}")


class Runner:
    """One page: its folder, its sandbox, its Python process."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.folder = Path(tempfile.mkdtemp(prefix="wxpusher-docs-"))
        self.home = Path(tempfile.mkdtemp(prefix="wxpusher-home-"))
        self.sandbox: subprocess.Popen[str] | None = None
        self.python: subprocess.Popen[str] | None = None
        self.environment = {
            "PATH": f"{TARGET / 'debug'}:{VENV / 'bin'}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "NO_COLOR": "1",
        }

    def __enter__(self) -> Runner:
        command = [str(TARGET / "debug" / "wxpusher"), "sandbox", "--listen", "127.0.0.1:0"]
        self.sandbox = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=self.environment)
        assert self.sandbox.stdout is not None
        for line in self.sandbox.stdout:
            url = re.search(r"http://[\d.]+:\d+", line)
            if url:
                self.environment |= {"WXPUSHER_BASE_URL": url[0], "WXPUSHER_APP_TOKEN": "AT_testdemo"}
                return self
        raise SystemExit("the sandbox did not start")

    def __exit__(self, *_: object) -> None:
        for process in (self.python, self.sandbox):
            if process:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder)
        shutil.rmtree(self.home)

    def sh(self, text: str) -> tuple[str, str]:
        """Runs a script; variables and the current folder are kept for the next one."""
        state = self.home / "state.sh"
        keep = f"trap 'status=$?; {{ export -p; printf \"cd %q\\n\" \"$PWD\"; }} >{state}; exit $status' EXIT\n"
        script = f"set -euo pipefail\n[ ! -e {state} ] || . {state}\n{keep}{text}"
        done = subprocess.run(
            ["bash", "-c", script], cwd=self.folder, env=self.environment, text=True, timeout=TIMEOUT, check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        return str(done.returncode), done.stdout

    def exec_python(self, text: str) -> tuple[str, str]:
        if self.python is None:
            worker = [str(VENV / "bin" / "python"), str(Path(__file__).parent / "python_worker.py")]
            self.python = subprocess.Popen(
                worker, cwd=self.folder, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        assert self.python.stdin is not None and self.python.stdout is not None
        self.python.stdin.write(json.dumps(text) + "\n")
        self.python.stdin.flush()
        answer = self.python.stdout.readline()
        if not answer:
            raise Problem("Python ended")
        status, output = json.loads(answer)
        return status, output


def same_output(expected: str, output: str) -> bool:
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "…" else ".*".join(map(re.escape, line.rstrip().split("…"))) + r"[ \t]*\n"
        for line in expected.splitlines()
    )
    return re.fullmatch(pattern, output if output.endswith("\n") or not output else output + "\n") is not None


def run_page(page: Page, counts: Counter[str], skipped: list[str], programs: dict[str, list[Block]]) -> list[str]:
    problems: list[str] = []
    output = ""
    needs_sandbox = any(block.language in ("sh", "python") and block.mark != "not run" for block in page.blocks)
    runner = Runner(page)
    if needs_sandbox:
        runner.__enter__()
    try:
        for block in page.blocks:
            try:
                output = run_block(block, runner, output, counts, skipped, programs)
            except (Problem, ValueError, SyntaxError, xml.etree.ElementTree.ParseError, subprocess.TimeoutExpired) as error:
                problems.append(f"{block.place}: {error}")
                break
    finally:
        runner.__exit__()
    return problems


def run_block(
    block: Block, runner: Runner, output: str, counts: Counter[str], skipped: list[str], programs: dict[str, list[Block]]
) -> str:
    if block.mark == "not run":
        skipped.append(f"{block.place} ({block.language}): {block.value}")
        counts["not run"] += 1
        return output
    if block.mark == "output":
        if not same_output(block.text, output):
            raise Problem(f"the output differs; it is:\n{output}")
        counts["output compared"] += 1
        return output
    if block.mark == "file":
        if block.language == "python":
            compile(block.text, block.place, "exec")
        assert block.value is not None
        path = runner.folder / block.value
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, "utf-8")
        counts[f"{block.language} used as a file"] += 1
        return output
    match block.language:
        case "sh" | "python":
            if block.mark == "compile only":
                compile(block.text, block.place, "exec")
                counts["python compiled"] += 1
                return output
            status, output = runner.sh(block.text) if block.language == "sh" else runner.exec_python(block.text)
            if status != (block.value or "0"):
                raise Problem(f"ended with {status}:\n{output}")
            counts[f"{block.language} executed"] += 1
        case "json":
            json.loads(block.text)
            counts["json parsed"] += 1
        case "toml":
            import tomllib

            tomllib.loads(block.text)
            counts["toml parsed"] += 1
        case "xml":
            xml.etree.ElementTree.fromstring(f"<x>{block.text}</x>")
            counts["xml parsed"] += 1
        case "ini":
            configparser.ConfigParser(strict=False, interpolation=None).read_file(io.StringIO(block.text))
            counts["ini parsed"] += 1
        case "rust" | "c" | "cpp":
            programs.setdefault(block.language, []).append(block)
        case "kotlin" | "swift":
            counts[f"{block.language} compiled by make test-{block.language}"] += 1
        case _:
            counts["text"] += 1
    return output


def compile_c(block: Block) -> None:
    text = block.text
    if not re.search(r"\bmain\(", text):
        includes = "\n".join(re.findall(r"^#include.*$", text, re.MULTILINE))
        rest = re.sub(r"^#include.*$", "", text, flags=re.MULTILINE)
        text = f"{includes}\nint main() {{\n{rest}\n}}\n" if block.language == "cpp" else f"{includes}\nint main(void) {{\n{rest}\n}}\n"
    compiler = ["g++", "-std=c++17", "-x", "c++"] if block.language == "cpp" else ["gcc", "-std=c99", "-x", "c"]
    flags = [*STRICT, "-Wno-unused", "-fsyntax-only", "-I", str(ROOT / "bindings-c" / "include")]
    done = subprocess.run([*compiler, *flags, "-"], input=text, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Problem(done.stderr)


def run_rust(blocks: list[Block]) -> list[str]:
    """All blocks in one package: each is a program of its own."""
    package = WORK / "rust"
    shutil.rmtree(package / "src", ignore_errors=True)
    (package / "src" / "bin").mkdir(parents=True)
    manifest = (
        '[package]\nname = "wxpusher-docs"\nversion = "0.0.0"\nedition = "2024"\n\n[workspace]\n\n[dependencies]\n'
        f'wxpusher = {{ path = "{ROOT / "core"}" }}\nwxpusher-sandbox = {{ path = "{ROOT / "sandbox"}" }}\n'
    )
    (package / "Cargo.toml").write_text(manifest)
    shutil.copy(ROOT / "Cargo.lock", package / "Cargo.lock")
    for number, block in enumerate(blocks):
        text = block.text
        if not re.search(r"\bfn main\(", text):
            uses = "\n".join(re.findall(r"^use .*$", text, re.MULTILINE))
            rest = re.sub(r"^use .*$", "", text, flags=re.MULTILINE)
            text = f"{uses}\nfn main() -> Result<(), Box<dyn std::error::Error>> {{\n{rest}\nOk(())\n}}\n"
        (package / "src" / "bin" / f"block{number}.rs").write_text(f"// {block.place}\n{text}")
    command = ["cargo", "build", "--quiet", "--bins", "--manifest-path", str(package / "Cargo.toml")]
    environment = {**os.environ, "CARGO_TARGET_DIR": str(TARGET), "RUSTFLAGS": "-Awarnings"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        return [f"Rust: {done.stderr}"]
    problems = []
    for number, block in enumerate(blocks):
        if block.mark == "compile only":
            continue
        with Runner(block.page) as runner:
            status, output = runner.sh(str(TARGET / "debug" / f"block{number}"))
            if status != (block.value or "0"):
                problems.append(f"{block.place}: ended with {status}:\n{output}")
    return problems


def extract(language: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    seen: set[str] = set()
    for page in all_pages("en"):
        for block in page.blocks:
            if block.language == language and block.mark != "not run" and block.text not in seen:
                seen.add(block.text)
                name = "".join(word.capitalize() for word in re.split(r"\W+", page.name))
                (folder / f"{name}{len(seen)}.{language if language != 'kotlin' else 'kt'}").write_text(block.text, "utf-8")
    print(f"{len(seen)} blocks")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lang", choices=LANGUAGES)
    parser.add_argument("--extract", nargs=2, metavar=("LANGUAGE", "FOLDER"))
    parser.add_argument("--built", action="store_true", help="do not build the command and the Python package first")
    parser.add_argument("pages", nargs="*")
    arguments = parser.parse_args()
    if arguments.extract:
        extract(arguments.extract[0], Path(arguments.extract[1]))
        return 0
    if not arguments.built:
        quietly(["cargo", "build", "--quiet", "-p", "wxpusher-cli"])
        quietly(["sh", "bindings-python/build.sh", "test", "bindings-python/requirements/test.txt"])
    problems: list[str] = []
    for language in [arguments.lang] if arguments.lang else LANGUAGES:
        counts: Counter[str] = Counter()
        skipped: list[str] = []
        programs: dict[str, list[Block]] = {}
        pages = [page for page in all_pages(language) if not arguments.pages or page.name in arguments.pages]
        for page in pages:
            problems += run_page(page, counts, skipped, programs)
        for block in programs.get("c", []) + programs.get("cpp", []):
            try:
                compile_c(block)
                counts[f"{block.language} compiled"] += 1
            except Problem as error:
                problems.append(f"{block.place}: {error}")
        if programs.get("rust"):
            problems += run_rust(programs["rust"])
            counts["rust compiled and executed"] += len(programs["rust"])
        print(f"docs/{language}: {len(pages)} pages; " + ", ".join(f"{count} {name}" for name, count in sorted(counts.items())))
        for line in skipped if language == "en" else ():
            print(f"  not run: {line}")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
