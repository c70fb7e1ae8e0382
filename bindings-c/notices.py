#!/usr/bin/env python3
"""Prints the licences of the crates that the C library contains: name, version, licence, source, and the licence texts."""
import json
import pathlib
import subprocess
import sys

metadata = json.loads(subprocess.run(
    ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform",
     next(line.split()[1] for line in subprocess.run(["rustc", "-vV"], check=True, capture_output=True, text=True)
          .stdout.splitlines() if line.startswith("host:"))],
    check=True, capture_output=True, text=True, cwd=pathlib.Path(__file__).parent).stdout)
packages = {package["id"]: package for package in metadata["packages"]}
nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}

waiting = [next(key for key, package in packages.items() if package["name"] == "wxpusher-c")]
linked = set()
while waiting:
    current = waiting.pop()
    if current in linked:
        continue
    linked.add(current)
    # Build scripts, procedural macros and test dependencies are not in the library.
    waiting += [dep["pkg"] for dep in nodes[current]["deps"]
                if any(kind["kind"] is None for kind in dep["dep_kinds"])
                and not any("proc-macro" in target["kind"] for target in packages[dep["pkg"]]["targets"])]

print("libwxpusher contains the following software.\n")
count = 0
for package in sorted((packages[key] for key in linked), key=lambda package: package["name"]):
    if package["source"] is None:
        continue
    count += 1
    print("=" * 80)
    print(f"{package['name']} {package['version']}")
    print(f"Licence: {package['license'] or 'see below'}")
    if package["repository"]:
        print(f"Source: {package['repository']}")
    folder = pathlib.Path(package["manifest_path"]).parent
    texts = sorted(path for path in folder.iterdir()
                   if path.is_file() and path.name.upper().startswith(("LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE")))
    if not texts and not package["license"]:
        sys.exit(f"{package['name']}: no licence")
    for path in texts:
        print(f"\n--- {path.name} ---\n")
        print(path.read_text(encoding="utf-8", errors="replace").strip())
    print()
if count < 5:
    sys.exit("cargo metadata lists too few crates")
