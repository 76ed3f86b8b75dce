#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Photographs the client: `./dev shot [FOLDER]` writes pictures of the main screens, light and dark, Chinese and English.

Starts its own display, window manager, server with the demo base and clients; stops only those."""
import os, pathlib, subprocess, sys, tempfile, time

BIN = pathlib.Path("build/dev/bin")
OUT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build/shots")
DISPLAY = ":93"
started = []


def start(*command, **options):
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, **options)
    started.append(process)
    return process


def keys(*names):
    subprocess.run(["xdotool", "key", *names], check=True)
    time.sleep(0.8)


def shoot(name):
    subprocess.run(["import", "-window", "root", str(OUT / f"{name}.png")], check=True)
    print(OUT / f"{name}.png")


def visit(url, user, password, language, dark, prefix, folder):
    profile = folder / prefix
    profile.mkdir()
    (profile / "settings.ini").write_text(f"[General]\nlanguage={language}\ndark={'true' if dark else 'false'}\n")
    client = start(str(BIN / "casebase"), "--server", url, "--user", user, "--profile", str(profile))
    time.sleep(3)
    shoot(f"{prefix}-sign-in")
    subprocess.run(["xdotool", "type", password], check=True)
    keys("Return")
    time.sleep(3)
    shoot(f"{prefix}-table")
    keys("Down", "Down", "space")
    time.sleep(1.5)
    shoot(f"{prefix}-record")
    keys("Escape", "ctrl+i")
    time.sleep(1)
    shoot(f"{prefix}-inbox")
    client.terminate()
    client.wait()


OUT.mkdir(parents=True, exist_ok=True)
os.environ |= {"DISPLAY": DISPLAY, "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}
try:
    start("Xvfb", DISPLAY, "-screen", "0", "1440x940x24")
    time.sleep(1)
    start("openbox")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "pw").write_text("a long password")
        people = subprocess.run([str(BIN / "casebase-server"), "init", "--data", str(folder / "data"), "--admin", "demo",
                                 "--password-file", str(folder / "pw"), "--demo"], check=True, capture_output=True, text=True).stdout
        server = start(str(BIN / "casebase-server"), "serve", "--data", str(folder / "data"), "--listen", "127.0.0.1:0", stdout=subprocess.PIPE, text=True)
        url = server.stdout.readline().split()[-1]
        lead, password = people.splitlines()[1].split("\t")[:2]
        for language in ("zh_CN", "en"):
            for dark in (False, True):
                visit(url, lead, password, language, dark, f"{language}-{'dark' if dark else 'light'}", folder)
finally:
    for process in reversed(started):
        if process.poll() is None:
            process.terminate()
            process.wait()
