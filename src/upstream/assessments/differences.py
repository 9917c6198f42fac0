"""What a version says that the one before did not: sentences added, dropped and changed, chapter by chapter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from upstream.assessments.document import Chapter, Document, Sentence, sentences_of


@dataclass(frozen=True)
class SentenceChange:
    """One sentence that differs; `before` is empty when it is new, `after` when it is gone."""

    chapter: str
    before: str
    after: str


def changed_sentences(before: Document, after: Document) -> tuple[SentenceChange, ...]:
    """List the sentences that differ between two versions, in reading order of the newer one.

    Chapters are paired by their slug. Sentences that stand in the same place are paired as changed; what is left
    over is new or gone.
    """
    old = {chapter.slug: chapter for chapter in before.chapters}
    new = {chapter.slug: chapter for chapter in after.chapters}
    found = list(_differ("Summary", _texts(before.summary), _texts(after.summary)))
    for slug, chapter in new.items():
        earlier = _chapter_texts(old[slug]) if slug in old else []
        found.extend(_differ(chapter.title, earlier, _chapter_texts(chapter)))
    for slug, chapter in old.items():
        if slug not in new:
            found.extend(_differ(chapter.title, _chapter_texts(chapter), []))
    return tuple(found)


def _texts(sentences: Sequence[Sentence]) -> list[str]:
    return [sentence.text for sentence in sentences]


def _chapter_texts(chapter: Chapter) -> list[str]:
    texts = _texts(chapter.answer)
    for section in chapter.sections:
        for block in section.blocks:
            texts.extend(_texts(sentences_of(block)))
    return texts


def _differ(chapter: str, before: Sequence[str], after: Sequence[str]) -> Iterator[SentenceChange]:
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if what == "equal":
            continue
        old, new = list(before[old_from:old_to]), list(after[new_from:new_to])
        for index in range(max(len(old), len(new))):
            yield SentenceChange(
                chapter, old[index] if index < len(old) else "", new[index] if index < len(new) else ""
            )
