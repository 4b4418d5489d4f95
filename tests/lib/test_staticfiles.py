"""What collecting makes of the many small sheets and scripts."""

import re
import tempfile
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import SimpleTestCase, override_settings

from forum.lib.staticfiles import (
    SITE_SCRIPT,
    SITE_STYLESHEET,
    Sources,
    bare_script,
    bare_stylesheet,
    join_scripts,
    join_stylesheets,
)

SOURCES = Path(settings.BASE_DIR, "static")
SHEETS = sorted(path for path in (SOURCES / "css").glob("*.css") if path.name != "site.css")
SCRIPTS = sorted(path for path in (SOURCES / "js").glob("*.js") if path.name != "site.js")


def imports(text: str) -> list[str]:
    return re.findall(r'^@?import "\./([^"]+)";$', text, re.MULTILINE)


def sources(**files: str) -> Sources:
    """Files as collecting knows them; `css__a` stands for css/a.css."""
    storage = FileSystemStorage(location=tempfile.mkdtemp())
    paths = {}
    for key, text in files.items():
        folder, _, stem = key.partition("__")
        name = f"{folder}/{stem}.{folder}"
        storage.save(name, ContentFile(text.encode()))
        paths[name] = (storage, name)
    return paths


class SourceTests(SimpleTestCase):
    def test_every_sheet_is_asked_for_once(self) -> None:
        asked = imports((SOURCES / SITE_STYLESHEET).read_text())
        self.assertEqual(sorted(asked), [path.name for path in SHEETS])

    def test_every_script_is_asked_for_once(self) -> None:
        asked = imports((SOURCES / SITE_SCRIPT).read_text())
        self.assertEqual(sorted(asked), [path.name for path in SCRIPTS])

    def test_every_sheet_keeps_to_one_declared_layer(self) -> None:
        declared = re.search(r"^@layer ([^;{]+);", (SOURCES / SITE_STYLESHEET).read_text(), re.M)
        assert declared
        for sheet in SHEETS:
            with self.subTest(sheet=sheet.name):
                bare = re.sub(r"/\*.*?\*/\s*", "", sheet.read_text(), flags=re.DOTALL)
                layers = re.findall(r"^@layer (\w+) \{", bare, re.MULTILINE)
                self.assertEqual(len(layers), 1)
                self.assertIn(layers[0], declared[1].split(", "))
                self.assertEqual(re.findall(r"^[^\s}@].*", bare, re.MULTILINE), [])

    def test_sheets_and_scripts_stay_short(self) -> None:
        for paths, longest in ((SHEETS, 200), (SCRIPTS, 150)):
            for path in paths:
                with self.subTest(path=path.name):
                    lines = path.read_text().splitlines()
                    self.assertLessEqual(len(lines), longest)
                    self.assertLessEqual(max(map(len, lines)), 100)

    def test_no_text_in_a_script_goes_over_several_lines(self) -> None:
        """What looks like a comment in one would be left out of it."""
        for script in SCRIPTS:
            with self.subTest(script=script.name):
                texts = re.findall(r"`[^`]*`", script.read_text())
                self.assertEqual([text for text in texts if "\n" in text], [])


class BareTests(SimpleTestCase):
    def test_a_stylesheet_loses_its_comments_and_its_indents(self) -> None:
        sheet = "/* One\n   two. */\na {\n  color: red; /* three */\n}\n"
        self.assertEqual(bare_stylesheet(sheet), "a {\ncolor: red; }\n")

    def test_a_script_loses_the_lines_that_are_comments_and_its_indents(self) -> None:
        script = '// One\nif (a) {\n  // two\n  b("http://c"); // three\n}\n'
        self.assertEqual(bare_script(script), 'if (a) {\nb("http://c"); // three\n}\n')


class JoinTests(SimpleTestCase):
    def test_sheets_are_joined_in_the_order_of_their_imports(self) -> None:
        paths = sources(
            css__site='@layer x;\n\n@import "./b.css";\n@import "./a.css";\n',
            css__a="a { color: red; }\n",
            css__b="b { color: red; }\n",
        )
        joined = join_stylesheets(paths, SITE_STYLESHEET)
        self.assertEqual(joined, "@layer x;\n\nb { color: red; }\n\na { color: red; }\n")

    def test_a_sheet_of_another_folder_is_refused(self) -> None:
        paths = sources(css__site='@import "../other/a.css";\n')
        with self.assertRaisesMessage(ImproperlyConfigured, "lie beside it"):
            join_stylesheets(paths, SITE_STYLESHEET)

    def test_a_missing_sheet_is_named(self) -> None:
        paths = sources(css__site='@import "./gone.css";\n')
        with self.assertRaisesMessage(ImproperlyConfigured, "css/gone.css"):
            join_stylesheets(paths, SITE_STYLESHEET)

    def test_a_script_keeps_its_names_to_itself(self) -> None:
        paths = sources(
            js__site='import "./a.js";\nimport "./b.js";\n',
            js__a="const one = 1;\n",
            js__b="const one = 2;\n",
        )
        joined = join_scripts(paths, SITE_SCRIPT)
        self.assertEqual(joined, "{\nconst one = 1;\n}\n{\nconst one = 2;\n}\n")

    def test_a_script_that_imports_another_stays_a_file(self) -> None:
        paths = sources(
            js__site='import "./a.js";\n', js__a='import { one } from "./b.js";\n', js__b=""
        )
        self.assertEqual(join_scripts(paths, SITE_SCRIPT), 'import "./a.js";\n')


class CollectedTests(SimpleTestCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.root = Path(folder.name)
        cls.enterClassContext(
            override_settings(
                DEBUG=False,
                STATIC_ROOT=folder.name,
                STORAGES={
                    **settings.STORAGES,
                    "staticfiles": {"BACKEND": "forum.lib.staticfiles.SiteStaticFilesStorage"},
                },
            )
        )
        # The second run finds everything collected, as an upgrade does.
        for _run in range(2):
            call_command("collectstatic", interactive=False, stdout=StringIO())

    def collected(self, name: str) -> str:
        return (self.root / staticfiles_storage.stored_name(name)).read_text()

    def test_the_stylesheet_holds_every_sheet_once_and_in_order(self) -> None:
        joined = self.collected(SITE_STYLESHEET)
        self.assertNotIn("@import", joined)
        # Until a sheet first names another file, which has another name once it is collected.
        begins = [
            bare_stylesheet((SOURCES / "css" / name).read_text()).strip().partition("url(")[0]
            for name in imports((SOURCES / SITE_STYLESHEET).read_text())
        ]
        self.assertEqual([joined.count(begin) for begin in begins], [1] * len(begins))
        self.assertEqual(sorted(begins, key=joined.index), begins)

    def test_the_script_holds_every_script_once_and_asks_for_none(self) -> None:
        joined = self.collected(SITE_SCRIPT)
        self.assertEqual(imports(joined), [])
        for script in SCRIPTS:
            with self.subTest(script=script.name):
                self.assertEqual(joined.count(bare_script(script.read_text()).rstrip()), 1)

    def test_readers_fetch_no_comments(self) -> None:
        self.assertNotIn("/*", self.collected(SITE_STYLESHEET))
        self.assertNotRegex(self.collected(SITE_SCRIPT), r"(?m)^\s*//")

    def test_the_stylesheet_names_fonts_and_pictures_by_their_hashes(self) -> None:
        addresses = re.findall(r'url\("?([^")]+)"?\)', self.collected(SITE_STYLESHEET))
        self.assertTrue(addresses)
        for address in addresses:
            with self.subTest(address=address):
                self.assertRegex(address, r"\.[0-9a-f]{12}\.(woff2|svg)$")
                self.assertTrue((self.root / "css" / address).resolve().exists())

    def test_a_page_asks_for_one_stylesheet_and_one_script(self) -> None:
        page = render_to_string("404.html")
        self.assertEqual(
            re.findall(r'<link rel="stylesheet" href="([^"]+)"', page),
            [staticfiles_storage.url(SITE_STYLESHEET)],
        )
        self.assertEqual(
            re.findall(r'<script[^>]* src="([^"]+)"', page),
            [staticfiles_storage.url(SITE_SCRIPT)],
        )

    def test_a_compressed_copy_lies_beside_the_stylesheet(self) -> None:
        name = staticfiles_storage.stored_name(SITE_STYLESHEET)
        self.assertTrue((self.root / f"{name}.gz").exists())


class PlainStorageTests(SimpleTestCase):
    @override_settings(
        STORAGES={
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        }
    )
    def test_a_page_works_without_collecting(self) -> None:
        self.assertIn(f'href="/static/{SITE_STYLESHEET}"', render_to_string("404.html"))
