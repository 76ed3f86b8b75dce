#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server's command line as a stranger uses it: exit codes, streams, commands while it serves, SIGTERM."""
import pathlib, signal, subprocess, sys, tempfile, time, urllib.request

SERVER = sys.argv[1]


def run(*args, code=0):
    done = subprocess.run([SERVER, *args], capture_output=True, text=True, timeout=60)
    assert done.returncode == code, (args, done.returncode, done.stdout, done.stderr)
    return done


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    data, password = str(folder / "data"), folder / "pw"
    password.write_text("a long password\n")
    assert run("--version").stdout.startswith("casebase-server ")
    assert "init" in run("--help").stdout and run("init", "--help").stdout
    run(code=2)
    assert run("nonsense", code=2).stderr
    run("serve", code=2)
    run("init", "--data", data, "--bogus", code=2)
    assert "food-retail" in run("templates").stdout
    run("user", "list", "--data", data, code=1)
    run("init", "--data", data, "--admin", "admin", "--password-file", str(password), "--template", "food-retail")
    assert "exists" in run("init", "--data", data, "--admin", "admin", "--password-file", str(password), code=1).stderr
    run("user", "add", "bob", "--data", data, "--name", "Bob", "--password-file", str(password))
    run("user", "disable", "bob", "--data", data)
    assert "bob\tBob\tmember\tdisabled" in run("user", "list", "--data", data).stdout

    server = subprocess.Popen([SERVER, "serve", "--data", data, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
    line = server.stdout.readline()
    assert line.startswith("casebase-server ready on http://127.0.0.1:"), line
    url = line.split()[-1]
    # A second server on the same directory is refused and names the first.
    assert str(server.pid) in run("serve", "--data", data, code=1).stderr
    # Commands reach the server that serves.
    token = run("token", "create", "--data", data, "--user", "admin", "--scope", "read", "--scope", "write").stdout.strip()
    assert token.startswith("cbt_")
    csv = folder / "in.csv"
    csv.write_text("name,kind\nx,a\ny,b\n")
    assert "imported 2" in run("import", "--data", data, "--base", "食品零售售后", "--table", "fresh", "--create", str(csv)).stdout
    run("import", "--data", data, "--base", "食品零售售后", "--table", "nope", str(csv), code=1)
    run("import", "--data", data, "--base", "nope", "--table", "fresh", str(csv), code=1)
    out = folder / "out.csv"
    run("export", "--data", data, "--base", "食品零售售后", "--table", "fresh", str(out))
    assert out.read_text(encoding="utf-8-sig").splitlines() == ["name,kind", "x,a", "y,b"]
    assert urllib.request.urlopen(url + "/healthz").status == 200
    started = time.monotonic()
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=15) == 0
    assert time.monotonic() - started < 12
print("the command line does what it says")
