#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trouble in the network is only a delay. Agents talk to the server through a proxy that does to their connections what
networks do: cut them in the middle of a frame, swallow everything without a word, lose one direction, close one half,
slow down to a modem, come and go, and say everything twice. And servers are restarted under load, politely and not.

Offline is noticed within fifteen seconds; ten seconds after the network is well again everybody has everything, once.

Usage: network.py PROGRAMS [ROUNDS [SEED]]"""
import pathlib, random, select, socket, struct, sys, tempfile, threading, time
from rig import Agent, Client, Server, verify, verify_agent

ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 1
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 30)
print(f"seed {SEED}, {ROUNDS} rounds", flush=True)
chance = random.Random(SEED)


class Frames:
    """Whole web socket frames out of a stream, so that each can be sent twice."""

    def __init__(self):
        self.waiting, self.is_open, self.is_greeted = b"", False, False

    def split(self, data):
        self.waiting += data
        if not self.is_open:
            end = self.waiting.find(b"\r\n\r\n")
            if end < 0:
                return
            head, self.waiting, self.is_open = self.waiting[:end + 4], self.waiting[end + 4:], True
            yield head, False
        while len(self.waiting) >= 2:
            size, at = self.waiting[1] & 127, 2
            if size >= 126:
                width = 2 if size == 126 else 8
                if len(self.waiting) < 2 + width:
                    return
                size, at = int.from_bytes(self.waiting[2:2 + width], "big"), 2 + width
            at += 4 if self.waiting[1] & 128 else 0
            if len(self.waiting) < at + size:
                return
            frame, self.waiting = self.waiting[:at + size], self.waiting[at + size:]
            is_message = frame[0] & 15 in (1, 2) and frame[0] & 128
            yield frame, is_message and self.is_greeted  # not the greeting
            self.is_greeted = self.is_greeted or is_message


class Proxy:
    """Between agents and server; `trouble` is what it does now."""

    def __init__(self, server):
        self.server, self.trouble = server, ""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.pairs = set()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            near, _ = self.listener.accept()
            if self.trouble == "black hole":
                threading.Thread(target=self.swallow, args=(near,), daemon=True).start()
                continue
            try:
                far = socket.create_connection(("127.0.0.1", self.server.port))
            except OSError:
                near.close()
                continue
            self.pairs.add((near, far))
            threading.Thread(target=self.carry, args=(near, far), daemon=True).start()

    def swallow(self, near):
        while self.trouble == "black hole":
            time.sleep(0.05)
        self.reset(near)

    def reset(self, *ends):
        for end in ends:
            try:
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                end.close()
            except OSError:
                pass

    def carry(self, near, far):
        frames = {near: Frames(), far: Frames()}
        late = {near: [], far: []}  # (when, bytes)
        began_in_trouble = False
        try:
            while True:
                trouble = self.trouble
                ready, _, _ = select.select([near, far], [], [], 0.01)
                for end in ready:
                    data = end.recv(65536 if trouble != "modem" else 80)
                    if not data:
                        return self.reset(near, far)
                    other = far if end is near else near
                    if trouble == "black hole" or (trouble == "one way" and end is far):
                        began_in_trouble = True  # gone; TCP would not go on after this
                    elif trouble == "cut" and chance.random() < 0.1:
                        other.sendall(data[:max(1, len(data) // 2)])
                        return self.reset(near, far)
                    elif trouble == "half closed" and end is near and chance.random() < 0.05:
                        far.shutdown(socket.SHUT_WR)
                        time.sleep(0.5)
                        return self.reset(near, far)
                    elif trouble == "late":
                        late[other].append((time.monotonic() + 2, data))
                    elif trouble == "twice":
                        for frame, is_message in frames[end].split(data):
                            other.sendall(frame * 2 if is_message else frame)
                    else:
                        if trouble == "modem":
                            time.sleep(0.01)  # 64 kbit a second
                        pending = frames[end].waiting
                        frames[end].waiting = b""
                        other.sendall(pending + data)
                for other, parts in late.items():
                    while parts and (parts[0][0] <= time.monotonic() or trouble != "late"):
                        other.sendall(parts.pop(0)[1])
                if began_in_trouble and trouble not in ("black hole", "one way"):
                    return self.reset(near, far)
        except (OSError, ValueError):
            self.reset(near, far)
        finally:
            self.pairs.discard((near, far))


def wait_until(condition, seconds, what):
    began = time.monotonic()
    while not condition():
        time.sleep(0.05)
        assert time.monotonic() - began < seconds, what
    return time.monotonic() - began


def last_state(agent):
    return [line["online"] for line in agent.lines() if "online" in line][-1:] == [True]


with tempfile.TemporaryDirectory() as name:
    root = pathlib.Path(name)
    server = Server(sys.argv[1], root / "data")
    server.create()
    proxy = Proxy(server)
    agents = [Agent(server, root / f"agent{i}", SEED % 1000 + i, paste=20) for i in range(4)]
    slowest_notice = slowest_heal = 0
    for round_ in range(ROUNDS):
        for trouble, seconds in (("cut", 4), ("twice", 3), ("late", 4), ("modem", 3), ("half closed", 4), ("black hole", 0),
                                 ("one way", 0), ("come and go", 4)):
            for agent in agents:
                agent.port = proxy.port
                agent.start(pause=100)
            wait_until(lambda: all(last_state(agent) for agent in agents), 20, "nobody comes online")
            time.sleep(0.5)
            if trouble == "twice":  # from the first byte on, to know where frames begin
                for pair in list(proxy.pairs):
                    proxy.reset(*pair)
            began = time.monotonic()
            proxy.trouble = trouble
            if seconds == 0:
                wait_until(lambda: not any(last_state(agent) for agent in agents), 15, f"offline is not noticed: {trouble}")
                slowest_notice = max(slowest_notice, time.monotonic() - began)
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                if trouble == "come and go":
                    proxy.trouble = chance.choice(["black hole", "cut", "", "late"])
                time.sleep(min(0.5, seconds))
            proxy.trouble = ""
            # They go on asking all the time.
            healed = wait_until(lambda: all(last_state(agent) for agent in agents), 10, f"not online again after: {trouble}")
            slowest_heal = max(slowest_heal, healed)
            for agent in agents:
                agent.kill()
            for agent in agents:
                agent.port = None
                agent.settle()
            there = server.records()
            for agent in agents:
                verify_agent(agent, agent.settle(), there)
            print(f"    {trouble}", flush=True)

    # Restarts under load, in turn with notice and without.
    clients = []
    for agent in agents:
        agent.start(pause=50)
    for number in range(4 * ROUNDS):
        fresh = [Client(server, number * 2 + i, SEED + number, rows=50, file_size=20_000) for i in range(2)]
        for client in fresh:
            client.start()
        time.sleep(1.5)
        began = time.monotonic()
        if number % 2:
            server.kill()
        else:
            server.stop()
            assert time.monotonic() - began < 10, "it does not end"
        for client in fresh:
            client.join()
        clients += fresh
        server.start()
        verify(server, clients)
    wait_until(lambda: all(last_state(agent) for agent in agents), 10, "not online again after a restart")
    for agent in agents:
        agent.kill()
    for agent in agents:
        agent.settle()
    there = server.records()
    for agent in agents:
        verify_agent(agent, agent.settle(), there)
    print("    restarts", flush=True)
    server.stop()
    server.check()
print(f"offline noticed within {slowest_notice:.1f} s, online again within {slowest_heal:.1f} s")
print(f"{9 * ROUNDS} passed, 0 failed")
