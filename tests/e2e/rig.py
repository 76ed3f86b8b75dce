# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of faults share: a server in a folder, clients over HTTP that keep ledgers, agents (clients of the sync
protocol without a window), and the checks of what must be there afterwards."""
import atexit, hashlib, http.client, json, pathlib, random, struct, subprocess, threading, time, urllib.parse, os

STARTED = []
atexit.register(lambda: [process.kill() for process in STARTED if process.poll() is None])

FIELDS = ["title", "a", "b", "c", "d"]
PASSWORD = "a long password"


class Down(Exception):
    """No answer: what was asked for may have happened or not."""


class Refused(Exception):
    def __init__(self, status, body, why=""):
        super().__init__(status, body, why)
        self.status, self.body = status, body


class Server:
    """A server program and its data folder, with one base that holds the table "t"."""

    def __init__(self, programs, data, env=None):
        self.programs, self.data = pathlib.Path(programs), pathlib.Path(data)
        self.program = str(self.programs / "casebase-server")
        self.env, self.port, self.process, self.token = env or {}, 0, None, ""

    def run(self, *arguments, code=0, env=None):
        done = subprocess.run([self.program, *map(str, arguments)], capture_output=True, text=True, timeout=300,
                              env={**os.environ, **(env or {})})
        assert code is None or done.returncode == code, (arguments, done.returncode, done.stdout, done.stderr)
        return done

    def create(self):
        word = self.data.parent / "password"
        word.write_text(PASSWORD)
        self.run("init", "--data", self.data, "--admin", "admin", "--password-file", word, env=self.env)
        self.start()
        self.token = self.call("POST", "/api/session", {"username": "admin", "password": PASSWORD})["token"]
        fields = [{"name": field, "type": "singleLineText"} for field in FIELDS]
        fields += [{"name": "files", "type": "multipleAttachments"}]
        self.base = self.call("POST", "/v0/meta/bases", {"name": "b", "tables": [{"name": "t", "fields": fields}]})["id"]
        self.table = f"/v0/{self.base}/t"
        self.user = self.call("GET", "/api/me")["id"]
        self.call("POST", f"/v0/meta/bases/{self.base}/tables/t/workflows", {"name": "check", "nodes": [
            {"id": "a", "type": "approve", "name": "check", "assignees": [{"user": "admin"}], "next": "end"}, {"id": "end", "type": "end"}]})

    def start(self, env=None, wait=True):
        """Seconds until it was ready."""
        began = time.monotonic()
        self.process = subprocess.Popen([self.program, "serve", "--data", str(self.data), "--listen", f"127.0.0.1:{self.port}"],
                                        stdout=subprocess.PIPE, stderr=open(f"{self.data}.log", "a"), text=True,
                                        env={**os.environ, **self.env, **(env or {})})
        STARTED.append(self.process)
        if wait:
            line = self.process.stdout.readline()
            assert "ready" in line, ("the server does not start", self.process.wait(5), pathlib.Path(f"{self.data}.log").read_text()[-2000:])
            self.url = line.split()[-1]
            self.port = int(self.url.rsplit(":", 1)[1])
        return time.monotonic() - began

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        assert self.process.wait(20) == 0

    def call(self, method, path, body=None, raw=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        data = raw if raw is not None else json.dumps(body).encode() if body is not None else None
        try:
            connection.request(method, urllib.parse.quote(path, safe="/?=&%"), data,
                               {"Content-Type": "application/json" if raw is None else "application/octet-stream", "Authorization": f"Bearer {self.token}"})
            reply = connection.getresponse()
            content = reply.read()
        except (OSError, http.client.HTTPException):
            raise Down
        finally:
            connection.close()
        if reply.status >= 400:
            # What the server could not do for reasons of its own stands in its log.
            log = pathlib.Path(f"{self.data}.log")
            why = log.read_text(errors="replace")[-1000:] if reply.status == 503 and log.exists() else ""
            raise Refused(reply.status, content.decode(), why)
        return json.loads(content) if reply.headers.get_content_type() == "application/json" else content

    def records(self):
        records, offset = {}, ""
        while True:
            page = self.call("POST", self.table + "/listRecords", {"pageSize": 1000} | ({"offset": offset} if offset else {}))
            records |= {record["id"]: record["fields"] for record in page["records"]}
            offset = page.get("offset", "")
            if not offset:
                return records

    def check(self):
        checked = self.run("check", "--data", self.data, code=None)
        assert checked.stdout == "no faults\n", (checked.stdout, checked.stderr)


def fingerprint(records):
    """The same as an agent prints."""
    lines = sorted("|".join([record] + [fields.get(name, "") for name in FIELDS]) for record, fields in records.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def read_log(path):
    """What tests/faults/disk.c recorded: (letter, path, second path, offset, bytes)."""
    content, at, operations = path.read_bytes(), 0, []
    while at < len(content):
        letter, at = chr(content[at]), at + 1
        names = []
        for _ in range(2):
            (length,) = struct.unpack_from("<I", content, at)
            names.append(content[at + 4:at + 4 + length].decode())
            at += 4 + length
        offset, _, size = struct.unpack_from("<QQQ", content, at)
        operations.append((letter, names[0], names[1], offset, content[at + 24:at + 24 + size]))
        at += 24 + size
    return operations


class Client(threading.Thread):
    """Writes its own records over HTTP until the server is gone, and remembers what was acknowledged and what may be."""

    def __init__(self, server, number, seed, rows=500, file_size=200_000, told=lambda line: None):
        super().__init__(daemon=True)
        self.server, self.number, self.random, self.counter = server, number, random.Random(seed), 0
        self.rows, self.file_size, self.told = rows, file_size, told
        self.records, self.pastes, self.maybe_pastes, self.files, self.refusals = {}, {}, set(), {}, []
        self.ending = threading.Event()

    def mark(self):
        self.counter += 1
        return f"{self.number}-{self.counter}"

    def act(self):
        choice, server = self.random.random(), self.server
        if choice < 0.45 and self.records:  # one edit of five fields: all alike, so that a part would show
            record, mark = self.random.choice(list(self.records)), self.mark()
            self.records[record][1].add(mark)
            server.call("PATCH", f"{server.table}/{record}", {"fields": dict.fromkeys(FIELDS, mark)})
            self.records[record] = (mark, set())
            self.told({"edit": record, "mark": mark})
        elif choice < 0.8:
            mark = self.mark()
            record = server.call("POST", server.table, {"fields": dict.fromkeys(FIELDS, mark)})["id"]
            self.records[record] = (mark, set())
            self.told({"edit": record, "mark": mark})
        elif choice < 0.9:
            mark = f"paste {self.mark()}"
            self.maybe_pastes.add(mark)
            server.call("POST", server.table, {"records": [{"fields": {"title": mark}}] * self.rows})
            self.maybe_pastes.discard(mark)
            self.pastes[mark] = self.rows
            self.told({"paste": mark, "rows": self.rows})
        else:
            body = self.random.randbytes(self.file_size)
            file = server.call("POST", f"/api/{server.base}/attachments?name=f.bin", raw=body)["id"]
            record = server.call("POST", server.table, {"fields": {"title": "file", "files": [{"id": file}]}})["id"]
            self.files[record] = (file, body)
            self.told({"file": record, "hash": hashlib.sha256(body).hexdigest()})

    def run(self):
        try:
            while not self.ending.is_set():
                try:
                    self.act()
                except Refused as refusal:
                    assert refusal.status == 503, refusal  # the disk, and nothing was changed
                    self.refusals.append((time.monotonic(), refusal.body))
        except Down:
            pass


def verify(server, clients):
    """Everything that was acknowledged to the HTTP clients is there, whole and once."""
    there, pastes = server.records(), {}
    for fields in there.values():
        if fields.get("title", "").startswith("paste"):
            pastes[fields["title"]] = pastes.get(fields["title"], 0) + 1
        elif fields.get("title") != "file" and "d" in fields:
            assert len({fields.get(field) for field in FIELDS}) == 1, ("an edit is there in part", fields)
    for client in clients:
        for record, (acknowledged, maybe) in client.records.items():
            assert record in there, ("an acknowledged record is lost", record)
            assert there[record]["title"] in {acknowledged} | maybe, ("an acknowledged edit is lost", there[record], acknowledged, maybe)
            client.records[record] = (there[record]["title"], set())
        for mark, count in client.pastes.items():
            assert pastes.get(mark) == count, ("a paste is lost or twice", mark, pastes.get(mark))
        for mark in client.maybe_pastes:
            assert pastes.get(mark, client.rows) == client.rows, ("a paste is there in part", mark, pastes.get(mark))
        for record, (file, body) in client.files.items():
            assert server.call("GET", f"/api/attachments/{file}") == body, "an attachment holds something else"
            assert there[record]["files"][0]["id"] == file


class Agent:
    """A client of the sync protocol in a folder of its own; see agent.cpp."""

    def __init__(self, server, folder, seed, paste=0, env=None, scheme="http"):
        self.scheme, self.server, self.folder, self.seed, self.paste = scheme, server, pathlib.Path(folder), seed, paste
        self.ledger, self.runs, self.process, self.env, self.port = pathlib.Path(f"{folder}.ledger"), 0, None, env or {}, None

    def start(self, operations=-1, pause=10, env=None):
        self.runs += 1
        if self.ledger.exists():  # an end in the middle of a line: what was not written down goes for good
            with open(self.ledger, "r+b") as ledger:
                ledger.truncate(ledger.read().rfind(b"\n") + 1)
        self.process = subprocess.Popen(
            [self.server.programs / "casebase_agent", "--folder", self.folder, "--server", f"{self.scheme}://127.0.0.1:{self.port or self.server.port}",
             "--token", self.server.token, "--user", self.server.user, "--ledger", self.ledger, "--seed", str(self.seed),
             "--run", str(self.runs), "--operations", str(operations), "--pause", str(pause), "--paste", str(self.paste)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **self.env, **(env or {})})
        STARTED.append(self.process)

    def kill(self):
        self.process.kill()
        self.process.communicate()

    def finish(self, seconds=60):
        """Waits until it has said everything; what it shows."""
        out, err = self.process.communicate(timeout=seconds)
        assert self.process.returncode == 0, (self.process.returncode, err)
        return json.loads(out)

    def settle(self, seconds=60):
        self.start(operations=0)
        return self.finish(seconds)

    def lines(self):
        """What the ledger holds, without a line that is being written at this moment."""
        return [json.loads(line) for line in self.ledger.read_text().split("\n")[:-1]] if self.ledger.exists() else []


def verify_agent(agent, shown, there):
    """All that the agent saved is on the server, once; what it shows is what the server has. `there` = server.records()."""
    lines = agent.lines()
    asked = {line["saved"]: line for line in lines if "saved" in line}
    failed = {line["failed"] for line in lines if "failed" in line}
    # Killed before it could write down that it was saved: it may be there or not.
    maybe = {}
    for line in lines:
        if "asking" in line and line["asking"] not in asked and line["asking"] not in failed:
            maybe.setdefault(line["record"], set()).add(line["asking"])
    refused = set(shown["refused"])
    titles, at = {}, {}
    for record, fields in there.items():
        titles[fields.get("title", "")] = titles.get(fields.get("title", ""), 0) + 1
        at[record] = fields
        if "d" in fields:
            assert len({fields.get(field) for field in FIELDS}) == 1, ("an edit is there in part", fields)
    last = {}
    for mark, line in asked.items():
        if mark in refused:
            continue
        if line["kind"] == "paste":
            assert titles.get(mark) == agent.paste, ("a paste is lost or twice", mark, titles.get(mark))
        else:
            assert line["record"] in at, ("a saved record is lost", line)
            last[line["record"]] = mark  # nobody else writes it, and requests keep their order
    for record, mark in last.items():
        assert at[record]["title"] in {mark} | maybe.get(record, set()), ("a saved edit is lost or out of order", record, mark, at[record])
    assert shown["hash"] == fingerprint(there), ("client and server show different things", shown["rows"], len(there))
