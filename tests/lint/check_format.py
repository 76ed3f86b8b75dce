#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every source is formatted as .clang-format says and begins with its licence. Exits 1 and names what is not."""
import pathlib, shutil, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOL = shutil.which("clang-format-14") or shutil.which("clang-format")
files = sorted(p for top in ("app", "server", "shared", "tests") for p in (ROOT / top).rglob("*") if p.suffix in (".h", ".cpp"))
faults = [f"{p.relative_to(ROOT)}: no SPDX line" for p in files if not p.read_text().startswith("// SPDX-License-Identifier: GPL-3.0-or-later")]
result = subprocess.run([TOOL, "--dry-run", "--Werror", *map(str, files)], capture_output=True, text=True)
faults += sorted({line.split(":")[0] + ": run ./dev format" for line in result.stderr.splitlines() if "error:" in line})
print("\n".join(faults) or f"format holds: {len(files)} files")
sys.exit(bool(faults))
