"""An image is handed to everybody, once and for ever, and nothing else lies under /media/."""

import gzip
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import TestCase

from tests.essays.pictures import picture
from tests.essays.test_images import InAFolderOfItsOwn
from tests.factories import make_user

PLACES = (
    "/media/", "/media", "/media/collar.webp", "/media/../counterpoint.sqlite3",
    "/media/..%2fcounterpoint.sqlite3", "/media/%2e%2e/secret-key", "/media//etc/passwd",
    "/media/./{}", "/media/{}/", "/media/{}%00", "/media/{}%0a", "/media/{}.gz", "/media/a/{}",
    "/media/..\\{}", "/media/{}%20", "/MEDIA/{}",
)  # fmt: skip


class MediaTests(InAFolderOfItsOwn, TestCase):
    def setUp(self):
        super().setUp()
        made = picture(600, 300)
        self.files = dict(made.files)
        for name, stored in made.files:
            default_storage.save(name, ContentFile(stored))
        self.name = str(made.name)
        self.url = f"/media/{self.name}"

    def get(self, url=None, **headers):
        """The answer, read to its end, as `said`."""
        response = self.client.get(url or self.url, headers=headers)
        response.said = response.getvalue()
        return response

    def test_each_width_is_handed_out_whole_to_a_stranger_without_a_query(self):
        for name, stored in self.files.items():
            with self.assertNumQueries(0):
                response = self.get(f"/media/{name}")
            self.assertEqual(response.status_code, 200)
            self.assertTrue(response.streaming)
            self.assertEqual(response.said, stored)
            self.assertEqual(response.headers["Content-Length"], str(len(stored)))

    def test_it_may_be_kept_for_ever_by_anybody_and_is_taken_for_nothing_else(self):
        headers = self.get().headers
        self.assertEqual(headers["Cache-Control"], "public, max-age=31536000, immutable")
        self.assertEqual(headers["Content-Type"], "image/webp")
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("default-src 'self'", headers["Content-Security-Policy"])
        self.assertNotIn("Vary", headers)
        self.assertNotIn("Set-Cookie", headers)

    def test_it_is_the_same_for_a_member(self):
        self.client.force_login(make_user())
        with self.assertNumQueries(0):
            headers = self.get().headers
        self.assertNotIn("Cookie", headers.get("Vary", ""))
        self.assertTrue(headers["Cache-Control"].startswith("public"))

    def test_whoever_has_it_is_told_so(self):
        etag = self.get().headers["ETag"]
        for said, status in ((etag, 304), (f'"other", {etag}', 304), ('"other"', 200), ("", 200)):
            with self.subTest(said=said):
                self.assertEqual(self.get(**{"If-None-Match": said}).status_code, status)

    def test_a_304_says_how_long_it_may_be_kept_and_holds_nothing(self):
        etag = self.get().headers["ETag"]
        response = self.get(**{"If-None-Match": etag})
        self.assertEqual(response.content, b"")
        self.assertIn("immutable", response.headers["Cache-Control"])
        self.assertEqual(response.headers["ETag"], etag)

    def test_its_head_alone(self):
        response = self.client.head(self.url)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Content-Length"], str(len(self.files[self.name])))
        self.assertEqual(response.headers["Content-Type"], "image/webp")
        self.assertEqual(response.content, b"")

    def test_it_is_not_compressed_a_second_time_and_keeps_its_length(self):
        response = self.get(**{"Accept-Encoding": "gzip"})
        self.assertNotIn("Content-Encoding", response.headers)
        self.assertEqual(response.said, self.files[self.name])
        page = self.client.get("/", headers={"Accept-Encoding": "gzip"})
        self.assertIn(b"<html", gzip.decompress(page.content))

    def test_nothing_else_is_there(self):
        Path(settings.MEDIA_ROOT, "collar.webp").write_bytes(b"Not by its digest.")
        Path(settings.MEDIA_ROOT).parent.joinpath("secret").write_bytes(b"Not public.")
        for place in PLACES:
            with self.subTest(place=place):
                self.assertEqual(self.client.get(place.format(self.name)).status_code, 404)

    def test_an_image_that_is_gone_is_gone_for_those_who_have_it_too(self):
        etag = self.get().headers["ETag"]
        default_storage.delete(self.name)
        for headers in ({}, {"If-None-Match": etag}):
            response = self.get(**headers)
            self.assertEqual(response.status_code, 404)
            self.assertNotIn("immutable", response.headers.get("Cache-Control", ""))

    def test_nothing_is_sent_to_it(self):
        for method in ("post", "put", "delete", "patch"):
            self.assertEqual(getattr(self.client, method)(self.url).status_code, 405)
