"""What people and programs do to a return: each function does it somewhere, and says what a person sees there then.

A function gives False where it finds nothing to do it to, after what was done before.
"""

from __future__ import annotations

import re
from random import Random

from tests.field.mangled_return import CORE, COVER, ROW, STRINGS, WORKBOOK, Mangled
from tests.field.typed_manglings import TYPED, Mangling
from xlkpi.ooxml.addresses import column_letters, column_number


def swapped_figures(book: Mangled, chance: Random) -> bool:
    """X where y belongs and the other way round: that is what the person sees."""
    code = book.pick(chance)
    x, y = book.seen[code]
    if x is None or y is None:
        return False
    return book.count(code, 0, "", f"<v>{y}</v>", sees=y) and book.count(code, 1, "", f"<v>{x}</v>", sees=x)


def name_lost(book: Mangled, chance: Random) -> bool:
    slug = book.pick(chance).replace(" ", "_")
    return book.replace(WORKBOOK, rf'<definedName name="{slug}\.{chance.choice("xy")}">[^<]*</definedName>', "")


def names_lost(book: Mangled, _: Random) -> bool:
    return book.replace(WORKBOOK, r'<definedName name="(?:KPI|INFO)_[^<]*</definedName>', "")


def name_redirected(book: Mangled, chance: Random) -> bool:
    slug = book.pick(chance).replace(" ", "_")
    letters, rows = chance.choice("FGHLMX"), chance.choice((0, 0, 1))
    return book.replace(
        WORKBOOK,
        rf'(<definedName name="{slug}\.{chance.choice("xy")}">[^<]*)\$[A-Z]+\$(\d+)<',
        lambda match: f"{match[1]}${letters}${int(match[2]) + rows}<",
    )


def names_swapped(book: Mangled, chance: Random) -> bool:
    slug = book.pick(chance).replace(" ", "_")
    return book.replace(
        WORKBOOK, rf'name="{slug}\.([xy])"', lambda match: f'name="{slug}.{"yx"["xy".index(match[1])]}"'
    )


def name_unusable(book: Mangled, chance: Random) -> bool:
    slug = book.pick(chance).replace(" ", "_")
    return book.replace(WORKBOOK, rf'(<definedName name="{slug}\.[xy]">)[^<]*', r"\1#REF!")


def rows_inserted(book: Mangled, chance: Random) -> bool:
    place = book.places[book.pick(chance)]
    book.move(place.part, chance.randint(1, 3), 0, chance.choice((1, 5, place.row)), 1)
    return True


def columns_inserted(book: Mangled, chance: Random) -> bool:
    place = book.places[book.pick(chance)]
    book.move(place.part, 0, chance.randint(1, 3), 1, chance.choice((2, 6, 7)))
    return True


def row_of(book: Mangled, code: str) -> re.Match[str] | None:
    place = book.places[code]
    return next((match for match in ROW.finditer(book.parts[place.part]) if int(match[1]) == place.row), None)


def row_deleted(book: Mangled, chance: Random) -> bool:
    code = book.pick(chance)
    row = row_of(book, code)
    if row is None or len(book.places) < 5:
        return False
    part = book.places.pop(code).part
    book.parts[part] = book.parts[part].replace(row[0], "", 1)
    book.seen[code] = (None, None)
    return True


def row_hidden(book: Mangled, chance: Random) -> bool:
    place = book.places[book.pick(chance)]
    return book.replace(place.part, rf'<row r="{place.row}"', f'<row r="{place.row}" hidden="1"', 1)


def row_split(book: Mangled, chance: Random) -> bool:
    place = book.places[book.pick(chance)]
    return book.replace(place.part, rf'(<c r="G{place.row}")', rf'</row><row r="{place.row}">\1', 1)


def row_elsewhere_in_the_file(book: Mangled, chance: Random) -> bool:
    """The row's XML comes last; it is shown where its number says."""
    code = book.pick(chance)
    row, part = row_of(book, code), book.places[code].part
    if row is None:
        return False
    text = book.parts[part].replace(row[0], "", 1)
    book.parts[part] = text.replace("</sheetData>", f"{row[0]}</sheetData>", 1)
    return True


def row_twice(book: Mangled, chance: Random) -> bool:
    """The indicator again, further down, with other figures: nobody knows which is meant."""
    code = book.pick(chance)
    row_match, place = row_of(book, code), book.places[code]
    if row_match is None or None in book.seen[code]:
        return False
    row = re.sub(
        rf'<c r="({place.x}|{place.y}){place.row}"([^<>]*)><v>\d+</v>',
        rf'<c r="\g<1>{place.row}"\2><v>77</v>',
        row_match[0],
    )
    row = re.sub(rf'r="([A-Z]*){place.row}"', r'r="\g<1>60"', row)
    if "<v>77</v>" not in row:
        return False
    book.replace(place.part, "</sheetData>", f"{row}</sheetData>")
    book.seen[code] = (None, None)
    return True


def columns_hidden(book: Mangled, chance: Random) -> bool:
    place = book.places[book.pick(chance)]
    at = column_number(place.x)
    return book.replace(place.part, "<cols>", f'<cols><col min="{at}" max="{at}" hidden="1" width="9"/>', 1)


def merged(book: Mangled, chance: Random) -> bool:
    """X and y in one merged cell: only what is on the left is shown, and for which it counts nobody knows."""
    code = book.pick(chance)
    place = book.places[code]
    area = f"{place.x}{place.row}:{place.y}{place.row}"
    cells = f'<mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'
    if "<mergeCells" in book.parts[place.part]:
        return False
    done = book.replace(place.part, r"(<conditionalFormatting|<dataValidations|<pageMargins)", rf"{cells}\1", 1)
    book.seen[code] = (None, None) if done else book.seen[code]
    return done


def cell_twice(book: Mangled, chance: Random) -> bool:
    """Two cells of one address: programs show the last one, and which was typed nobody can tell."""
    code = book.pick(chance)
    place = book.places[code]
    cell = book.cell(place.part, f"{place.x}{place.row}")
    if cell is None or not cell[5]:
        return False  # of two cells the one with something in it is shown
    book.parts[place.part] = book.parts[place.part].replace(
        cell[0], f'<c r="{place.x}{place.row}"><v>5</v></c>{cell[0]}', 1
    )
    del book.places[code]  # what is done to it next would be done to the cell that nobody sees
    return True


def sheet_hidden(book: Mangled, chance: Random) -> bool:
    title = re.escape(book.title(book.places[book.pick(chance)].part))
    return book.replace(WORKBOOK, rf'(<sheet name="{title}" )', r'\1state="hidden" ')


def sheet_renamed(book: Mangled, chance: Random) -> bool:
    title = book.title(book.places[book.pick(chance)].part)
    new = chance.choice(("Sheet 9", "KPIs", title.upper(), f"{title} (2)"))
    book.replace(WORKBOOK, f'<sheet name="{re.escape(title)}"', f'<sheet name="{new}"')
    book.replace(WORKBOOK, rf">(?:'{re.escape(title)}'|{re.escape(title)})!", f">'{new}'!")
    return True


def sheets_reordered(book: Mangled, _: Random) -> bool:
    return book.replace(WORKBOOK, r"(<sheet [^<>]*/>)(<sheet [^<>]*/>)", r"\2\1", 1)


def sheet_lost(book: Mangled, chance: Random) -> bool:
    part = book.places[book.pick(chance)].part
    title = book.title(part)
    if len({place.part for place in book.places.values()}) < 3:
        return False
    book.replace(WORKBOOK, rf'<sheet name="{re.escape(title)}"[^<>]*/>', "")
    for code, _place in list(book.on(part)):
        del book.places[code]
        if part not in book.copies:
            book.seen[code] = (None, None)
        elif code == book.copies[part]:
            book.seen[code] = (4321, book.seen[code][1])  # what the copy that is left shows
    return True


def code_respelt(book: Mangled, chance: Random) -> bool:
    """The code with other spaces or letters: a person sees the same."""
    if "code erased" in book.done:
        return False  # it could bring the erased code back
    code = book.pick(chance)
    place = book.places[code]
    text = chance.choice(
        (code.lower(), code.replace(" ", "\xa0"), f" {code} ", code.replace(" ", "  "), f"{code}\u200b")
    )
    return book.words(place.part, f"{place.code}{place.row}", text)


def code_of_another(book: Mangled, chance: Random) -> bool:
    """Two rows with one code: whose figures these are nobody knows."""
    code, other = book.pick(chance), book.pick(chance)
    place = book.places[code]
    if code == other or book.places[other].part != place.part:
        return False
    book.seen[code] = book.seen[other] = (None, None)
    return book.words(place.part, f"{place.code}{place.row}", other)


def code_erased(book: Mangled, chance: Random) -> bool:
    if "code of another" in book.done:
        return False  # it could be the very cell that now has the other's code, whose own row is read
    code = book.pick(chance)
    place = book.places[code]
    book.seen[code] = (None, None)
    return book.put(place.part, f"{place.code}{place.row}", "", "")


def headings_swapped(book: Mangled, chance: Random) -> bool:
    """X under the heading of y and the other way round, in a whole sheet: that is what the person reads."""
    place = book.places[book.pick(chance)]
    row = min(other.row for _, other in book.on(place.part)) - 1
    first, second = (book.cell(place.part, f"{letters}{row}") for letters in (place.x, place.y))
    if first is None or second is None or not (first[5] and second[5]) or first[5] == second[5]:
        return False
    kinds = [re.sub(r' s="\d+"', "", heading_match[3]) for heading_match in (first, second)]
    book.put(place.part, f"{place.x}{row}", kinds[1], second[5])
    book.put(place.part, f"{place.y}{row}", kinds[0], first[5])
    for code, other in book.on(place.part):
        other.x, other.y = other.y, other.x
        book.seen[code] = book.seen[code][::-1]
    return True


def heading_lost(book: Mangled, chance: Random) -> bool:
    """A heading of figures overwritten: the others still say which column is which."""
    place = book.places[book.pick(chance)]
    row = min(other.row for _, other in book.on(place.part)) - 1
    return book.words(place.part, f"{chance.choice((place.x, place.y))}{row}", "January")


def second_tab(book: Mangled, chance: Random) -> bool:
    """A copy of a sheet with another figure: which is meant nobody knows, and it must be reported."""
    code = book.pick(chance)
    place = book.places[code]
    name, part = f"Copy of {len(book.done)}", f"xl/worksheets/copy{len(book.done)}.xml"
    if part in book.parts or None in book.seen[code]:
        return False
    book.parts[part] = book.parts[place.part]
    changed = book.put(part, f"{place.x}{place.row}", "", "<v>4321</v>")
    relation = f"rIdC{len(book.done)}"
    target = part.removeprefix("xl/")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    book.replace(
        "xl/_rels/workbook.xml.rels",
        "</Relationships>",
        f'<Relationship Id="{relation}" Type="{kind}" Target="{target}"/></Relationships>',
    )
    book.replace(
        WORKBOOK, "</sheets>", f'<sheet name="{name}" sheetId="{90 + len(book.done)}" r:id="{relation}"/></sheets>'
    )
    book.seen[code] = (None, book.seen[code][1]) if changed else book.seen[code]
    book.copies[place.part] = code
    return changed


def sheet_of_another(book: Mangled, chance: Random) -> bool:
    """A sheet whose heading names another provider: its figures are not this one's."""
    part = book.places[book.pick(chance)].part
    done = book.words(part, "A2", "Somebody Else CIC")
    if done:
        book.seen |= {code: (None, None) for code, _ in book.on(part)}
    return done


def prefixed(book: Mangled, chance: Random) -> bool:
    """A sheet whose tags all have a prefix: other programs write so."""
    part = book.places[book.pick(chance)].part
    text = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", book.parts[part]).replace(" xmlns=", " xmlns:x=", 1)
    if "<x:x:" in text or ":x=" not in text:
        return False
    book.parts[part] = text
    for code, _ in list(book.on(part)):
        del book.places[code]  # nothing else here knows how to write in it
    return len(book.places) > 4


def address_in_small_letters(book: Mangled, chance: Random) -> bool:
    code = book.pick(chance)
    place = book.places[code]
    done = book.replace(place.part, rf'<c r="{place.x}{place.row}"', f'<c r="{place.x.lower()}{place.row}"')
    if done:
        del book.places[code]  # nothing else here finds it any more
    return done


def in_strings(book: Mangled, chance: Random) -> bool:
    """A count kept among the shared texts, as programs keep text."""
    code, which = book.pick(chance), chance.randrange(2)
    count = book.seen[code][which]
    index = book.parts[STRINGS].count("<si>")
    book.replace(STRINGS, "</sst>", f"<si><t>{count}</t></si></sst>")
    return count is not None and book.count(code, which, ' t="s"', f"<v>{index}</v>", sees=None)


def protection_off(book: Mangled, chance: Random) -> bool:
    return book.replace(book.places[book.pick(chance)].part, r"<sheetProtection[^<>]*/>", "")


def saved_time_lost(book: Mangled, _: Random) -> bool:
    return book.replace(CORE, r"<dcterms:modified[^<>]*>[^<]*</dcterms:modified>", "")


def comment_of_nothing(book: Mangled, chance: Random) -> bool:
    place = book.places[book.pick(chance)]
    return book.words(
        place.part, f"{place.comment}{place.row}", chance.choice((".", "-", "n/a", "TBC", "#NAME?", "x" * 9000))
    )


def formulas_typed_over(book: Mangled, chance: Random) -> bool:
    place = book.places[book.pick(chance)]
    last = max(column_number(place.x), column_number(place.y))
    return book.put(place.part, f"{column_letters(last + 1 + chance.randrange(2))}{place.row}", "", "<v>7</v>")


def cover_of_another(book: Mangled, _: Random) -> bool:
    match = re.search(r'name="Return\.provider">[^<]*\$([A-Z]+)\$(\d+)<', book.parts[WORKBOOK])
    return match is not None and book.words(COVER, f"{match[1]}{match[2]}", "Somebody Else CIC")


def dimension_wrong(book: Mangled, chance: Random) -> bool:
    return book.replace(book.places[book.pick(chance)].part, r"<dimension [^<>]*/>", '<dimension ref="A1"/>')


def formats_below(book: Mangled, chance: Random) -> bool:
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="5"/></row>' for row in range(900, 1400))
    return book.replace(book.places[book.pick(chance)].part, "</sheetData>", f"{rows}</sheetData>")


MANGLINGS: dict[str, Mangling] = {
    **TYPED,
    **{
        function.__name__.replace("_", " "): function
        for function in (
            swapped_figures, name_lost, names_lost, name_redirected, names_swapped, name_unusable, rows_inserted,
            columns_inserted, row_deleted, row_hidden, row_split, row_elsewhere_in_the_file, row_twice,
            columns_hidden,
            merged, cell_twice, sheet_hidden, sheet_renamed, sheets_reordered, sheet_lost, code_respelt,
            code_of_another, code_erased, headings_swapped, heading_lost, second_tab, sheet_of_another,
            prefixed, address_in_small_letters,
            in_strings, protection_off, saved_time_lost, comment_of_nothing, formulas_typed_over, cover_of_another,
            dimension_wrong, formats_below,
        )
    },
}  # fmt: skip
