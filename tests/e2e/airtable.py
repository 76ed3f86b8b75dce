#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs airtable.mjs against a server with the 5,998 incidents. Without npm: skipped (77), in CI a failure."""
import os, pathlib, shutil, subprocess, sys, tempfile, urllib.request, json

SERVER, work = sys.argv[1], pathlib.Path(sys.argv[2])
HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE.parent / "data" / "incident_event_log.csv.gz"


def give_up(why):
    print(f"{'FAILED' if os.environ.get('CI') else 'skipped'}: {why}")
    sys.exit(1 if os.environ.get("CI") else 77)


if not shutil.which("npm") or not shutil.which("node"):
    give_up("npm and node are needed to run the Airtable client")
work.mkdir(parents=True, exist_ok=True)
if not (work / "node_modules/airtable").is_dir():
    (work / "package.json").write_text('{"private": true}')
    if subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "airtable@0.12.2"], cwd=work).returncode:
        give_up("npm could not install the airtable client")

with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    (folder / "pw").write_text("a long password")
    (folder / "incidents.csv").write_bytes(subprocess.run(["gzip", "-dc", str(DATA)], capture_output=True, check=True).stdout)
    data = str(folder / "data")
    subprocess.run([SERVER, "init", "--data", data, "--admin", "admin", "--password-file", str(folder / "pw"), "--template", "food-retail"], check=True)
    server = subprocess.Popen([SERVER, "serve", "--data", data, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
    try:
        url = server.stdout.readline().split()[-1]
        subprocess.run([SERVER, "import", "--data", data, "--base", "食品零售售后", "--table", "incidents", "--create", str(folder / "incidents.csv")], check=True)
        token = subprocess.run([SERVER, "token", "create", "--data", data, "--user", "admin", "--scope", "read", "--scope", "write", "--scope", "schema"],
                               check=True, capture_output=True, text=True).stdout.strip()
        request = urllib.request.Request(url + "/v0/meta/bases", headers={"Authorization": "Bearer " + token})
        base = json.load(urllib.request.urlopen(request))["bases"][0]["id"]
        sys.exit(subprocess.run(["node", str(HERE / "airtable.mjs"), url, token, base], cwd=work).returncode)
    finally:
        server.terminate()
        server.wait(timeout=15)
