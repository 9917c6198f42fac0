"""A paper with every kind of block, made by hand. People, plans and progress are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from factories import drawings

from upstream.charts.figure import Figure
from upstream.papers import (
    Cell,
    Column,
    Decision,
    Fact,
    Facts,
    FigureBlock,
    Measure,
    Note,
    PageBreak,
    Paper,
    Quote,
    Section,
    Signature,
    SignOff,
    Source,
    State,
    Step,
    Table,
    Text,
    Timeline,
)

MADE_AT = datetime(2026, 2, 11, 9, 30, tzinfo=UTC)
FALLING = [14.0, 13.0, 15.0, 14.0, 13.5, 14.5, 14.0, None, None, 13.0, 10.0, 9.5, 9.0, 8.5]

SOURCES = (
    Source(
        "violence_count:2025-12", "Violence and sexual offences recorded", "Count; XmR limits", "December 2025",
        "2026-02-11.2", "Street crime, January 2024 to December 2025",
    ),
    Source(
        "robbery_rate:2025-12", "Robbery, offences a day", "Count over days; XmR limits", "December 2025",
        "2026-02-11.2", "Street crime, January 2024 to December 2025",
    ),
    Source(
        "spend:2025-Q3", "Grant spent against profile", "Sum of ledger lines", "October to December 2025",
        made_from="Funding ledger, lines 14 to 61",
    ),
    Source(
        "actions:2026-02-11", "State of actions by rule", "Rule: late when the due date has passed",
        "11 February 2026", made_from="Action register",
    ),
)  # fmt: skip


def small_chart(values: list[float | None], name: str) -> Figure:
    """A control chart in the size of a line."""
    return replace(drawings.control(values, small=True, polarity="lower is better"), name=name, title=name)


def measures() -> tuple[Measure, ...]:
    """Four headline indicators, one of them not known."""
    return (
        Measure(
            "Violence and sexual offences", "120 a day", State.ORDINARY, "Ordinary variation",
            "Violence is **within its ordinary range**: every month we hold lies between the limits.",
            "December 2025", "89 to 138 expected", "", small_chart(list(drawings.CALM), "violence"),
            "violence_count:2025-12",
        ),
        Measure(
            "Robbery", "8.5 a day", State.BETTER, "Better: 5 months below average",
            "Robbery has fallen: the last five months lie below the average.", "December 2025", "7.2 to 9.9",
            "10 or fewer", small_chart(FALLING, "robbery"), "robbery_rate:2025-12",
        ),
        Measure(
            "Grant spent by the end of the quarter", "61%", State.WORSE, "Behind profile",
            "Spending is behind its profile by £84,000, most of it in detached youth work.", "to 31 December 2025", "",
            "75%", None, "spend:2025-Q3",
        ),
        Measure(
            "Emergency department attendances for assault", "–", State.UNKNOWN, "Not known",
            "Would show violence that never reaches the police. The sharing agreement waits for one signature.",
        ),
    )  # fmt: skip


def actions() -> Table:
    """Actions with their states as tags."""
    rows = (
        ("One standard for recording ethnicity across justice partners", "Justice board data lead", date(2026, 1, 30),
         Cell("13 days late", state=State.LATE)),
        ("Quality audit of return-home interviews, quarter 3", "Head of children’s services", date(2026, 2, 6),
         Cell("6 days late", state=State.LATE)),
        ("Designing-out-crime walk, Hanley centre", "Community safety manager", date(2026, 2, 16),
         Cell("in 4 days", state=State.DUE)),
        (Cell("Train officers in outcome 22", note="1,712 of 1,846 officers"), "Head of learning", date(2024, 3, 31),
         Cell("22 March 2024", state=State.DONE, key="actions:2026-02-11")),
        ("Consult prisons and youth custody on the needs assessment", "Programme lead", None,
         Cell("no date set", state=State.UNKNOWN)),
        ("Navigator night cover", "Commissioning manager", date(2026, 4, 30), Cell("open", state=State.OPEN)),
    )  # fmt: skip
    columns = (
        Column("Action", weight=40),
        Column("Lead", weight=24),
        Column("Due", weight=17),
        Column("State", weight=19),
    )
    return Table(
        "Two of six actions are late", columns, rows, "State by rule on 11 February 2026.", "actions:2026-02-11"
    )


def money() -> Table:
    """A table of numbers with a total."""
    columns = (
        Column("Budget line"), Column("Awarded, £", "r"), Column("Profiled, £", "r"), Column("Spent, £", "r"),
        Column("Difference, £", "r"), Column("Against profile", "c"),
    )  # fmt: skip
    rows = (
        ("Detached youth work", 240_000, 180_000, 102_000, -78_000, Cell("behind", state=State.WORSE)),
        ("Navigators in two hospitals", 310_000, 232_500, 229_000, -3_500, Cell("as planned", state=State.ORDINARY)),
        ("School sessions", 85_000, 63_750, 61_250, -2_500, Cell("as planned", state=State.ORDINARY)),
        ("Evaluation", 40_000, 10_000, 10_000, 0, Cell("as planned", state=State.ORDINARY)),
        ("All lines", 675_000, 486_250, 402_250, -84_000, Cell("behind", state=State.WORSE)),
    )
    return Table("Spending is £84,000 behind its profile", columns, rows, key="spend:2025-Q3", total=True)


def response() -> Section:
    """A response record in the form of two columns."""
    long = (
        "The report is welcome. To support our work, and to address what it found, the partnership has:\n\n"
        "1. made a needs assessment from partners’ data and from what children and parents said\n"
        "2. agreed a dashboard of vulnerability, so that resources go where they are needed\n"
        "3. paid for a navigator in each emergency department, from 1 April 2025 for three years or more:\n"
        "   - Royal Stoke\n   - County Hospital\n\n"
        "More needs to be done *for children of primary school age*. See [the strategy](https://example.org/strategy)."
    )
    rows = (
        Fact("Force", "Staffordshire"),
        Fact("Title of inspection", "How Saltmarsh answers violence among the young"),
        Fact("Published", "8 March 2023"),
        Fact("Inspectorate", "HM Inspectorate of Constabulary and Fire & Rescue Services"),
        Fact("Commissioner’s response", long),
        Fact("Chief constable’s response", "Accepted. **1,712 of 1,846** officers were trained by 22 March 2024."),
    )
    quote = Quote(
        "Before the spring of 2024 every officer of Saltmarsh who decides on outcomes should have been taught when "
        "crime outcome 22 fits.",
        "Recommendation 3, in the words of the report",
    )
    steps = (
        Step("**Report published.** Recommendation accepted.", date(2023, 3, 8), state=State.DONE),
        Step("**Response sent** on day 50 of 56.", date(2023, 4, 26), state=State.DONE),
        Step("**Training complete.** Kept open until its use is shown.", date(2024, 3, 22), state=State.DONE),
        Step("**Closure requested** by the deputy chief constable.", date(2026, 1, 29), state=State.OPEN),
        Step("**Level given** by the inspectorate.", when="not yet", state=State.DUE),
    )
    return Section(
        "Response to the inspection",
        (
            quote,
            Facts(rows, "The response record"),
            Timeline(steps, "From publication to closure"),
            Note("whether outcome 22 is used more", "The months before the target date are not held.",
                 "The force’s own outcomes by date closed, from April 2022."),
        ),
        numbered=True, new_page=True,
    )  # fmt: skip


def the_plan(figure: Figure, bars: Figure) -> Section:
    """Tell the plan, with charts of two kinds in its parts."""
    return Section(
        "The plan",
        (
            Text(
                "Thirty-one of 64 actions are done and two are late "
                "[by rule](figure:actions:2026-02-11). The reasons:\n\n"
                "- the *standard for ethnicity* waits for the courts’ software, **due in April**\n"
                "- the audit of interviews lost its analyst; a partner lends one from 16 February"
            ),
            actions(),
        ),
        (
            Section("Robbery", (FigureBlock(figure, note="Read with stop and search.", key="robbery_rate:2025-12"),),
                    numbered=True),
            Section("Money", (Text("Detached youth work started three months late."), money()), numbered=True),
            Section("Places", (FigureBlock(bars, "Where it happens"), PageBreak()), numbered=True),
        ),
        numbered=True,
    )  # fmt: skip


def decisions() -> Section:
    """Ask for decisions, and for who signs."""
    return Section(
        "Decisions",
        (
            Decision(
                (
                    "**note** the state of the plan",
                    "agree to move **£18,400** from detached youth work to navigator night cover",
                    "ask for the assault attendances by 31 March 2026",
                )
            ),
            SignOff(
                (
                    Signature("Chair of the board", "Alex Example", date(2026, 2, 12), State.DONE, "Signed"),
                    Signature("Deputy chief constable", "Sam Sample", state=State.DUE, state_words="Waiting"),
                    Signature("Director of public health"),
                )
            ),
            Text("Papers are published ten working days after the meeting."),
        ),
        numbered=True,
    )  # fmt: skip


def small_paper() -> Paper:
    """A board pack of a few pages."""
    figure = replace(
        drawings.control(FALLING, polarity="lower is better"),
        name="monthly", title="Robbery has stayed below its average for five months",
        subtitle="Robbery offences a day, January 2024 to February 2025",
    )  # fmt: skip
    bars = replace(drawings.all_figures()["interval_dots"], title="One neighbourhood stands out", subtitle="Per 1,000")
    numbers = Section("Headline numbers", (*measures(),), numbered=True)
    return Paper(
        kind="Board pack", title="Violence Reduction Board, 12 February 2026", partnership="Smallshire & Co",
        made_at=MADE_AT, sections=(numbers, the_plan(figure, bars), response(), decisions()),
        subtitle="Quarter 3 of 2025/26: robbery is down, spending is late, and one feed is missing",
        period="October to December 2025", reference="VRB/2026/02", version="3", status="Draft", marking="OFFICIAL",
        facts=(
            Fact("Meeting", "Thursday 12 February 2026, 10:00, County Buildings"),
            Fact("Chair", "Alex Example, police, fire and crime commissioner"),
            Fact("Quorum", "Five of nine bodies; six have accepted"),
            Fact("Late actions", "2 of 64", "actions:2026-02-11"),
        ),
        summary=(
            "**Robbery is down**: five months in a row lie below the average.",
            "**Spending is £84,000 behind** its profile, most of it in detached youth work.",
            "Three decisions are asked for.",
        ),
        sources=SOURCES,
        attribution=("Contains public sector information licensed under the Open Government Licence v3.0.",),
        worked_example="People, plans and progress are invented.",
        contents=True,
    )  # fmt: skip
