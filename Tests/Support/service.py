"""The ledger's service and a simulated Stripe as processes, for scripts/fuzz-time and scripts/crowd."""

import hashlib
import hmac
import json
import os
import pathlib
import random
import re
import signal
import socket
import subprocess
import tempfile
import time

WEBHOOK_SECRET = "whsec_seeblick"


def built(as_it_was=False):
    """Where the programs are; built first unless they are to be taken as they were."""
    if not as_it_was:
        for product in ("soferu-ledger", "ledger-replay", "stripe-simulator"):
            subprocess.run(["scripts/swift-tested", "build", "--product", product, "--quiet"], check=True)
    return subprocess.run(["scripts/swift-tested", "build", "--show-bin-path"], check=True, capture_output=True, text=True).stdout.strip()


def signature(body, secret=None):
    """A Stripe-Signature of now."""
    moment = str(int(time.time()))
    digest = hmac.new((secret or WEBHOOK_SECRET).encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


class Service:
    """The ledger's service and a simulated Stripe on a fresh file."""

    def __init__(self, programs):
        self.programs = pathlib.Path(programs)
        self.folder = tempfile.TemporaryDirectory(prefix="fuzz-time-")
        self.env = dict(os.environ, LEDGER_DB=self.path("ledger.db"), TZ="UTC")
        self.simulator = self.start("stripe-simulator", "--listen", "127.0.0.1:0")
        self.env["STRIPE_URL"] = self.address(self.simulator)
        self.env["LEDGER_SIMULATED_CLOCK"] = "1"
        self.verb("tenant", "add", "seeblick", "--name", "Hotel Seeblick")
        pathlib.Path(self.path("key")).write_text("sk_test_seeblick")
        pathlib.Path(self.path("webhook")).write_text(WEBHOOK_SECRET)
        self.verb(
            "tenant", "stripe", "seeblick", "--secret-key-file", self.path("key"), "--webhook-secret-file", self.path("webhook"))
        self.token = json.loads(
            self.verb("token", "create", "seeblick", "--role", "admin", "--name", "fuzz", "--format", "json"))["token"]
        self.verb("user", "add", "seeblick", "anna", "--role", "admin", input="a long enough password\n")
        self.serve = self.start("soferu-ledger", "serve", "--listen", "127.0.0.1:0", "--requests-per-second", "1000000")
        self.port = int(self.address(self.serve).rsplit(":", 1)[1])
        self.connection = None
        self.cookie = self.csrf = ""

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def start(self, program, *arguments):
        log = open(self.path(program + ".log"), "wb")
        return subprocess.Popen(
            [self.programs / program, *arguments], env=self.env, stdout=subprocess.PIPE, stderr=log, stdin=subprocess.DEVNULL)

    def address(self, process):
        return re.search(r"http://[0-9.:]+", process.stdout.readline().decode()).group(0)

    def verb(self, *arguments, input=""):
        return subprocess.run(
            [self.programs / "soferu-ledger", *arguments], env=self.env, input=input, capture_output=True, text=True, check=True).stdout

    def cpu(self):
        """Processor seconds of the serving process so far, to the nanosecond (clock_getcpuclockid(3))."""
        return time.clock_gettime((~self.serve.pid << 3) | 2)

    def come_from_elsewhere(self):
        """From now on another address asks: failed logins are counted by address. All of 127.0.0.0/8 is this machine."""
        if self.connection:
            self.connection.close()
        source = f"127.{random.randrange(1, 255)}.{random.randrange(1, 255)}.{random.randrange(1, 255)}"
        self.connection = socket.create_connection(("127.0.0.1", self.port), timeout=120, source_address=(source, 0))

    def send(self, head, body=b""):
        """Sends one request, and returns the answer's status and text; 0 when the connection ended without one."""
        request = head.encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body
        for _ in range(2):
            if self.connection is None:
                self.connection = socket.create_connection(("127.0.0.1", self.port))
                self.connection.settimeout(120)
            try:
                try:
                    self.connection.sendall(request)
                except OSError:
                    pass  # It may have been refused before it was whole.
                return self.receive()
            except (OSError, ValueError):
                self.connection.close()
                self.connection = None
        return 0, ""

    def receive(self):
        data = b""
        while b"\r\n\r\n" not in data:
            part = self.connection.recv(65536)
            if not part:
                raise ValueError("no answer")
            data += part
        head, _, rest = data.partition(b"\r\n\r\n")
        text = head.decode("latin-1")
        length = re.search(r"(?i)\r\ncontent-length: (\d+)", text)
        while length and len(rest) < int(length.group(1)):
            part = self.connection.recv(65536)
            if not part:
                break
            rest += part
        if re.search(r"(?i)\r\nconnection: close", text):
            self.connection.close()
            self.connection = None
        return int(text.split(" ", 2)[1]), text + "\r\n\r\n" + rest.decode("utf-8", "replace")

    def log_in(self):
        status, text = self.form("/login", "tenant=seeblick&name=anna&password=a+long+enough+password")
        self.cookie = re.search(r"(?i)set-cookie: (session=[^;]+)", text).group(1)
        _, page = self.send(f"GET /t/seeblick/reception HTTP/1.1\r\nHost: h\r\nCookie: {self.cookie}")
        self.csrf = re.search(r'name="csrf" value="([^"]+)"', page).group(1)

    def form(self, path, body, headers=""):
        body = body.encode("utf-8", "surrogateescape")
        return self.send(
            f"POST {path} HTTP/1.1\r\nHost: h\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n{headers}"
            f"Content-Length: {len(body)}", body)

    def close(self):
        self.serve.send_signal(signal.SIGTERM)
        try:
            return self.serve.wait(60)
        finally:
            self.simulator.kill()
            self.serve.kill()
