import io
from types import SimpleNamespace
from unittest import TestCase, mock

from django.core.management import call_command

from forum.management.commands.render import Command


def run(data, *arguments):
    out, err = io.StringIO(), io.StringIO()
    stdin = SimpleNamespace(buffer=io.BytesIO(data))
    code = 0
    with mock.patch("sys.stdin", stdin):
        try:
            call_command(Command(stdout=out, stderr=err, no_color=True), *arguments)
        except SystemExit as end:
            code = end.code
    return code, out.getvalue(), err.getvalue()


class RenderCommandTests(TestCase):
    def test_prints_the_html_of_a_post(self):
        self.assertEqual(run(b"*Yes*"), (0, "<p><em>Yes</em></p>\n", ""))

    def test_prints_the_html_of_an_essay(self):
        self.assertEqual(run(b"# Yes", "--essay"), (0, '<h2 id="h-yes">Yes</h2>\n', ""))

    def test_says_in_one_sentence_what_is_wrong(self):
        for data, sentence in (
            (b"\xff", "This is not UTF-8 text.\n"),
            (b"a" * 10_001, "This is too long: 10,000 characters at most.\n"),
            (b"a" * 2_000_001, "This is too long.\n"),
        ):
            with self.subTest(sentence):
                self.assertEqual(run(data), (1, "", sentence))

    def test_needs_no_checks_and_no_database(self):
        self.assertEqual(Command.requires_system_checks, [])
        self.assertFalse(Command.requires_migrations_checks)
