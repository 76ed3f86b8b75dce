#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs every fuzz target for some seconds from the corpus that was kept; a crash, a hang of a second or more than 512 MB
ends it with the input beside the programs. With `keep`, what was new goes into the corpus. With `same`, the inputs
follow from the corpus alone: a change is held against what it did, not against the luck of the day.

Usage: fuzz.py PROGRAMS SECONDS [keep | same]"""
import os, pathlib, subprocess, sys, tempfile, zipfile

programs, seconds = pathlib.Path(sys.argv[1]), sys.argv[2]
keeps, seed = sys.argv[3:] == ["keep"], ["-seed=1"] if sys.argv[3:] == ["same"] else []
kept = pathlib.Path(__file__).resolve().parent / "corpus"
# What is freed is kept back for a while, and is not to count as memory that an input made a program take. Neither is where
# it was allocated: through libraries without frame pointers each call has a stack of its own, and the sanitizer keeps all.
options = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0:quarantine_size_mb=32:malloc_context_size=1"}
for name in ("frame", "message", "filter", "expression", "csv", "cache"):
    with tempfile.TemporaryDirectory() as folder:
        old, new, merged = (pathlib.Path(folder) / each for each in ("old", "new", "merged"))
        for each in (old, new, merged):
            each.mkdir()
        archive = kept / f"{name}.zip"
        if archive.exists():
            zipfile.ZipFile(archive).extractall(old)
        program = str(programs / f"fuzz_{name}")
        done = subprocess.run([program, f"-max_total_time={seconds}", "-timeout=1", "-rss_limit_mb=512", *seed,
                               f"-artifact_prefix={programs}/found-{name}-", str(new), str(old)], capture_output=True, text=True, env=options)
        last = done.stderr.strip().splitlines()[-1]
        print(f"{name}: {last}", flush=True)
        if done.returncode:
            print(done.stderr[-6000:])
            sys.exit(1)
        if keeps:
            subprocess.run([program, "-merge=1", "-max_len=1500", str(merged), str(old), str(new)], capture_output=True, check=True, env=options)
            with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
                for file in sorted(merged.iterdir()):
                    out.writestr(zipfile.ZipInfo(file.name[:12]), file.read_bytes(), zipfile.ZIP_DEFLATED)
print("6 passed, 0 failed")
