"""Sending to addresses that others gave: a real server on this machine, let in by an own judge."""

import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.test import SimpleTestCase

from forum.lib import outbound
from forum.lib.outbound import Unsendable, check_address, is_public, post

HOST = "hooks.example"


def certificate(folder: Path) -> Path:
    """Of a host that is nowhere: who connects must be told where it is."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )  # fmt: skip
    return file


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self.server.heard.append((self.path, dict(self.headers), self.rfile.read(length)))
        self.server.answer(self)

    def log_message(self, *_told):
        pass


def answer_with(status, **headers):
    def answer(handler):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


class LocalServerTests(SimpleTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with TemporaryDirectory() as folder:
            file = certificate(Path(folder))
            ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            ours.load_cert_chain(file)
            cls.trusting = ssl.create_default_context(cafile=file)
        cls.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        cls.server.socket = ours.wrap_socket(cls.server.socket, server_side=True)
        cls.server.daemon_threads = True
        cls.thread = threading.Thread(target=cls.server.serve_forever, args=(0.02,), daemon=True)
        cls.thread.start()

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()
        cls.thread.join()
        super().tearDownClass()

    def setUp(self):
        self.server.heard = []
        self.server.answer = answer_with(204)

    def url(self, host=HOST, path="/told?by=us"):
        return f"https://{host}:{self.server.server_port}{path}"

    def send(self, url="", **changes):
        options = {
            "is_allowed": lambda _address: True, "context": self.trusting,
            "resolve": lambda _host, _port: ["127.0.0.1"],
        } | changes  # fmt: skip
        return post(url or self.url(), b'{"a": 1}', {"X-Said": "yes"}, **options)

    def refused(self, words, *args, **changes):
        with self.assertRaisesMessage(Unsendable, words):
            self.send(*args, **changes)

    def test_it_arrives_whole_at_the_address_that_was_judged(self):
        self.assertEqual(self.send(), 204)
        ((path, headers, body),) = self.server.heard
        self.assertEqual((path, body), ("/told?by=us", b'{"a": 1}'))
        self.assertEqual(headers["X-Said"], "yes")
        self.assertEqual(headers["Host"], f"{HOST}:{self.server.server_port}")

    def test_the_name_is_asked_for_once_so_it_cannot_lead_elsewhere_later(self):
        answers = iter([["127.0.0.1"], ["10.0.0.1"]])
        asked = []
        self.send(resolve=lambda host, _port: asked.append(host) or next(answers))
        self.assertEqual(asked, [HOST])

    def test_by_itself_it_reaches_nothing_on_this_machine(self):
        self.refused("not on the public net", is_allowed=None)
        self.refused("not on the public net", self.url("127.0.0.1"), is_allowed=None, resolve=None)
        self.refused("not on the public net", self.url("localhost"), is_allowed=None, resolve=None)
        self.assertEqual(self.server.heard, [])

    def test_one_private_address_among_public_ones_is_one_too_many(self):
        told = ["93.184.216.34", "192.168.1.1"]
        self.refused("not on the public net", is_allowed=None, resolve=lambda *_: told)

    def test_a_redirect_is_an_answer_like_any_other(self):
        self.server.answer = answer_with(302, Location="https://elsewhere.example/")
        self.assertEqual(self.send(), 302)
        self.assertEqual(len(self.server.heard), 1)

    def test_a_certificate_of_another_name_or_of_nobody_is_not_accepted(self):
        self.refused("certificate was not accepted", self.url("other.example"))
        self.refused("certificate was not accepted", context=None)
        self.assertEqual(self.server.heard, [])

    def test_whoever_dribbles_is_left_after_a_while(self):
        let_go = threading.Event()
        self.server.answer = lambda _handler: let_go.wait(5)
        with patch.object(outbound, "WHOLE", 0.2):
            self.refused("It could not be reached")
        let_go.set()

    def test_what_is_not_there_is_said_in_words_without_the_address(self):
        def nowhere(_host, _port):
            raise OSError("no such host")

        self.refused("The host has no address.", resolve=nowhere)
        self.refused("It could not be reached", f"https://{HOST}:1/")

    def test_too_much_is_not_sent(self):
        with self.assertRaisesMessage(Unsendable, "64,000 bytes"):
            post(self.url(), b"x" * 64_001, {})


class AddressTests(SimpleTestCase):
    def test_what_is_not_public_by_whatever_spelling(self):
        for told in (
            "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254",
            "100.64.0.1", "0.0.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
            "240.0.0.1", "::", "::1", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1",
            "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
            "2002:7f00:1::", "2002:c0a8:101::", "2001:0:4136:e378:8000:63bf:f5ff:fffe",
        ):  # fmt: skip
            with self.subTest(told=told):
                self.assertFalse(is_public(ip_address(told)))

    def test_what_is(self):
        for told in ("93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"):
            with self.subTest(told=told):
                self.assertTrue(is_public(ip_address(told)))

    def test_an_address_is_refused_before_anything_is_sent_there(self):
        for told, words in (
            ("http://hooks.example/", "must begin with https://"),
            ("ftp://hooks.example/", "must begin with https://"),
            ("https:///path", "name a host"),
            ("https://me:secret@hooks.example/", "no name and no password"),
            ("https://hooks.example:70000/", "no address"),
            ("https://hooks.example/a b", "plain characters"),
            ("https://hooks.example/\r\nX: y", "plain characters"),
            ("https://hööks.example/", "plain characters"),
            ("https://10.0.0.1/", "not on the public net"),
            ("https://[::ffff:127.0.0.1]/", "not on the public net"),
            ("https://[fe80::1]/", "not on the public net"),
        ):
            with self.subTest(told=told), self.assertRaisesMessage(Unsendable, words):
                check_address(told)
        check_address("https://hooks.example:8443/told?by=us")
