"""Words that fill a cell and say nothing: a reason such as “TBC”, a deadline such as “ongoing”.

They are queried, never refused: a person reads them and asks. What is not listed here counts as words.
"""

from __future__ import annotations

import re
from typing import Tuple

from xlkpi.core.checks import ActionPlanEntry, Entry
from xlkpi.core.day import MONTH_NAME
from xlkpi.core.visible_text import tidy

_SAY_NOTHING = """
na/n a/nil/none/no/yes/ok/okay/fine/x/xx/xxx/nothing/unknown/various/other/etc/noted/test/reason/comment/action
not applicable/not known/dont know/don t know/no reason/no comment/no comments/no change/no update/no issue
no issues/nothing to add/nothing to report/none known/tbc/t b c/tba/t b a/tbd/t b d/to be confirmed
to be advised/to be agreed/to be announced/to be decided/to be determined/to be completed/to follow/pending
awaiting/ongoing/on going/in progress/work in progress/wip/under review/in hand/being looked into/as above
as below/as before/as previous/as previously/as discussed/as stated/as last time/see above/see below/see comment
see comments/see attached/see email/same/ditto/same as above/same as before/same as last time
same as last quarter/asap/soon/later/when possible/in due course/as soon as possible/continuous/continuing
not available/awaiting information/awaiting info/awaiting data/awaiting confirmation/see action plan/see plan
please see above/please see below/as mentioned/as mentioned above/as stated above/as noted above/refer to above
no reason given/none given/reason unknown/not sure/unsure/blank/to be updated/to be added/will update
will be updated/to be provided/ongoing work/work ongoing/same reason/same reason as above/abc/asdf/see previous
see last return/as last return/tbc asap/null/error/true/false/loading/blah/blah blah/lorem ipsum/name/ref/div 0
"""
_PLACEHOLDERS = frozenset(phrase for line in _SAY_NOTHING.split("\n") for phrase in line.split("/"))
_SAY_NO_REASON = """
see please above below attached attachment email e mail comment comments action plan as per previous previously last
quarter return before same reported report mentioned stated noted note discussed to be confirmed advised agreed updated
follow follows update will advise tbc tba tbd work ongoing on going issue issues in progress under investigation review
no not none nothing nil add known available applicable n a at this time the target kpi met missed below due various
reasons reason other unknown data information info awaiting pending is was it refer cf of for we did reached achieved
q1 q2 q3 q4 done provide provided later document documents
"""
_EMPTY_WORDS = frozenset(_SAY_NO_REASON.split())
"""A reason of these alone, such as “target not met, see email”, does not say why."""
_BESIDE_LETTERS = re.compile(r"[\W_]+")
_LETTER = re.compile(r"[^\W\d_]")
_TIME = re.compile(
    rf"[0-9]|\b(?:{MONTH_NAME}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tonight|tomorrow|now|immediate\w*"
    r"|straight away|already|done|complete\w*|days?|week\w*|fortnight\w*|month\w*|quarter\w*|year\w*|term\w*"
    r"|daily|annual\w*|spring|summer|autumn|winter|easter|christmas|new year|half|end of|review\w*|meeting\w*|next)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:we|i|us|our|my|manager\w*|deput\w+|director\w*|staff|teams?|lead\w*|officers?|supervisors?|seniors?|heads?"
    r"|co-?ordinators?|administrators?|admin|assistants?|workers?|carers?|trustees?|board|owners?|nurses?|therapists?"
    r"|\w*managers?|management|\w*workers|\w*carers|chair|chief|partners?|suppliers?|landlords?|employ(?:er|ee)s?"
    r"|everybody|someone|personnel|persons?|college|charity|mentors?|tutors?|trainers?|coach\w*|champions?|colleagues?|providers?|council|hr|finance|contractors?|agenc\w+"
    r"|drivers?|operators?|consultants?|committee|volunteers?|everyone)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[\w,;:&] )(?:[A-Z][a-z]+|[A-Z]{2,})\b")
_NO_NAMES = frozenset(("KPI", "RAG", "INFO", "Green", "Amber", "Red", "Lot", "Schedule", "Excel"))
_FIRST_WORD_ACTS = re.compile(
    r"(?!continue|need|aim|work|plan|try|seek|look|start|begin)\w+ (?:to|will) ", re.IGNORECASE
)
SHORTEST_PHRASE = 4
"""A shorter text may be anybody's abbreviation of a time, or the initials of a person."""


def is_placeholder(text: str) -> bool:
    """Return whether a text that is not blank says nothing: one letter over and over, or words such as “n/a”."""
    words = _BESIDE_LETTERS.sub(" ", tidy(text)).strip().casefold()
    letter = _LETTER.search(words)
    if letter is None or words in _PLACEHOLDERS:
        return True
    same = letter.group()
    return words.count(same) > 1 and not _LETTER.search(words.replace(same, ""))


def names_no_time(text: str) -> bool:
    """Return whether a timescale names no day, month, week or other time that somebody could be held to."""
    seen = tidy(text)
    return len(seen) >= SHORTEST_PHRASE and not _TIME.search(seen)


def names_nobody(action: str) -> bool:
    """Return whether an action names neither a role nor a person who does it.

    A word with a capital inside a sentence counts as a name, and whoever is "to" do it or "will": it is the benefit
    of the doubt, as a person reads it.
    """
    seen = tidy(action)
    if "@" in seen or _ROLE.search(seen) or _FIRST_WORD_ACTS.match(seen):
        return False
    return all(word in _NO_NAMES or _TIME.search(word) for word in _NAME.findall(seen))


def has_no_reason(entry: Entry) -> bool:
    """Return whether the reasons written for a missed target, here and in the action plan, are all placeholders."""
    written = [text for text in (entry.comment, entry.plan.issue) if tidy(text)]
    return bool(written) and all(map(_says_no_reason, written))


def _says_no_reason(text: str) -> bool:
    """Whether all words of a text are such as say nothing; numbers beside them give no reason either."""
    words = _BESIDE_LETTERS.sub(" ", tidy(text)).casefold().split()
    return is_placeholder(text) or _EMPTY_WORDS.issuperset(word for word in words if not word.isdigit())


def missing_in_plan(plan: ActionPlanEntry) -> Tuple[str, ...]:
    """List what an action plan that is complete still does not say, as words for a message."""
    return tuple(
        words
        for words, is_missing in (
            ("who will do what", is_placeholder(plan.action)),
            ("who will do it", _has_nobody(plan)),
            ("which outcomes are expected", is_placeholder(plan.outcomes)),
            ("by when", not any(map(str.isdigit, plan.timescale)) and _says_no_time(plan.timescale)),
        )
        if is_missing
    )


def _has_nobody(plan: ActionPlanEntry) -> bool:
    """Whether an action in words names nobody, and the outcomes name nobody either."""
    if is_placeholder(plan.action) or len(tidy(plan.action)) < SHORTEST_PHRASE:
        return False
    return names_nobody(plan.action) and names_nobody(plan.outcomes)


def _says_no_time(timescale: str) -> bool:
    return is_placeholder(timescale) or names_no_time(timescale)
