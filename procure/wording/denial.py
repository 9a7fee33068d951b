"""Whether a sentence denies what it names: « aucune clause sociale », « sans objet »."""

from __future__ import annotations

from collections.abc import Iterable

from procure.wording.concepts import Denial, Lexicon
from procure.wording.phrases import Phrase
from procure.wording.search import Reading, Searcher, Span


class Denials:
    """The denials of one text: which of its words are denied."""

    def __init__(self, lexicon: Lexicon, searcher: Searcher, reading: Reading) -> None:
        self.searcher = searcher
        self.reading = reading
        self.stops = self._words(lexicon.interrupts)
        self.innocent = self._words(lexicon.innocent)
        self.denying = lexicon.denying
        self.before = self._cues(lexicon.before)
        self.after = self._cues(lexicon.after)

    def deny(self, span: Span, phrase: Phrase) -> bool:
        """Whether a cue before, after or between the words of a phrase denies them."""
        return (
            any(self._reaches(cue.last, span.first, reach) for cue, reach in self.before)
            or any(self._reaches(span.last, cue.first, reach) for cue, reach in self.after)
            or (not self._says_so(phrase) and self._is_inside(span))
        )

    def _is_inside(self, span: Span) -> bool:
        return any(span.first < cue.first <= cue.last < span.last for cue, _ in self.before)

    def _says_so(self, phrase: Phrase) -> bool:
        """Whether a phrase denies by itself (« sans intermédiaire »)."""
        return any(
            term.stem in self.denying
            for slot in phrase.slots
            for terms in slot.terms
            for term in terms
        )

    def _words(self, phrases: Iterable[Phrase]) -> set[int]:
        """The words that make some phrases."""
        return {
            index
            for phrase in phrases
            for span in self.searcher.spans(phrase, self.reading)
            for index in range(span.first, span.last + 1)
        }

    def _cues(self, denials: Iterable[Denial]) -> list[tuple[Span, int]]:
        return [
            (span, denial.reach)
            for denial in denials
            for phrase in denial.say
            for span in self.searcher.spans(phrase, self.reading)
            if span.first not in self.innocent
            and (not denial.ends_passage or self._is_last(span.last))
        ]

    def _is_last(self, index: int) -> bool:
        words = self.reading.words
        if index + 1 == len(words):
            return True
        following = words[index + 1]
        between = self.reading.text[words[index].end : following.start]
        return following.passage != words[index].passage or bool(set(between) & set("\n,;:."))

    def _reaches(self, left: int, right: int, reach: int) -> bool:
        """Whether nothing stands between two words that ends the reach of a denial."""
        words = self.reading.words
        if not 0 < right - left <= reach or words[left].passage != words[right].passage:
            return False
        between = range(left + 1, right)
        if any(index in self.stops for index in between):
            return False
        return not any(words[index].after_comma for index in range(left + 1, right + 1))
