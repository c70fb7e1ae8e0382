#!/usr/bin/env python3
"""Checks the pages without running them: both languages, front matter, links, marks, Chinese wording.

Needs Python only. Prints one line per problem and ends with status 1 if there is one.
"""

from __future__ import annotations

import json
import re
import sys
from urllib.parse import urlsplit

from pages import DOCS, LANGUAGES, ROOT, Page, all_pages, read

# Word by word translations and second names for one thing, with the word to use.
WRONG_WORDS = {
    "沙盒": "沙箱",
    "简单推送": "极简推送",
    "话题": "主题",
    "令牌": "token 或 app token",
    "黑名单用户": "被拉黑的用户",
    "订阅者": "关注的用户",
    "共享测试集": "共享用例集",
    "共享套件": "共享用例集",
    "速率限制": "限流",
    "异常处理程序": "错误处理",
    "端点": "接口",
    "请注意，": "（直接写要注意的事）",
    "您": "你",
    "被发送": "发送",
    "一个消息被": "一条消息",
    "做出请求": "发起请求",
    "进行发送": "发送",
    "的话，": "（直接写条件）",
    "不管怎样": "（删去）",
    "在你的机器上": "在本机",
    "尝一尝": "示例",
}
# Half-width punctuation between or after Chinese characters.
HALF_WIDTH = re.compile(r"[\u3400-\u9fff][,;:!?](?:\s|$|[\u3400-\u9fff])|[\u3400-\u9fff] ?\([^)]*[\u3400-\u9fff]|[\u3400-\u9fff]\.(?:\s|$)|[，。；：！？、] ?[,.;:!?]|\.\.\.")
CODE_LANGUAGES = {
    "python", "sh", "console", "rust", "c", "cpp", "kotlin", "swift", "json", "text", "yaml", "toml", "ini", "xml", "cmake",
    "dockerfile", "makefile",
}  # fmt: skip
PARSED_OR_RUN = {"python", "sh", "rust", "c", "cpp", "kotlin", "swift", "json", "toml", "xml", "ini"}


def check_page(page: Page, problems: list[str]) -> None:
    name = page.path.relative_to(ROOT)
    problems += [f"{name}:{problem}" for problem in page.problems]
    if page.language:
        for key in ("title", "description"):
            if not page.front.get(key) and page.front.get("layout") != "home":
                problems.append(f"{name}: the front matter has no {key}")
        headings = [line for _, line in page.prose if line.startswith("# ")]
        if page.front.get("layout") != "home" and headings != [f"# {page.front.get('title')}"]:
            problems.append(f"{name}: the page must have one heading of level 1, equal to its title")
    for block in page.blocks if page.language else ():
        if block.language not in CODE_LANGUAGES:
            problems.append(f"{block.place}: unknown language of a code block: {block.language!r}")
        elif block.language == "console" and block.mark != "not run":
            problems.append(f"{block.place}: write `sh`, and the output as a block of its own")
        elif block.language not in PARSED_OR_RUN and block.language != "text" and block.mark not in ("not run", "file"):
            problems.append(f"{block.place}: {block.language} is not run here: give the reason (`<!-- not run: … -->`)")
        if block.mark == "output" and not block.text.replace("…", "").strip():
            problems.append(f"{block.place}: this output fits everything: show a part that matters")
        if block.mark in ("not run", "file", "fails") and not block.value:
            problems.append(f"{block.place}: the mark `{block.mark}` needs a value")
    for line, link in page.links():
        check_link(page, line, link, problems)


def check_link(page: Page, line: int, link: str, problems: list[str]) -> None:
    place = f"{page.path.relative_to(ROOT)}:{line}"
    parts = urlsplit(link)
    if parts.scheme:
        if parts.scheme not in ("http", "https", "mailto") or (parts.scheme != "mailto" and "." not in parts.netloc):
            problems.append(f"{place}: not an address: {link}")
        return
    if link.startswith("/"):
        problems.append(f"{place}: write a relative link, which also works in the repository: {link}")
        return
    target = (page.path.parent / parts.path).resolve() if parts.path else page.path
    if not target.exists():
        problems.append(f"{place}: no such file: {link}")
    elif parts.fragment and target.suffix == ".md" and parts.fragment not in read(target).anchors():
        problems.append(f"{place}: no such heading: {link}")
    elif page.language and DOCS not in target.parents:
        problems.append(f"{place}: a page links only to pages of docs/: {link}")


def check_chinese(page: Page, problems: list[str]) -> None:
    for number, line in page.prose:
        place = f"{page.path.relative_to(ROOT)}:{number}"
        bare = re.sub(r"<!--.*?-->|\]\([^)]*\)|<https?:[^>]*>", "]", re.sub(r"`[^`]*`", "x", line))
        for wrong, right in WRONG_WORDS.items():
            if wrong in bare:
                problems.append(f"{place}: {wrong}: write {right}")
        found = HALF_WIDTH.search(bare)
        if found:
            problems.append(f"{place}: half-width punctuation in Chinese: {found[0]!r}")


def check_pairs(pages: dict[str, dict[str, Page]], problems: list[str]) -> None:
    zh, en = pages["zh"], pages["en"]
    for name in sorted(zh.keys() ^ en.keys()):
        problems.append(f"docs/*/{name}.md exists in one language only")
    for name in sorted(zh.keys() & en.keys()):
        one, other = zh[name].blocks, en[name].blocks
        if len(one) != len(other):
            problems.append(f"docs/*/{name}.md: {len(one)} code blocks in Chinese, {len(other)} in English")
            continue
        for left, right in zip(one, other):
            # A text without a mark is a drawing or a quotation, not code.
            is_code = left.language != "text" or left.mark == "output"
            if left.language != right.language or (is_code and left.compared != right.compared):
                problems.append(f"{left.place} and {right.place}: the code differs by more than comments")
            if left.mark != right.mark or (left.mark != "not run" and left.value != right.value):
                problems.append(f"{left.place} and {right.place}: the marks differ")


def check_navigation(pages: dict[str, Page], problems: list[str]) -> None:
    sections = json.loads((DOCS / ".vitepress" / "pages.json").read_text("utf-8"))
    listed = [name for section in sections for name in section["pages"]]
    for name in sorted(set(listed) - pages.keys()):
        problems.append(f"docs/.vitepress/pages.json: no such page: {name}")
    for name in sorted(pages.keys() - set(listed) - {"index"}):
        problems.append(f"docs/.vitepress/pages.json: {name} is missing")
    if len(listed) != len(set(listed)):
        problems.append("docs/.vitepress/pages.json: a page is listed twice")


def check_summary(pages: dict[str, Page], problems: list[str]) -> None:
    """llms.txt: its code is that of the pages, which is run; its pages exist."""
    summary = read(DOCS / "public" / "llms.txt")
    known = {(block.language, block.text) for page in pages.values() for block in page.blocks}
    for block in summary.blocks:
        if (block.language, block.text) not in known:
            problems.append(f"{block.place}: this code is on no page; llms.txt only repeats code of the pages")
    for number, line in summary.prose:
        for path in re.findall(r"docs/en/[\w/-]+\.md", line):
            if not (ROOT / path).exists():
                problems.append(f"docs/public/llms.txt:{number}: no such page: {path}")


def main() -> int:
    problems: list[str] = []
    pages = {language: {page.name: page for page in all_pages(language)} for language in LANGUAGES}
    check_pairs(pages, problems)
    check_navigation(pages["en"], problems)
    check_summary(pages["en"], problems)
    for language in LANGUAGES:
        for page in pages[language].values():
            check_page(page, problems)
            if language == "zh":
                check_chinese(page, problems)
    others = [*sorted(DOCS.glob("*.md")), *sorted((DOCS / "adr").glob("*.md")), *sorted(ROOT.glob("*.md"))]
    for path in others:
        page = read(path)
        for line, link in page.links():
            check_link(page, line, link, problems)
    for problem in problems:
        print(problem, file=sys.stderr)
    blocks = sum(len(page.blocks) for page in pages["en"].values())
    print(f"docs: {len(pages['en'])} pages in each language, {blocks} code blocks in each, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
