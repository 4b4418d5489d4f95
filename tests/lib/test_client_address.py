import pytest
from django.test import RequestFactory, override_settings

from forum.lib.client_address import address_of, client_address
from forum.lib.environment import ip_network


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


OURS = [ip_network("10.0.0.0/8"), ip_network("2001:db8:9::/48")]


def behind(remote, forwarded, proxies=OURS):
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)
    with override_settings(TRUSTED_PROXIES=proxies):
        return address_of(request)


@pytest.mark.parametrize(
    ("remote", "forwarded", "found"),
    [
        # Nobody but a proxy of ours is believed.
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),
        ("192.0.2.7", "10.0.0.1", "192.0.2.7"),
        ("10.0.0.1", "203.0.113.5", "203.0.113.5"),
        # What the client wrote itself stands further left, and is not looked at.
        ("10.0.0.1", "198.51.100.1, 203.0.113.5", "203.0.113.5"),
        ("10.0.0.1", "10.0.0.9, 203.0.113.5", "203.0.113.5"),
        # Two proxies of ours in a row.
        ("10.0.0.1", "198.51.100.1,203.0.113.5,10.2.2.2", "203.0.113.5"),
        ("2001:db8:9::1", "203.0.113.5", "203.0.113.5"),
        ("::ffff:10.0.0.1", "2001:db8::7", "2001:db8::7"),
        # A proxy that says nothing, or nothing that is an address, is all that is known.
        ("10.0.0.1", None, "10.0.0.1"),
        ("10.0.0.1", "203.0.113.5, unknown", "10.0.0.1"),
        ("10.0.0.1", "nonsense, 10.0.0.3", "10.0.0.3"),
        ("", "203.0.113.5", ""),
    ],
)
def test_named_proxies_are_believed_from_right_to_left(remote, forwarded, found):
    assert behind(remote, forwarded) == found


def test_a_proxy_that_comes_by_a_socket_is_believed_where_it_is_named():
    assert behind("", "198.51.100.1, 203.0.113.5", proxies=["unix"]) == "203.0.113.5"
    assert behind("192.0.2.7", "203.0.113.5", proxies=["unix"]) == "192.0.2.7"


def test_an_address_with_a_zone_is_one_without():
    assert behind("fe80::1%eth0", None) == "fe80::1"
