"""Reads the pages of docs/: front matter, headings, links, code blocks and their marks.

A mark is an HTML comment on the line before a code block:

    <!-- not run: REASON -->       the block is not executed
    <!-- compile only -->          the block is compiled, not executed
    <!-- file: NAME -->            the block is written to this file in the page's working directory
    <!-- output -->                the block is the output of the block before it; a line `…` stands for any lines
    <!-- fails: STATUS -->         the block ends with this exit status (sh) or raises this exception (Python)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent
ROOT = DOCS.parent
LANGUAGES = ("zh", "en")

MARK = re.compile(r"^<!-- (not run|compile only|file|output|fails)(?:: (.+))? -->$")
FENCE = re.compile(r"^(\s*)(`{3,})(\S*)\s*(.*)$")


@dataclass
class Block:
    page: Page
    line: int
    language: str
    text: str
    mark: str | None = None
    value: str | None = None

    @property
    def place(self) -> str:
        return f"{self.page.path.relative_to(ROOT)}:{self.line}"

    @property
    def compared(self) -> str:
        """The text without its comments, which differ between the languages."""
        if self.language in ("text", "json"):
            return self.text
        lines = []
        for line in self.text.splitlines():
            if self.language in ("python", "sh", "console", "yaml", "toml", "ini", "makefile", "cmake", "dockerfile"):
                line = re.sub(r"(^|\s)#(?!include|\{| ?!).*$", "", line)
            elif self.language == "xml":
                line = re.sub(r"<!--.*?-->", "", line)
            else:
                line = re.sub(r"(^|\s)//.*$", "", re.sub(r"/\*.*?\*/", "", line))
            lines.append(line.rstrip())
        return "\n".join(line for line in lines if line)


@dataclass
class Page:
    path: Path
    language: str
    name: str
    front: dict[str, str] = field(default_factory=dict)
    # Lines outside code blocks, with their numbers.
    prose: list[tuple[int, str]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def anchors(self) -> set[str]:
        seen: dict[str, int] = {}
        anchors = set()
        for _, line in self.prose:
            heading = re.match(r"#{1,6} (.+)$", line)
            if heading:
                slug = slugify(heading[1])
                count = seen.get(slug, 0)
                seen[slug] = count + 1
                anchors.add(f"{slug}-{count}" if count else slug)
        return anchors

    def links(self) -> list[tuple[int, str]]:
        found = []
        for number, line in self.prose:
            line = re.sub(r"`[^`]*`", "", line)
            found += [(number, link) for link in re.findall(r"\]\(([^)\s]+)(?: \"[^\"]*\")?\)", line)]
            found += [(number, link) for link in re.findall(r"<(https?://[^>]+)>", line)]
        return found


def slugify(text: str) -> str:
    text = re.sub(r"`|\*\*", "", text.strip().lower())
    return re.sub(r"[^\w -]", "", text).replace(" ", "-")


def read(path: Path, language: str = "", name: str = "") -> Page:
    page = Page(path, language, name)
    lines = path.read_text("utf-8").splitlines()
    at = 0
    if lines and lines[0] == "---":
        at = lines.index("---", 1) + 1
        for line in lines[1 : at - 1]:
            key, _, value = line.partition(":")
            if value and not key.startswith((" ", "-")):
                page.front[key] = value.strip()
            if ": " in value and not value.strip().startswith('"'):
                page.problems.append(f"front matter: quote a value that contains a colon: {value.strip()}")
    block: Block | None = None
    fence = ""
    body: list[str] = []
    mark: tuple[str, str | None] | None = None
    for number, line in enumerate(lines[at:], at + 1):
        found = FENCE.match(line)
        if block is not None:
            if found and found[2] == fence and not found[3]:
                block.text = "\n".join(body) + "\n"
                page.blocks.append(block)
                block = None
            else:
                body.append(line)
        elif found:
            block = Block(page, number, found[3], "", *(mark or (None, None)))
            fence, body, mark = found[2], [], None
        else:
            if mark and line.strip():
                page.problems.append(f"{number}: a mark must stand directly before a code block")
            named = MARK.match(line)
            mark = (named[1], named[2]) if named else None
            if line.startswith("<!--") and not named:
                page.problems.append(f"{number}: unknown mark: {line}")
            page.prose.append((number, line))
    if block is not None:
        page.problems.append(f"{block.line}: this code block does not end")
    return page


def all_pages(language: str) -> list[Page]:
    folder = DOCS / language
    return [
        read(path, language, path.relative_to(folder).with_suffix("").as_posix()) for path in sorted(folder.rglob("*.md"))
    ]
