"""Promise: your workbook holds your own particulars and nobody else's, and is the same each time it is built."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from functools import cache

import pytest
from lxml import etree

from tests.acceptance.provider.provider_workbooks import KINDS, LAST_TIME, built, opened, parts, place
from tests.judge.real_returns import (
    ANOTHER,
    CODES,
    EVERYTHING,
    SENDER,
    last_figures,
    period_of,
    saved,
    scratch,
    stamped,
)
from xlkpi import check_return, load_catalogue
from xlkpi.core.lot import Contact
from xlkpi.layout.plan import make_return_key
from xlkpi.layout.provider_texts import make_provider_texts
from xlkpi.writing.returns.template import make_template

NEIGHBOUR = replace(
    EVERYTHING,
    provider_id="NB-777",
    name="Neighbour Care Kent",
    contract_ref="SC/99/999",
    contacts=(Contact("Zoe Neighbour", "Director", "zoe@neighbour.example", "01622 777777"),),
)
TEXTS = "xl/sharedStrings.xml"
MARKS = re.compile("[\ue000-\uf8ff]")


@cache
def alone(kind):
    """The workbook of one kind, built from scratch."""
    provider, period, options = KINDS[kind]
    return scratch(provider, period, **options)


@pytest.mark.parametrize("kind", KINDS)
def test_a_stamped_copy_is_byte_for_byte_what_building_it_alone_gives(kind):
    """But for the order of the texts: stamping keeps a text twice that two cells share."""
    stamped, by_itself = parts(built(kind)), parts(alone(kind))
    assert stamped.keys() == by_itself.keys()
    assert texts(stamped) == texts(by_itself)
    wanted = spelt_out(by_itself)
    for part, data in spelt_out(stamped).items():
        assert data == wanted[part], part


SHARED_TEXT = re.compile(rb'(<c [^>]*t="s"[^>]*><v>)(\d+)(?=</v>)')


def spelt_out(content):
    """Every part but the table of texts, in whose place each cell has its own."""
    items = [etree.tostring(element) for element in etree.fromstring(content[TEXTS])]
    return {
        part: SHARED_TEXT.sub(lambda match: match[1] + items[int(match[2])], data) if "/sheet" in part else data
        for part, data in content.items()
        if part != TEXTS
    }


def texts(content):
    """The table of texts as it is spelt, in no order."""
    return {etree.tostring(element) for element in etree.fromstring(content[TEXTS])}


@pytest.mark.parametrize("kind", KINDS)
def test_building_again_gives_the_same_bytes(kind):
    provider, period, options = KINDS[kind]
    catalogue = load_catalogue()
    key = make_return_key(catalogue, provider, period_of(period), tuple(options.get("as_written", ())))
    facts = make_provider_texts(catalogue, key, provider, SENDER, last_figures(options.get("previous", {})))
    assert make_template(catalogue, key).stamp(facts) == built(kind)
    assert scratch(provider, period, **options) == alone(kind)


def particulars(provider):
    """What tells who a provider is, as it may stand in XML, JSON or plain."""
    texts = [provider.provider_id, provider.name, provider.contract_ref]
    texts += [part for c in provider.contacts for part in (c.name, c.email, c.telephone)]
    words = {text.encode() for text in texts if text}
    escaped = {text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode() for text in texts if text}
    return words | escaped


@cache
def stamped_from_one_template():
    """Two providers of one template, stamped one after the other, each with figures of last time."""
    catalogue = load_catalogue()
    key = make_return_key(catalogue, EVERYTHING, period_of("2026-27 Q4"))
    template = make_template(catalogue, key)
    other_times = dict.fromkeys(CODES, (4321, 8642))
    return [
        template.stamp(make_provider_texts(catalogue, key, provider, SENDER, last_figures(times)))
        for provider, times in ((NEIGHBOUR, other_times), (EVERYTHING, LAST_TIME), (NEIGHBOUR, {}))
    ]


def test_no_part_names_another_provider_of_the_same_template():
    first, mine, last = stamped_from_one_template()
    for data, own, others in (
        (mine, EVERYTHING, NEIGHBOUR),
        (last, NEIGHBOUR, EVERYTHING),
        (first, NEIGHBOUR, EVERYTHING),
    ):
        content = b"\n".join([data, *parts(data).values()])
        assert not [text for text in particulars(others) if text in content]
        assert own.contract_ref.encode() in content
    assert b"4321 of 8642" in b"".join(parts(first).values())
    for data in (mine, last):
        assert b"8642" not in b"".join(parts(data).values())


def test_nothing_is_hidden_between_the_parts_of_the_package():
    """A copy that is rewritten in place could keep old bytes that its directory no longer lists."""
    for data in stamped_from_one_template():
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            listed = sorted(package.infolist(), key=lambda part: part.header_offset)
            assert len({part.filename for part in listed}) == len(listed)
            at = 0
            for part in listed:
                assert part.header_offset == at, part.filename
                name_and_extra = sum(int.from_bytes(data[at + n : at + n + 2], "little") for n in (26, 28))
                at += 30 + name_and_extra + part.compress_size
            assert package.start_dir == at
            assert package.comment == b""
            assert len({part.date_time for part in listed}) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_no_mark_of_the_template_is_left(kind):
    for name, data in parts(built(kind)).items():
        assert not MARKS.search(data.decode()), name


ODD_NAMES = ('=HYPERLINK("x")', "+1", "A & B <b>", "a _x0041_ b", "bell \x07", "é 中 “q”", "{provider}", "x" * 300)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_name_from_the_register_is_never_calculated_and_never_breaks_the_file(name):
    odd = replace(ANOTHER, name=name, contract_ref=name, contacts=(Contact(name),))
    data = stamped(odd, "2026-27 Q4")
    book = opened(data)
    for at in ("Return.provider", "Return.contact_1.name"):
        sheet, ref = place(book, at)
        assert book[sheet][ref].data_type == "s"
    assert texts(parts(data)) == texts(parts(scratch(odd, "2026-27 Q4")))


@pytest.mark.office
@pytest.mark.parametrize("name", ODD_NAMES[:-1])
def test_a_name_reads_in_libreoffice_as_the_register_has_it(name, calc, tmp_path):
    book = calc(saved(tmp_path / "x.xlsx", stamped(replace(ANOTHER, name=name), "2026-27 Q4")))
    assert book.get(*book.named("Return.provider")) == name
    assert check_return(tmp_path / "x.xlsx").manifest.provider == name
