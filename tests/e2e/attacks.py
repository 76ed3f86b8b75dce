#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input and attacks from outside, each against the real server: frames, sign-ins, tokens, rights, cursors, files. The
letters name the inputs of the project's list of attacks. After each the server still answers, and nothing has come into the
table.

Usage: attacks.py PROGRAMS [GROUP…]"""
import codecs, concurrent.futures, csv, http.client, io, json, os, pathlib, re, shutil, socket, sqlite3, ssl, struct, subprocess, sys
import tempfile, threading, time, unicodedata, urllib.parse, urllib.request
from rig import Agent, PASSWORD, Refused, STARTED, Server


def connected(server):
    made = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def heard(connection, until=b"", timeout=20):
    """What comes until the end of the connection, or until those bytes are there."""
    connection.settimeout(timeout)
    data = b""
    try:
        while not until or until not in data:
            part = connection.recv(65536)
            if not part:
                break
            data += part
    except (ConnectionError, socket.timeout):
        pass
    return data


def frame(payload, opcode=1, fin=True, masked=True, rsv=0, length=None):
    head = bytes([(0x80 if fin else 0) | rsv << 4 | opcode])
    size = len(payload) if length is None else length
    bit = 0x80 if masked else 0
    head += bytes([bit | size]) if size < 126 else bytes([bit | 126]) + struct.pack(">H", size) if size < 65536 \
        else bytes([bit | 127]) + struct.pack(">Q", size)
    return head + (b"\0\0\0\0" if masked else b"") + payload


class WebSocket:
    def __init__(self, server, headers=""):
        self.connection = connected(server)
        self.connection.sendall(f"GET /sync HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{headers}"
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                                "Sec-WebSocket-Protocol: casebase.v1+json\r\n\r\n".encode())
        self.rest = b""
        while b"\r\n\r\n" not in self.rest:
            part = self.connection.recv(65536)
            if not part:
                break
            self.rest += part
        self.status = int(self.rest[9:12] or 0)
        self.rest = self.rest.partition(b"\r\n\r\n")[2]

    def send(self, message):
        self.connection.sendall(frame(json.dumps(message).encode() if not isinstance(message, bytes) else message))

    def frames(self, wanted=None, timeout=20):
        """(opcode, payload) of each frame, until one for which `wanted` is true, or the end."""
        self.connection.settimeout(timeout)
        found = []
        while True:
            while len(self.rest) >= 2:
                size, at = self.rest[1] & 127, 2
                if size > 125:
                    wide = 2 if size == 126 else 8
                    if len(self.rest) < 2 + wide:
                        break
                    size, at = int.from_bytes(self.rest[2:2 + wide], "big"), 2 + wide
                if len(self.rest) < at + size:
                    break
                each = (self.rest[0] & 15, self.rest[at:at + size])
                found.append(each)
                self.rest = self.rest[at + size:]
                if wanted and wanted(each):
                    return found
            try:
                part = self.connection.recv(65536)
            except (ConnectionError, socket.timeout):
                part = b""
            if not part:
                return found
            self.rest += part

    def until(self, kind, timeout=20):
        for opcode, payload in self.frames(lambda each: each[0] == 1 and json.loads(each[1])["t"] == kind, timeout)[-1:]:
            if opcode == 1 and json.loads(payload)["t"] == kind:
                return json.loads(payload)

    def hello(self, server, number, token=None):
        self.send({"t": "hello", "protocol": 1, "device": device(number), "token": server.token if token is None else token})


def device(number):
    return "dev" + f"{number:014d}"


def code(frames):
    """The code of the closing frame, or nothing if the connection just ended."""
    return next((struct.unpack(">H", payload[:2])[0] for opcode, payload in frames if opcode == 8 and len(payload) > 1), None)


def resident(server):
    return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{server.process.pid}/status").read_text())[1])


def refused(server, method, path, body=None, token=None):
    """The status and the text of a refusal; (200, …) if it was none."""
    kept, server.token = server.token, server.token if token is None else token
    try:
        return 200, json.dumps(server.call(method, path, body))
    except Refused as refusal:
        return refusal.status, refusal.body
    finally:
        server.token = kept


def answers(server):
    assert server.call("GET", "/healthz")["status"] == "ok"
    assert not server.records(), "something came into the table"


def a01_texts_before_hello(server, root):
    for text in (b"", b"hello", b"{", b"[]", b"null", b"42", b'"x"', b'{"t":null}', b'{"t":{"a":1}}', b'{"t":"nonsense"}',
                 b'{"t":"hello"}', b'{"t":"hello","protocol":99,"token":"x"}', b'{"t":"submit"}', b"\xff\xfe"):
        other = WebSocket(server)
        bad = WebSocket(server)
        bad.send(text)
        said = bad.frames()
        assert code(said) in (1002, 1007, 1008) or not said or b'"failure"' in said[0][1], (text, said)
        other.hello(server, 1)
        assert other.until("welcome"), "others were disturbed"


def a02_states_are_not_skipped(server, root):
    def ended(link):
        return code(link.frames(lambda each: each[0] == 8)) is not None

    for message in ({"t": "open", "base": server.base}, {"t": "presence", "base": server.base},
                    {"t": "submit", "base": server.base, "id": {"device": device(2), "counter": 1}, "request": [0, {}]}):
        early = WebSocket(server)
        early.send(message)
        assert ended(early), message
    twice = WebSocket(server)
    twice.hello(server, 3)
    assert twice.until("welcome")
    twice.hello(server, 4)
    assert twice.until("failure"), "a second hello is not refused"
    binary = WebSocket(server)
    binary.connection.sendall(frame(b"\xa1at\x01", opcode=2))
    assert ended(binary)
    silent = WebSocket(server)
    began = time.monotonic()
    assert ended(silent) and 4 < time.monotonic() - began < 8, "who says nothing stays"


def a04_sizes(server, root):
    before = resident(server)
    links = []
    for _ in range(10):
        large = WebSocket(server)
        try:
            large.connection.sendall(frame(b"x" * (10 << 20)))
        except ConnectionError:
            pass
        links.append(large)
        parts = WebSocket(server)
        try:
            for i in range(1000):
                parts.connection.sendall(frame(b"x" * 65536, opcode=0 if i else 1, fin=False))
        except ConnectionError:
            pass
        links.append(parts)
        huge = WebSocket(server)
        huge.connection.sendall(frame(b"", length=1 << 63))
        links.append(huge)
    for link in links:
        said = link.frames()
        assert code(said) in (1002, 1009, None), said
    assert resident(server) - before < 30 * 2048, (before, resident(server))


def a07_browsers(server, root):
    for origin in ("https://evil.example", "null", f"http://127.0.0.1:{server.port}", "https://good@evil"):
        assert WebSocket(server, f"Origin: {origin}\r\n").status >= 400, origin
    assert WebSocket(server, f"oRiGiN: x\r\nCookie: token={server.token}\r\n").status >= 400
    assert WebSocket(server).status == 101


def a08_frames_that_break_rules(server, root):
    hello = json.dumps({"t": "hello", "protocol": 1, "device": device(5), "token": server.token}).encode()
    bad = {
        "reserved bits": frame(hello, rsv=4),
        "a reserved kind": frame(hello, opcode=3),
        "a control frame in parts": frame(b"x", opcode=9, fin=False),
        "a ping of 126 bytes": frame(b"x" * 126, opcode=9),
        "a part without a beginning": frame(hello, opcode=0),
        "bytes that are no UTF-8": frame(b'{"t":"\xff"}'),
        "UTF-8 cut in two": frame(b'{"t":"\xe4', fin=False) + frame(b'\xff"}', opcode=0),
        "a text in a text": frame(b"{", fin=False) + frame(hello),
        "an end of one byte": frame(b"x", opcode=8),
        "an end of a forbidden kind": frame(struct.pack(">H", 1005), opcode=8),
        "no frame": b"\x16\x03\x01" * 50,
    }
    for name, raw in bad.items():
        link = WebSocket(server)
        link.connection.sendall(raw)
        said = link.frames(lambda each: each[0] == 8 or b"welcome" in each[1], timeout=8)
        assert not any(b"welcome" in payload for _, payload in said), (name, "was taken as a message")
    after = WebSocket(server)
    after.connection.sendall(frame(b"", opcode=8) + frame(hello))
    assert not any(b"welcome" in payload for _, payload in after.frames(timeout=8)), "read on after the end"


def a10_requests(server, root):
    smuggled = f"POST {server.table} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.token}\r\nContent-Length: 40\r\n\r\n" \
        + json.dumps({"fields": {"title": "smuggled in"}}).ljust(40)
    for name, request in {
        "two lengths": "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 0\r\n\r\n",
        "length and chunks": "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "a folded header": "GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\nContent-Length\r\n : 0\r\n\r\n",
        "a long address": "GET /" + "a" * 9000 + " HTTP/1.1\r\nHost: x\r\n\r\n",
        "many headers": "GET /healthz HTTP/1.1\r\nHost: x\r\n" + "".join(f"X{i}: {'y' * 60}\r\n" for i in range(300)) + "\r\n",
        "an unknown coding": "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
    }.items():
        connection = connected(server)
        connection.sendall((request + smuggled).encode())
        reply = heard(connection, timeout=8)
        assert reply[9:10] == b"4" and reply.count(b"HTTP/1.1 ") == 1, (name, reply[:300])


def b02_who_exists_is_not_told(server, root):
    subprocess_user(server, root, "lina")

    def timing(name):
        began = time.monotonic()
        said = refused(server, "POST", "/api/session", {"username": name, "password": "not the password"})
        return time.monotonic() - began, said

    known, unknown = [], []
    for i in range(4):  # five in a minute, then it waits
        known.append(timing("lina"))
        unknown.append(timing(f"nobody{i}"))
    assert {said for _, said in known} == {said for _, said in unknown}, (known, unknown)
    left, right = min(t for t, _ in known), min(t for t, _ in unknown)  # what else runs here only adds
    assert abs(left - right) < max(0.02, 0.3 * left), (left, right)
    assert left > 0.02, "no hash was made"


def subprocess_user(server, root, name, *more):
    word = root / "word"
    word.write_text(PASSWORD)
    server.run("user", "add", name, "--data", server.data, "--password-file", word, *more)


def signed_in(server, name, password=PASSWORD):
    return server.call("POST", "/api/session", {"username": name, "password": password})["token"]


def b04_sessions_end(server, root):
    subprocess_user(server, root, "mei")
    others = [signed_in(server, "mei") for _ in range(3)]
    own = signed_in(server, "mei")
    link = WebSocket(server)
    link.hello(server, 6, others[0])
    assert link.until("welcome")
    assert refused(server, "POST", "/api/users/mei/password", {"password": "another long one"}, own)[0] == 403, "not by everybody"
    changed = refused(server, "POST", "/api/users/mei/password", {"password": "another long one"})
    assert changed[0] == 200, changed
    for token in others:
        assert refused(server, "GET", "/api/me", token=token)[0] == 401
    assert code(link.frames(lambda each: each[0] == 8)) == 4001
    assert refused(server, "POST", "/api/session", {"username": "mei", "password": PASSWORD})[0] == 401


def b06_passwords(server, root):
    def made(name, password):
        return refused(server, "POST", "/api/users", {"username": name, "name": name, "password": password})[0]

    for i, bad in enumerate(("", "x", "123456789", "x" * 257, "x" * (1 << 20), "zero\0zero zero", "é" * 200)):
        assert made(f"bad{i}", bad) in (413, 422), bad[:20]
    for i, good in enumerate(("a" * 100, " spaces around ", "😀😀😀😀😀😀😀😀😀😀", "caf\u00e9 caf\u00e9 caf\u00e9")):
        assert made(f"good{i}", good) == 200, good
        assert signed_in(server, f"good{i}", good)
    assert signed_in(server, "good3", "cafe\u0301 cafe\u0301 cafe\u0301"), "the same word in another form"
    assert refused(server, "POST", "/api/session", {"username": "good1", "password": "spaces around"})[0] == 401
    assert refused(server, "POST", "/api/session", {"username": "good0", "password": "a" * 99})[0] == 401


def b07_what_lies_on_disk_opens_nothing(server, root):
    copy = root / "stolen.db"
    source = sqlite3.connect(server.data / "casebase.db")
    with sqlite3.connect(copy) as target:
        source.backup(target)
    values = set()
    for (table,) in target.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 't\\_%' ESCAPE '\\'").fetchall():
        for row in target.execute(f'SELECT * FROM "{table}"'):
            values |= {str(value) for value in row if isinstance(value, str) and 8 <= len(value) <= 200}
    assert values and not any(server.token in value for value in values)
    for value in values:
        if value.isascii() and value.isprintable():
            assert refused(server, "GET", "/api/me", token=value)[0] == 401, value


def b10_headers_of_proxies(server, root):
    statuses = []
    for i in range(12):
        connection = connected(server)
        body = json.dumps({"username": "someone", "password": "wrong"})
        connection.sendall(f"POST /api/session HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 10.0.0.{i}\r\nX-Forwarded-User: admin\r\n"
                           f"Forwarded: for=10.0.0.{i}\r\nX-Real-IP: 10.0.0.{i}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode())
        statuses.append(heard(connection)[9:12])
    assert b"429" in statuses and b"200" not in statuses, statuses
    connection = connected(server)
    connection.sendall(b"GET /api/me HTTP/1.1\r\nHost: x\r\nX-Forwarded-User: admin\r\nConnection: close\r\n\r\n")
    assert heard(connection)[9:12] == b"401"


def routes(server):
    """Every call that the server describes, with this base's names for the parts of its path."""
    described = json.loads(json.dumps(server.call("GET", "/api/openapi.json")))
    names = {"base": server.base, "table": "t", "record": "recAAAAAAAAAAAAAA", "field": "title", "view": "全部", "user": "admin",
             "workflow": "check", "task": "tskAAAAAAAAAAAAAA", "verb": "approve", "instance": "insAAAAAAAAAAAAAA", "file": "filAAAAAAAAAAAAAA"}
    for path, verbs in described["paths"].items():
        for verb, call in verbs.items():
            yield verb.upper(), re.sub(r"{(\w+)}", lambda part: names[part[1]], path), path, call.get("security") == []


def state(server):
    """What must not change: everything that the owner sees, and all people."""
    return (server.call("GET", f"/v0/meta/bases/{server.base}/tables"), server.records(), server.call("GET", "/api/users"),
            server.call("GET", f"/api/{server.base}/members"), server.call("GET", f"/api/{server.base}/changes")["revision"])


BODY = {"fields": {"title": "x"}, "records": [{"fields": {"title": "x"}}], "name": "x", "type": "singleLineText", "username": "x",
        "password": "a long enough one", "tables": [], "nodes": []}


def c10_calls_by_role(server, root):
    subprocess_user(server, root, "stranger")
    stranger = signed_in(server, "stranger")
    before = state(server)
    counted = 0
    for method, path, described, _ in routes(server):
        if described in ("/healthz", "/metrics", "/api/openapi.json"):
            continue
        counted += 1
        if (method, described) != ("POST", "/api/session"):
            assert refused(server, method, path, {} if method != "GET" else None, token="")[0] == 401, (method, path, "without a token")
        if described in ("/api/session", "/api/me", "/api/tasks", "/v0/meta/bases") or "{file}" in path:
            continue
        for sent in ({}, BODY) if method != "GET" else (None,):
            status, text = refused(server, method, path, sent, stranger)
            assert status in (403, 404, 409, 422), (method, path, status, text[:200])
            assert server.base not in text and "title" not in text.replace('\\"title\\"', ""), (method, path, text[:200])
    assert counted > 30, counted
    assert state(server) == before, "somebody without rights left a trace"


def writing_routes(server):
    for method, path, described, _ in routes(server):
        asks = method == "POST" and described.endswith(("/listRecords", "/query"))
        if method != "GET" and not asks and described not in ("/api/session", "/v0/meta/bases"):
            yield method, path


def submitted(server, number, token, base, operations):
    """What the server says to these operations, sent as a client sends them."""
    link = WebSocket(server)
    link.hello(server, number, token)
    assert link.until("welcome")
    link.send({"t": "open", "base": base})
    link.send({"t": "submit", "base": base, "id": {"device": device(number), "counter": 1}, "request": [0, {"operations": operations}]})
    said = link.frames(lambda f: f[0] == 8 or f[0] == 1 and json.loads(f[1])["t"] in ("accepted", "rejected", "failure"), timeout=5)
    return next((json.loads(payload) for opcode, payload in said if opcode == 1 and json.loads(payload)["t"] in
                 ("accepted", "rejected", "failure")), {"t": "closed"})


def operations_of(table, user):
    """One of each kind that a client could send, by number."""
    record = {"id": "recAAAAAAAAAAAAAA"}
    yield [0, {"table": table, "records": [record]}]
    yield [1, {"table": table, "cells": [{"record": record["id"], "field": "fldAAAAAAAAAAAAAA", "value": "x"}]}]
    yield [2, {"table": table, "records": [record["id"]]}]
    yield [3, {"table": table, "records": [record["id"]]}]
    yield [4, {"table": {"id": "tblAAAAAAAAAAAAAA", "name": "mine"}}]
    yield [5, {"table": table, "field": {"id": "fldAAAAAAAAAAAAAA", "name": "mine"}}]
    yield [6, {"table": table, "view": {"id": "viwAAAAAAAAAAAAAA", "name": "mine"}}]
    yield [7, {"table": table, "view": "viwAAAAAAAAAAAAAA"}]
    yield [8, {"table": table, "workflow": {"id": "wflAAAAAAAAAAAAAA", "name": "mine"}}]
    yield [9, {"person": {"id": user, "username": "x", "name": "x", "role": 0}}]
    yield [10, {"instance": {"id": "insAAAAAAAAAAAAAA", "table": table, "record": record["id"]}}]


def c02_readers_write_nothing(server, root):
    subprocess_user(server, root, "reader")
    reader = signed_in(server, "reader")
    user = next(each["id"] for each in server.call("GET", "/api/users")["users"] if each["username"] == "reader")
    members = server.call("GET", f"/api/{server.base}/members")["members"]
    server.call("PUT", f"/api/{server.base}/members", {"members": members + [{"user": user, "role": "reader"}]})
    before = state(server)
    assert refused(server, "GET", server.table, token=reader)[0] == 200
    for method, path in writing_routes(server):
        for sent in ({}, BODY):
            status, text = refused(server, method, path, sent, reader)
            assert status in (403, 404, 409, 422), (method, path, status, text[:200])
    table = before[0]["tables"][0]["id"]
    for number, operation in enumerate(operations_of(table, user)):
        answer = submitted(server, 100 + number, reader, server.base, [operation])
        assert answer["t"] == "rejected" and answer["error"]["code"] == 3, (operation, answer)  # Forbidden
    assert state(server) == before, "a reader left a trace"
    server.call("PUT", f"/api/{server.base}/members", {"members": members})


def c06_secrets_of_tokens_are_told_once(server, root):
    def listed():
        return server.run("token", "list", "--data", server.data, "--user", "admin").stdout

    before = listed().splitlines()
    secret = server.run("token", "create", "--data", server.data, "--user", "admin", "--scope", "read").stdout.split()[-1]
    assert refused(server, "GET", "/api/me", token=secret)[0] == 200
    added = [line.split()[0] for line in listed().splitlines() if line not in before]
    assert len(added) == 1, added
    seen = listed() + "".join(json.dumps(server.call("GET", path)) for path in
                            ("/api/users", "/api/me", f"/api/{server.base}/members", f"/v0/meta/bases/{server.base}/tables"))
    assert secret not in seen and secret.rpartition("_")[2] not in seen
    server.run("token", "revoke", "--data", server.data, "--user", "admin", added[0])
    assert refused(server, "GET", "/api/me", token=secret)[0] == 401


def c08_owners_of_another_base(server, root):
    subprocess_user(server, root, "owner")
    owner = signed_in(server, "owner")
    user = next(each["id"] for each in server.call("GET", "/api/users")["users"] if each["username"] == "owner")
    kept, server.token = server.token, owner
    own = server.call("POST", "/v0/meta/bases", {"name": "own", "tables": [{"name": "t", "fields": [{"name": "title", "type": "singleLineText"}]}]})["id"]
    table = server.call("GET", f"/v0/meta/bases/{own}/tables")["tables"][0]["id"]
    server.token = kept
    before = state(server)
    foreign = before[0]["tables"][0]["id"]
    for method, path in writing_routes(server):
        for sent in ({}, BODY, {"members": [{"user": user, "role": "owner"}]}):
            status, text = refused(server, method, path, sent, owner)
            assert status in (403, 404, 409, 422), (method, path, status, text[:200])
    for number, operation in enumerate(operations_of(foreign, user)):
        for base in (server.base, own):  # into the other base, and what belongs to it through one's own
            if base == own and operation[0] == 9:
                continue  # their own base, and themselves
            answer = submitted(server, 200 + number + (50 if base == own else 0), owner, base, [operation])
            assert answer["t"] in ("rejected", "failure"), (operation, base, answer)
    # Nor does the owner write what only the server makes.
    answer = submitted(server, 300, owner, own, [[10, {"instance": {"id": "insAAAAAAAAAAAAAA", "table": table, "record": "recAAAAAAAAAAAAAA"}}]])
    assert answer["t"] == "rejected" and answer["error"]["code"] == 3, answer
    assert state(server) == before, "the owner of another base left a trace"


def c07_tokens_of_less(server, root):
    reading = server.run("token", "create", "--data", server.data, "--user", "admin", "--scope", "read").stdout.split()[-1]
    before = state(server)
    assert refused(server, "GET", server.table, token=reading)[0] == 200
    for method, path in [*writing_routes(server), ("POST", "/v0/meta/bases")]:
        for sent in ({}, BODY):
            status, text = refused(server, method, path, sent, reading)
            assert status in (403, 404, 409, 422), (method, path, status, text[:200])
    assert state(server) == before
    table = server.call("GET", f"/v0/meta/bases/{server.base}/tables")["tables"][0]["id"]
    link = WebSocket(server)
    link.hello(server, 7, reading)
    if link.until("welcome", timeout=5):
        link.send({"t": "open", "base": server.base})
        link.send({"t": "submit", "base": server.base, "id": {"device": device(7), "counter": 1},
                   "request": [0, {"operations": [[0, {"table": table, "records": [{"id": "recAAAAAAAAAAAAAA"}]}]]}]})
        answer = link.until("rejected", timeout=5)
        assert answer and answer["error"]["code"] == 3, answer  # Forbidden
    assert state(server) == before


FIELDS = [{"name": "title", "type": "singleLineText"}, {"name": "text", "type": "multilineText"},
          {"name": "number", "type": "number", "options": {"precision": 2}}, {"name": "day", "type": "date"},
          {"name": "moment", "type": "dateTime"}, {"name": "one", "type": "singleSelect", "options": {"choices": [{"name": "a"}, {"name": "b"}]}},
          {"name": "some", "type": "multipleSelects", "options": {"choices": [{"name": "a"}, {"name": "b"}]}},
          {"name": "done", "type": "checkbox"}, {"name": "who", "type": "singleCollaborator"}, {"name": "files", "type": "multipleAttachments"},
          {"name": "made", "type": "createdTime"}, {"name": "price", "type": "currency", "options": {"precision": 2, "symbol": "€"}},
          {"name": "share", "type": "percent", "options": {"precision": 1}}, {"name": "stars", "type": "rating", "options": {"max": 7}},
          {"name": "far", "type": "progress"}, {"name": "took", "type": "duration", "options": {"durationFormat": "h:mm:ss"}},
          {"name": "mail", "type": "email"}, {"name": "page", "type": "url"}, {"name": "phone", "type": "phoneNumber"}]


def scratch(server, name):
    """A base of its own with a table that has a field of each kind, as the start of the address of its records."""
    base = server.call("POST", "/v0/meta/bases", {"name": name, "tables": [{"name": "t", "fields": FIELDS}]})["id"]
    return base, f"/v0/{base}/t"


def e09_limits(server, root):
    base, table = scratch(server, "limits")
    fields = f"/v0/meta/bases/{base}/tables/t/fields"
    for asked, path, body in (
            ("200", fields, {"name": "x" * 201, "type": "singleLineText"}),
            ("2000", fields, {"name": "many", "type": "singleSelect", "options": {"choices": [{"name": str(i)} for i in range(2001)]}}),
            ("262144", table, {"fields": {"title": "x" * 262145}}), ("262144", table, {"fields": {"text": "\U0001f600" * 131073}})):
        status, text = refused(server, "POST", path, body)
        assert status in (413, 422) and asked in text, (asked, status, text[:300])
    for number in range(500 - len(FIELDS)):
        server.call("POST", fields, {"name": f"f{number}", "type": "number", "options": {"precision": 0}})
    status, text = refused(server, "POST", fields, {"name": "one more", "type": "singleLineText"})
    assert status == 422 and "500" in text, text
    assert not server.call("GET", table)["records"]
    # A whole record at the limits goes in, and comes back.
    wide = {f"f{number}": number for number in range(500 - len(FIELDS))} | {"title": "x" * 262144, "text": "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 1000}
    record = server.call("POST", table, {"fields": wide})
    assert server.call("GET", f"{table}/{record['id']}")["fields"].items() >= wide.items()


def f04_values_that_are_none(server, root):
    base, table = scratch(server, "values")
    wrong = {"day": ["2025-02-30", "24:00", "0000-01-01", "10000-01-01", "1/2/03", 1e15, "x", True, [], {}],
             "moment": ["2025-02-28T24:00:00Z", "2025-02-30T10:00:00Z", "2025-03-30T02:30:00+25:00", 1700000000000, "2016-12-31T23:59:60Z"],
             "number": ["1e400", "one", True, [], {}, "1,2,3"], "done": ["maybe", 2, []], "one": ["z", ["a"], {}, 1],
             "some": [["z"], "a", [1], [["a"]], {}], "who": [{"id": "usrAAAAAAAAAAAAAA"}, "nobody", [], 5],
             "files": [[{"id": "attAAAAAAAAAAAAAA"}], [{"url": "file:///etc/passwd"}], "x", [1], {}], "title": ["\0", "\ud800", [], {}],
             "made": ["2025-01-01T00:00:00.000Z"], "price": ["€5", "1e400", True], "share": ["5%", []], "stars": [8, 2.5, -1, "3"], "far": [101, -1],
             "took": ["1:30", {}], "mail": ["nobody", "a@b", 5], "page": ["no link", "word"], "phone": ["call me", "1" * 21, 110], "nothing": ["x"], "recAAAAAAAAAAAAAA": ["x"]}
    revision = server.call("GET", f"/api/{base}/changes")["revision"]
    for field, values in wrong.items():
        for value in values:
            # Beside a good value, which must not go in alone.
            status, text = refused(server, "POST", table, {"records": [{"fields": {"title": "good"}}, {"fields": {field: value}}]})
            assert 400 <= status < 500 and json.loads(text)["error"]["message"], (field, value, status, text)
    assert server.call("GET", f"/api/{base}/changes")["revision"] == revision and not server.call("GET", table)["records"]
    # A text stays what it was: composed, and nothing hidden taken away.
    for given in ("e\u0301", "İıß", "１２３", "a\u200bb", "gpj.exe\u202egnp", "z" + "\u0335" * 1000):
        made = server.call("POST", table, {"fields": {"title": given}})
        assert server.call("GET", f"{table}/{made['id']}")["fields"]["title"] == unicodedata.normalize("NFC", given), given


def f10_ids_that_clash(server, root):
    """A database does not see the case of names, and all tables lie in one: nothing of others fails for that."""
    other, _ = scratch(server, "clash")
    taken = server.call("GET", f"/v0/meta/bases/{other}/tables")["tables"][0]["id"]
    fields = [{"id": "fldAAAAAAAAAAAAAA", "name": "a"}, {"id": "fldAAAAAAAAAAAAAa", "name": "b"}]
    tables = [{"id": taken, "name": "taken", "fields": fields[:1]},
              {"id": taken[:3] + taken[3:].swapcase(), "name": "taken", "fields": fields[:1]},
              {"id": "tblCLASHCLASHAAA0", "name": "twins", "fields": fields},
              {"id": "tblCLASHCLASHAAA1", "name": "the same twice", "fields": fields[:1] * 2}]
    for number, table in enumerate(tables):
        said = submitted(server, 900 + number, server.token, server.base, [[4, {"table": table}]])
        assert said["t"] == "rejected" and said["error"]["code"] == 1, (table, said)
    server.call("POST", f"/v0/meta/bases/{other}/tables", {"name": "one", "fields": [{"name": "a", "type": "singleLineText"}]})
    one = server.call("GET", f"/v0/meta/bases/{other}/tables")["tables"][-1]
    twin = one["fields"][0]["id"]
    field = {"id": twin[:3] + twin[3:].swapcase(), "name": "b"}
    said = submitted(server, 911, server.token, other, [[5, {"table": one["id"], "field": field}]])
    assert said["t"] == "rejected" and said["error"]["code"] == 1, said


def f06_links(server, root):
    """Links lead to records of their table only, and both ends stay alike whatever is sent."""
    base, table = scratch(server, "links")
    meta = f"/v0/meta/bases/{base}/tables"
    there = server.call("POST", meta, {"name": "customers", "fields": [{"name": "name", "type": "singleLineText"}, {"name": "phone", "type": "phoneNumber"}]})
    server.call("POST", f"{meta}/t/fields", {"name": "customer", "type": "multipleRecordLinks",
                                             "options": {"linkedTableId": there["id"], "prefersSingleRecordLink": True}})
    server.call("POST", f"{meta}/t/fields", {"name": "call", "type": "formula", "options": {"formula": "{customer}.{phone}"}})
    server.call("POST", f"{meta}/customers/fields", {"name": "cases", "type": "formula", "options": {"formula": "COUNTLINKS({t})"}})
    customers = f"/v0/{base}/customers"
    one, two = (server.call("POST", customers, {"fields": {"name": name, "phone": f"+86 138 0000 000{name}"}})["id"] for name in "12")
    case = server.call("POST", table, {"fields": {"title": "x", "customer": [one]}})["id"]
    fields = lambda path: server.call("GET", path)["fields"]
    assert fields(f"{table}/{case}")["call"] == "+86 138 0000 0001" and fields(f"{customers}/{one}")["cases"] == 1
    before = fields(f"{table}/{case}")
    for bad in (["recAAAAAAAAAAAAAA"], [case], [one, two], [one, case], "x", [1], [{"id": "x"}], {"id": one}, 7, True, [[]]):
        assert refused(server, "PATCH", f"{table}/{case}", {"fields": {"customer": bad}})[0] == 422, bad
    assert refused(server, "PATCH", f"{customers}/{two}", {"fields": {"t": [case]}})[0] == 422  # it has a customer
    assert fields(f"{table}/{case}") == before
    server.call("DELETE", f"{customers}/{one}")
    assert "customer" not in fields(f"{table}/{case}") and "call" not in fields(f"{table}/{case}")
    assert refused(server, "PATCH", f"{table}/{case}", {"fields": {"customer": [one]}})[0] == 422
    server.call("POST", f"/api/{base}/trash/restore", {"table": there["id"], "records": [one]})
    assert fields(f"{table}/{case}") == before
    server.call("PATCH", f"{table}/{case}", {"fields": {"customer": ["2"]}, "typecast": True})  # by name
    assert fields(f"{table}/{case}")["customer"] == [two]
    assert refused(server, "PATCH", f"{table}/{case}", {"fields": {"customer": ["nobody"]}, "typecast": True})[0] == 422
    server.call("PATCH", f"{table}/{case}", {"fields": {"customer": [one]}})
    done = server.call("POST", f"/api/{base}/t/import", raw="title,customer\ny,2\nz,nobody\n".encode())
    assert len(done["faults"]) == 1 and len(fields(f"{customers}/{two}")["t"]) == 1, done
    server.call("PATCH", f"{customers}/{two}", {"fields": {"t": []}})
    server.call("PATCH", f"{customers}/{one}", {"fields": {"t": None}})
    server.call("PATCH", f"{customers}/{two}", {"fields": {"t": [case, case]}})
    assert fields(f"{table}/{case}")["customer"] == [two] and fields(f"{customers}/{two}")["t"] == [case]
    assert [found["id"] for found in server.call("GET", f"{table}?filterByFormula={{customer}}='2'")["records"]] == [case]
    circle = refused(server, "PATCH", f"{meta}/customers/fields/phone", {"type": "formula", "options": {"formula": "ARRAYJOIN({t}.{call})"}})
    assert circle[0] == 422 and "reads itself" in circle[1], circle
    server.call("DELETE", f"{meta}/customers/fields/t")
    assert all(field["name"] != "customer" for field in server.call("GET", meta)["tables"][0]["fields"])


def f09_shapes_of_json(server, root):
    _, table = scratch(server, "shapes")
    for raw in (b'{"fields":' * 40 + b"1" + b"}" * 40, b"[" * 100000, b'{"fields":{"title":"a","title":"b"}}', b'{"fields":{"number":1e400}}',
                b'{"fields":{"title":"a"}} x', b'{"fields":{"title":"\xff"}}', b'{"fields":{"title":"\\ud800"}}', b"", b"null", b"[]", b'"x"', b"{",
                b'{"records":[' + b"{}," * 400001 + b"{}]}"):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        connection.request("POST", table, raw, {"Content-Type": "application/json", "Authorization": f"Bearer {server.token}"})
        reply = connection.getresponse()
        text = reply.read()
        assert 400 <= reply.status < 500 and json.loads(text)["error"]["message"], (raw[:60], reply.status, text[:200])
        connection.close()
    assert not server.call("GET", table)["records"]


def i05_names_and_types_of_files(server, root):
    base, table = scratch(server, "files")
    wanted = {"../../etc/passwd": "passwd", "..\\..\\x": "x", "a/b": "b", "C:\\x": "x", "CON": "_CON", "aux.txt": "_aux.txt", ".": "file", "..": "file",
              "a\nb": "ab", ".hidden": "hidden", "tail. ": "tail", "😀.png": "😀.png", "gpj.exe\u202egnp.txt": "gpj.exegnp.txt",
              '"><img src=x onerror=1>.png': "___img src=x onerror=1_.png", 'x"\r\nSet-Cookie: a=b.png': "x_Set-Cookie_ a=b.png",
              "x" * 300 + ".png": "x" * 196 + ".png", "%2e%2e%2fx": "%2e%2e%2fx", "-rf": "-rf", "客户 名单.xlsx": "客户 名单.xlsx"}
    types = ["text/html", "image/svg+xml", "text/html;image/png", "text/html\tx", "", "x" * 300]
    for number, (given, kept) in enumerate(wanted.items()):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        bearer = {"Authorization": f"Bearer {server.token}"}
        connection.request("POST", f"/api/{base}/attachments?name={urllib.parse.quote(given)}", b"<script>alert(1)</script>",
                           bearer | {"Content-Type": types[number % len(types)]})
        made = json.loads(connection.getresponse().read())
        assert made["filename"] == kept, (given, made)
        connection.request("GET", f"/api/attachments/{made['id']}", headers=bearer)
        reply = connection.getresponse()
        assert reply.read() == b"<script>alert(1)</script>"
        said = {name.lower(): value for name, value in reply.getheaders()}
        assert said["content-type"] == "application/octet-stream" and said["x-content-type-options"] == "nosniff" and "set-cookie" not in said, said
        assert said["content-disposition"].startswith("attachment") and "sandbox" in said["content-security-policy"], said
        connection.close()
        # In a cell it is what was sent, whatever else the call says.
        record = server.call("POST", table, {"fields": {"files": [{"id": made["id"], "filename": "other.exe", "size": 1}]}})
        attached, = record["fields"]["files"]
        assert (attached["filename"], attached["size"]) == (kept, 25), attached
    elsewhere, other = scratch(server, "no files")
    status, text = refused(server, "POST", other, {"fields": {"files": [{"id": made["id"]}]}})
    assert status == 422 and made["id"] in text, (status, text)  # a file of another base


# A sanitizer makes it slow, and keeps memory.
SLOWER = 8 if "asan" in str(pathlib.Path(sys.argv[1]).resolve()) or "tsan" in str(pathlib.Path(sys.argv[1]).resolve()) else 1


def e06_formulas_that_explode(server, root):
    _, table = scratch(server, "formulas")
    server.call("POST", table, {"fields": {"title": "x" * 1000, "number": 1}})
    doubled = twice = "{title}"
    for _ in range(60):
        doubled = f'SUBSTITUTE({doubled},"x","xx")'
    for _ in range(12):
        twice = f"CONCATENATE({twice},{twice})"
    many = "1" + "0" * 9
    before = resident(server)
    for formula in ("(" * 100000, "(" * 60000, "IF(1," * 10000 + "1" + ",0)" * 10000, "IF(1," * 8000 + "1" + ",0)" * 8000, "1+" * 500000 + "1",
                    "1+" * 32000 + "1", f'LEN(REPT("x",{many}))', f'REPT(REPT(REPT("x",{many}),{many}),{many})', f"LEN({doubled})", twice, f"LEN({twice})",
                    "-" * 60000 + "1", "NOT(" * 5000 + "1" + ")" * 5000, "LEN(\0)", "SYSTEM('x')", "{no such field}", '"' + "x" * 65000 + '"="x"',
                    f'REPLACE("x",1,{many * 9},"y")', f"MID({{title}},0-{many * 30},{many * 30})", f"LEFT({{title}},{many * 40})", "1/0", "1e9",
                    f"POWER({many * 30},{many * 30})", "IF(" * 60 + "1" + ",1,0)" * 60):
        began = time.monotonic()
        status, text = refused(server, "POST", f"{table}/listRecords", {"filterByFormula": formula})
        took = time.monotonic() - began
        assert took < 1 * SLOWER and status in (200, 413, 422), (formula[:40], status, text[:200], took)
        assert status == 200 or len(text) < 2000 and json.loads(text)["error"]["message"], (formula[:40], text[:300])
    assert SLOWER > 1 or resident(server) - before < 64 * 1024, resident(server) - before


def i07_uploads(server, root):
    base, table = scratch(server, "uploads")
    contents = [os.urandom(40000) for _ in range(4)] * 5

    def send(content):
        return server.call("POST", f"/api/{base}/attachments?name=x", raw=content)["id"]

    with concurrent.futures.ThreadPoolExecutor(8) as several:
        ids = list(several.map(send, contents))
        assert len(set(ids)) == len(ids)  # the same bytes are another file each time
        assert list(several.map(lambda each: server.call("GET", f"/api/attachments/{each}"), ids)) == contents
    for guess in ("att" + "0" * 14, ids[0][:-1] + ("a" if ids[0][-1] != "a" else "b"), ids[0] + "x", "../" + ids[0], ids[0] + "/../" + ids[1]):
        assert refused(server, "GET", f"/api/attachments/{guess}")[0] == 404, guess
    # A body that ends early, or is longer than was said, is no file.
    count = sum(len(names) for _, _, names in os.walk(server.data / "files"))
    for said, sent in ((1000, b"y" * 999), (0, b""), (10, b"z" * 9)):
        connection = connected(server)
        connection.sendall(f"POST /api/{base}/attachments?name=x HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.token}\r\n"
                           f"Content-Length: {said}\r\n\r\n".encode() + sent)
        connection.shutdown(socket.SHUT_WR)
        answer = heard(connection, timeout=5)
        assert said == 0 or b" 200 " not in answer.partition(b"\r\n")[0], answer
    assert sum(len(names) for _, _, names in os.walk(server.data / "files")) <= count + 1  # that of no bytes


def j02_kinds_of_csv(server, root):
    base, _ = scratch(server, "dialects")
    count = 0

    def imported(content):
        nonlocal count
        count += 1
        try:
            done = server.call("POST", f"/api/{base}/table%20{count}/import", raw=content)
        except Refused as refusal:
            return refusal.status, json.loads(refusal.body)["error"]["message"]
        return done, [record["fields"] for record in server.call("GET", f"/v0/{base}/table%20{count}")["records"]]

    text = "名字,金额\n客户甲,12\n客户乙,13\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"):
        content = text.encode(encoding)
        assert imported(content)[1] == [{"名字": "客户甲", "金额": 12}, {"名字": "客户乙", "金额": 13}], encoding
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF32_LE, "utf-32-le")):
        assert imported(mark + text.encode(encoding))[1][0]["名字"] == "客户甲", encoding
    for separator in ",;\t":
        assert imported(text.replace(",", separator).replace("\n", "\r\n").encode())[1][1] == {"名字": "客户乙", "金额": 13}, separator
    status, message = imported(b'a,b\n1,2\n3,"never ends\n5,6\n')
    assert status == 422 and "3" in message, message  # the line
    done, records = imported(b"a,b\n1,2\n3\n4,5,6\n7,8\n")
    assert len(records) == 4 - len([fault for fault in done["faults"] if "field" not in fault]) and done["faults"], done
    assert all(fault["line"] in (3, 4) for fault in done["faults"]), done
    done, records = imported(b"a,,a,\n1,2,3,4\n")
    assert len(records[0]) == 4 and sorted(records[0].values()) == [1, 2, 3, 4], records  # names are made where none are, or one is twice
    assert imported(b"a\nx\0y\nz\n")[0] != 500
    for nothing in (b"", b"\n", b"\xef\xbb\xbf", b"\xff\xfe"):
        assert imported(nothing)[0] == 422, nothing
    status, message = imported(",".join(f"c{i}" for i in range(5000)).encode() + b"\n" + b"1," * 4999 + b"1\n")
    assert status == 422 and "500" in message, message  # fields of a table
    status, message = imported(b"a\n" + b"x" * (30 << 20) + b"\n")  # one line
    assert status in (413, 422) or not message or len(message[0].get("a", "")) <= 262144, (status, str(message)[:200])
    assert imported(b"a\n" + b'"' * 999999 + b"\n")[0] != 500
    # What is refused leaves nothing.
    tables = [table["name"] for table in server.call("GET", f"/v0/meta/bases/{base}/tables")["tables"]]
    for number in range(1, count + 1):
        if f"table {number}" in tables:
            assert server.call("GET", f"/v0/{base}/table%20{number}")["records"], number


def j07_exports_are_one_state(server, root):
    base, table = scratch(server, "exports")
    rows = 20000
    server.call("POST", f"/api/{base}/t/import", raw="\n".join(["title,text"] + ["0,0"] * rows).encode())
    ids = [record["id"] for record in server.call("POST", f"{table}/listRecords", {"pageSize": 1000})["records"]]
    stop = threading.Event()

    def write():
        number = 0
        while not stop.is_set():
            number += 1  # ten records at once, in both fields: an export has all of them or none
            server.call("PATCH", table, {"records": [{"id": each, "fields": {"title": str(number), "text": str(number)}} for each in ids[:10]]})

    writer = threading.Thread(target=write)
    writer.start()
    seen = set()
    try:
        for _ in range(10):
            content = server.call("GET", f"/api/{base}/t/export").decode("utf-8-sig")
            lines = list(csv.reader(io.StringIO(content)))
            title, text = lines[0].index("title"), lines[0].index("text")
            assert len(lines) == rows + 1, len(lines)
            assert all(line[title] == line[text] for line in lines[1:])
            changed = {line[title] for line in lines[1:]} - {"0"}
            assert len(changed) <= 1, changed
            seen |= changed
            # Somebody asks and goes away; nobody notices.
            gone = connected(server)
            gone.sendall(f"GET /api/{base}/t/export HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.token}\r\n\r\n".encode())
            gone.recv(1000)
            gone.close()
    finally:
        stop.set()
        writer.join()
    assert len(seen) > 1, "nothing was written meanwhile"


def j05_imports_write_what_cells_may(server, root):
    base, table = scratch(server, "imports")
    before = server.call("GET", f"/v0/meta/bases/{base}/tables")
    csv = "title,made,Created by,one,number\r\nx,2001-01-01T00:00:00Z,somebody,new option,many\r\n"
    done = server.call("POST", f"/api/{base}/t/import?format=csv", raw=csv.encode())
    record, = server.call("GET", table)["records"]
    assert record["fields"]["title"] == "x" and record["fields"].get("made", record["createdTime"]) == record["createdTime"], record
    assert not record["createdTime"].startswith("2001") and "number" not in record["fields"], record
    assert "many" in json.dumps(done), done  # what did not fit is told
    assert [field["name"] for field in server.call("GET", f"/v0/meta/bases/{base}/tables")["tables"][0]["fields"]][:len(FIELDS)] == \
        [field["name"] for field in before["tables"][0]["fields"]]


def j08_out_and_in_again(server, root):
    base, table = scratch(server, "round trip")
    texts = ["plain", "a, \"b\"", "two\nlines", "=1+1", "+86 138", "-5", "@x", "'quoted", "  spaced  ", "客户；名单", "\ttab", "1e5", "007", "true"]
    for number, text in enumerate(texts):
        server.call("POST", table, {"fields": {"title": text.replace("\n", " "), "text": text, "number": number / 4 - 1, "day": f"2025-0{1 + number % 9}-28",
                                               "moment": f"2025-03-{10 + number}T23:30:00.000Z", "one": "ab"[number % 2],
                                               "some": ["b", "a"][:number % 3], "done": number % 2 == 0, "who": "admin", "price": number * 1234.5 - 2000,
                                               "share": number / 8 - 0.5, "stars": number % 8, "far": number * 5, "took": number * 3601 - 7000,
                                               "mail": f"n{number}@例子.com", "page": f"https://x.com/{number}?a=1", "phone": f"+86 138 0000 {number:04}"}})
    first = server.call("GET", f"/api/{base}/t/export?format=csv")
    other, copy = scratch(server, "round trip again")
    server.call("POST", f"/api/{other}/t/import?format=csv", raw=first)
    second = server.call("GET", f"/api/{other}/t/export?format=csv")
    column = first.decode("utf-8-sig").splitlines()[0].split(",").index("made")

    def rows(content):
        return [[cell for at, cell in enumerate(row) if at != column] for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))]

    assert rows(first) == rows(second), [pair for pair in zip(rows(first), rows(second)) if pair[0] != pair[1]]
    values = [[{name: value for name, value in record["fields"].items() if name != "made"} for record in server.call("GET", each)["records"]]
              for each in (table, copy)]
    assert values[0] == values[1], [pair for pair in zip(*values) if pair[0] != pair[1]]


def m03_certificates(server, root):
    """With a certificate the server speaks TLS only; a client tells nothing to a server whose certificate nobody vouches for."""
    folder = root / "tls"
    folder.mkdir()
    for kind in (["rsa:2048"], ["ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]):
        subprocess.run(["openssl", "req", "-x509", "-newkey", *kind, "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                        "subjectAltName=IP:127.0.0.1", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"], check=True, capture_output=True)
        secured = Server(server.programs, folder / f"data {kind[0][:2]}")
        secured.create()
        secured.stop()
        process = subprocess.Popen([secured.program, "serve", "--data", secured.data, "--listen", "127.0.0.1:0", "--tls-cert", folder / "cert.pem",
                                    "--tls-key", folder / "key.pem"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        STARTED.append(process)
        url = process.stdout.readline().split()[-1]
        port = int(url.rsplit(":", 1)[1])
        assert url.startswith("https://"), url
        silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(30)]
        plain = socket.create_connection(("127.0.0.1", port))
        plain.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"200" not in heard(plain, timeout=2)
        trusting = ssl.create_default_context(cafile=folder / "cert.pem")
        began = time.monotonic()
        with urllib.request.urlopen(url + "/healthz", context=trusting, timeout=10) as reply:
            assert json.loads(reply.read())["status"] == "ok" and time.monotonic() - began < 2
        for each in silent:
            each.close()
        process.terminate()
        assert process.wait(20) == 0
    if not (server.programs / "casebase_agent").exists():
        return  # built without the client
    # That certificate is nobody's: the client does not even say who it is.
    heard_by_liar = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    listener = socket.create_server(("127.0.0.1", 0))

    def listen():
        while True:
            try:
                connection = listener.accept()[0]
            except OSError:
                return
            try:
                connection.settimeout(20)
                heard_by_liar.append(context.wrap_socket(connection, server_side=True).recv(65536))
            except OSError as error:  # it ends the handshake
                heard_by_liar.append(error)

    threading.Thread(target=listen, daemon=True).start()
    agent = Agent(server, folder / "agent", 2, scheme="https")
    agent.port = listener.getsockname()[1]
    agent.start(operations=3)
    deadline = time.monotonic() + 30
    while not heard_by_liar and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(1)  # it may try again, and say more then
    assert agent.process.poll() is None
    agent.kill()
    listener.close()
    assert not any(line.get("online") or "acked" in line for line in agent.lines()), agent.lines()
    assert heard_by_liar and all(isinstance(each, OSError) or not each for each in heard_by_liar), heard_by_liar


def s06_cursors(server, root):
    link = WebSocket(server)
    link.hello(server, 8)
    assert link.until("welcome")
    link.send({"t": "open", "base": server.base})
    opened = link.until("opened")
    assert link.until("snapshotEnd")["revision"] == opened["revision"]
    for since in (-1, 10 ** 6, 1 << 63, (1 << 64) - 1, 1e300, "x", [], None, True):
        for timeline in (opened["timeline"], "another", "", 7):
            each = WebSocket(server)
            each.hello(server, 9)
            assert each.until("welcome")
            each.send({"t": "open", "base": server.base, "timeline": timeline, "since": since})
            said = each.frames(lambda f: f[0] == 8 or f[0] == 1 and json.loads(f[1])["t"] in ("snapshotEnd", "failure", "opened")
                               and not json.loads(f[1]).get("snapshot"), timeout=5)
            kinds = [json.loads(payload)["t"] for opcode, payload in said if opcode == 1]
            assert kinds or code(said), (since, timeline, "no answer")
            if "opened" in kinds and "snapshotEnd" not in kinds:
                answer = next(json.loads(payload) for opcode, payload in said if opcode == 1 and json.loads(payload)["t"] == "opened")
                assert not answer.get("snapshot") and isinstance(since, int) and 0 <= since <= opened["revision"], (since, timeline, answer)
    for base in ("app" + "0" * 14, "", "nonsense", server.base + "x", "../" + server.base, 5, None):
        each = WebSocket(server)
        each.hello(server, 9)
        assert each.until("welcome")
        each.send({"t": "open", "base": base})
        assert not each.until("opened", timeout=1), base


def f07_numbers_of_eight_writers(server, root):
    """Numbers are unique however many write at once, also those that begin anew each day; and what
    must be unique is there once, whoever came first."""
    base, table = scratch(server, "numbers")
    fields = f"/v0/meta/bases/{base}/tables/t/fields"
    for name, options in {"plain": {"prefix": "C-"}, "daily": {"daily": True, "digits": 3}}.items():
        server.call("POST", fields, {"name": name, "type": "autoNumber", "options": options})
    server.call("POST", fields, {"name": "code", "type": "singleLineText", "options": {"unique": True}})
    taken = []

    def write(writer):
        for n in range(25):
            server.call("POST", table, {"records": [{"fields": {"title": f"{writer}.{n}.{i}"}} for i in range(4)]})
            taken.append(refused(server, "POST", table, {"fields": {"code": f"code {n}"}})[0])

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    assert sorted(set(taken)) == [200, 422] and taken.count(200) == 25, taken
    rows, offset = [], None
    while True:
        page = server.call("GET", f"{table}?pageSize=100" + (f"&offset={offset}" if offset else ""))
        rows += [record["fields"] for record in page["records"]]
        offset = page.get("offset")
        if not offset:
            break
    count = 8 * 25 * 4 + 25
    plain = {row["plain"] for row in rows}
    assert len(rows) == count and plain == {f"C-{n:04}" for n in range(1, count + 1)}, (len(rows), len(plain))
    daily = {row["daily"] for row in rows}
    day, first = min(daily).split("-")
    assert len(daily) == count and len(day) == 8 and first == "001", min(daily)
    assert len({row["code"] for row in rows if "code" in row}) == 25
    server.call("PATCH", f"{fields}/daily", {"options": {"daily": False}})
    one = server.call("GET", f"{table}?pageSize=1")["records"][0]["fields"]["daily"]
    assert isinstance(one, int | float) and one <= count, one


def l01_one_server(server, root):
    for again in (server.data, root / "." / "data"):
        second = server.run("serve", "--data", again, "--listen", "127.0.0.1:0", code=1)
        assert str(server.process.pid) in second.stderr, second.stderr
    link = root / "link"
    link.symlink_to(server.data)
    assert server.run("serve", "--data", link, "--listen", "127.0.0.1:0", code=1).stderr


def l01_other_programs(server, root):
    def written():
        """What becomes of a change."""
        status, body = refused(server, "POST", server.table, {"records": [{"fields": {}}]})
        if status == 200:
            server.call("DELETE", f"{server.table}/{json.loads(body)['records'][0]['id']}")
        return status, body

    other = sqlite3.connect(server.data / "casebase.db", isolation_level=None)
    # Who only reads, or changes nothing in the end, disturbs nobody.
    other.execute("SELECT count(*) FROM commits").fetchone()
    other.execute("BEGIN IMMEDIATE")
    other.execute("INSERT INTO setting (key, value) VALUES ('outside', '1')")
    other.execute("ROLLBACK")
    assert written()[0] == 200
    # Who holds the file: it is said within seconds, reading goes on, and so does writing afterwards.
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    status, body = written()
    assert status == 503 and time.monotonic() - began < 8, (status, body)
    assert not server.records()
    assert refused(server, "GET", "/healthz")[0] == 503
    other.execute("ROLLBACK")
    assert written()[0] == 200
    # Who writes: nothing is stored on top of it, and it is said what to do.
    other.execute("INSERT INTO setting (key, value) VALUES ('outside', '1')")
    other.close()
    for _ in range(3):
        status, body = written()
        assert status == 503 and "STORE_WRITTEN_BY_OTHER" in body, (status, body)
    assert not server.records()
    assert refused(server, "GET", "/healthz")[0] == 503
    assert "written by another program" in pathlib.Path(f"{server.data}.log").read_text()
    server.stop()
    server.check()
    server.start()
    assert written()[0] == 200


def l03_broken_stores(server, root):
    server.stop()
    whole = root / "whole"
    shutil.copytree(server.data, whole)

    def started(name, harm):
        """What the server says that is started on such a store, and whether it runs."""
        broken = root / "broken"
        shutil.rmtree(broken, ignore_errors=True)
        shutil.copytree(whole, broken)
        harm(broken)
        before = {path.name: path.read_bytes() for path in broken.glob("casebase.db") if path.is_file()}
        process = subprocess.Popen([server.program, "serve", "--data", str(broken), "--listen", "127.0.0.1:0"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = process.stdout.readline()
        if "ready" in line:
            process.terminate()
        said = line + process.communicate(timeout=20)[1]
        checked = server.run("check", "--data", broken, code=None)
        return "ready" in line, said, checked, before, broken

    def cut_off(data):
        with open(data / "casebase.db", "r+b") as file:
            file.truncate(file.seek(0, 2) // 2)

    def garbage(data):
        content = bytearray((data / "casebase.db").read_bytes())
        content[100:] = os.urandom(len(content) - 100)
        (data / "casebase.db").write_bytes(content)

    def folder(data):
        (data / "casebase.db").unlink()
        (data / "casebase.db").mkdir()

    def gone(data):
        (data / "casebase.db").unlink()

    for name, harm in {"cut off": cut_off, "garbage": garbage, "a folder in its place": folder, "gone": gone}.items():
        runs, said, checked, before, broken = started(name, harm)
        assert not runs and len(said) > 20, (name, said)
        assert checked.returncode == 1 and checked.stdout + checked.stderr, (name, checked)
        assert all((broken / file).read_bytes() == content for file, content in before.items()), (name, "was changed")
        assert "SELECT" not in said and "terminate called" not in said, said
    server.start()


def l04_logs(server, root):
    start = len(pathlib.Path(f"{server.data}.log").read_text())
    for text in ("line\nbreak", "\x1b[31mred", "%n%s%s%s", "x" * (1 << 16), '"}\n{"level":"critical"'):
        refused(server, "POST", "/api/session", {"username": text, "password": "wrong"})
        refused(server, "POST", "/api/users", {"username": text, "name": text, "password": "short"})
        refused(server, "POST", server.table, {"records": [{"fields": {text: 1}}]})
        connection = connected(server)
        agent = text.replace("\n", "\r\n ")[:4000]
        connection.sendall(f"GET /{agent} HTTP/1.1\r\nHost: x\r\nUser-Agent: {agent}\r\nConnection: close\r\n\r\n".encode())
        heard(connection, timeout=8)
    for line in pathlib.Path(f"{server.data}.log").read_text()[start:].splitlines():
        entry = json.loads(line)
        assert len(line) <= 4096 and entry["level"] != "critical", line[:200]


STORIES = [value for name, value in list(globals().items()) if re.match(r"[a-z]\d\d_", name) and name.startswith(tuple(sys.argv[2:]) or "")]

with tempfile.TemporaryDirectory() as name:
    root = pathlib.Path(name).resolve()
    server = Server(sys.argv[1], root / "data")
    server.create()
    for story in STORIES:
        began = time.monotonic()
        story(server, root)
        answers(server)
        print(f"    {story.__name__} ({time.monotonic() - began:.1f} s)", flush=True)
    server.stop()
    server.check()
print(f"{len(STORIES)} passed, 0 failed")
