#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens the store of every released version and finds all that was in it: records, history, people; and goes on writing.

tests/data/stores/NNNN.db.gz is a store whose last migration is NNNN, NNNN.json what its own server said of it."""
import gzip, json, pathlib, subprocess, sys, tempfile, urllib.parse, urllib.request

SERVER = pathlib.Path(sys.argv[1]).resolve()
STORES = pathlib.Path(__file__).resolve().parent.parent / "data" / "stores"


def call(url, method, path, body=None, token=None):
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(url + path, method=method, headers=headers,
                                     data=json.dumps(body).encode() if body is not None else None)
    with urllib.request.urlopen(request, timeout=20) as reply:
        return json.loads(reply.read())


def serve(folder):
    process = subprocess.Popen([str(SERVER), "serve", "--data", str(folder), "--listen", "127.0.0.1:0"],
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return process, process.stdout.readline().split()[-1]


def stop(process):
    process.terminate()
    assert process.wait(20) == 0


count = 0
for packed in sorted(STORES.glob("*.db.gz")):
    wanted = json.loads(packed.with_name(packed.name.replace(".db.gz", ".json")).read_text())
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "casebase.db").write_bytes(gzip.decompress(packed.read_bytes()))
        table = f"/v0/{wanted['base']}/{urllib.parse.quote('案件')}"
        edited = wanted["records"][1]["id"]
        history = f"/api/{wanted['base']}/{urllib.parse.quote('案件')}/{edited}/history"
        for start in range(2):  # the second start finds a store that is up to date
            process, url = serve(folder)
            token = call(url, "POST", "/api/session", {"username": "admin", "password": "a long password"})["token"]
            assert call(url, "GET", table, token=token)["records"] == wanted["records"], packed.name
            got = call(url, "GET", history, token=token)["history"]
            assert got == wanted["history"], (packed.name, got, wanted["history"])
            made = call(url, "POST", table, {"fields": {"title": "after"}}, token)
            assert made["fields"]["no"] == f"N-{13 + start:04}", made
            assert [e["kind"] for e in call(url, "GET", history.replace(edited, made["id"]), token=token)["history"]] == ["created"]
            call(url, "DELETE", f"{table}/{made['id']}", token=token)
            stop(process)
    count += 1
assert count > 0
print(f"{count} passed, 0 failed")
