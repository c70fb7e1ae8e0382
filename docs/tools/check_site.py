#!/usr/bin/env python3
"""Checks the built site: it loads nothing from other hosts (fonts, scripts, styles, images)."""

from __future__ import annotations

import re
import sys
from pathlib import Path

LOADS = re.compile(
    r"""<(?:script|img|iframe|source|video|audio)[^>]*\ssrc=["']?(?:https?:)?//[^"'\s>]*"""
    r"""|<link(?![^>]*rel=["']?canonical)[^>]*\shref=["']?(?:https?:)?//[^"'\s>]*"""
    r"""|url\(["']?(?:https?:)?//[^)]*|@import\s+["'](?:https?:)?//[^"']*"""
)


def main() -> int:
    site = Path(sys.argv[1])
    files = [path for path in site.rglob("*") if path.suffix in (".html", ".css")]
    found = [f"{path.relative_to(site)}: {hit[0]}" for path in files for hit in LOADS.finditer(path.read_text("utf-8"))]
    fonts = [str(path.relative_to(site)) for path in site.rglob("*.woff*")]
    for problem in found + fonts:
        print(f"loads from elsewhere, or a font: {problem}", file=sys.stderr)
    pages = sum(path.suffix == ".html" for path in files)
    print(f"docs: site of {pages} pages, nothing loaded from other hosts")
    return 1 if found or fonts or not pages else 0


if __name__ == "__main__":
    sys.exit(main())
