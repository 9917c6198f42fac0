"""The board pack: made from a frozen quarter, kept, the same when made again, downloaded with a line in the trail."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from factories.indicators import AT, make_indicator, type_in
from integration.web.plan_of_two import make_plan

from upstream.papers import render
from upstream.papers.storing import pack, unpack
from upstream_web.audit.models import Event
from upstream_web.core.models import Job
from upstream_web.performance.operations import quarters
from upstream_web.records import papers
from upstream_web.records.models import KeptPaper
from upstream_web.reports.board_pack import composing, deck, other_parts
from upstream_web.reports.operations import board_packs
from upstream_web.strategy import queries
from upstream_web.strategy.models import Standing

Q3 = date(2026, 7, 1)
ABOUT = composing.About("Testshire", "July to September 2026", "2026-Q3", "1", AT)
ROOT = Path(__file__).resolve().parents[3]
AGAIN = """
import hashlib, sys
from upstream.papers import render
from upstream.papers.storing import unpack
paper = unpack(open(sys.argv[1], "rb").read())
for form in ("html", "pdf", "docx", "pptx"):
    print(form, hashlib.sha256(render(paper, form)).hexdigest())
"""


@pytest.fixture
def frozen(db, site_of):
    indicator = make_indicator(polarity="lower is better")
    type_in(indicator, [20, 22, 21, 20, 22, 21, 20, 22, 21, 20, 22, 21, 20, 22, 21, 20, 22, 21, 20, 22, 60])
    make_indicator("wells", title="Wells dug")  # nothing is held of it
    return quarters.freeze(starts_on=Q3, by="manager@test", at=AT)


def make(**asked):
    return board_packs.make(starts_on=Q3, by="manager@test", at=AT, **asked)


def words_of(paper):
    return render(paper, "html").decode()


def test_pack_begins_with_what_changed_what_is_late_and_what_to_decide(frozen):
    paper = papers.content_of(make())
    assert [section.heading for section in paper.sections][:2] == ["At a glance", "2. Primary prevention"]
    page = words_of(paper)
    for words in (
        "What changed",
        "What is late",
        "No commentary yet: Lessons.",
        "Say what follows from “Lessons” (worse: ",
    ):
        assert words in page
    assert "Wells dug" in page
    assert "Nothing is held" in page
    assert frozen.digest[:16] in page


def test_pack_made_again_in_another_process_is_the_same_byte_for_byte(frozen, tmp_path):
    kept = make()
    content = tmp_path / "content.json.gz"
    content.write_bytes(pack(papers.content_of(kept)))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": "77"}
    told = subprocess.run(
        [sys.executable, "-c", AGAIN, str(content)],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        cwd=ROOT,
    )
    assert dict(line.split() for line in told.stdout.splitlines()) == kept.files


def test_same_frozen_content_gives_the_same_content(frozen):
    one = board_packs._paper(frozen.quarter, frozen, 1, AT)
    other = board_packs._paper(frozen.quarter, frozen, 1, AT)
    assert hashlib.sha256(pack(one)).digest() == hashlib.sha256(pack(other)).digest()
    assert unpack(pack(one)) is not one


def test_draft_says_so_and_needs_no_frozen_quarter(db, site_of):
    make_indicator()
    with pytest.raises(board_packs.NothingToPack, match="not frozen"):
        make()
    paper = papers.content_of(make(draft=True))
    assert paper.status == "Draft"


def test_versions_are_kept_with_what_they_rest_on(frozen):
    first, second = make(draft=True), make()
    assert (first.number, second.number) == (1, 2)
    assert second.reason == "From version 1 of the frozen quarter"
    assert KeptPaper.objects.count() == 2


def test_pack_is_made_in_the_background_read_and_downloaded(frozen, browser_of):
    from upstream_web.core.jobs import work

    manager = browser_of("manager")
    assert manager.post(reverse("board-pack-make"), {"quarter": "2026-Q3"}).status_code == 302
    assert work(once=True) == 1
    job = Job.objects.get()
    assert job.state == Job.State.DONE, job.failure
    board = browser_of("board")
    assert b"July to September 2026" in board.get(reverse("board-pack-list")).content
    assert b"At a glance" in board.get(job.result["address"]).content
    sent = board.get(reverse("board-pack-file", args=[frozen.quarter.pk, 1, "pdf"]))
    assert sent.content.startswith(b"%PDF")
    assert sent.headers["Content-Disposition"] == 'attachment; filename="board-pack-2026-Q3-v1.pdf"'
    assert Event.objects.order_by("-pk").first().action == "paper downloaded"
    assert board.get(reverse("board-pack-file", args=[frozen.quarter.pk, 1, "txt"])).status_code == 404
    assert manager.post(reverse("board-pack-make"), {"quarter": "soon"}).status_code == 404


def test_parts_that_are_not_there_are_left_out(frozen, settings):

    assert other_parts.queries_of("no_such_part") is None
    period = other_parts.Period(Q3, date(2026, 9, 30), date(2026, 11, 20))
    assert all(isinstance(each, other_parts.Told) for each in other_parts.told_by_all(period))


def test_many_actions_red_for_too_long_are_one_point_and_a_table(db, site_of):

    plan = make_plan()
    red = [plan.council_action, plan.police_action]
    for number, action in enumerate(red):
        standing = Standing.objects.get(pk=action.pk)
        standing.rag, standing.rank, standing.escalates = "red", 0, True
        standing.since = date(2026, 8, 2 - number)
        standing.save()
    told = other_parts.plan(queries, other_parts.Period(Q3, date(2026, 9, 30), date(2026, 10, 2)))
    assert told.decide == ("Say what becomes of the two actions in the table “Red for longer than the rule allows”.",)
    (table,) = told.decide_on
    assert [row[0] for row in table.rows] == [str(plan.police_action), str(plan.council_action)]
    assert table.rows[0][2] == "1 Aug 2026"
    paper = composing.compose([], [told], ABOUT)
    asked = next(each for section in paper.sections for each in section.sections if each.blocks[-1] == table)
    assert asked.heading == "What needs a decision"
    assert deck.deck_of([], [told])[1].blocks[-1].rows[0][0] == str(plan.police_action)


def test_one_action_red_for_too_long_is_named_in_its_point(db, site_of):

    plan = make_plan()
    Standing.objects.filter(pk=plan.council_action.pk).update(rag="red", rank=0, escalates=True)
    told = other_parts.plan(queries, other_parts.Period(Q3, date(2026, 9, 30), date(2026, 10, 2)))
    assert told.decide == (
        f"Say what becomes of “{plan.council_action}”, which is red for longer than the rule allows.",
    )
    assert told.decide_on == ()
