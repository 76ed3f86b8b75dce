#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cuts the power, in effect: records every write, sync and change of a name that the server and a client make (the
recorder stands between them and the disk, see tests/faults/disk.c), and makes of that what a disk may hold after a power
cut at any moment. In each such state the server's store has everything that anybody was told is saved, attachments with
all their bytes, nothing in part, and `check` finds no fault; the client's outbox has every request that it took.

    keep       the program was killed, the system went on
    drop       everything that was not synced is gone, names too unless their folder was synced
    torn       of what was not synced, any sectors of 512 bytes and any names are there
    reordered  of what was not synced, any whole writes and names are there

Usage: powercut.py PROGRAMS [STATES [SEED]]"""
import gzip, hashlib, json, os, pathlib, random, shutil, sqlite3, struct, subprocess, sys, tempfile, threading
from rig import FIELDS, Agent, Client, Server, read_log

STATES = int(sys.argv[2]) if len(sys.argv) > 2 else 100
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 30)
MODES = ["keep", "drop", "torn", "reordered"]
HERE = pathlib.Path(__file__).resolve().parent
print(f"seed {SEED}, {STATES} states", flush=True)
chance = random.Random(SEED)


class File:
    """What is surely on the disk, and what was done since the last sync."""

    def __init__(self, content=b""):
        self.content, self.waiting = bytearray(content), []


def apply(content, operation):
    letter, offset, data = operation
    if letter == "T":
        del content[offset:]
        content.extend(bytes(offset - len(content)))
    else:
        content.extend(bytes(max(0, offset + len(data) - len(content))))
        content[offset:offset + len(data)] = data


class Disk:
    """Files and names; both are durable only once they are synced."""

    def __init__(self, folder, lies=False):
        self.now, self.folders, self.durable, self.names, self.lies = {}, {str(folder)}, {}, [], lies
        for path in pathlib.Path(folder).rglob("*"):
            if path.is_dir():
                self.folders.add(str(path))
            else:
                self.now[str(path)] = File(path.read_bytes())
        self.durable = dict(self.now)

    def rename(self, names, operation):
        letter, path, path2, file = operation
        if letter == "C":
            names[path] = file
        elif letter == "U":
            names.pop(path, None)
        elif letter == "L":
            names[path2] = file
        elif letter == "R":
            names.pop(path, None)
            names[path2] = file

    def do(self, operation):
        letter, path, path2, offset, data = operation
        if letter == "M":
            self.folders.add(path)
        elif letter in "CULR":
            file = File() if letter == "C" else self.now.get(path)
            self.names.append((letter, path, path2, file))
            self.rename(self.now, self.names[-1])
        elif letter in "WT":
            self.now.setdefault(path, File()).waiting.append((letter, offset, data))
        elif letter in "SD" and self.lies:
            pass
        elif letter == "S":
            file = self.now[path]
            for each in file.waiting:
                apply(file.content, each)
            file.waiting = []
        elif letter == "D":
            rest = []
            for each in self.names:
                if path in (os.path.dirname(each[1]), os.path.dirname(each[2])):
                    self.rename(self.durable, each)
                else:
                    rest.append(each)
            self.names = rest

    def after_cut(self, mode):
        """The files of one state."""
        names = dict(self.now) if mode == "keep" else dict(self.durable)
        if mode in ("torn", "reordered"):
            for each in self.names:
                if chance.random() < 0.5:
                    self.rename(names, each)
        files = {}
        for path, file in names.items():
            content = bytearray(file.content)
            for letter, offset, data in [] if mode == "drop" else file.waiting:
                if mode == "torn" and letter == "W":
                    for sector in range(0, len(data), 512):
                        if chance.random() < 0.5:
                            apply(content, ("W", offset + sector, data[sector:sector + 512]))
                elif mode == "keep" or chance.random() < 0.5:
                    apply(content, (letter, offset, data))
            files[path] = content
        return files


def write_state(disk, mode, root, target):
    shutil.rmtree(target, ignore_errors=True)
    for folder in disk.folders:
        (target / os.path.relpath(folder, root)).mkdir(parents=True, exist_ok=True)
    for path, content in disk.after_cut(mode).items():
        if not path.endswith(("-shm", ".lock")) and "/#unnamed-" not in path:
            (target / os.path.relpath(path, root)).write_bytes(content)


def states(root, log, before, count, lies=False):
    """Goes through what was recorded and stops at `count` moments; what anybody had been told by then."""
    operations = read_log(log)
    # At every sync and the operations beside it, as many as are asked for.
    moments = sorted({max(0, min(len(operations), at + near)) for at, each in enumerate(operations)
                      if each[0] in "SDR" for near in (0, 1, 2)})
    if len(moments) * len(MODES) > count:
        moments = sorted(chance.sample(moments, max(1, count // len(MODES))))
    disk, told, ledger, at = Disk(before, lies), [], b"", 0
    prefix = str(before)
    disk.now = {path.replace(prefix, str(root), 1): file for path, file in disk.now.items()}
    disk.durable = dict(disk.now)
    disk.folders = {path.replace(prefix, str(root), 1) for path in disk.folders}
    for moment in moments:
        for each in operations[at:moment]:
            if each[0] == "A":
                told.append(json.loads(each[4]))
            elif each[1].endswith(".ledger"):
                ledger += each[4]
            else:
                disk.do(each)
        at = moment
        for mode in MODES:
            yield disk, mode, told, [json.loads(line) for line in ledger.splitlines()]


def checked(program, data):
    done = subprocess.run([program, "check", "--data", str(data)], capture_output=True, text=True, timeout=60)
    assert done.stdout == "no faults\n", (done.stdout, done.stderr)


def verify_store(server, data, told):
    store = data / "casebase.db"
    if not any(told):
        return
    checked(server.program, data)
    database = sqlite3.connect(store)
    (view,) = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
    cursor = database.execute(f'SELECT * FROM "{view}"')
    columns = [column[0] for column in cursor.description]
    rows = {}
    pastes = {}
    for row in cursor:
        fields = dict(zip(columns, row))
        rows[fields["record_id"]] = fields
        pastes[fields["title"]] = pastes.get(fields["title"], 0) + 1
    last = {}
    for each in told:
        if "edit" in each:
            last[each["edit"]] = each["mark"]
        elif "paste" in each:
            assert pastes.get(each["paste"]) == each["rows"], ("a paste is lost", each, pastes.get(each["paste"]))
        elif "file" in each:
            assert each["file"] in rows, ("a record with an attachment is lost", each)
            path = data / "files" / each["hash"][:2] / each["hash"]
            assert hashlib.sha256(path.read_bytes()).hexdigest() == each["hash"], ("an attachment is lost", each)
    for record, mark in last.items():
        assert record in rows, ("a record is lost", record)
        # An edit under way may be there already; it is newer.
        assert int(rows[record]["title"].split("-")[1]) >= int(mark.split("-")[1]), ("an edit is lost", rows[record], mark)
    for title, count in pastes.items():
        assert not str(title).startswith("paste") or count == 20, ("a paste is there in part", title, count)
    for fields in rows.values():
        if fields["d"] is not None:
            assert len({fields[name] for name in FIELDS}) == 1, ("an edit is there in part", fields)
    database.close()


def verify_outbox(server, client, ledger):
    saved = {line["saved"] for line in ledger if "saved" in line}
    settled = {line[key] for line in ledger for key in ("acked", "refused") if key in line}
    shown = subprocess.run([server.programs / "casebase_agent", "--folder", client, "--inspect", "--user", server.user],
                           capture_output=True, text=True, timeout=60)
    assert shown.returncode == 0 and not shown.stderr, (shown.stdout, shown.stderr)
    found = json.loads(shown.stdout)
    assert not found["salvaged"], "a power cut damaged the outbox"
    missing = saved - settled - set(found["waiting"])
    assert not missing, ("requests that the client took are lost", missing)


def tell(log):
    def write(line):
        body = json.dumps(line).encode()
        file = os.open(log, os.O_WRONLY | os.O_APPEND)
        os.write(file, b"A" + struct.pack("<II", 0, 0) + struct.pack("<QQQ", 0, len(body), len(body)) + body)
        os.close(file)
    return write


def cut_under_load(folder, count):
    """Edits, pastes, attachments, a backup; and a client that goes on while the server is away."""
    root, log = folder / "root", folder / "log"
    root.mkdir()
    preload = {"LD_PRELOAD": str(pathlib.Path(sys.argv[1]).resolve() / "casebase_disk.so"), "CB_DISK_FOLDER": str(root), "CB_DISK_LOG": str(log)}
    server = Server(sys.argv[1], root / "data")
    server.create()
    server.stop()
    (root / "data" / "keys.json").unlink()  # it is made anew under our eyes
    database = sqlite3.connect(root / "data" / "casebase.db")
    database.execute("DELETE FROM setting WHERE key = 'keys'")
    database.commit()
    database.close()
    before = folder / "before"
    shutil.copytree(root, before)
    server.start(env=preload)
    agent = Agent(server, root / "client", 7, paste=20)
    agent.start(operations=40, pause=20, env=preload)
    clients = [Client(server, number, SEED + number, rows=20, file_size=30_000, told=tell(log)) for number in range(2)]
    for client in clients:
        client.start()
    while sum(client.counter for client in clients) < 80:
        clients[0].join(0.05)
    server.run("backup", "--data", root / "data", "--to", root / "data" / "backup.db", env=preload)
    for client in clients:
        client.ending.set()
        client.join()
    agent.finish()
    server.stop()
    agent.start(operations=20, pause=5, env=preload)  # nobody answers
    while sum("saved" in line for line in agent.lines()) < 60:
        clients[0].join(0.05)
        threading.Event().wait(0.02)
    agent.kill()
    done = 0
    for disk, mode, told, ledger in states(root, log, before, count):
        target = folder / "state"
        write_state(disk, mode, root, target)
        if (target / "client" / "outbox.db").exists() or any("saved" in line for line in ledger):
            verify_outbox(server, target / "client", ledger)
        verify_store(server, target / "data", told)
        backup = target / "data" / "backup.db"
        if backup.exists():  # a name that is there stands for a whole backup
            restored = folder / "restored"
            shutil.rmtree(restored, ignore_errors=True)
            server.run("restore", "--data", restored, "--from", backup)
            shutil.copy(target / "data" / "keys.json", restored)  # no backup holds it
            checked(server.program, restored)
        done += 1
    # On a disk that only says that it has synced, the same checks must find that things are lost.
    noticed = 0
    for disk, mode, told, ledger in states(root, log, before, 8, lies=True):
        try:
            write_state(disk, mode, root, folder / "state")
            verify_store(server, folder / "state" / "data", told)
        except (AssertionError, sqlite3.Error):
            noticed += 1
    assert noticed > 0, "the checks would not notice a loss"
    return done


def cut_under_migration(folder, count):
    """A store of the first version is opened by this one."""
    root, log = folder / "root", folder / "log"
    (root / "data").mkdir(parents=True)
    golden = HERE.parent / "data" / "stores"
    (root / "data" / "casebase.db").write_bytes(gzip.decompress((golden / "0001.db.gz").read_bytes()))
    before = folder / "before"
    shutil.copytree(root, before)
    preload = {"LD_PRELOAD": str(pathlib.Path(sys.argv[1]).resolve() / "casebase_disk.so"), "CB_DISK_FOLDER": str(root), "CB_DISK_LOG": str(log)}
    server = Server(sys.argv[1], root / "data")
    server.start(env=preload)
    server.stop()
    whole = contents(root / "data" / "casebase.db")
    done = 0
    for disk, mode, _, _ in states(root, log, before, count):
        target = folder / "state"
        write_state(disk, mode, root, target)
        later = Server(sys.argv[1], target / "data")
        later.start()  # finishes what was begun
        later.stop()
        checked(server.program, target / "data")
        assert contents(target / "data" / "casebase.db") == whole, (mode, "the store is not as before")
        done += 1
    return done


def contents(path):
    """Everything in the users' tables and the log."""
    database = sqlite3.connect(path)
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND (name LIKE 'tbl%' OR name = 'commits') ORDER BY name")]
    lines = [repr(row) for name in names for row in database.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2')]
    database.close()
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


with tempfile.TemporaryDirectory() as name:
    name = pathlib.Path(name).resolve()
    (name / "a").mkdir()
    (name / "b").mkdir()
    migrated = cut_under_migration(name / "b", STATES // 5)  # fewer, if it does not write so often
    done = cut_under_load(name / "a", STATES - migrated)
print(f"{done} states under load, {migrated} of a migration")
print(f"{done + migrated} passed, 0 failed")
