"""A small mail server on this machine's own address: it takes letters as a real one does, and can
be told to refuse them, to close for now, or to say nothing at all.
"""

import socketserver
from contextlib import contextmanager
from email import message_from_bytes, policy
from threading import Event, Lock, Thread

from django.test import override_settings

# A server that hangs answers nothing until the test is over.
TIMEOUT = 0.5


class MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Talk)
        self.lock = Lock()
        self.taken = []
        self.connections = 0
        # By command ("RCPT", "DATA" …): the answers to give instead, first come, first served.
        self.instead = {}
        self.over = Event()

    @property
    def port(self):
        return self.server_address[1]

    @property
    def letters(self):
        return [letter for _, letter in self.taken]

    def answer(self, command):
        with self.lock:
            answers = self.instead.get(command)
            return answers.pop(0) if answers else None

    def take(self, to, data):
        with self.lock:
            self.taken.append((to, message_from_bytes(data, policy=policy.default)))


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        with self.server.lock:
            self.server.connections += 1
        to = []
        if not self.say("CONNECT", "220 mail.example ESMTP"):
            return
        while line := self.rfile.readline():
            command = line[:4].decode("ascii", "replace").upper().strip()
            plain = {
                "EHLO": "250 mail.example", "HELO": "250 mail.example", "MAIL": "250 well",
                "RCPT": "250 well", "RSET": "250 well", "NOOP": "250 well",
                "DATA": "354 go on", "QUIT": "221 good-bye",
            }.get(command, "502 unknown")  # fmt: skip
            if not self.say(command, plain) or command == "QUIT":
                return
            if command == "RCPT":
                to.append(line.decode().split(":", 1)[1].strip())
            if command == "DATA" and self.said.startswith("354"):
                data = self.read_data()
                if not self.say("END", "250 taken"):
                    return
                if self.said.startswith("250"):
                    self.server.take(to, data)
                to = []

    def say(self, command, plain):
        """False where this talk is over."""
        self.said = self.server.answer(command) or plain
        if self.said == "hang":
            self.server.over.wait(30)
            return False
        self.wfile.write(f"{self.said}\r\n".encode())
        return not self.said.startswith("421")

    def read_data(self):
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)


@contextmanager
def mail_server():
    server = MailServer()
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    options = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": server.port,
        "EMAIL_TIMEOUT": TIMEOUT,
        "EMAIL_USE_TLS": False,
        "EMAIL_USE_SSL": False,
        "EMAIL_HOST_USER": "",
        "EMAIL_HOST_PASSWORD": "",
        "DEFAULT_FROM_EMAIL": "counterpoint@debate.example",
        "SITE_ADDRESS": "https://debate.example",
    }
    try:
        with override_settings(**options):
            yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
