"""What the bench reckons with: processes, databases, forms and its table."""

import gzip
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "bin"))

from benching import databases, processes  # noqa: E402
from benching.asking import CSRF_TOKEN, Answer, Cost, poster  # noqa: E402
from benching.table import Line, Side, table  # noqa: E402

STAT = "41 (a (odd) name) S 7 41 41 0 -1 4194560 1 2 3 4 {user} {system} {their} {theirs} 20 0 1"


def side(cpu_ms, floor_ms=0.5, **more):
    return Side(Cost([cpu_ms / 1000] * 3, [100.0], [0.0125]), floor_ms, **more)


def test_a_process_is_charged_for_its_children_that_have_ended():
    ticks = processes.TICK
    stat = STAT.format(user=2 * ticks, system=ticks, their=ticks, theirs=ticks)
    assert processes.cpu_of(stat) == 5
    assert processes.fields(stat)[processes.PARENT] == "7"


def test_a_family_is_all_that_descends_from_a_process():
    parents = {2: 1, 3: 2, 4: 3, 5: 1, 6: 5}
    assert processes.family(parents, 2) == {2, 3, 4}
    assert processes.family(parents, 9) == {9}


def test_the_meter_hears_of_a_child_that_works():
    meter = processes.Meter([os.getpid()])
    before = meter.read()
    subprocess.run([sys.executable, "-c", "sum(range(6_000_000))"], check=True)
    assert meter.read() - before >= 0.05


def test_one_hiccup_does_not_spoil_a_cost():
    assert Cost(cpu=[0.002, 0.002, 0.050], rate=[90.0, 100.0, 110.0]).cpu_ms == 2
    assert Cost(cpu=[0.001], rate=[90.0, 100.0, 110.0]).a_second == 100


def test_nineteen_of_twenty_requests_were_answered_sooner():
    assert Cost(taken=[0.001 * each for each in range(100, 0, -1)]).p95_ms == pytest.approx(96)
    assert Cost(taken=[0.004]).p95_ms == 4


def test_posts_are_counted_in_compressed_pages_too():
    body = b'<li id="post-1"><li id="post-22"><p id="posts">'
    assert Answer(200, body, "").posts == 2
    assert Answer(200, gzip.compress(body), "").posts == 2


def test_every_form_is_sent_with_a_key_of_its_own():
    sent = []

    class Ear:
        def ask(self, path, headers, *, expected, form):
            sent.append((path, headers, parse_qs(form)))

    post = poster(Ear(), ["/posts/1/reply/", "/posts/2/reply/"], "sessionid=s", relation="rebuts")
    for _ in range(4):
        post()
    assert {path for path, _, _ in sent} == {"/posts/1/reply/", "/posts/2/reply/"}
    assert len({form["form_key"][0] for _, _, form in sent}) == 4
    _, headers, form = sent[0]
    assert form["csrfmiddlewaretoken"] == [CSRF_TOKEN]
    assert f"csrftoken={CSRF_TOKEN}" in headers["Cookie"]
    assert form["relation"] == ["rebuts"]


def test_the_table_says_what_grows_and_how_many_floors_it_costs():
    line = Line(
        "home", "visitor", side(1.0, statements=4, posts=20),
        side(1.5, statements=4, posts=25, size=30_000, compressed=6_000),
    )  # fmt: skip
    text = table([line], 100, 100_000)
    cells = [cell.strip() for cell in text.splitlines()[-1].strip("|").split("|")]
    assert cells == [
        "home", "visitor", "100", "12.5", "1.50", "1.00", "1.50", "3.00", "4 / 4", "20 / 25",
        "30,000", "6,000",
    ]  # fmt: skip


def test_the_rows_of_the_table_are_equally_wide():
    lines = [Line("home", "304", side(1.0), side(2.0)), Line("a page", "x", side(9), side(900.0))]
    widths = {len(row) for row in table(lines, 100, 1_000).splitlines()[2:]}
    assert len(widths) == 1


def test_a_database_is_made_anew_when_what_decides_it_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(databases, "ROOT", tmp_path)
    recipe = tmp_path / "forum/load/words.py"
    recipe.parent.mkdir(parents=True)
    recipe.write_text("one")
    first = databases.key()
    assert first == databases.key()
    recipe.write_text("two")
    assert databases.key() != first


@pytest.mark.parametrize("pattern", databases.DECIDING)
def test_what_decides_a_database_is_there(pattern):
    assert list(ROOT.glob(pattern))
