"""The site's catalogues: what there is to translate, and files of it for translators.

`make messages` runs this: it takes every marked word out of code and templates, keeps what is
translated already, and compiles. Nothing of gettext's own tools is needed, here or where the site
runs: the compiled files are part of the source.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "forum" / "locale"
# As Django's own catalogues have them.
PLURALS = {
    "de": "nplurals=2; plural=(n != 1);",
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
        "n%100>=11 && n%100<=99 ? 4 : 5;"
    ),
}
LANGUAGES = tuple(PLURALS)
# The language the words are written in, as gettext names it.
OWN = "en_GB"
TRANSLATION = "django.utils.translation"
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATES = re.compile(rf"\b(_|n?p?gettext)\(\s*({LITERAL}(?:\s*,\s*{LITERAL})*)")
FORMATTED = re.compile(r"%\(\w+\)[a-z]|%[sd]")
WIDTH = 100

# Context, and the words; context is None where there is none.
Key = tuple[str | None, str]


@dataclass
class Message:
    words: str
    context: str | None = None
    plural: str = ""
    files: set[str] = field(default_factory=set)

    @property
    def key(self) -> Key:
        return self.context, self.words


def messages() -> dict[Key, Message]:
    """All that is marked in code and templates."""
    found: dict[Key, Message] = {}
    for file, each in _marked():
        known = found.setdefault(each.key, each)
        known.plural = known.plural or each.plural
        known.files.add(file)
    return found


def _marked() -> Iterator[tuple[str, Message]]:
    code = [path for app in ("forum", "essays") for path in (ROOT / app).rglob("*.py")]
    for path in sorted(code):
        if not {"load", "demonstration"} & set(path.parts):
            for message in in_code(path.read_text(encoding="utf-8")):
                yield path.relative_to(ROOT).as_posix(), message
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.is_file():
            for message in in_template(path.read_text(encoding="utf-8")):
                yield path.relative_to(ROOT).as_posix(), message


def in_code(source: str) -> Iterator[Message]:
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == TRANSLATION
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = _called(node.func, names)
            said = [
                arg.value
                for arg in node.args
                if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            ]
            if "gettext" in called and said:
                yield _message(called, said)


def _called(func: ast.expr, names: dict[str, str]) -> str:
    if isinstance(func, ast.Name):
        return names.get(func.id, "")
    is_module = isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name)
    return func.attr if is_module and names.get(func.value.id) is not None else ""


def in_template(source: str) -> Iterator[Message]:
    for called, said in IN_TEMPLATES.findall(templatize(source)):
        name = "gettext" if called == "_" else called
        # What is left of comments for translators is none of it.
        yield _message(name, list(ast.literal_eval(f"({said},)")))


def _message(called: str, said: list[str]) -> Message:
    """`said` may have one string more, which names the number."""
    context = said.pop(0) if "pgettext" in called else None
    plural = said[1] if called.startswith("n") else ""
    return Message(said[0], context, plural)


def path_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def compiled(language: str) -> Path:
    return path_of(language).with_suffix(".mo")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(path_of(language)), wrapwidth=WIDTH)


def renewed(language: str, found: dict[Key, Message]) -> polib.POFile:
    """With each message once, by its words, and what is translated of them already."""
    old = catalogue(language) if path_of(language).exists() else []
    known = {(entry.msgctxt, entry.msgid, entry.msgid_plural): entry for entry in old}
    new = polib.POFile(wrapwidth=WIDTH)
    new.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    for _, message in sorted(found.items(), key=lambda item: (item[0][1], item[0][0] or "")):
        new.append(_entry(language, message, known))
    return new


def of_own_words(found: dict[Key, Message]) -> bytes:
    """The compiled catalogue in which each message says itself, so that what is looked up is found
    at once: what is not is asked for in the catalogues of Django and every library first.
    """
    own = polib.POFile()
    own.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for message in found.values():
        entry = polib.POEntry(msgid=message.words, msgctxt=message.context)
        if message.plural:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = {0: message.words, 1: message.plural}
        else:
            entry.msgstr = message.words
        own.append(entry)
    return own.to_binary()


def _entry(language: str, message: Message, known: dict) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.words,
        msgctxt=message.context,
        msgid_plural=message.plural,
        occurrences=[(file, "") for file in sorted(message.files)],
    )
    if FORMATTED.search(message.words + message.plural):
        entry.flags = ["python-format"]
    before = known.get((message.context, message.words, message.plural))
    if message.plural:
        empty = dict.fromkeys(range(forms(language)), "")
        entry.msgstr_plural = before.msgstr_plural if before else empty
    else:
        entry.msgstr = before.msgstr if before else ""
    if before:
        entry.tcomment = before.tcomment
    return entry


def forms(language: str) -> int:
    return int(PLURALS[language].partition(";")[0].partition("=")[2])


def main() -> None:
    found = messages()
    for language in LANGUAGES:
        path = path_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        new = renewed(language, found)
        new.save(str(path))
        compiled(language).write_bytes(new.to_binary())
        print(f"{language}: {len(new)} messages, {len(new.untranslated_entries())} to translate")
    compiled(OWN).parent.mkdir(parents=True, exist_ok=True)
    compiled(OWN).write_bytes(of_own_words(found))


if __name__ == "__main__":
    main()
