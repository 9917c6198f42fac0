"""Draws the invented responses that no text file can hold: tables within tables, columns, running heads, e-mail."""

# ruff: noqa: E501 - the documents are easier to see with their lines whole.

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import typst


def question_form() -> bytes:
    """A Word form that asks questions, in a table of two columns with heads across it."""
    document = docx.Document()
    table = document.add_table(0, 2)
    for question, answer in (
        ("About the report", None),
        ("Which force does this response come from?", "Wexcombe Police"),
        ("What is the title of the inspection report?", "Keys and locks: how forces keep their stores"),
        ("When was the report published?", "3rd October 2023"),
        ("Which inspectorate carried it out?", "HMICFRS"),
        ("Who is the Police and Crime Commissioner?", "Arjun Pell-Whitaker"),
        ("Who is the Chief Constable?", "Sorcha Nwosu"),
        ("What did the inspectors find?", "Stores were full.\nKeys were many."),
        ("Recommendation 1", None),
        ("What was recommended?", "By the end of January 2024, the force should count its keys."),
        ("Is the recommendation accepted?", "Yes"),
        ("What action will be taken?", "A clerk counts them on Fridays."),
        ("Recommendation 2", None),
        ("What was recommended?", "The force should burn what is older than ten years."),
        ("Is the recommendation accepted?", "No"),
        ("If no action is to be taken, why?", "Some of it is still evidence."),
        ("Final remarks", None),
        ("What are the Commissioner’s comments?", "I hold no key."),
    ):
        cells = table.add_row().cells
        if answer is None:
            cells[0].merge(cells[1]).text = question
        else:
            cells[0].text, cells[1].text = question, answer
    return _saved(document)


def blocks() -> bytes:
    """A Word document with a small table for each recommendation, the answer in a table within a cell."""
    document = docx.Document()
    document.add_heading("Response to HMICFRS report: ‘Watching the water: forces and their rivers’", 1)
    document.add_paragraph("Police and Crime Commissioner for Lythmouth")
    document.add_paragraph("Report published on 30 June 2024.")
    _block(
        document,
        "1",
        "Chief constables should name one officer for each river.",
        "Accepted",
        "31/12/2024",
        "Done in July.",
    )
    _block(
        document, "2", "Forces should share boats.", "Partially accepted", "Ongoing", "One boat is shared, two are not."
    )
    document.add_heading("Commissioner’s comments", 2)
    document.add_paragraph("I went out in the boat.")
    return _saved(document)


def _block(document: docx.document.Document, number: str, text: str, taken: str, due: str, answer: str) -> None:
    table = document.add_table(0, 2)
    for label, value in (
        (f"Recommendation {number}", text),
        ("Accepted / Partially accepted / Rejected", taken),
        ("Deadline", due),
        ("Owner", "Superintendent Vale"),
    ):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
    cells = table.add_row().cells
    cells[0].text = "Force response"
    inner = cells[1].add_table(1, 1)
    inner.cell(0, 0).text = answer
    document.add_paragraph()


def _saved(document: docx.document.Document) -> bytes:
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


WIDE_ROWS = (
    ("1", "By 31 May 2025, all forces should write down why a call was closed.", "Accepted", "31 May 2025", "A box for it is in the log since March."),
    ("2", "By 31 May 2025, the College of Policing should say what a good reason is.", "n/a", "31 May 2025", "For the College."),
    ("3", "Forces should read fifty closed calls a month, and " + "say what they learnt, " * 12 + "in public.", "Rejected", "Not set", "Twenty is what we can do."),
    ("4", "Forces should ring back within a day.", "Accepted in part", "within three months", "Within two days from June."),
)  # fmt: skip


def wide_table() -> bytes:
    """A PDF on its side, with a table that goes over pages and repeats its head, and a running head on every page."""
    cells = ", ".join(f"[{cell}]" for row in WIDE_ROWS for cell in row)
    return _pdf(
        "#set page(flipped: true, width: 21cm, height: 29cm, margin: 2cm, header: [OFFICIAL – Quillbury response], "
        "footer: align(right, context [Page #counter(page).display() of 3]))\n"
        "#set text(size: 14pt)\n"
        "= PCC response to HMICFRS report: Closing the call\n\n"
        "Name of force: Quillbury Police\n\nDate of publication: 11 March 2025\n\n"
        "== Recommendations\n\n"
        "#table(columns: (1.2cm, 7cm, 3cm, 3.4cm, 1fr), table.header([No], [Recommendation], [Accepted], "
        f"[Due date], [Force response]), {cells})\n\n"
        "== Commissioner’s comments\n\nI have rung the number myself.\n"
    )


def columns() -> bytes:
    """A PDF letter in two columns, hyphenated, with heads that differ on left and right pages."""
    first = (
        "I write under section 55 of the Police Act 1996 about the report “Far from the road: policing the hills”, "
        "published on 2 September 2024. "
        + "The hills are wide, and the patrols that cross them few, although nobody who lives there would call that neglect. " * 24
    )  # fmt: skip
    chief = (
        "“We accept the recommendations. "
        + "Nineteen constables now know the passes and the farmers’ telephones. " * 30
    )
    return _pdf(
        "#set page(width: 16cm, height: 18cm, margin: 1.6cm, header: context { if calc.odd(counter(page).get().first()) "
        "[Office of the Commissioner] else [#align(right)[Letter to the Home Secretary]] }, "
        "footer: align(center, context counter(page).display()))\n"
        "#set par(justify: true)\n#set text(size: 10pt, hyphenate: true, lang: \"en\")\n"
        "#columns(2)[Dear Home Secretary,\n\n"
        f"{first}\n\nThe Chief Constable’s response is as follows:\n\n{chief}\n\nMore will follow in spring.”\n\n"
        "I am content with that, and shall walk the hills in May.\n\nYours sincerely,\n\nWilhelmina Storr\\ "
        "Police and Crime Commissioner for Hexfell]\n"
    )  # fmt: skip


def hanging() -> bytes:
    """A PDF whose paragraphs hang beside their numbers, with points beside bullets."""
    return _pdf(
        "#set page(width: 16cm, height: 22cm, margin: 2cm)\n#set text(size: 10.5pt)\n"
        "#let p(n, body) = grid(columns: (1.1cm, 1fr), [#n], body)\n"
        "*Response of the Police and Crime Commissioner for Tarnley to HMICFRS*\n\n"
        "Title of report: Sleeping rough, policed gently\n\n*Commissioner’s comments*\n\n"
        "#p[1.1][I am glad that inspectors looked at this, because those who sleep out are seldom asked what they "
        "think of anybody who wakes them.]\n\n#p[1.2][My office will:]\n\n"
        "#p[•][ask them each winter;]\n\n#p[•][and print what they say, in their own words and without their names.]\n\n"
        "#p[1.3][There is more to do.]\n\n*Chief Constable’s comments*\n\n#p[2.1][We wake people by name where we know it.]\n"
    )


def letterhead() -> bytes:
    """A PDF letter under the address of its office, which quotes the chief constable without marks."""
    return _pdf(
        "#set page(margin: 2.5cm, footer: align(center)[www.example.org | #context counter(page).display()])\n"
        "#align(right)[Office of the Police and Crime Commissioner\\ The Farmhouse\\ Kidlingbury\\ 3 October 2023]\n\n"
        "Dear Home Secretary,\n\n*HMICFRS Report – “The hundredth call: how forces deal with repeat callers”*\n\n"
        "I comment on the above report, which was published on Friday 11th August 2023.\n\n"
        "The Chief Constable, Oswin Dray, has provided the following comments:\n\n_We have appointed a lead officer._\n\n"
        "I support the Chief Constable’s position.\n\nYours sincerely\n\n"
        "Lucan Merriweather\\ Police & Crime Commissioner for the Thames Valley\n"
    )


def my_comments() -> bytes:
    """A Word letter in paragraphs that nothing sets apart."""
    document = docx.Document()
    for text in (
        "Mr Philip Stanmore", "Our ref: PCC/2024/17", "09 July 2024", "Dear Home Secretary",
        "PCC Response to HMICFRS inspection report – “Bricks and mortar: the police estate” (published 15 May 2024)",
        "I set out below my comments together with those of the Chief Constable, Sybil Harrowgate.",
        "Chief Constable Comments", "We have nineteen stations. All of them are dry.",
        "My Comments", "I asked for the list of stations and have published it.",
        "Yours sincerely", "Philip Stanmore", "Police and Crime Commissioner for Wiltshire & Swindon",
    ):  # fmt: skip
        document.add_paragraph(text)
    return _saved(document)


def log() -> bytes:
    """A Word log: a table with two labels in each row, and one whose first column names kind and number."""
    document = docx.Document()
    for rows in (
        (
            ("Force", "Kent Police", "PCC", "Maud Ellery"),
            ("Report title", "Tide tables: the policing of small harbours", "Published", "1 May 2024"),
            ("Date of response", "3 March 2025", "Chief Constable", "Joe Osei"),
        ),
        (
            ("Ref.", "What HMICFRS said", "Force response / action taken", "Status"),
            ("Cause of concern 1", "The force does not know its harbours.", "A list was made.", "Complete"),
            ("AFI 1", "The force should count its harbours.", "There are nine.", "Complete"),
            ("Rec 2", "By 30 April 2025, chief constables should own a boat.", "One is on order.", "Open"),
        ),
    ):
        table = document.add_table(0, 4)
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        document.add_paragraph()
    document.add_heading("PCC comments", 2)
    document.add_paragraph("I bought a boat.")
    return _saved(document)


def areas_table() -> bytes:
    """A PDF of one page, whose foot names the office beside the number, with soft hyphens in its words."""
    return _pdf(
        "#set page(margin: 2cm, footer: context [West Yorkshire Combined Authority #h(1fr) Page "
        "#counter(page).display() of 2])\n"
        "= Mayor of West Yorkshire: response to HMICFRS\n\nInspection published: Thursday 9 May 2024\n\n"
        "Response published: 1 July 2024\n\n"
        "#table(columns: (1fr, 1fr), [*Area for improvement*], [*Force response*],\n"
        "[The force should improve how it answers calls about lost animals.], [Nine call takers were trained.],\n"
        "[The force needs to make sure that victims are told when an officer changes.], [GMP agrees, and so do we.])\n\n"
        "== Mayor’s comments\n\nI welcome the find\u00adings.\n\nAlix Thornbury, Mayor of West Yorkshire\n"
    )


def _pdf(source: str) -> bytes:
    return typst.compile(source.encode())


MAIL = """\
From: Office of the Commissioner <office@example.org>
To: inspections@example.org
Date: Mon, 2 Dec 2024 09:15:00 +0000
Subject: Response to HMICFRS report: Lost and found: property in police hands
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="part"

--part
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Dear colleagues,

The report was published on 8 October 2024. This is the response of the Police=
 and Crime Commissioner for Brackwater.

Chief Constable=E2=80=99s response

Brackwater Police accepts the report. The store is open on Saturdays now.

PCC=E2=80=99s comments

I lost an umbrella there and got it back.

Kind regards,

Emeka Thistlewood
Police and Crime Commissioner for Brackwater

This e-mail and any files with it are meant for those to whom it is addressed.

--part
Content-Type: text/html; charset="utf-8"

<p>The same in another form.</p>

--part--
"""


def mail() -> bytes:
    """An e-mail as a mail program saves it, in two forms of which one is read."""
    return MAIL.encode()


DRAWN: dict[str, Callable[[], bytes]] = {
    "question_form.docx": question_form,
    "blocks.docx": blocks,
    "wide_table.pdf": wide_table,
    "columns.pdf": columns,
    "hanging.pdf": hanging,
    "mail.eml": mail,
    "letterhead.pdf": letterhead,
    "my_comments.docx": my_comments,
    "log.docx": log,
    "areas_table.pdf": areas_table,
}
