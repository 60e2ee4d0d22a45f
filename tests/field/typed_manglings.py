"""What is typed or pasted into a cell of a count, and in which format it is shown."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.field.mangled_return import Mangled

Mangling = Callable[[Mangled, Random], bool]


def typed(attributes: str, inner: str, sees: Callable[[int], int | None]) -> Mangling:
    """Something else in a cell of x or y; ``{0}`` is the count that was there."""

    def mangle(book: Mangled, chance: Random) -> bool:
        code, which = book.pick(chance), chance.randrange(2)
        count = book.seen[code][which]
        if count is None:
            return False
        return book.count(code, which, attributes, inner.format(count, count + 0.5, 10 * count), sees=sees(count))

    return mangle


def shown(code: str) -> Mangling:
    """Another number format on a count: what is shown is another number, or none."""

    def mangle(book: Mangled, chance: Random) -> bool:
        indicator, which = book.pick(chance), chance.randrange(2)
        count = book.seen[indicator][which]
        if count is None:
            return False
        style = book.style(code)
        return book.count(indicator, which, "", f"<v>{count}</v>", sees=None, style=style)

    return mangle


def same(count: int) -> int | None:
    """The person sees the count that was there."""
    return count


def none(_count: int) -> int | None:
    """The person sees no count."""
    return None


INLINE = ' t="inlineStr"'
TYPED = {
    "a word beside it": typed(INLINE, "<is><t>{0} visits</t></is>", none),
    "digits as text": typed(INLINE, "<is><t>{0}</t></is>", none),
    "digits as text with a no-break space": typed(INLINE, "<is><t>\xa0{0}\xa0</t></is>", none),
    "digits as a formula's text": typed(' t="str"', "<v>{0}</v>", none),
    "digits in full width": typed(INLINE, "<is><t>１２</t></is>", none),
    "about so many": typed(INLINE, "<is><t>c. {0}</t></is>", none),
    "emptied": typed("", "", none),
    "a space": typed(INLINE, '<is><t xml:space="preserve"> </t></is>', none),
    "negative": typed("", "<v>-1{0}</v>", none),
    "a half": typed("", "<v>{1}</v>", none),
    "a residue of a calculation": typed("", "<v>{0}.00000000000003</v>", same),
    "a real fraction": typed("", "<v>{0}.0000001</v>", none),
    "noughts behind the point": typed("", "<v>{0}.000</v>", same),
    "an exponent": typed("", "<v>{0}E0</v>", same),
    "spaces about it": typed("", "<v> {0} </v>", same),
    "in CDATA": typed("", "<v><![CDATA[{0}]]></v>", same),
    "with a numeric entity": typed("", "<v>&#x30;{0}</v>", same),
    "with a comment inside": typed("", "<v>{0}<!-- 9 --></v>", same),
    "ten times as much": typed("", "<v>{2}</v>", lambda count: 10 * count),
    "an error value": typed(' t="e"', "<v>#REF!</v>", none),
    "an error value as text": typed(INLINE, "<is><t>#NAME?</t></is>", none),
    "yes": typed(' t="b"', "<v>1</v>", none),
    "a day": typed(' t="d"', "<v>2026-07-01</v>", none),
    "a formula": typed("", "<f>{0}+0</f><v>{0}</v>", none),
    "a formula never calculated": typed("", "<f>{0}+0</f>", none),
    "a shared formula": typed("", '<f t="shared" si="9"/><v>{0}</v>', none),
    "an array": typed("", '<f t="array" ref="F6:F7">{0}+{{0}}</f><v>{0}</v>', none),
    "a huge number": typed("", "<v>1E+300</v>", none),
    "shown as a duration": shown("[h]:mm"),
    "shown as a date": shown("dd/mm/yyyy"),
    "shown in thousands": shown("0,"),
    "shown as a percentage": shown("0%"),
    "shown as a fraction": shown("# ?/?"),
    "shown with an exponent": shown("0.0E+00"),
    "shown as words": shown("&quot;many&quot;"),
}
