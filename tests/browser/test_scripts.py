"""What the scripts add to pages that work without them, tried in a browser, wide and narrow."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import enter_as
from tests.factories import make_claim, make_essay, make_user

SOURCE = """\
## Straw

The horse *never once* choked of straw[^1]. Nobody knew why, and nobody asked. Everybody blamed \
the horse. Nobody knew.

Then a ring of straw changed the fields. It was cheap, and any saddler could make it.

[^1]: The saddlers' rolls say so.
"""


@pytest.fixture
def essay(transactional_db):
    return make_essay("The Collar", SOURCE, slug="the-collar")


def first_line(words):
    """A point in the first line of words that may take several."""
    words.scroll_into_view_if_needed()
    return words.evaluate(
        """it => {
            const line = [...it.getClientRects()].find(line => line.width > 20);
            return [line.left + 15, (line.top + line.bottom) / 2];
        }"""
    )


def boxes(page, selector):
    """Of each element, from top to bottom: its number, and its first line's edges on the page."""
    return page.evaluate(
        """selector => [...document.querySelectorAll(selector)].map(it => {
            const box = it.getClientRects()[0] ?? it.getBoundingClientRect();
            return [it.dataset.claim, box.top + scrollY, box.bottom + scrollY];
        })""",
        selector,
    )


# The margin.


def crowded_essay():
    """Thirty claims, two of them on the sentences of each paragraph."""
    sentence = "Sentence {} of the paragraph stands here, and it says a little more than it needs."
    numbers = range(1, 31)
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    source = "\n\n".join(f"{sentence.format(a)} {sentence.format(b)}" for a, b in pairs)
    essay = make_essay("Crowded", source, slug="crowded")
    reader = make_user()
    for number in numbers:
        make_claim(essay, sentence.format(number), author=reader, statement="Is it so? " * 8)
    return essay


def test_notes_stand_beside_their_lines_and_never_on_each_other(wide, transactional_db):
    crowded_essay()
    wide.goto("/essays/crowded/")
    wide.evaluate("document.fonts.ready.then(() => true)")
    expect(wide.locator(".note").first).to_have_attribute("style", re.compile("translate"))
    lines = {number: top for number, top, _ in boxes(wide, "mark.passage")[::-1]}
    notes = boxes(wide, ".notes .note")
    assert len(notes) == 30
    floor = 0
    for number, top, bottom in notes:
        assert top >= floor, f"note {number} stands on the one before it"
        assert top == pytest.approx(max(lines[number] - 4, floor + 16 if floor else 0), abs=2)
        floor = bottom
    assert wide.locator("#map").bounding_box()["y"] + wide.evaluate("scrollY") >= floor


def test_notes_stay_where_they_are_when_the_window_narrows(wide, essay):
    make_claim(essay, "Nobody knew why")
    wide.goto("/essays/the-collar/")
    wide.set_viewport_size({"width": 700, "height": 900})
    note = wide.locator(".notes .note")
    note.wait_for(state="hidden")
    assert note.evaluate("it => it.style.translate") == ""


def test_a_passage_its_note_and_its_entry_light_up_together(wide, essay):
    make_claim(essay, "any saddler could make it")
    wide.goto("/essays/the-collar/")
    lit = wide.locator(".lit[data-claim='1']")
    wide.locator("mark.passage").hover()
    assert lit.count() >= 2
    wide.locator("h1").hover()
    assert lit.count() == 0
    wide.locator(".note").focus()
    assert wide.locator("mark.passage.lit").count() == 1


def test_a_tap_on_a_passage_opens_and_closes_its_note(phone, essay):
    make_claim(essay, "any saddler could make it")
    phone.goto("/essays/the-collar/")
    note, passage = phone.locator(".note"), phone.locator("mark.passage")
    assert not note.is_visible()
    for is_open in (True, False):
        phone.touchscreen.tap(*first_line(passage))
        assert note.is_visible() is is_open
        said = phone.locator(".ref").get_attribute("aria-expanded")
        assert said == str(is_open).lower()
    phone.locator(".ref").tap()
    assert note.is_visible()
    note.tap()
    phone.wait_for_url("**/claims/**")


# Sentence numbers.


def test_where_nothing_hovers_numbers_show_when_asked_for(phone, essay):
    phone.goto("/essays/the-collar/")
    first, second = phone.locator("#s-1-1 .sn"), phone.locator("#s-2-1 .sn")
    assert not first.is_visible()
    phone.locator("#para-1 .pil").tap()
    assert first.is_visible()
    assert not second.is_visible()
    assert phone.url.endswith("/essays/the-collar/")

    switch = phone.get_by_role("button", name="Sentence numbers")
    switch.tap()
    assert second.is_visible()
    phone.reload()
    assert second.is_visible()
    assert switch.get_attribute("aria-pressed") == "true"
    switch.tap()
    assert not second.is_visible()
    phone.reload()
    assert not second.is_visible()


def test_escape_closes_what_a_number_has_opened(wide, essay):
    wide.goto("/essays/the-collar/")
    wide.locator("#s-1-2 .sn > a").focus()
    wide.keyboard.press("Enter")
    wide.mouse.move(0, 0)
    opened = wide.locator("#s-1-2 .sc")
    assert opened.is_visible()
    before = wide.evaluate("scrollY")
    wide.keyboard.press("Escape")
    opened.wait_for(state="hidden")
    assert wide.evaluate("scrollY") == before
    assert wide.url.endswith("/essays/the-collar/")
    # The next Tab goes on from here; what the focus opens closes too.
    for sentence in ("#s-1-2", "#s-1-3"):
        wide.keyboard.press("Tab")
        number = wide.locator(f"{sentence} .sn > a")
        assert number.evaluate("it => it === document.activeElement")
        assert wide.locator(f"{sentence} .sc").is_visible()
        wide.keyboard.press("Escape")
        wide.locator(f"{sentence} .sc").wait_for(state="hidden")


# Selected words.

SELECT = """([first, last]) => {
    const paragraph = document.getElementById("para-1");
    const nodes = [];
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) nodes.push(walker.currentNode);
    const range = document.createRange();
    const start = nodes.find(node => node.data.includes(first));
    const end = nodes.findLast(node => node.data.includes(last));
    range.setStart(start, start.data.indexOf(first));
    range.setEnd(end, end.data.lastIndexOf(last) + last.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""

SELECTIONS = {
    "inside a word": ("orse ", "never", "orse never"),
    "across emphasis": ("horse ", "choked", "horse never once choked"),
    "ending in emphasis": ("The", "never", "The horse never"),
    "over a footnote's mark": ("of straw", "and nobody", "of straw. Nobody knew why, and nobody"),
    "over a claim's sign": ("asked", "blamed", "asked. Everybody blamed"),
    "over sentences": (
        "why, and", "Nobody knew.",
        "why, and nobody asked. Everybody blamed the horse. Nobody knew.",
    ),
    "standing twice": ("Nobody knew.", "knew", "Nobody knew"),
}  # fmt: skip


def test_selected_words_are_challenged_word_for_word(wide, essay):
    make_claim(essay, "Nobody knew why, and nobody asked.")
    for name, (first, last, words) in SELECTIONS.items():
        wide.goto("/essays/the-collar/")
        wide.evaluate(SELECT, [first, last])
        wide.get_by_role("link", name="Challenge this").click()
        wide.get_by_role("button", name="Write the counterpoint").click()
        wide.wait_for_url("**/p1/**")
        assert wide.locator("mark.choosing").inner_text() == words, name
        if name == "standing twice":
            before = wide.locator("mark.choosing").evaluate("it => it.previousSibling.data")
            assert before.endswith("blamed the horse. ")


def test_a_member_marks_a_claim_on_what_they_selected(wide, essay, base_url):
    enter_as(wide, make_user(), base_url)
    wide.goto("/essays/the-collar/")
    wide.mouse.click(*first_line(wide.get_by_text("It was cheap")), click_count=3)
    wide.get_by_role("link", name="Challenge this").click()
    wide.get_by_role("button", name="Only mark the claim").click()
    words = "It was cheap, and any saddler could make it."
    assert wide.locator("mark.choosing").inner_text() == words
    wide.locator("[name=statement]").fill("Straw changed the fields.")
    wide.get_by_role("button", name="Only mark the claim").click()
    wide.wait_for_url("**/claims/**")
    wide.goto("/essays/the-collar/")
    assert wide.locator("mark.passage").first.inner_text().startswith("It was cheap")


def test_nothing_is_offered_for_a_letter_or_for_two_paragraphs(wide, essay):
    wide.goto("/essays/the-collar/")
    offer = wide.get_by_role("link", name="Challenge this")
    wide.evaluate(SELECT, ["The horse", "of straw"])
    offer.wait_for()
    for first, last in (("#para-1", "#para-2"), ("h1", "h1")):
        wide.evaluate(
            """([first, last]) => getSelection().setBaseAndExtent(
                document.querySelector(first), 0,
                document.querySelector(last), document.querySelector(last).childNodes.length)""",
            [first, last],
        )
        offer.wait_for(state="hidden")
        wide.evaluate(SELECT, ["The horse", "of straw"])
        offer.wait_for()
    wide.evaluate(SELECT, ["Th", "Th"])
    offer.wait_for(state="hidden")


# The masthead.


def test_the_menu_closes_with_escape_and_on_a_click_elsewhere(phone, essay):
    phone.goto("/essays/the-collar/")
    menu = phone.locator(".mast details").first
    summary = menu.locator("summary")
    for close in (
        lambda: phone.keyboard.press("Escape"),
        lambda: phone.locator("h1").tap(position={"x": 2, "y": 2}, force=True),
    ):
        summary.tap()
        assert menu.get_attribute("open") is not None
        close()
        expect(phone.locator(".mast details[open]")).to_have_count(0)
    summary.focus()
    phone.keyboard.press("Enter")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Escape")
    assert summary.evaluate("it => it === document.activeElement")


# Writing.


def test_what_is_typed_is_shown_as_the_server_will_render_it(wide, essay, base_url):
    enter_as(wide, make_user(), base_url)
    wide.goto("/essays/the-collar/discussion/")
    area, preview = wide.locator("textarea"), wide.locator("section.preview")
    assert not preview.is_visible()
    area.focus()
    wide.keyboard.type("It is *cheap* & <b>light</b>.")
    preview.locator("em").wait_for()
    assert preview.locator(".prose").inner_text() == "It is cheap & <b>light</b>."
    area.fill("> " * 40 + "too deep")
    preview.locator(".error").wait_for()
    assert preview.locator(".error").inner_text().strip()
    area.fill("")
    preview.wait_for(state="hidden")
    assert area.evaluate("it => it === document.activeElement")
