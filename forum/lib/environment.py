"""Tiny readers of the environment. A bad value stops the start with a sentence naming it."""

import os
import re
import tempfile
from contextlib import suppress
from importlib.util import find_spec
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str) -> bool:
    value = text(name, "0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")
    return value == "1"


def whole_number(name: str, default: int, *, least: int, most: int) -> int:
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise ImproperlyConfigured(
            f"{name} must be a whole number from {least} to {most}, not {value!r}."
        )
    return int(value)


def make_folder(name: str, path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name}: the folder {path} cannot be made: {error.strerror}."
        ) from None


def names(name: str) -> list[str]:
    """A list separated by commas: `ALLOWED_HOSTS=example.org,www.example.org`."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


HOST_NAME = re.compile(r"[^\s/:\[\]]+|\[[0-9a-fA-F:.]+\]")


def hosts(name: str) -> list[str]:
    """Names a site answers to, as a request says them: with an address or a port none matches."""
    found = names(name)
    for part in found:
        if not HOST_NAME.fullmatch(part):
            raise ImproperlyConfigured(
                f"{name} must list names alone, such as debate.example, and not {part!r}."
            )
    return found


def origin(name: str) -> str:
    """Where a site is found, without a path: `https://debate.example`; empty if it is not said."""
    url = text(name)
    if not url:
        return ""
    parts = _split(name, url, {"https": 1, "http": 1})
    if not parts.hostname or parts.username or parts.path.strip("/") or parts.query:
        raise ImproperlyConfigured(
            f"{name} must be the address of the whole site, such as https://debate.example."
        )
    return f"{parts.scheme}://{parts.netloc}"


# What stands for a proxy on this machine that comes by a socket and so has no address.
SOCKET = "unix"


def networks(name: str) -> list[IPv4Network | IPv6Network | str]:
    """Whole networks or single addresses: `TRUSTED_PROXIES=10.0.0.0/8,2001:db8::1`, or `unix`."""
    found: list[IPv4Network | IPv6Network | str] = []
    for part in names(name):
        try:
            found.append(SOCKET if part == SOCKET else ip_network(part))
        except ValueError:
            raise ImproperlyConfigured(
                f"{name} must list networks, such as 10.0.0.0/8 or 2001:db8::/32, or {SOCKET},"
                f" and not {part!r}."
            ) from None
    return found


def _split(name: str, url: str, schemes: dict[str, Any]) -> SplitResult:
    # Without the cause, whose words would show the whole of it, the password included.
    try:
        parts = urlsplit(url)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is no address.") from None
    try:
        parts.port  # noqa: B018 — reading it is what checks it
    except ValueError:
        raise ImproperlyConfigured(f"{name}: the port must be a number up to 65535.") from None
    if parts.scheme not in schemes:
        known = ", ".join(f"{scheme}:" for scheme in schemes)
        raise ImproperlyConfigured(
            f"{name} must begin with one of {known} and not {parts.scheme!r}."
        )
    return parts


def database(name: str, default_file: Path) -> dict[str, Any]:
    """`sqlite:///path` (the default, tuned to lose no write) or `postgres://user:pw@host/name`."""
    url = text(name)
    if not url:
        return _sqlite(default_file)
    parts = _split(name, url, {"sqlite": 1, "postgres": 1, "postgresql": 1})
    if parts.scheme == "sqlite":
        file = unquote(parts.path).removeprefix("/")
        if not file:
            raise ImproperlyConfigured(f"{name} names no file: write sqlite:///site.sqlite3.")
        return _sqlite(Path(file))
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    database_name = unquote(parts.path.removeprefix("/"))
    if not database_name:
        raise ImproperlyConfigured(f"{name} names no database after the host.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database_name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "forum.lib.sqlite",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # With Django's defaults concurrent read-then-write requests are lost to "locked".
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # Of Python's 128 a busy site drops some before it needs them again.
            "cached_statements": 500,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA cache_size=-64000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
            ),
        },
    }


# What nobody can ask for any more is not held for ever.
_KEPT_FOR = 24 * 3600
# Of each process.
_OWN = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "TIMEOUT": _KEPT_FOR,
}


def caches(name: str) -> dict[str, Any]:
    """The shared cache (allauth's limits lie in it), that of whole pages, and that of what is dear
    to make of a page and the same for members."""
    url = text(name)
    if not url:
        return {
            "default": {
                "BACKEND": "django.core.cache.backends.db.DatabaseCache",
                "LOCATION": "site_cache",
            },
            "pages": {**_OWN, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 600}},
            "fragments": {**_OWN, "LOCATION": "fragments", "OPTIONS": {"MAX_ENTRIES": 200}},
        }
    _split(name, url, {"redis": 1, "rediss": 1, "unix": 1})
    redis = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
    return {
        "default": redis,
        "pages": {**redis, "KEY_PREFIX": "pages"},
        "fragments": {**redis, "KEY_PREFIX": "fragments", "TIMEOUT": _KEPT_FOR},
    }


def email(name: str, files: Path, *, demo: bool) -> dict[str, Any]:
    """`smtp://user:pw@host:587` (STARTTLS), `smtps://…:465`, `file:///folder`, `console:`.

    Without it mail is kept as files under `DATA_DIR` while DEMO=1, and printed otherwise.
    """
    url = text(name) or (f"file://{files}" if demo else "console:")
    parts = _split(name, url, {"smtp": 1, "smtps": 1, "file": 1, "console": 1})
    backend = "django.core.mail.backends."
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": f"{backend}console.EmailBackend"}
    if parts.scheme == "file":
        folder = unquote(parts.path)
        if not folder:
            raise ImproperlyConfigured(f"{name} names no folder.")
        return {"EMAIL_BACKEND": f"{backend}filebased.EmailBackend", "EMAIL_FILE_PATH": folder}
    if not parts.hostname:
        raise ImproperlyConfigured(f"{name} names no mail server.")
    secure = parts.scheme == "smtps"
    plain = parse_qs(parts.query).get("tls") == ["0"]
    return {
        "EMAIL_BACKEND": f"{backend}smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if secure else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": not secure and not plain,
        "EMAIL_TIMEOUT": 20,
    }


def storage(name: str) -> dict[str, Any]:
    """A class of Django's sort, by its dotted path; files under `DATA_DIR` without it."""
    path = text(name) or "django.core.files.storage.FileSystemStorage"
    module, _, class_name = path.rpartition(".")
    try:
        found = find_spec(module) is not None and class_name.isidentifier()
    except (ImportError, ValueError):
        found = False
    if not found:
        raise ImproperlyConfigured(
            f"{name} must name a class by its whole path, as package.module.Class, not {path!r}."
        )
    return {"BACKEND": path}


def openid(
    *, issuer: str, client_id: str, secret: str, label: str
) -> tuple[dict[str, Any] | None, list[str]]:
    """Whom people may come in by: the application as allauth wants it, and the issuer's origin."""
    whole = {"OIDC_ISSUER": issuer, "OIDC_CLIENT_ID": client_id, "OIDC_CLIENT_SECRET": secret}
    if not any(whole.values()):
        return None, []
    for name, value in whole.items():
        if not value:
            raise ImproperlyConfigured(f"{name} is not set: {', '.join(whole)} belong together.")
    parts = _split("OIDC_ISSUER", issuer, {"https": None, "http": None})
    if not parts.hostname or parts.query or parts.fragment or parts.username:
        raise ImproperlyConfigured(
            "OIDC_ISSUER must be a plain address, such as https://login.example."
        )
    if parts.scheme == "http" and parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise ImproperlyConfigured("OIDC_ISSUER must begin with https:, but on this machine.")
    app = {
        "provider_id": "openid",
        "name": label or parts.hostname,
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": issuer.rstrip("/")},
    }
    return app, [f"{parts.scheme}://{parts.netloc}"]


def secret_key(name: str, file: Path, *, demo: bool, pipe: bool) -> str:
    """The signing key; a demonstration keeps one of its own, a pipe signs nothing."""
    value = text(name)
    if value:
        if len(value) < 32 and not demo:  # noqa: PLR2004 — Django's own check wants 50
            raise ImproperlyConfigured(f"{name} is too short: give it at least 32 characters.")
        return value
    if pipe:
        return "a pipe signs nothing"
    if not demo:
        raise ImproperlyConfigured(
            f"{name} is not set. Give it a long random value, or DEMO=1 to try the site out."
        )
    return _kept_key(file)


def _kept_key(file: Path) -> str:
    """Written whole before it gets its name: of two that start at once, none reads half of it."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(get_random_secret_key())
        with suppress(FileExistsError):
            os.link(draft, file)
        Path(draft).unlink()
    return file.read_text(encoding="utf-8")
