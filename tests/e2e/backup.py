#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backs a server up while people write, restores it elsewhere, and finds one state of it; then damages stores in every
way that `check` must notice."""
import json, os, pathlib, shutil, sqlite3, subprocess, sys, tempfile, threading, urllib.parse, urllib.request

SERVER = str(pathlib.Path(sys.argv[1]).resolve())


def run(*arguments, code=0):
    done = subprocess.run([SERVER, *map(str, arguments)], capture_output=True, text=True, timeout=120)
    assert done.returncode == code, (arguments, done.returncode, done.stdout, done.stderr)
    return done.stdout


def call(url, method, path, body=None, token=None, raw=None):
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = raw if raw is not None else json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(url + urllib.parse.quote(path, safe="/?=&%"), method=method, headers=headers, data=data)
    with urllib.request.urlopen(request, timeout=20) as reply:
        return json.loads(reply.read())


def serve(folder):
    process = subprocess.Popen([SERVER, "serve", "--data", str(folder), "--listen", "127.0.0.1:0"],
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return process, process.stdout.readline().split()[-1]


def stop(process):
    process.terminate()
    assert process.wait(20) == 0


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    data = folder / "data"
    (folder / "pw").write_text("a long password")
    run("init", "--data", data, "--admin", "admin", "--password-file", folder / "pw", "--demo")
    server, url = serve(data)
    token = call(url, "POST", "/api/session", {"username": "admin", "password": "a long password"})["token"]
    base = call(url, "GET", "/v0/meta/bases", token=token)["bases"][0]["id"]
    table = f"/v0/{base}/客户信息管理"
    bytes_of_file = os.urandom(200000)
    file = call(url, "POST", f"/api/{base}/attachments?name=photo.bin", token=token, raw=bytes_of_file)
    case = call(url, "GET", f"/v0/{base}/售后审批管理?pageSize=1", token=token)["records"][0]["id"]
    call(url, "PATCH", f"/v0/{base}/售后审批管理/{case}", {"fields": {"凭证": [{"id": file["id"]}]}}, token)
    first = next(iter(call(url, "GET", table + "?pageSize=1", token=token)["records"][0]["fields"]))

    written, ending = [], threading.Event()

    def write():
        while not ending.is_set():
            written.append(call(url, "POST", table, {"fields": {first: f"new {len(written)}"}}, token)["id"])

    writer = threading.Thread(target=write)
    writer.start()
    backups = []
    for n in range(5):
        before = len(written)
        assert "keys.json" in run("backup", "--data", data, "--to", folder / f"b{n}")
        backups.append((folder / f"b{n}", before, len(written) + 1))
        assert run("check", "--data", data) == "no faults\n"
    ending.set()
    writer.join()
    assert run("backup", "--data", data, "--to", folder / "b0", code=1) == ""  # never over another file
    assert not list(folder.glob("*.partial*"))
    stop(server)
    assert run("check", "--data", data) == "no faults\n"

    for path, before, after in backups:
        copy = folder / (path.name + "-restored")
        run("restore", "--data", copy, "--from", path)
        run("restore", "--data", copy, "--from", path, code=1)  # into an empty directory only
        assert run("check", "--data", copy, code=1).startswith("keys: ")  # no backup holds them
        shutil.copy(data / "keys.json", copy)
        assert run("check", "--data", copy) == "no faults\n"
        restored, url = serve(copy)
        token = call(url, "POST", "/api/session", {"username": "admin", "password": "a long password"})["token"]
        ids, offset = set(), ""
        while True:
            page = call(url, "GET", table + "?pageSize=100" + (f"&offset={offset}" if offset else ""), token=token)
            ids |= {record["id"] for record in page["records"]}
            offset = page.get("offset", "")
            if not offset:
                break
        there = [record in ids for record in written]
        count = sum(there)
        assert there == [True] * count + [False] * (len(there) - count), "one state: a beginning of what was written"
        assert before <= count <= after, (before, count, after)
        request = urllib.request.Request(f"{url}/api/attachments/{file['id']}", headers={"Authorization": f"Bearer {token}"})
        assert urllib.request.urlopen(request).read() == bytes_of_file
        stop(restored)
    timelines = {sqlite3.connect(p / "casebase.db").execute("SELECT value FROM setting WHERE key = 'timeline'").fetchone()[0]
                 for p in [data, *[folder / (b[0].name + "-restored") for b in backups]]}
    assert len(timelines) == len(backups) + 1

    (folder / "nothing").write_text("no backup at all")
    run("restore", "--data", folder / "x", "--from", folder / "nothing", code=1)
    assert not (folder / "x" / "casebase.db").exists()

    def damaged(what, damage):
        copy = folder / "damaged"
        shutil.copytree(data, copy)
        damage(copy)
        found = run("check", "--data", copy, code=1)
        assert what in found, (what, found)
        shutil.rmtree(copy)

    def sql(*statements):
        def damage(copy):
            connection = sqlite3.connect(copy / "casebase.db")
            for statement in statements:
                connection.execute(statement)
            connection.commit()
            connection.close()
        return damage

    name_of_table = sqlite3.connect(data / "casebase.db").execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'tbl%'").fetchone()[0]
    damaged("revision 7 is missing", sql("DELETE FROM commits WHERE revision = 7"))
    damaged("the chain breaks at revision 5", sql("UPDATE commits SET time = time + 1 WHERE revision = 5"))
    damaged("cannot be read", sql("UPDATE commits SET changes = x'00' WHERE revision = 9"))
    damaged("differs from the log", sql(f"UPDATE {name_of_table} SET modified = 5 WHERE slot = 3"))
    damaged("in the table", sql(f"DELETE FROM {name_of_table} WHERE slot = (SELECT MAX(slot) FROM {name_of_table})"))
    damaged("are of one request", sql("UPDATE commits SET (device, counter) = (SELECT device, counter FROM commits WHERE revision = 4) WHERE revision = 5"))
    damaged("requests are found", sql("UPDATE base SET indexed = indexed + 2"))
    damaged("is at revision", sql("UPDATE base SET revision = revision + 1"))
    damaged("is missing", lambda copy: [p.unlink() for p in (copy / "files").rglob("*") if p.is_file()])
    damaged("holds something else", lambda copy: [p.write_bytes(b"x") for p in (copy / "files").rglob("*") if p.is_file()])

    damaged("keys.json is not there", lambda copy: (copy / "keys.json").unlink())

    def tear(copy):
        path = copy / "casebase.db"
        body = bytearray(path.read_bytes())
        for page in range(40, len(body) // 4096, 9):
            body[page * 4096:page * 4096 + 200] = bytes(200)
        path.write_bytes(body)

    copy = folder / "damaged"
    shutil.copytree(data, copy)
    tear(copy)
    assert run("check", "--data", copy, code=1) != "no faults\n"
    refused = subprocess.run([SERVER, "serve", "--data", str(copy), "--listen", "127.0.0.1:0"], capture_output=True, text=True, timeout=60)
    assert refused.returncode == 1 and "damaged" in refused.stderr, refused.stderr
print(f"{len(backups) + 14} passed, 0 failed")
