"""What an editor may write looks as it reads: what begins anew stands apart, lines are even."""

import pytest

from tests.factories import make_essay

TOP = "it => it.getBoundingClientRect().top"
BOTTOM = "it => it.getBoundingClientRect().bottom"


@pytest.fixture
def read(wide, transactional_db):
    def open_essay(source):
        essay = make_essay("The Collar", source=source)
        wide.goto(essay.get_absolute_url())
        return wide.locator("article.essay")

    return open_essay


def gap(upper, lower):
    return lower.evaluate(TOP) - upper.evaluate(BOTTOM)


def test_a_paragraph_of_many_sentences_has_even_lines(read):
    """The number of the tenth once broke in two, and made its line higher."""
    text = read(" ".join(["Straw is soft and cheap."] * 40))
    lines = text.locator(".sen").evaluate_all(
        "all => all.flatMap(it => [...it.getClientRects()].map(box => Math.round(box.bottom)))"
    )
    steps = {below - above for above, below in zip(lines, lines[1:], strict=False)} - {0}
    assert max(steps) - min(step for step in steps if step > 0) <= 1


def test_the_sign_of_a_footnote_leaves_its_line_as_high_as_it_is(read):
    text = read("Straw is soft.\n\nStraw is soft.[^1]\n\n[^1]: A note.")
    plain, noted = (text.locator(f"#para-{number}") for number in (1, 2))
    height = "it => Math.round(it.getBoundingClientRect().height)"
    assert plain.evaluate(height) == noted.evaluate(height)


@pytest.mark.parametrize(
    "source", ["> {}\n>\n> {}", "- {}\n\n  {}", "Said.[^1]\n\n[^1]: {}\n\n    {}"]
)
def test_paragraphs_within_a_quotation_an_item_or_a_note_stand_apart(read, source):
    text = read(source.format("Straw is soft.", "Hay is dear."))
    first, second = (
        text.locator("p", has_text=words).last for words in ("Straw is soft.", "Hay is dear.")
    )
    assert gap(first, second) > 8


def test_a_lower_heading_stands_apart_from_what_it_heads(read):
    text = read("## Straw\n\nIt is soft.\n\n### Of rye\n\nIt is dear.")
    heading = text.locator("h3")
    assert gap(heading, text.locator("#para-2")) > 8
    assert gap(text.locator("#para-1"), heading) > 16


def test_the_discussion_begins_apart_from_the_related_essays(wide, transactional_db):
    essay, other = make_essay("The Collar"), make_essay("The Plough")
    for each in (essay, other):
        each.tags.add("straw")
    wide.goto(essay.get_absolute_url())
    assert gap(wide.locator("#related"), wide.locator("#talk")) > 32


def test_what_the_number_of_a_sentence_in_a_table_opens_is_not_cut_off(read, wide):
    text = read("Straw.\n\n|Year|Crop|\n|-|-|\n|1917|Rye was dear.|\n|1918|Oats were.|")
    for number in ("s-2-1", "s-2-2"):
        text.locator(f"#{number} .sn > a").first.hover()
        challenge = text.locator(f"#{number} .sc a").first
        corner = challenge.evaluate(
            "it => { const box = it.getBoundingClientRect();"
            " return document.elementFromPoint(box.left + 2, box.top + 4) === it; }"
        )
        assert corner
    challenge.click()
    wide.wait_for_url("**/p2/?s=2")


def test_on_paper_paragraphs_are_indented_and_items_stand_as_they_do_on_the_page(read, wide):
    text = read(
        "Straw.\n\nHay.\n\n- Oats\n\n> Rye.\n\n|Year|\n|-|\n|1917|\n\nA note.[^1]\n\n[^1]: It."
    )
    wide.emulate_media(media="print")
    beginning = "it => parseFloat(getComputedStyle(it).textIndent) > 0"
    indented = {
        part: text.locator(part).first.evaluate(beginning)
        for part in ("#para-2", "li", "blockquote", "td", ".footnotes li")
    }
    assert [part for part, is_so in indented.items() if is_so] == ["#para-2"]
    assert gap(text.locator("#para-2 > p"), text.locator("#para-3 ul")) > 4
    assert not wide.locator(".follow").first.is_visible()


def test_the_last_of_many_sections_is_in_reach_from_the_first(read, wide):
    read("\n\n".join(f"## Of crop {number}\n\nIt is dear." for number in range(60)))
    last = wide.locator(".rail a", has_text="Of crop 59")
    last.hover()
    assert wide.evaluate("scrollY") < 1000
    last.click()
    wide.wait_for_url("**#h-of-crop-59")
    first = wide.locator(".rail a", has_text="Of crop 0").first
    first.hover()
    assert wide.evaluate("scrollY") > 1000
