"""Where a passage stands after a revision, and that none is put onto words it never meant."""

import pytest

from essays.anchoring import Carrier, Quotation, similarity
from forum.lib.rendering import render_essay

OLD = """\
The horse choked before the collar came. Nobody knew why. Everybody blamed the horse.

Then a ring of straw changed the fields. It was cheap, and any saddler could make it.

Towns grew where horses pulled. The lord counted silver, and did not count days any more."""


def quotation(words, text=OLD, *, nth=0, context=32):
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    end = start + len(words)
    return Quotation(
        words, text[max(0, start - context) : start], text[end : end + context], start, end
    )


def carried(words, new, *, old=OLD, nth=0):
    """The state, and the words there."""
    outcome = Carrier(old, new).carry(quotation(words, old, nth=nth))
    there = None if outcome.start is None else new[outcome.start : outcome.end]
    if outcome.state in ("exact", "moved"):
        assert there == words
        assert outcome.similarity == 1
    return outcome.state, there


def changed(*changes, text=OLD):
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    return text


WHY = "Nobody knew why."
STRAW = "Then a ring of straw changed the fields."
SILVER = "The lord counted silver, and did not count days any more."


@pytest.mark.parametrize(
    ("words", "new", "state", "there"),
    [
        # Nothing of it changed.
        (WHY, OLD, "exact", WHY),
        (WHY, changed(("Towns grew", "Towns shrank")), "exact", WHY),
        (WHY, f"A new beginning.\n\n{OLD}", "exact", WHY),
        (WHY, changed(("The horse choked", "The poor horse choked")), "exact", WHY),
        (WHY, changed((" Everybody", "\n\nEverybody")), "exact", WHY),
        (SILVER, changed((f"{STRAW} ", "")), "exact", SILVER),
        # The very words elsewhere.
        (SILVER, f"{SILVER}\n\n{changed((f' {SILVER}', ''))}", "moved", SILVER),
        (STRAW, f"{changed((f'{STRAW} ', ''))}\n\n{STRAW}", "moved", STRAW),
        # Its words changed.
        (WHY, changed((WHY, "Nobody knew quite why.")), "changed", "Nobody knew quite why."),
        (WHY, changed((WHY, "No one knew why.")), "changed", "No one knew why."),
        (WHY, changed((WHY, "Nobody knew the reason.")), "changed", "Nobody knew the reason."),
        ("It was cheap", changed(("It was cheap", "It was dear")), "changed", "It was dear"),
        (STRAW, changed((STRAW, "A ring of straw changed these fields.")), "changed",
         "A ring of straw changed these fields."),
        (WHY, changed((WHY, "Few knew why.")), "changed", "Few knew why."),
        (WHY, changed((WHY, "It was late in the day. Few knew why.")), "changed", "Few knew why."),
        (WHY, changed((WHY, "Nobody knew it. It was late.")), "changed", "Nobody knew it."),
        # It went.
        (WHY, changed((f"{WHY} ", "")), "orphaned", None),
        (STRAW, changed((f"{STRAW} ", "")), "orphaned", None),
        (WHY, "Nothing is left.", "orphaned", None),
        (WHY, "", "orphaned", None),
        (WHY, changed((WHY, "Some said that it was the strap.")), "orphaned", None),
    ],
)  # fmt: skip
def test_each_step_of_the_rule(words, new, state, there):
    assert carried(words, new) == (state, there)


def test_one_small_word_that_turns_the_meaning_is_a_change():
    new = changed((STRAW, "Then a ring of straw never changed the fields."))
    state, there = carried(STRAW, new)
    assert (state, there) == ("changed", "Then a ring of straw never changed the fields.")


def test_words_moved_far_and_changed_a_little_are_found_again():
    new = changed((f"{STRAW} ", "")) + f"\n\n{STRAW.replace('ring', 'band')}"
    assert carried(STRAW, new) == ("changed", STRAW.replace("ring", "band"))


def test_of_the_same_sentence_twice_each_keeps_its_own_place():
    old = "It was so in the beginning. Yes.\n\nIt was so in the beginning. No."
    words = "It was so in the beginning."
    new = f"Indeed.\n\n{old}"
    for nth in (0, 1):
        outcome = Carrier(old, new).carry(quotation(words, old, nth=nth))
        assert (outcome.state, outcome.start) == ("exact", old.index(words, nth * 20) + 9)


def test_of_two_places_the_one_with_the_same_neighbours_is_taken():
    words = "and so it was with all of them"
    old = f"The oxen came first, {words}, in spring. Then nothing happened."
    new = f"Others came, {words}, in autumn.\n\nThe oxen came first, {words}, in spring."
    outcome = Carrier(old, new).carry(quotation(words, old))
    assert outcome.start == new.rindex(words)


def test_few_words_move_only_along_with_their_neighbours():
    alone = changed((" Nobody knew why.", "")) + "\n\nFar away, nobody knew. Blame the horse."
    assert carried("the horse", changed((" Everybody blamed the horse.", "")) + " On the horse.",
                   nth=0) == ("orphaned", None)  # fmt: skip
    assert carried("Towns grew", changed(("Towns grew where horses pulled. ", ""))) == (
        "orphaned", None,
    )  # fmt: skip
    assert carried("Nobody knew", alone) == ("orphaned", None)
    within = changed((f"{WHY} ", "")) + "\n\nIn truth Nobody knew why."
    assert carried(WHY, within) == ("orphaned", None)


def test_words_are_never_taken_for_a_part_of_other_words():
    assert carried("grew", changed(("Towns grew", "Towns outgrew it")))[1] != "grew"
    assert carried("any saddler", changed(("any saddler", "many saddlers")))[1] != "any saddler"


def test_what_changed_before_and_did_not_change_now_stays_changed():
    """The measure is the quotation as first made, not what it had become."""
    first = quotation(WHY)
    between = changed((WHY, "Nobody knew quite why."))
    start = between.index("Nobody knew quite why.")
    now = Quotation(WHY, first.prefix, first.suffix, start, start + 22)
    outcome = Carrier(between, f"{between} The end.").carry(now)
    assert (outcome.state, outcome.start) == ("changed", start)
    assert outcome.similarity == pytest.approx(similarity(WHY, "Nobody knew quite why."))


def test_a_revert_heals_it():
    between = changed((WHY, "Nobody knew quite why."))
    start = between.index("Nobody knew quite why.")
    now = Quotation(WHY, "the collar came. ", " Everybody blamed", start, start + 22)
    outcome = Carrier(between, OLD).carry(now)
    assert (outcome.state, outcome.start) == ("exact", OLD.index(WHY))


def test_it_never_stands_in_a_heading_nor_across_two_paragraphs():
    new = render_essay("## Nobody knew why it choked so\n\nTowns grew.")
    old = "The horse choked. Nobody knew why it choked so. The end."
    words = "Nobody knew why it choked so"
    outcome = Carrier(old, new.text, new.blocks).carry(quotation(words, old))
    assert outcome.state == "orphaned"
    parted = changed((STRAW, "Then a ring of straw\n\nchanged the fields."))
    outcome = Carrier(OLD, parted).carry(quotation(STRAW))
    assert "\n" not in parted[outcome.start or 0 : outcome.end or 0]


def test_of_two_copies_the_one_that_went_is_lost_and_the_other_stays():
    copy = "It was so in the beginning."
    old = f"{copy} Then came the collar.\n\nThe lord said: yes. {copy} Nobody asked."
    for nth, other in ((0, 1), (1, 0)):
        places = [old.index(copy), old.rindex(copy)]
        new = old[: places[nth]] + old[places[nth] + len(copy) + 1 :]
        carrier = Carrier(old, new)
        assert carrier.carry(quotation(copy, old, nth=nth)).state == "orphaned"
        stayed = carrier.carry(quotation(copy, old, nth=other))
        assert (stayed.state, stayed.start) == ("exact", new.index(copy))


def test_what_is_much_like_it_and_stood_beside_it_is_not_it():
    spain = "In the towns of Spain it was cheap."
    old = f"{OLD}\n\n{spain} In the towns of Italy it was cheap. So they wrote."
    assert carried(spain, old.replace(f"{spain} ", ""), old=old) == ("orphaned", None)
    # Nor if that was changed a little in the same breath.
    new = old.replace(f"{spain} ", "").replace("Italy it was", "Italy it was never")
    assert carried(spain, new, old=old) == ("orphaned", None)


def test_a_word_or_two_are_not_found_in_another_sentence_by_chance():
    new = changed((STRAW, "A bundle of straw burned down the barn in an hour of that night."))
    assert carried("straw", new) == ("orphaned", None)
    assert carried("a ring of", new) == ("orphaned", None)
    assert carried("straw", changed((STRAW, "So a ring of straw changed all the fields."))) == (
        "exact", "straw",
    )  # fmt: skip


def test_part_of_a_sentence_is_not_found_in_another_by_its_little_words():
    asked = "If anybody asks for it, the steward will also check that the number of oxen is right."
    other = "They were tied to each other by a long rope so that the cart moved on at last."
    old, new = f"{OLD} {asked}", f"{OLD} {other}"
    assert carried("will also check that the", new, old=old) == ("orphaned", None)
    assert carried("the number of", new, old=old) == ("orphaned", None)


def test_letters_that_are_alike_by_chance_are_no_words():
    mills = "The mills of the northern towns were given over to the grinding of oats."
    hills = "The hills of the southern downs were living on, for the minding of goats."
    assert similarity(mills, hills) > 0.5
    assert carried(mills, f"{OLD} {hills}", old=f"{OLD} {mills}") == ("orphaned", None)


def test_what_begins_with_a_word_does_not_come_to_begin_with_a_comma():
    old = "They all went home. The horse choked in the field again."
    new = "They all went home, where a horse choked in the field again."
    assert carried("The horse choked in the field again.", new, old=old) == (
        "changed", "where a horse choked in the field again.",
    )  # fmt: skip


def test_few_words_move_with_either_neighbour():
    rest = "Nobody came for many days. So they went to bed, and slept."
    old = f"The lord counted silver and went away from us.\n\n{rest}"
    for moved in ("The lord counted silver.", "He had silver and went away from us."):
        assert carried("silver", f"{rest}\n\n{moved}", old=old) == ("moved", "silver")
    assert carried("silver", f"{rest}\n\nHe had silver.", old=old) == ("orphaned", None)


def test_what_was_put_in_the_place_of_its_first_or_last_words_belongs_to_it():
    new = changed((SILVER, "The lord counted silver, and did not care about anybody."))
    assert carried(SILVER, new)[1] == "The lord counted silver, and did not care about anybody."
    new = changed((SILVER, "His master counted silver, and did not count days any more."))
    assert carried(SILVER, new)[1] == "His master counted silver, and did not count days any more."
    # Half a sentence keeps to its half.
    assert carried("Towns grew", changed(("Towns grew", "Cities grew"))) == (
        "changed", "Cities grew",
    )  # fmt: skip
    half = "The lord counted silver"
    new = changed((half, "The lord hoarded gold"))
    assert carried(half, new) == ("changed", "The lord hoarded gold")


def test_a_stray_word_far_off_is_not_its_end():
    new = changed((STRAW, "Then a ring of straw changed many a field. Who came to the fields?"))
    assert carried(STRAW, new) == ("changed", "Then a ring of straw changed many a field.")


def test_marks_are_no_part_of_the_words_before_them():
    assert carried("Nobody knew why", changed((WHY, "Nobody knew why, and why not?"))) == (
        "exact", "Nobody knew why",
    )  # fmt: skip


def test_words_without_spaces_between_them_are_carried_too():
    old = "馬は首輪が来る前に息を詰まらせた。誰もその理由を知らなかった。皆が馬を責めた。"
    words = "誰もその理由を知らなかった。"
    new = old.replace("理由を知らなかった", "理由を長く知らなかった")
    assert carried(words, new, old=old) == ("changed", "誰もその理由を長く知らなかった。")
    assert carried(words, f"昔の話だ。{old}", old=old) == ("exact", words)
    assert carried(words, old.replace(words, ""), old=old) == ("orphaned", None)


def test_words_beside_a_changed_passage_that_were_its_own_heal_it():
    """It had been cut down to what survived of it."""
    between = changed((WHY, "Few knew why."))
    start = between.index("knew why.")
    now = Quotation(WHY, "the collar came. ", " Everybody blamed", start, start + 9)
    assert Carrier(between, OLD).carry(now).state == "exact"
    assert Carrier(between, f"{between} The end.").carry(now).state == "changed"


def test_a_quotation_from_outside_the_paragraphs_may_stand_outside_of_them():
    old, new = render_essay("## Straw\n\nIt was cheap."), render_essay("# One\n\n## Straw\n\nNo.")
    carrier = Carrier(old.text, new.text, new.blocks, old.blocks)
    assert carrier.carry(quotation("Straw", old.text)).state == "exact"
    assert carrier.carry(quotation("It was cheap.", old.text)).state == "orphaned"


def test_two_paragraphs_of_a_plain_text_may_be_quoted_as_one():
    both = "Everybody blamed the horse.\n\nThen a ring of straw"
    assert carried(both, f"Before.\n\n{OLD}") == ("exact", both)


def test_a_carrier_tells_whether_anything_of_a_quotation_came_with_the_text():
    without = changed((f"{STRAW} ", ""))
    assert Carrier(without, OLD).brings(STRAW)
    assert not Carrier(OLD, OLD).brings(STRAW)
    assert not Carrier(OLD, without).brings(STRAW)
