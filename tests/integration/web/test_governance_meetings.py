"""Meetings from plan to approved minutes, through operations and pages."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
BOARD_DAY = date(2026, 11, 20)
EARLIER, LATER = date(2026, 8, 21), date(2090, 2, 17)


@pytest.fixture
def bodies(db):
    """Police, council and probation, by their keys."""
    from upstream_web.organisations.models import Organisation
    from upstream_web.organisations.operations import organisations

    def body(name, authority):
        made = Organisation(name=name, type="specified", authority=authority)
        return organisations.make(organisation=made, by="tests", at=NOW)

    return {
        "police": body("Police", "police"),
        "council": body("Council", "local_authority"),
        "probation": body("Probation", "probation"),
    }


@pytest.fixture
def board(bodies):
    """A board of three seats that needs two members and the police."""
    from upstream_web.governance.models import Board, Seat
    from upstream_web.records.operations import keeping

    made = Board(
        name="Executive Board", board_kind="executive", purpose="Steers", quorum_members=2, usual_start=time(10),
        usual_minutes=90, usual_place="Room 1", standing_items="Welcome\nPerformance",
    )  # fmt: skip
    keeping.make(record=made, by="tests", at=NOW)
    for key, role in (("police", "Chief constable"), ("council", "Director"), ("probation", "Head")):
        seat = Seat(
            board=made, body=bodies[key], role=role, from_on=date(2026, 1, 1), is_chair=key == "police",
            is_needed=key == "police",
        )  # fmt: skip
        keeping.make(record=seat, by="tests", at=NOW)
    return made


def planned(board, on=BOARD_DAY):
    from upstream_web.governance.models import Meeting
    from upstream_web.governance.operations import meetings

    return meetings.make(meeting=Meeting(board=board, held_on=on), by="tests", at=NOW)


def called(board, on=BOARD_DAY):
    from upstream_web.governance.models import AgendaItem
    from upstream_web.governance.operations import agendas, meetings

    meeting = planned(board, on)
    agendas.add(item=AgendaItem(meeting=meeting, title="Knife crime in Hanley", asks="decide"), by="tests", at=NOW)
    return meetings.call(meeting=meeting, by="tests", at=NOW)


def attended(meeting, *marks):
    from upstream_web.governance.operations import days

    for seat, mark in zip(meeting.board.seats.order_by("pk"), marks, strict=True):
        days.mark(meeting=meeting, seat=seat, mark=mark, by="tests", at=NOW)


def held(board, on=BOARD_DAY):
    from upstream_web.governance.operations import meetings

    meeting = called(board, on)
    attended(meeting, "present", "deputy", "absent")
    return meetings.hold(meeting=meeting, by="tests", at=NOW)


def lines():
    from upstream_web.audit.models import Event

    return Event.objects.count()


def test_meeting_takes_number_time_and_place_of_its_board(board):
    first, second = planned(board), planned(board, LATER)
    assert (first.number, second.number) == (1, 2)
    assert (first.starts_at, first.ends_at, first.place) == (time(10), time(11, 30), "Room 1")


def test_meeting_is_called_with_an_agenda_only(board):
    from upstream_web.governance.operations import meetings
    from upstream_web.governance.policies import MoveRefused

    with pytest.raises(MoveRefused, match="no agenda"):
        meetings.call(meeting=planned(board), by="tests", at=NOW)


def test_meeting_is_closed_when_every_seat_is_marked(board):
    from upstream_web.governance.operations import meetings
    from upstream_web.governance.policies import MoveRefused

    meeting = called(board)
    with pytest.raises(MoveRefused, match="3 of 3 seats"):
        meetings.hold(meeting=meeting, by="tests", at=NOW)
    attended(meeting, "present", "present", "apologies")
    assert meetings.hold(meeting=meeting, by="tests", at=NOW).state == "held"


def test_meeting_to_which_members_were_called_is_not_removed(board, browser_of):
    keeper, meeting = browser_of("manager"), planned(board, LATER)
    own = meeting.get_absolute_url()
    assert f"{own}remove/" in keeper.get(own).content.decode()
    for meeting, do in ((called(board, LATER), "Cancel it, and say why."), (held(board), "Its record stands.")):
        own = meeting.get_absolute_url()
        assert f"{own}remove/" not in keeper.get(own).content.decode()
        page = keeper.post(f"{own}remove/", {"reason": "Unwanted"}, follow=True).content.decode()
        assert f"A meeting to which members were called is not removed. {do}" in page
        meeting.refresh_from_db()
        assert meeting.removed_at is None


def test_moved_meeting_keeps_the_first_day(board):
    from upstream_web.governance.operations import meetings

    meeting = planned(board)
    meetings.move(meeting=meeting, held_on=date(2026, 11, 27), why="Snow", by="tests", at=NOW)
    meetings.move(meeting=meeting, held_on=date(2026, 12, 4), why="Flood", by="tests", at=NOW)
    assert (meeting.moved_from, meeting.held_on, meeting.why) == (BOARD_DAY, date(2026, 12, 4), "Flood")


def test_minutes_are_drafted_from_the_record_edited_and_approved_later(board, bodies):
    from upstream_web.governance.models import Decision, MeetingAction
    from upstream_web.governance.operations import days, minutes
    from upstream_web.governance.policies import MoveRefused

    meeting = called(board, EARLIER)
    item = meeting.items.get()
    item.notes = "members heard that figures rose\n- the council asked why"
    days.note(item=item, by="tests", at=NOW)
    days.decide(decision=Decision(meeting=meeting, item=item, words="fund a navigator"), by="tests", at=NOW)
    action = MeetingAction(
        meeting=meeting, item=item, words="Write the bid", owner_role="Analyst", due_on=date(2026, 9, 30)
    )
    days.arise(action=action, by="tests", at=NOW)
    attended(meeting, "present", "deputy", "absent")
    from upstream_web.governance.operations import meetings

    meetings.hold(meeting=meeting, by="tests", at=NOW)
    drafted = minutes.draft(meeting=meeting, by="tests", at=NOW)
    texts = {text.heading: text for text in meeting.minute_texts.all()}
    assert texts["Knife crime in Hanley"].words == (
        "Members heard that figures rose.\n\nThe council asked why.\n\n**Decision 1.** Fund a navigator.\n\n"
        "**Action 1.** Write the bid. (Analyst, by Wednesday 30 September 2026)"
    )
    assert "Quorate: 2 of 3 voting members present." in texts["Attendance"].words
    edited = texts["Declarations of interest"]
    edited.words = "None."
    minutes.rewrite(text=edited, by="tests", at=NOW)
    minutes.draft(meeting=meeting, by="tests", at=NOW)
    edited.refresh_from_db()
    assert edited.words == "None."  # what a person wrote is not drafted over
    drafted.refresh_from_db()
    minutes.send(minutes=drafted, by="tests", at=NOW)
    with pytest.raises(MoveRefused, match="later meeting"):
        minutes.approve(minutes=drafted, at_meeting=meeting, by="tests", at=NOW)
    approved = minutes.approve(minutes=drafted, at_meeting=called(board), by="board@test", at=NOW + timedelta(days=9))
    assert (approved.state, approved.approved_by) == ("approved", "board@test")
    assert approved.approved_on == BOARD_DAY  # the day of the meeting, not that on which it was written down
    with pytest.raises(MoveRefused, match="stand as they are"):
        minutes.rewrite(text=edited, by="tests", at=NOW)
    with pytest.raises(MoveRefused):
        days.note(item=item, by="tests", at=NOW)


def test_minutes_are_not_approved_at_a_meeting_that_has_not_sat(board):
    from upstream_web.governance.operations import meetings, minutes
    from upstream_web.governance.policies import MoveRefused

    drafted = minutes.draft(meeting=held(board, EARLIER), by="tests", at=NOW)
    sent = minutes.send(minutes=drafted, by="tests", at=NOW)
    ahead = called(board, LATER)
    with pytest.raises(MoveRefused, match=r"meeting 2 is on Friday 17 February 2090 and has not sat yet\."):
        minutes.approve(minutes=sent, at_meeting=ahead, by="tests", at=NOW)
    with pytest.raises(MoveRefused, match="has not sat yet"):  # nor at one that is planned, whatever its day
        minutes.approve(minutes=sent, at_meeting=planned(board, BOARD_DAY), by="tests", at=NOW)
    attended(ahead, "present", "present", "present")
    with pytest.raises(MoveRefused, match="Close it when it has met"):
        meetings.hold(meeting=ahead, by="tests", at=NOW)
    today = called(board, BOARD_DAY)
    assert minutes.approve(minutes=sent, at_meeting=today, by="tests", at=NOW).approved_on == BOARD_DAY


def test_minutes_say_that_those_of_an_earlier_meeting_were_approved(board, cast):
    from upstream_web.governance import agenda
    from upstream_web.governance.operations import agendas, meetings, minutes

    drafted = minutes.draft(meeting=held(board, EARLIER), by="tests", at=NOW)
    sent = minutes.send(minutes=drafted, by="tests", at=NOW)
    meeting = planned(board)
    agendas.fill(meeting=meeting, offered=agenda.proposals(meeting, cast["manager"]), by="tests", at=NOW)
    meetings.call(meeting=meeting, by="tests", at=NOW)
    attended(meeting, "present", "present", "present")
    meetings.hold(meeting=meeting, by="tests", at=NOW)

    def told():
        minutes.draft(meeting=meeting, by="tests", at=NOW)
        return meeting.minute_texts.get(heading="Minutes of meeting 1").words

    assert told() == "No discussion was recorded, and nothing was decided."
    minutes.approve(minutes=sent, at_meeting=meeting, corrections="Item 2:\nthe number is 14", by="board@test", at=NOW)
    assert told() == "The minutes of meeting 1 were approved with these corrections: Item 2: the number is 14."
    item = meeting.items.get(title="Minutes of meeting 1")
    item.notes = "agreed as a true record"
    item.save()
    assert told() == "Agreed as a true record."  # what somebody wrote stands


def test_agenda_is_made_from_standing_items_minutes_escalations_and_what_is_late(board, cast):
    from upstream_web.governance import agenda
    from upstream_web.governance.models import Escalation, MeetingAction
    from upstream_web.governance.operations import agendas, days, escalations, meetings, minutes

    earlier = called(board, EARLIER)
    late = MeetingAction(meeting=earlier, words="Write the bid", owner_role="Analyst", due_on=date(2026, 9, 30))
    days.arise(action=late, by="tests", at=NOW)
    attended(earlier, "present", "present", "present")
    meetings.hold(meeting=earlier, by="tests", at=NOW)
    minutes.send(minutes=minutes.draft(meeting=earlier, by="tests", at=NOW), by="tests", at=NOW)
    raised = Escalation(title="No worker", to_board=board, reason="r", asked="a", raised_on=EARLIER)
    escalations.make(escalation=raised, by="tests", at=NOW)

    meeting = planned(board, LATER)
    offered = agenda.proposals(meeting, cast["manager"])
    titles = [each.title for each in offered]
    assert titles[:4] == ["Welcome", "Minutes of meeting 1", "Performance", "No worker"]
    assert "Action 1: Write the bid" in titles
    agendas.fill(meeting=meeting, offered=offered, by="tests", at=NOW)
    items = list(meeting.items.values_list("title", "came_from"))
    assert items[3] == ("No worker", "escalated")
    assert ("Actions arising: 1 late", "late") in items
    assert agenda.proposals(meeting, cast["manager"]) == []  # nothing is proposed twice
    dropped = meeting.items.get(title="Performance")
    agendas.drop(item=dropped, dropped=True, by="tests", at=NOW)
    assert agenda.proposals(meeting, cast["manager"]) == []  # nor what the chair dropped


def test_agenda_takes_what_fits_by_urgency_and_says_what_was_left(board):
    from upstream_web.governance.agenda import Proposal, grouped
    from upstream_web.governance.models import AgendaItem
    from upstream_web.governance.operations import agendas
    from upstream_web.governance.policies import MoveRefused

    def proposed(source, came_from, on, number, **more):
        return [Proposal(f"{source} {each}", came_from, source, on=on, **more) for each in range(number)]

    offered = [
        Proposal("Welcome", "standing", "Standing items"),
        Proposal("No worker", "escalated", "Escalations", minutes=15),
        *proposed("Actions", "due", date(2026, 1, 1), 9),
        *proposed("Payments", "late", date(2026, 9, 1), 9),
        *proposed("Risks", "late", date(2026, 5, 1), 9),
        *proposed("Returns", "late", date(2026, 9, 2), 1),
    ]
    assert [group.source for group in grouped(offered)[1]] == ["Risks", "Payments", "Returns", "Actions"]
    own = proposed("Actions arising", "due", date(2026, 12, 1), 1, is_own=True)
    assert grouped([*offered, *own])[1][0].source == "Actions arising"
    meeting = planned(board)  # 90 minutes, of which 35 are taken
    agendas.add(item=AgendaItem(meeting=meeting, title="By hand", minutes=35), by="tests", at=NOW)
    before = lines()
    filled = agendas.fill(meeting=meeting, offered=offered, by="tests", at=NOW)
    # 55 minutes: 5 and 15 stand alone; of 20, 20, 5 and 20 minutes, the second and the last find no time.
    assert [item.title for item in filled.made] == ["Welcome", "No worker", "Risks: 9 late", "Returns: 1 late"]
    assert [item.title for item in filled.left] == ["Payments: 9 late", "Actions: 9 due"]
    assert lines() == before + 1
    with pytest.raises(MoveRefused, match=r"Nothing that is proposed fits\. The items take 80 of 90 minutes\."):
        agendas.fill(meeting=meeting, offered=proposed("Payments", "late", EARLIER, 9), by="tests", at=NOW)


def test_filling_of_an_agenda_is_undone_but_for_what_was_changed_since(board, browser_of):
    from upstream_web.governance.models import AgendaItem
    from upstream_web.governance.operations import agendas

    meeting, keeper = planned(board), browser_of("manager")
    agendas.add(item=AgendaItem(meeting=meeting, title="By hand"), by="tests", at=NOW)
    page = keeper.post(reverse("meeting-agenda-fill", args=[meeting.pk]), follow=True).content.decode()
    assert "2 items put on the agenda" in page
    welcome, performance = meeting.items.get(title="Welcome"), meeting.items.get(title="Performance")
    undo = f"{reverse('meeting-agenda-unfill', args=[meeting.pk])}?items={welcome.pk}%2C{performance.pk}"
    assert undo in page
    performance.minutes = 20
    agendas.change(item=performance, by="tests", at=NOW)
    said = keeper.post(undo, follow=True).content.decode()
    assert "1 item taken back. What was changed since stays: 1 item." in said
    assert list(meeting.items.present().values_list("title", flat=True)) == ["By hand", "Performance"]
    assert "were changed or taken back since" in keeper.post(undo, follow=True).content.decode()
    by_hand = meeting.items.get(title="By hand")
    keeper.post(f"{reverse('meeting-agenda-unfill', args=[meeting.pk])}?items={by_hand.pk},x")
    assert meeting.items.present().count() == 2
    keeper.post(reverse("meeting-agenda-fill", args=[meeting.pk]))
    assert [*meeting.items.present().values_list("title", flat=True)] == ["By hand", "Performance", "Welcome"]


def test_items_move_up_and_down_and_stop_at_the_ends(board):
    from upstream_web.governance.models import AgendaItem
    from upstream_web.governance.operations import agendas

    meeting = planned(board)
    for title in "abc":
        agendas.add(item=AgendaItem(meeting=meeting, title=title), by="tests", at=NOW)

    def order():
        return "".join(meeting.items.order_by("place").values_list("title", flat=True))

    def item(title):
        return meeting.items.get(title=title)

    agendas.shift(item=item("c"), up=True, by="tests", at=NOW)
    assert order() == "acb"
    agendas.shift(item=item("a"), up=True, by="tests", at=NOW)
    assert order() == "acb"
    agendas.shift(item=item("b"), up=False, by="tests", at=NOW)
    assert order() == "acb"
    agendas.shift(item=item("a"), up=False, by="tests", at=NOW)
    assert order() == "cab"


def test_every_step_leaves_one_line_in_the_trail(board):
    from upstream_web.governance.operations import minutes

    before = lines()
    meeting = planned(board)
    assert lines() == before + 1
    meeting = held(board)
    before = lines()
    minutes.draft(meeting=meeting, by="tests", at=NOW)
    assert lines() == before + 1


def saved(browser, item, words, began):
    data = {f"i{item.pk}-notes": words, f"i{item.pk}-began_from": began}
    return browser.post(reverse("agenda-item-note", args=[item.pk]), data, headers={"HX-Request": "true"})


def test_two_note_takers_do_not_lose_words(board, browser_of):
    meeting = called(board)
    item = meeting.items.get()
    browser = browser_of("manager")
    answer = saved(browser, item, "what the first heard", item.version)
    assert "Saved at" in answer.content.decode()
    item.refresh_from_db()
    assert (item.notes, item.version) == ("what the first heard", 2)
    conflict = saved(browser, item, "what the second heard", 1)
    shown = conflict.content.decode()
    assert "what the first heard" in shown
    assert "what the second heard" in shown
    assert "hx-post" not in shown.split("<button")[0]  # a text to be merged is not saved as one types
    item.refresh_from_db()
    assert item.notes == "what the first heard"
    again = saved(browser, item, "what both heard", 2)
    assert "Saved at" in again.content.decode()


def test_same_words_saved_twice_leave_one_version(board, browser_of):
    item = called(board).items.get()
    saved(browser_of("manager"), item, "words", 1)
    saved(browser_of("manager"), item, "words", 2)
    item.refresh_from_db()
    assert item.version == 2


def test_attendance_shows_the_quorum_at_once(board, browser_of):
    meeting = called(board)
    browser = browser_of("manager")
    address = reverse("meeting-mark", args=[meeting.pk])
    chief, director, _ = meeting.board.seats.order_by("pk")
    first = browser.post(address, {"seat": director.pk, "mark": "present"}, headers={"HX-Request": "true"})
    assert "Not quorate: 1 of 3 voting members present; 1 more voting member and Police missing." in (
        first.content.decode()
    )
    second = browser.post(
        address, {"seat": chief.pk, "mark": "deputy", "who": "Deputy chief"}, headers={"HX-Request": "true"}
    )
    assert "Quorate: 2 of 3" in second.content.decode()


def test_decision_and_action_are_recorded_on_the_page(board, browser_of):
    item = called(board).items.get()
    browser = browser_of("manager")
    decided = browser.post(
        reverse("agenda-item-decide", args=[item.pk]), {f"d{item.pk}-words": "Fund it"}, headers={"HX-Request": "true"}
    )
    assert "Decision 1." in decided.content.decode()
    missing = browser.post(reverse("agenda-item-arise", args=[item.pk]), {}, headers={"HX-Request": "true"})
    assert "Say what is to be done" in missing.content.decode()
    data = {f"a{item.pk}-words": "Write", f"a{item.pk}-owner_role": "Analyst", f"a{item.pk}-due_on": "2026-12-01"}
    assert browser.post(reverse("agenda-item-arise", args=[item.pk]), data).status_code == 302
    assert item.arising.get().number == 1


def test_pages_of_a_meeting_through_its_life(board, browser_of):
    meeting = held(board, EARLIER)
    keeper, member = browser_of("manager"), browser_of("board")
    for route in ("meeting", "meeting-agenda", "meeting-day", "meeting-minutes", "meeting-history"):
        assert keeper.get(reverse(route, args=[meeting.pk])).status_code == 200, route
    keeper.post(reverse("meeting-minutes-draft", args=[meeting.pk]))
    keeper.post(reverse("meeting-minutes-send", args=[meeting.pk]))
    alone = member.get(reverse("meeting-minutes-approve", args=[meeting.pk]))
    assert "No later meeting of the board has sat yet" in alone.content.decode()
    ahead, later = called(board, LATER), called(board, EARLIER + timedelta(days=7))
    page = member.get(reverse("meeting-minutes-approve", args=[meeting.pk]))
    assert f'<option value="{later.pk}" selected>' in page.content.decode()
    assert f'<option value="{ahead.pk}"' not in page.content.decode()
    sent = member.post(reverse("meeting-minutes-approve", args=[meeting.pk]), {"at_meeting": later.pk, "words": ""})
    assert sent.status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == "approved"
    assert "Approved on" in member.get(reverse("meeting-minutes", args=[meeting.pk])).content.decode()
    for paper in ("agenda", "minutes"):
        for form in ("html", "pdf", "docx"):
            got = member.get(reverse("meeting-paper", args=[meeting.pk, paper, form]))
            assert got.status_code == 200
            assert len(got.content) > 1000


def test_lists_and_overviews_open(board, browser_of):
    held(board)
    planned(board, LATER)
    browser = browser_of("board")
    for route in ("meeting-list", "board-list", "seat-list", "decision-list", "meeting-action-list", "forward-plan",
                  "attendance-overview"):  # fmt: skip
        assert browser.get(reverse(route)).status_code == 200, route
    assert "Next meeting" in browser.get(board.get_absolute_url()).content.decode()
    assert "2 of 3" not in browser.get(reverse("attendance-overview")).content.decode()


def test_year_ahead_is_planned_by_the_cycle(board, browser_of):
    from upstream_web.governance.models import Meeting

    browser = browser_of("manager")
    browser.post(reverse("forward-plan-make", args=[board.pk]))
    assert Meeting.objects.filter(board=board).count() == 4
    browser.post(reverse("forward-plan-make", args=[board.pk]))
    assert Meeting.objects.filter(board=board).count() == 4


def test_owner_ends_an_action_and_others_do_not(board, bodies, browser_of, cast):
    from upstream_web.governance.models import MeetingAction
    from upstream_web.governance.operations import days

    meeting = called(board)
    action = MeetingAction(
        meeting=meeting, words="Write", owner_role="Chief inspector", body=bodies["police"], due_on=LATER
    )
    days.arise(action=action, by="tests", at=NOW)
    address = reverse("meeting-action-end", args=[action.pk])
    lead = browser_of("lead")  # of the police
    assert lead.post(address, {"state": "dropped", "words": ""}).status_code == 200  # asks for the reason
    assert lead.post(address, {"state": "done", "words": "Sent"}).status_code == 302
    action.refresh_from_db()
    assert (action.state, action.ended_words) == ("done", "Sent")
    assert lead.get(reverse("meeting-edit", args=[meeting.pk])).status_code == 403
    other = MeetingAction(meeting=meeting, words="Ask", owner_role="Director", body=bodies["council"], due_on=LATER)
    days.arise(action=other, by="tests", at=NOW)
    assert lead.post(reverse("meeting-action-end", args=[other.pk]), {"state": "done"}).status_code == 403
