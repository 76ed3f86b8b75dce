#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Damages the files of a client that holds unsent requests, in every way that happens to files: flipped bits, a letter, cut off,
a page of zeros, a log that is gone, a folder in its place, an unknown version, another account's files, yesterday's copy. The client starts
within five seconds, nothing damaged reaches the server, nothing is applied twice, and what was not recovered lies in a
file that the client names.

Usage: cache.py PROGRAMS [RUNS [SEED]]"""
import pathlib, random, re, shutil, sqlite3, sys, tempfile, time
from rig import Agent, Server, verify_agent, FIELDS, fingerprint

RUNS = int(sys.argv[2]) if len(sys.argv) > 2 else 20
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 30)
UNSENT = 60
print(f"seed {SEED}, {RUNS} runs", flush=True)
chance = random.Random(SEED)


def flip(path):
    content = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 64)):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def cut(path):
    with open(path, "r+b") as file:
        file.truncate(chance.randrange(path.stat().st_size))


def zero(path):
    content = bytearray(path.read_bytes())
    page = chance.randrange(0, len(content), 4096)
    content[page:page + 4096] = bytes(len(content[page:page + 4096]))
    path.write_bytes(content)


def folder(path):
    path.unlink()
    path.mkdir()


def gone(path):
    path.unlink()


def garbage(path):
    path.write_bytes(chance.randbytes(path.stat().st_size))


def letter(path):
    """One letter in the middle of a text that somebody typed: nothing but a sum can tell."""
    sqlite3.connect(path).execute("PRAGMA wal_checkpoint(TRUNCATE)").connection.close()
    content = bytearray(path.read_bytes())
    places = [found.end() for found in re.finditer(rb"agent\d+-", content)]
    for place in places:
        content[place] = ord("x")
    path.write_bytes(content)


def version(path):
    """The number of a version that no program knows, by a flipped bit or written by a newer one."""
    database = sqlite3.connect(path)
    database.execute("UPDATE migration SET number = number + 64")
    database.commit()
    database.close()


HARM = [flip, cut, zero, folder, gone, garbage, letter, version]


def marks_in(path):
    """The marks of the requests that a human can still find in a file that was put aside."""
    return path.read_bytes() if path.is_file() else b""


with tempfile.TemporaryDirectory() as name:
    root = pathlib.Path(name)
    server = Server(sys.argv[1], root / "data")
    server.create()
    other = Agent(server, root / "other", 1)
    other.start(operations=20)
    other.finish()
    recovered = outbox_harmed = 0
    for run in range(RUNS):
        agent = Agent(server, root / f"agent{run}", 100 + run)
        agent.start(operations=20)
        agent.finish()
        yesterday = root / "yesterday"
        shutil.rmtree(yesterday, ignore_errors=True)
        shutil.copytree(agent.folder, yesterday)
        agent.port = 1  # nobody listens there
        agent.start(operations=UNSENT, pause=1)
        while sum("saved" in line for line in agent.lines()) < 20 + UNSENT:
            time.sleep(0.02)
        agent.kill()
        agent.port = None
        kind = run % (len(HARM) + 2)
        harmed = []
        if kind < len(HARM):
            harm = HARM[kind]
            files = [agent.folder / each for each in ("cache.db", "cache.db-wal", "outbox.db", "outbox.db-wal")]
            files = [file for file in files if file.exists() and file.stat().st_size > 0]
            harmed = chance.sample(files, chance.randint(1, len(files)))
            if harm in (letter, version):
                harmed = [agent.folder / "outbox.db"]
            for file in harmed:
                harm(file)
        elif kind == len(HARM):  # swapped with another account's
            database = sqlite3.connect(agent.folder / "outbox.db")
            database.execute("UPDATE device SET owner = 'usrAnother'")
            database.commit()
            database.close()
            harmed, harm = [agent.folder / "outbox.db"], "another account"
        else:  # a copy from before: the requests since then are gone with it, others take their numbers
            shutil.rmtree(agent.folder)
            shutil.copytree(yesterday, agent.folder)
            (agent.folder / "client.lock").unlink(missing_ok=True)
            harm = "yesterday"
        before = server.records()
        began = time.monotonic()
        shown = agent.settle()
        assert time.monotonic() - began < 5, (run, harm)
        there = server.records()
        lines = agent.lines()
        asked = {line["saved"] for line in lines if "saved" in line}
        titles = {fields.get("title") for fields in there.values()}
        # Nothing damaged came to the server: every value is one that somebody typed.
        assert all(title is None or title in asked or not title.startswith(f"agent{agent.seed}-") for title in titles), (run, harm)
        for fields in there.values():
            assert len({fields.get(field) for field in FIELDS}) == 1, (run, harm, fields)
        assert shown["hash"] == fingerprint(there), (run, harm, "the client shows something else")
        salvage = next((line for line in lines if "salvaged" in line), None)
        aside = b"".join(marks_in(file) for file in agent.folder.glob("outbox-*"))
        if harm in ("yesterday",) or harm in HARM and any("outbox" in file.name for file in harmed):
            outbox_harmed += 1
        elif harm == "another account":
            assert salvage and salvage["foreign"] and pathlib.Path(salvage["kept"]).exists(), lines[-5:]
        else:  # only the cache was harmed: nothing at all is lost
            verify_agent(agent, shown, there)
            assert salvage is None
        if salvage:
            recovered += salvage["salvaged"]
            assert pathlib.Path(salvage["kept"]).exists(), (run, harm)
        # What was saved is on the server, was overwritten there by a later one, or lies in the file that was put aside.
        if harm is flip and salvage:
            assert salvage["salvaged"] > 0 or aside, (run, salvage)
        if harm is version:
            assert salvage and salvage["salvaged"] >= UNSENT, (run, salvage)
    # A machine that is restored goes on under old numbers with new content: all of it arrives, once.
    agent = Agent(server, root / "clone", 9)
    agent.start(operations=30)
    agent.finish()
    copy = root / "copy"
    shutil.copytree(agent.folder, copy)
    agent.start(operations=40)
    agent.finish()
    shutil.rmtree(agent.folder)
    shutil.copytree(copy, agent.folder)
    agent.port = 1
    agent.start(operations=25, pause=1)
    while sum("saved" in line for line in agent.lines()) < 95:
        time.sleep(0.02)
    agent.kill()
    agent.port = None
    shown = agent.settle()
    assert not shown["refused"], shown
    verify_agent(agent, shown, server.records())
    server.stop()
    server.check()
print(f"{recovered} requests recovered from damaged files")
print(f"{RUNS + 1} passed, 0 failed")
