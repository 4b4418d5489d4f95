import pytest
from django.test import RequestFactory, override_settings

from forum.lib.client_address import client_address


def address(remote, forwarded=None, proxies=0):
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=proxies):
        return client_address(request)


def test_without_a_proxy_of_ours_nobody_chooses_their_own_address():
    assert address("192.0.2.7", "198.51.100.1") == "192.0.2.7"


@pytest.mark.parametrize(
    "forwarded", ["203.0.113.5", "198.51.100.1, 203.0.113.5", "nonsense ,203.0.113.5"]
)
def test_behind_our_proxy_only_what_it_added_itself_is_believed(forwarded):
    assert address("127.0.0.1", forwarded, proxies=1) == "203.0.113.5"


@pytest.mark.parametrize("forwarded", [None, ""])
def test_a_proxy_that_says_nothing_is_the_client(forwarded):
    assert address("127.0.0.1", forwarded, proxies=1) == "127.0.0.1"


def test_a_household_counts_as_one():
    assert address("2001:db8:1:2:3:4:5:6") == address("2001:db8:1:2::9") == "2001:db8:1:2::/64"
    assert address("2001:db8:1:3::9") != address("2001:db8:1:2::9")
    assert address("::ffff:192.0.2.7") == "192.0.2.7"


@pytest.mark.parametrize("remote", ["", "nonsense", "127.0.0.1; DROP", "a" * 5000])
def test_what_is_no_address_is_unknown(remote):
    assert address(remote) == "unknown"
