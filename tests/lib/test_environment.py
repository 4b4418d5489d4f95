"""What an operator says by the environment, and what the site answers to nonsense."""

import os
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.exceptions import ImproperlyConfigured

from forum.lib import environment
from tests.together import together

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET = "a long random value that nobody else has got"
SHOW = "from forum import settings; print(settings.{})"


@pytest.fixture
def say(monkeypatch):
    """Say one thing by the environment, whatever was said before."""

    def say_(value):
        monkeypatch.setenv("SAID", value)

    return say_


def start(folder, *command, given="", **said):
    """The site's own start, with nothing in the environment but what is said."""
    surroundings = {"PATH": os.environ["PATH"], "DATA_DIR": str(folder), **said}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT, env=surroundings, input=given, capture_output=True, text=True, check=False,
    )  # fmt: skip


# Starting


def test_without_a_secret_the_site_does_not_start_and_says_why(tmp_path):
    ended = start(tmp_path, "manage.py", "migrate", "--plan")
    assert ended.returncode != 0
    assert "SECRET_KEY is not set. Give it a long random value, or DEMO=1" in ended.stderr


@pytest.mark.parametrize("pipe", ["standing", "render"])
def test_a_pipe_starts_without_a_secret_and_leaves_no_folder(tmp_path, pipe):
    folder = tmp_path / "data"
    ended = start(folder, "manage.py", pipe, given="")
    assert "SECRET_KEY" not in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not folder.exists()


def test_a_demonstration_starts_and_keeps_a_secret_of_its_own(tmp_path):
    show = ("-c", SHOW.format("SECRET_KEY"))
    first, second = (start(tmp_path, *show, DEMO="1") for _ in range(2))
    assert first.returncode == 0, first.stderr
    assert len(first.stdout.strip()) >= 50
    assert second.stdout == first.stdout
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"DATABASE_URL": "mysql://u:p@h/db"}, "DATABASE_URL must begin with one of"),
        ({"EMAIL_URL": "pigeon://loft"}, "EMAIL_URL must begin with one of"),
        ({"CACHE_URL": "memcached://h"}, "CACHE_URL must begin with one of"),
        ({"BEHIND_PROXY": "yes"}, "BEHIND_PROXY must be 1 or 0, not 'yes'."),
        ({"DEMO": "true"}, "DEMO must be 1 or 0, not 'true'."),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"MEDIA_STORAGE": "a.cloud"}, "MEDIA_STORAGE must name a class by its whole path"),
        ({"HOST": "debate.example"}, "HOST must begin with one of https:, http:"),
        ({"ALLOWED_HOSTS": "https://debate.example"}, "ALLOWED_HOSTS must list names alone"),
        ({"PORT": "eighty"}, "PORT must be a whole number from 1 to 65535"),
        ({"DATA_DIR": "/dev/null/data"}, "DATA_DIR: the folder /dev/null/data cannot be made"),
    ],
)
def test_a_bad_value_stops_the_start_with_a_sentence_naming_it(tmp_path, said, sentence):
    ended = start(tmp_path, "manage.py", "check", **{"SECRET_KEY": SECRET, **said})
    assert ended.returncode != 0
    assert sentence in ended.stderr.strip().splitlines()[-1]


def test_cookies_insist_on_https_where_the_site_has_such_an_address(tmp_path):
    show = ("-c", SHOW.format("SESSION_COOKIE_SECURE, settings.CSRF_TRUSTED_ORIGINS"))
    plain = start(tmp_path, *show, SECRET_KEY=SECRET)
    secure = start(tmp_path, *show, SECRET_KEY=SECRET, HOST="https://essays.example")
    assert plain.stdout.split() == ["False", "[]"]
    assert secure.stdout.split() == ["True", "['https://essays.example']"]


# Single readers


@pytest.mark.parametrize(("value", "meant"), [("1", True), ("0", False), (" 1 ", True)])
def test_a_flag_is_1_or_0(say, value, meant):
    say(value)
    assert environment.flag("SAID") is meant


def test_a_list_has_no_empty_names(say):
    say(" a.example , ,b.example,")
    assert environment.names("SAID") == ["a.example", "b.example"]


@pytest.mark.parametrize(
    "value", ["http://a.example", "a.example:8000", "[::1]:8000", "a.example/essays", "a b"]
)
def test_a_name_that_no_request_could_bring_is_refused(say, value):
    say(f"b.example,{value}")
    with pytest.raises(ImproperlyConfigured, match="SAID must list names alone"):
        environment.hosts("SAID")


def test_every_name_that_a_request_can_bring_is_taken(say):
    say("a.example, .b.example,[::1],127.0.0.1,*")
    assert environment.hosts("SAID") == ["a.example", ".b.example", "[::1]", "127.0.0.1", "*"]


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("", ""),
        ("https://a.example", "https://a.example"),
        ("https://a.example/", "https://a.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ],
)
def test_the_address_of_the_site_is_kept_without_its_last_stroke(say, value, meant):
    say(value)
    assert environment.origin("SAID") == meant


@pytest.mark.parametrize(
    "value",
    ["https://", "https://a.example/essays", "https://u@a.example", "https://a.example?a=1"],
)
def test_an_address_that_is_not_the_whole_site_is_refused(say, value):
    say(value)
    with pytest.raises(ImproperlyConfigured, match="SAID must be the address of the whole site"):
        environment.origin("SAID")


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("mysql://h/db", "SAID must begin with one of sqlite:, postgres:, postgresql:"),
        ("site.sqlite3", "SAID must begin with one of"),
        ("postgres://u:p@h:54x2/db", "SAID: the port must be a number"),
        ("postgres://u:p@h:99999/db", "SAID: the port must be a number"),
        ("postgres://u:p@[::1/db", "SAID is no address"),
        ("postgres://u:p@h", "SAID names no database"),
        ("postgres://u:p@h/", "SAID names no database"),
        ("sqlite://", "SAID names no file"),
        ("sqlite:///", "SAID names no file"),
    ],
)  # fmt: skip
def test_a_bad_database_is_named_in_one_sentence(say, value, sentence):
    say(value)
    with pytest.raises(ImproperlyConfigured) as caught:
        environment.database("SAID", Path("default"))
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_bad_address_does_not_print_the_password(say):
    for value in ("mysql://u:opensesame@h/db", "postgres://u:opensesame@h:x/db",
                  "postgres://u:opensesame@[::1/db", "postgres://u:opensesame@h"):  # fmt: skip
        say(value)
        with pytest.raises(ImproperlyConfigured) as caught:
            environment.database("SAID", Path("default"))
        assert "opensesame" not in str(caught.value)


def test_a_postgres_address_is_taken_apart(say):
    say("postgresql://us%40er:p%2Fw@db.example:6543/the%20site?sslmode=require")
    taken = environment.database("SAID", Path("default"))
    assert taken["ENGINE"].endswith("postgresql")
    assert (taken["USER"], taken["PASSWORD"]) == ("us@er", "p/w")
    assert (taken["HOST"], taken["PORT"], taken["NAME"]) == ("db.example", "6543", "the site")
    assert taken["OPTIONS"] == {"sslmode": "require"}


def test_a_socket_may_be_the_host(say):
    say("postgresql://user@/site?host=/run/postgres")
    assert environment.database("SAID", Path("default"))["HOST"] == "/run/postgres"


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ("", "default"),
        ("sqlite:///rel/a.db", "rel/a.db"),
        ("sqlite:////srv/a%20b.db", "/srv/a b.db"),
    ],
)
def test_sqlite_waits_for_its_turn_and_loses_nothing(say, value, path):
    say(value)
    taken = environment.database("SAID", Path("default"))
    assert taken["NAME"] == Path(path)
    assert taken["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in taken["OPTIONS"]["init_command"]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("pigeon://loft", "SAID must begin with one of"),
        ("smtp://", "SAID names no mail server"),
        ("smtp://u:p@h:mail", "SAID: the port must be a number"),
        ("smtp://u:p@[::1", "SAID is no address"),
        ("file:", "SAID names no folder"),
    ],
)
def test_a_bad_mail_server_is_named_in_one_sentence(say, value, sentence):
    say(value)
    with pytest.raises(ImproperlyConfigured, match=sentence):
        environment.email("SAID", Path("mail"), demo=False)


@pytest.mark.parametrize(
    ("value", "port", "secure", "starttls"),
    [
        ("smtp://h", 587, False, True),
        ("smtps://h", 465, True, False),
        ("smtp://h:25?tls=0", 25, False, False),
        ("smtps://h:8465", 8465, True, False),
    ],
)
def test_mail_travels_encrypted_unless_said_otherwise(say, value, port, secure, starttls):
    say(value)
    taken = environment.email("SAID", Path("mail"), demo=False)
    assert taken["EMAIL_PORT"] == port
    assert (taken["EMAIL_USE_SSL"], taken["EMAIL_USE_TLS"]) == (secure, starttls)


def test_mail_of_a_demonstration_is_kept_as_files(say, tmp_path):
    say("")
    assert environment.email("SAID", tmp_path, demo=True)["EMAIL_FILE_PATH"] == str(tmp_path)
    assert "console" in environment.email("SAID", tmp_path, demo=False)["EMAIL_BACKEND"]


def test_the_cache_is_the_database_or_redis_and_visitors_pages_have_their_own(say):
    say("")
    own = environment.caches("SAID")
    assert own["default"]["BACKEND"].endswith("DatabaseCache")
    assert own["pages"]["BACKEND"].endswith("LocMemCache")
    say("redis://127.0.0.1:6379/1")
    shared = environment.caches("SAID")
    assert shared["default"]["LOCATION"] == shared["pages"]["LOCATION"]
    assert shared["pages"]["KEY_PREFIX"] != shared["default"].get("KEY_PREFIX", "")
    say("redis://127.0.0.1:x/1")
    with pytest.raises(ImproperlyConfigured, match="SAID: the port"):
        environment.caches("SAID")


@pytest.mark.parametrize("value", ["10.0.0.0/33", "10.0.0.1/8", "proxy", "unix:/run/x", "1.2.3"])
def test_what_is_no_network_is_named_in_one_sentence(say, value):
    say(f"10.0.0.0/8,{value}")
    with pytest.raises(ImproperlyConfigured, match="SAID must list networks, such as 10") as caught:
        environment.networks("SAID")
    assert value in str(caught.value)


def test_networks_are_whole_ones_or_single_addresses(say):
    say(" 10.0.0.0/8, 2001:db8::1 ,unix")
    assert [str(each) for each in environment.networks("SAID")] == [
        "10.0.0.0/8", "2001:db8::1/128", "unix",
    ]  # fmt: skip
    say("")
    assert environment.networks("SAID") == []


@pytest.mark.parametrize(
    "value",
    ["cloud", ".", "nowhere.Storage", "forum.nowhere.Storage", "forum.settings.", "forum/lib.A b"],
)
def test_a_storage_that_is_not_there_is_named_in_one_sentence(say, value):
    say(value)
    with pytest.raises(ImproperlyConfigured, match="SAID must name a class by its whole path"):
        environment.storage("SAID")


def test_images_are_files_unless_another_storage_is_named(say):
    say("")
    assert environment.storage("SAID")["BACKEND"].endswith(".FileSystemStorage")
    say("django.core.files.storage.InMemoryStorage")
    assert environment.storage("SAID") == {"BACKEND": "django.core.files.storage.InMemoryStorage"}


def test_two_that_start_at_once_have_the_same_secret(say, tmp_path):
    def slowly():
        time.sleep(0.1)
        return str(time.monotonic_ns()) * 4

    def start_():
        return environment.secret_key("SAID", tmp_path / "data" / "key", demo=True, pipe=False)

    say("")
    with patch.object(environment, "get_random_secret_key", slowly):
        secrets = together(start_, start_, start_)
    assert len(set(secrets)) == 1
    assert len(secrets[0]) > 32
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["key"]
