#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The disk fails and programs die at named points. A library between the programs and the disk (tests/faults/disk.c)
makes chosen calls fail, or kills the program before, in the middle of or after one.

A full disk stops writing, not the service, and heals by itself. If the disk refuses to sync, nobody is told "saved". A
folder that cannot be written is named. Killed at any of the points, server and client go on with everything that was
acknowledged, once.

Usage: faults.py PROGRAMS [ROUNDS [SEED]]"""
import os, pathlib, random, subprocess, sys, tempfile, threading, time
from rig import PASSWORD, Agent, Client, Refused, Server, read_log, verify, verify_agent

ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 1
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 30)
LIBRARY = str(pathlib.Path(sys.argv[1]).resolve() / "casebase_disk.so")
passed = 0
print(f"seed {SEED}, {ROUNDS} rounds", flush=True)


def fault(folder, spec, when=None):
    return {"LD_PRELOAD": LIBRARY, "CB_DISK_FOLDER": str(folder), "CB_DISK_FAULT": spec} | ({"CB_DISK_WHEN": str(when)} if when else {})


def done(name):
    global passed
    passed += 1
    print(f"    {name}", flush=True)


def failing_disk(root, spec, error, heals_within):
    """Writers go on while the disk fails and works again, three times."""
    switch = root / "failing"
    server = Server(sys.argv[1], root / "data")
    server.create()
    server.stop()
    server.start(env=fault(root / "data", spec, switch))
    clients = [Client(server, number, SEED + number, rows=50, file_size=20_000) for number in range(2)]
    agent = Agent(server, root / "agent", SEED % 1000, paste=20)
    agent.start(pause=20)
    for client in clients:
        client.start()
    for _ in range(3):
        time.sleep(0.4)
        refused = sum(len(client.refusals) for client in clients)
        began = time.monotonic()
        switch.touch()
        while sum(len(client.refusals) for client in clients) == refused:
            time.sleep(0.01)
            assert time.monotonic() - began < 2, "nobody was told that the disk fails"
        assert server.records(), "reading stopped too"
        assert server.call("GET", "/api/me")
        time.sleep(0.3)
        for client in clients:
            assert all(error in body for _, body in client.refusals), client.refusals[-1]
        switch.unlink()
        began, counters = time.monotonic(), [client.counter - len(client.refusals) for client in clients]
        while any(client.counter - len(client.refusals) <= counter + 1 for client, counter in zip(clients, counters)):
            time.sleep(0.01)
            assert time.monotonic() - began < heals_within, "it does not go on by itself"
    for client in clients:
        client.ending.set()
        client.join()
    agent.kill()
    shown = agent.settle()
    verify(server, clients)
    verify_agent(agent, shown, server.records())
    server.kill()  # what is on the disk counts
    server.check()
    server.start()
    verify(server, clients)
    server.stop()


def one_failing_sync(root):
    """Now and then one sync fails, and the next succeeds: whatever was not acknowledged may be there or not."""
    server = Server(sys.argv[1], root / "data")
    server.create()
    server.stop()
    for number in (3, 7, 20):
        log = root / f"log{number}"
        server.start(env=fault(root / "data", f"sync:casebase.db-wal:{number}:EIO") | {"CB_DISK_LOG": str(log)})
        client = Client(server, number, SEED + number, rows=50, file_size=20_000)
        client.start()
        while client.counter < 40:
            time.sleep(0.01)
        client.ending.set()
        client.join()
        assert client.refusals, "the failed sync was not noticed"
        server.kill()
        # Another sync of the same file says nothing about what the system gave up: everything is written to the other file
        # and the log begins anew before it takes anything.
        names = [(letter, pathlib.Path(path).name) for letter, path, *_ in read_log(log)]
        after = names[names.index(("E", "casebase.db-wal")) + 1:]
        until = after.index(("W", "casebase.db-wal"))
        assert ("S", "casebase.db") in after[:until] and ("T", "casebase.db-wal") in after[:until], after[:until]
        server.check()
        server.start()
        verify(server, [client])
        server.stop()


def client_disk(root):
    """A client whose disk is full says so at each change, keeps what it took, and goes on when there is space."""
    server = Server(sys.argv[1], root / "data")
    server.create()
    agent = Agent(server, root / "agent", SEED % 1000)
    agent.folder.mkdir()
    switch = root / "failing"
    agent.start(operations=60, pause=20, env=fault(agent.folder, "write:.db-wal:1:ENOSPC+", switch))
    for _ in range(2):
        time.sleep(0.3)
        switch.touch()
        time.sleep(0.2)
        switch.unlink()
    shown = agent.finish()
    failed = [line for line in agent.lines() if "failed" in line]
    assert failed and all(line["code"] == 41 for line in failed), failed[:3]  # the disk is full
    verify_agent(agent, shown, server.records())
    server.stop()


def named_points_of_client(root):
    server = Server(sys.argv[1], root / "data")
    server.create()
    points = [f"{call}:{name}:{number}:{what}"
              for call, name, numbers, whats in (
                  ("write", "outbox.db-wal", (10, 21, 34), ("kill", "half", "killed")),  # before it is in the outbox
                  ("sync", "outbox.db-wal", (8, 15, 16, 17), ("kill", "killed")),  # before and after it surely is; after the answer
                  ("send", "socket", (6, 7, 8, 12), ("kill", "half", "killed")),  # half a frame; sent, no answer read
                  ("write", "cache.db-wal", (2, 5, 9), ("half",)),  # in the middle of keeping what the server said
                  ("sync", "cache.db-wal", (1, 2), ("kill", "killed")))
              for number in numbers for what in whats]
    for round_ in range(ROUNDS):
        died = 0
        for number, point in enumerate(points):
            agent = Agent(server, root / f"agent{round_}-{number}", 1000 + round_ * 100 + number)
            agent.folder.mkdir()
            agent.start(operations=12, pause=random.Random(SEED + number + round_).choice([0, 5, 20]), env=fault(agent.folder, point))
            agent.process.communicate(timeout=60)
            died += agent.process.returncode == -9
            shown = agent.settle()
            assert not [line for line in agent.lines() if "salvaged" in line], point
            verify_agent(agent, shown, server.records())
        assert died > len(points) // 2, (died, len(points))  # the others ended before they came there
    server.stop()
    server.check()


def named_points_of_server(root):
    points = ["write:casebase.db-wal:40:kill", "write:casebase.db-wal:41:half", "sync:casebase.db-wal:12:kill",
              "sync:casebase.db-wal:12:killed",  # stored, nobody was told
              "send:socket:30:half", "send:socket:31:killed",  # in the middle of telling
              "sync:files:2:kill", "sync:files:2:killed"]  # the attachment is there, no record names it
    for round_ in range(ROUNDS):
        server = Server(sys.argv[1], root / f"data{round_}")
        server.create()
        server.stop()
        clients = []
        agent = Agent(server, root / f"agent{round_}", SEED % 1000, paste=20)
        agent.start(pause=20)
        for number, point in enumerate(points):
            server.start(env=fault(server.data, point))
            fresh = [Client(server, round_ * 1000 + number * 2 + i, SEED + number * 2 + i, rows=50, file_size=20_000) for i in range(2)]
            for client in fresh:
                client.start()
            try:
                server.process.wait(20)
            except subprocess.TimeoutExpired:
                raise AssertionError(("the server does not come there", point))
            for client in fresh:
                client.join()
            clients += fresh
            server.check()
            server.start()
            verify(server, clients)
            # In the middle of the last checkpoint, when it ends.
            server.kill()
        server.start(env=fault(server.data, "write:casebase.db:20:half"))
        server.process.terminate()
        server.process.wait()
        server.check()
        server.start()
        verify(server, clients)
        agent.kill()
        shown = agent.settle()
        verify_agent(agent, shown, server.records())
        server.stop()


def not_writable(root):
    """A folder that cannot be written to: the server does not start and says which."""
    server = Server(sys.argv[1], root / "data")
    server.create()
    server.stop()
    root.chmod(0o755)
    server.data.chmod(0o555)
    as_user = {"user": "nobody"} if os.geteuid() == 0 else {}
    try:
        refused = subprocess.run([server.program, "serve", "--data", str(server.data), "--listen", "127.0.0.1:0"],
                                 capture_output=True, text=True, timeout=20, **as_user)
    except PermissionError:
        return  # the programs themselves lie where nobody else may look
    finally:
        server.data.chmod(0o755)
    if "PermissionError" not in refused.stderr and refused.returncode != 126:
        assert refused.returncode == 1 and f"{server.data} cannot be written to" in refused.stderr, refused
    server.start()
    server.stop()


def secrets(root):
    """Passwords, tokens, phone numbers and SQL do not come into logs, nor into what those are told who get no answer."""
    server = Server(sys.argv[1], root / "data")
    server.create()
    server.stop()
    switch = root / "failing"
    server.start(env=fault(root / "data", "write:casebase.db-wal:1:EIO+", switch) | {"QT_LOGGING_RULES": "*.debug=true"})
    phone, wrong, token = "13800138000", "wrong horse staple", server.token
    told = []

    def ask(method, path, body=None, raw=None):
        try:
            server.call(method, path, body, raw)
        except Refused as refused:
            told.append(refused.body)

    def everything():
        ask("POST", "/api/session", {"username": "admin", "password": wrong})
        ask("POST", "/api/session", {"username": phone, "password": wrong})
        ask("POST", "/api/session", {"username": "admin", "password": PASSWORD})
        ask("POST", "/api/users", {"username": "li", "name": "Li", "password": wrong})
        ask("POST", "/api/users", {"username": "li", "name": "Li", "password": wrong})
        ask("POST", "/api/me", {"password": wrong})
        ask("POST", server.table, {"records": [{"fields": {"title": phone}}]})
        ask("POST", server.table, {"records": [{"fields": {"nothing": phone}}]})
        ask("GET", f"/api/{server.base}/search?q={phone}")
        ask("GET", f"{server.table}?filterByFormula=" + "{title}='" + phone + "'&token=" + token)
        ask("GET", f"{server.table}?filterByFormula=" + "{title='" + phone)
        ask("POST", f"/api/{server.base}/t/query", {"group": [{"field": phone}]})
        ask("POST", f"/api/{server.base}/attachments?name={phone}.txt", raw=phone.encode())
        ask("POST", f"/api/{server.base}/t2/import?format=csv", raw=f"name\n{phone}\n".encode())
        ask("GET", "/healthz")
        server.token = "cb_" + wrong.replace(" ", "")
        ask("GET", "/api/me")
        server.token = token

    everything()
    switch.touch()
    everything()
    switch.unlink()
    assert any("STORAGE_FAILED" in body for body in told), told
    server.stop()
    log = pathlib.Path(f"{server.data}.log").read_text()
    assert "disk I/O error" in log, "nothing of the failures came into the log"
    for word in (PASSWORD, wrong, wrong.replace(" ", ""), phone, token, "SELECT", "INSERT", "UPDATE", "DELETE", "WHERE", "VALUES"):
        assert word not in log, (word, [line for line in log.splitlines() if word in line][:3])
    for word in (PASSWORD, wrong, token, "SELECT", "INSERT", "UPDATE ", "WHERE", "sqlite", "/data"):
        assert not any(word in body for body in told), (word, [body for body in told if word in body][:3])


def long_work(root):
    """While files are imported, more than there are processors, a query is answered as always."""
    server = Server(sys.argv[1], root / "data")
    server.create()
    file = root / "rows.csv"
    file.write_text("name,number\n" + "".join(f"n{i},{i}\n" for i in range(100_000)))
    imports = [threading.Thread(target=server.run, args=("import", "--data", server.data, "--base", "b", "--table", f"x{i}", "--create", file))
               for i in range(os.cpu_count() + 1)]
    for each in imports:
        each.start()
    slowest = asked = 0
    began = time.monotonic()
    while any(each.is_alive() for each in imports):
        start = time.monotonic()
        server.call("POST", f"/api/{server.base}/t/query", {})
        slowest, asked = max(slowest, time.monotonic() - start), asked + 1
        time.sleep(0.02)
    took = time.monotonic() - began
    assert asked > 10 and slowest < min(0.5, took / 3), (asked, slowest, took)
    server.stop()
    server.check()


STORIES = {
    "a full disk of the server": lambda root: failing_disk(root, "write:casebase.db-wal:1:ENOSPC+", "DISK_FULL", 10),
    "a disk of the server that does not sync": lambda root: failing_disk(root, "sync:casebase.db-wal:1:EIO+", "STORAGE_FAILED", 10),
    "a sync that fails once": one_failing_sync,
    "a full disk of the client": client_disk,
    "the client at named points": named_points_of_client,
    "the server at named points": named_points_of_server,
    "a folder that cannot be written": not_writable,
    "what logs and errors tell": secrets,
    "queries beside long work": long_work,
}
for title, story in STORIES.items():
    with tempfile.TemporaryDirectory() as name:
        story(pathlib.Path(name).resolve())
    done(title)
print(f"{passed} passed, 0 failed")
