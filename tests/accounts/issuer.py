"""A small OpenID Connect provider on this machine, which vouches for whomever a test says."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt

CLIENT, SECRET = "counterpoint", "not a secret, for it guards nothing but tests"


class Issuer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        # Who is logged in there, and whether it works at all.
        self.claims: dict = {}
        self.works = True
        self.token_requests: list[dict] = []
        self.audience = CLIENT

    def vouches_for(self, **claims) -> None:
        self.claims = {"sub": "4711", "email_verified": True} | claims

    def answer(self, path: str) -> dict | None:
        if path == "/.well-known/openid-configuration":
            names = {"authorization_endpoint": "authorize", "token_endpoint": "token",
                     "userinfo_endpoint": "userinfo", "jwks_uri": "keys"}  # fmt: skip
            ways = {name: f"{self.url}/{end}" for name, end in names.items()}
            methods = ["client_secret_post"]
            return {"issuer": self.url, **ways, "token_endpoint_auth_methods_supported": methods}
        if path == "/token":
            now = int(time.time())
            told = {"iss": self.url, "aud": self.audience, "iat": now, "exp": now + 60}
            token = jwt.encode(told | self.claims, SECRET.ljust(32, "-"), algorithm="HS256")
            return {"access_token": "opaque", "token_type": "Bearer", "id_token": token}
        return self.claims if path == "/userinfo" else None


class _Handler(BaseHTTPRequestHandler):
    server: Issuer

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.server.token_requests.append({name: one[0] for name, one in parse_qs(body).items()})
        self._answer()

    def _answer(self) -> None:
        said = self.server.answer(urlsplit(self.path).path) if self.server.works else None
        body = json.dumps(said or {}).encode()
        self.send_response(200 if said else 500)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args) -> None:
        pass


@contextmanager
def issuer():
    server = Issuer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
