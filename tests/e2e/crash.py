#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the server (kill -9) under mixed load from four clients, again and again: nothing that was acknowledged is lost,
nothing is there in part, `check` finds no fault, and the server is back within three seconds.

Usage: crash.py SERVER [ROUNDS [SEED]]. What a client did not hear of when the server died may be there or not."""
import json, os, pathlib, random, subprocess, sys, tempfile, threading, time, urllib.error, urllib.parse, urllib.request

SERVER = str(pathlib.Path(sys.argv[1]).resolve())
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 10
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 30)
FIELDS = ["title", "a", "b", "c", "d"]
print(f"seed {SEED}, {ROUNDS} rounds", flush=True)


class Down(Exception):
    pass


def call(method, path, body=None, raw=None):
    data = raw if raw is not None else json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(url + urllib.parse.quote(path, safe="/?=&%"), method=method, data=data,
                                     headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request, timeout=20) as reply:
            return json.loads(reply.read())
    except urllib.error.HTTPError as error:
        raise AssertionError(error.read())
    except OSError:
        raise Down
    except Exception:  # a reply that was cut off
        raise Down


class Client(threading.Thread):
    """Writes its own records and remembers, for each, what was acknowledged and what may have been."""

    def __init__(self, number, seed):
        super().__init__()
        self.number, self.random, self.counter = number, random.Random(seed), 0
        self.records, self.pastes, self.maybe_pastes, self.files = {}, {}, set(), {}

    def values(self):
        self.counter += 1
        return {field: f"{self.number}-{self.counter}" for field in FIELDS}  # all alike: a part would show

    def act(self):
        choice = self.random.random()
        if choice < 0.45 and self.records:  # one edit of five fields
            record = self.random.choice(list(self.records))
            values = self.values()
            self.records[record][1].add(values["title"])
            call("PATCH", f"{table}/{record}", {"fields": values})
            self.records[record] = (values["title"], set())
        elif choice < 0.8:
            values = self.values()
            record = call("POST", table, {"fields": values})["id"]
            self.records[record] = (values["title"], set())
        elif choice < 0.9:  # a paste of 500 rows
            self.counter += 1
            mark = f"paste {self.number}-{self.counter}"
            self.maybe_pastes.add(mark)
            call("POST", table, {"records": [{"fields": {"title": mark}}] * 500})
            self.maybe_pastes.discard(mark)
            self.pastes[mark] = 500
        else:
            body = self.random.randbytes(200_000)
            file = call("POST", f"/api/{base}/attachments?name=f.bin", raw=body)["id"]
            record = call("POST", table, {"fields": {"title": "file", "files": [{"id": file}]}})["id"]
            self.files[record] = (file, body)

    def run(self):
        try:
            while True:
                self.act()
        except Down:
            pass


def listed():
    records, offset = {}, ""
    while True:
        page = call("POST", table + "/listRecords", {"pageSize": 1000} | ({"offset": offset} if offset else {}))
        records |= {record["id"]: record["fields"] for record in page["records"]}
        offset = page.get("offset", "")
        if not offset:
            return records


def verify(clients):
    there = listed()
    pastes = {}
    for fields in there.values():
        if fields.get("title", "").startswith("paste"):
            pastes[fields["title"]] = pastes.get(fields["title"], 0) + 1
        elif fields.get("title") != "file":
            assert len({fields.get(field) for field in FIELDS}) == 1, ("an edit is there in part", fields)
    for client in clients:
        for record, (acknowledged, maybe) in client.records.items():
            assert record in there, ("an acknowledged record is lost", record)
            assert there[record]["title"] in {acknowledged} | maybe, ("an acknowledged edit is lost", there[record], acknowledged, maybe)
            client.records[record] = (there[record]["title"], set())
        for mark, count in client.pastes.items():
            assert pastes.get(mark) == count, ("a paste is lost or twice", mark, pastes.get(mark))
        for mark in client.maybe_pastes:
            assert pastes.get(mark, 500) == 500, ("a paste is there in part", mark, pastes.get(mark))
        for record, (file, body) in client.files.items():
            request = urllib.request.Request(f"{url}/api/attachments/{file}", headers={"Authorization": f"Bearer {token}"})
            assert urllib.request.urlopen(request).read() == body, "an attachment holds something else"
            assert there[record]["files"][0]["id"] == file


def serve():
    process = subprocess.Popen([SERVER, "serve", "--data", str(data), "--listen", "127.0.0.1:0"],
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    started = time.monotonic()
    line = process.stdout.readline()
    assert "ready" in line, "the server does not start again"
    return process, line.split()[-1], time.monotonic() - started


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    data = folder / "data"
    (folder / "pw").write_text("a long password")
    subprocess.run([SERVER, "init", "--data", str(data), "--admin", "admin", "--password-file", str(folder / "pw")], check=True, capture_output=True)
    token = ""
    server, url, _ = serve()
    token = call("POST", "/api/session", {"username": "admin", "password": "a long password"})["token"]
    fields = [{"name": field, "type": "singleLineText"} for field in FIELDS] + [{"name": "files", "type": "multipleAttachments"}]
    base = call("POST", "/v0/meta/bases", {"name": "b", "tables": [{"name": "t", "fields": fields}]})["id"]
    table = f"/v0/{base}/t"
    clients, chance, slowest, acknowledged = [], random.Random(SEED), 0, 0
    for round_ in range(ROUNDS):
        fresh = [Client(round_ * 4 + i, SEED + round_ * 4 + i) for i in range(4)]
        for client in fresh:
            client.start()
        time.sleep(chance.uniform(0.05, 1.2))
        server.kill()
        server.wait()
        for client in fresh:
            client.join()
        checked = subprocess.run([SERVER, "check", "--data", str(data)], capture_output=True, text=True)
        assert checked.stdout == "no faults\n", (round_, checked.stdout, checked.stderr)
        server, url, seconds = serve()
        slowest = max(slowest, seconds)
        clients = (clients + fresh)[-40:]  # the last rounds are looked at again and again
        verify(clients)
        acknowledged += sum(client.counter for client in fresh)
    server.terminate()
    assert server.wait(20) == 0
    assert slowest < 3, slowest
print(f"{acknowledged} requests, slowest start {slowest:.2f} s")
print(f"{ROUNDS} passed, 0 failed")
