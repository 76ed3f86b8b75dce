#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the server (kill -9) under mixed load, again and again: two clients over HTTP (edits of five fields, pastes of 500
rows, attachments, workflow steps) and two over sync. Nothing that was acknowledged is lost, nothing is there twice or in
part, `check` finds no fault, and the server is back within three seconds. Every twentieth round begins with a new store.

Usage: crash.py PROGRAMS [ROUNDS [SEED]]. What a client did not hear of when the server died may be there or not."""
import pathlib, random, sys, tempfile, time
from rig import Agent, Client, Server, verify, verify_agent

ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 10
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 30)
STORE_ROUNDS = 20
print(f"seed {SEED}, {ROUNDS} rounds", flush=True)


class Approver(Client):
    """Starts the workflow on its records as well, and decides."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.started, self.decided = set(), []

    def act(self):
        fresh = self.records.keys() - self.started
        if self.random.random() < 0.5 or not fresh:
            return super().act()
        record, server = min(fresh), self.server
        self.started.add(record)
        instance = server.call("POST", f"/api/{server.base}/workflows/check/start", {"record": record})["instance"]
        task = next(task for task in server.call("GET", "/api/tasks")["tasks"] if task["instance"] == instance)
        server.call("POST", f"/api/tasks/{task['id']}/approve", {"comment": "yes"})
        self.decided.append(record)


def rounds(folder, first, count):
    """Requests that were answered, and the slowest start."""
    server = Server(sys.argv[1], folder / "data")
    server.create()
    agents = [Agent(server, folder / f"agent{i}", SEED % 100_000 + i, paste=500) for i in range(2)]
    for agent in agents:
        agent.start(pause=50)
    clients, slowest, answered = [], 0, 0
    for number in range(first, first + count):
        fresh = [Client(server, number * 2, SEED + number), Approver(server, number * 2 + 1, SEED - number)]
        for client in fresh:
            client.start()
        time.sleep(chance.uniform(0.05, 1.2))
        server.kill()
        for client in fresh:
            client.join()
        server.check()
        slowest = max(slowest, server.start())
        clients += fresh
        verify(server, clients)
        for record in fresh[1].decided:
            assert "yes" in str(server.call("GET", f"/api/{server.base}/t/{record}/progress")), ("a decision is lost", record)
        answered += sum(client.counter for client in fresh)
    for agent in agents:  # they went on all the time
        agent.kill()
    for agent in agents:
        agent.settle()
    for agent in agents:
        shown = agent.settle()
        answered += sum("acked" in line for line in agent.lines())
        verify_agent(agent, shown, server.records())
    server.stop()
    return answered, slowest


chance, answered, slowest = random.Random(SEED), 0, 0
for first in range(0, ROUNDS, STORE_ROUNDS):
    with tempfile.TemporaryDirectory() as folder:
        more, slow = rounds(pathlib.Path(folder), first, min(STORE_ROUNDS, ROUNDS - first))
        answered, slowest = answered + more, max(slowest, slow)
assert slowest < 3, slowest
print(f"{answered} requests answered, slowest start {slowest:.2f} s")
print(f"{ROUNDS} passed, 0 failed")
