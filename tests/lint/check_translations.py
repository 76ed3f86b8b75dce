#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every text that a user sees is in the Chinese file, translated. Exits 1 and names what is missing."""
import pathlib, re, shutil, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
LUPDATE = shutil.which("lupdate", path="/usr/lib/qt6/bin") or shutil.which("lupdate")


def texts(path):
    found = {}
    for name, body in re.findall(r"<context>\s*<name>(.*?)</name>(.*?)</context>", path.read_text(), re.S):
        for message in re.findall(r"<message[^>]*>(.*?)</message>", body, re.S):
            source = re.search(r"<source>(.*?)</source>", message, re.S)[1]
            translation = re.search(r"<translation([^>]*)>(.*?)</translation>", message, re.S)
            done = translation and "unfinished" not in translation[1] and translation[2].strip()
            found[name, source] = bool(done)
    return found


faults = []
for language, options in (("zh_CN", []), ("en", ["-pluralonly"])):
    ours = texts(ROOT / f"translations/casebase_{language}.ts")
    faults += [f"{language}: not translated: {c}: {s}" for (c, s), done in ours.items() if not done]
    with tempfile.TemporaryDirectory() as folder:
        fresh = pathlib.Path(folder) / "fresh.ts"
        subprocess.run([LUPDATE, "-silent", "app", "shared/support", "shared/formula", "-I", ".", "-ts", str(fresh), "-locations", "none",
                        "-target-language", language] + options, cwd=ROOT, check=True)
        faults += [f"{language}: not in the file (run ./dev translate): {c}: {s}" for c, s in texts(fresh) if (c, s) not in ours]
print("\n".join(faults) or "translations are complete")
sys.exit(bool(faults))
