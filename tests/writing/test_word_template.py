"""A letter in the Council's own Word document: every placeholder is filled, and nothing else changes."""

from __future__ import annotations

from datetime import date

import pytest

from tests.judge.packages.package import packed, parts_of
from tests.processor_time import at_most
from tests.writing.test_word_document import lines_of, part
from xlkpi.letters.letter import TEMPLATE_PARAGRAPHS, Letter
from xlkpi.writing.documents.word_document import WORD, render_document
from xlkpi.writing.documents.word_template import NotATemplate, fill_template

DAY = date(2026, 11, 24)
LETTER = Letter(
    "Formal warning: KPI S3", "Oast & Co <CIC>", "", DAY, None, None, ("First.", "Second,\nthird."), "The Council"
)
OURS = render_document("Formal warning", TEMPLATE_PARAGRAPHS, DAY)


def filled(template, letter=LETTER):
    return fill_template(template, letter.subject, letter.fields, letter.body)


def changed(**parts):
    """Our template with parts replaced or added."""
    return packed(parts_of(OURS) | {f"word/{name}.xml": text.encode() for name, text in parts.items()})


def document(body):
    return f'<w:document xmlns:w="{WORD}"><w:body>{body}<w:p/></w:body></w:document>'


def test_our_template_filled_in_is_our_letter():
    ours = render_document(LETTER.subject, LETTER.paragraphs, DAY)
    assert lines_of(filled(OURS).data) == lines_of(ours)
    assert "Formal warning: KPI S3" in part(filled(OURS).data, "docProps/core.xml")
    assert filled(OURS).unknown == ()
    assert filled(OURS).data == filled(OURS).data


def test_a_placeholder_that_word_has_cut_up_keeps_the_looks_of_its_first_run():
    runs = "".join(
        f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"
        for look, text in (
            ("<w:b/>", "For {{ Prov"),
            ("<w:i/>", "id"),
            ("", "er }} and {{date"),
            ("", "}}, {{colour}}."),
        )
    )
    data = filled(changed(document=document(f"<w:p>{runs}</w:p><w:p><w:r><w:t>{{{{body}}}}</w:t></w:r></w:p>")))
    assert lines_of(data.data)[:3] == [
        ["For Oast & Co <CIC>", "", " and 24 November 2026", ", {{colour}}."],
        ["First."],
        ["Second,", "third."],
    ]
    assert data.unknown == ("{{colour}}",)


def test_headers_are_filled_and_empty_paragraphs_go_but_not_the_only_one_of_a_cell():
    cell = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{{contract_ref}}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    gone = "<w:p><w:r><w:t>{{contract_ref}}</w:t></w:r></w:p>"
    body = "<w:p><w:r><w:t>{{body}}</w:t></w:r></w:p>"
    header = f'<w:hdr xmlns:w="{WORD}"><w:p><w:r><w:t>{{{{council}}}}</w:t></w:r></w:p></w:hdr>'
    data = filled(changed(document=document(cell + gone + body), header1=header)).data
    assert lines_of(data) == [[""], ["First."], ["Second,", "third."], []]
    assert "The Council" in part(data, "word/header1.xml")


def test_a_template_of_thousands_of_placeholders_is_refused_at_once():
    runs = "<w:r><w:t>{{provider}}</w:t></w:r>" * 20_000
    template = changed(document=document(f"<w:p>{runs}</w:p><w:p><w:r><w:t>{{{{body}}}}</w:t></w:r></w:p>"))
    words = "has 20,001 placeholders, and a letter at most 200"
    with at_most(2), pytest.raises(NotATemplate, match=words):
        filled(template)


def test_what_a_provider_wrote_is_never_a_placeholder():
    letter = Letter("S", "{{date}}", "", DAY, None, None, ("{{provider}}",), "C")
    assert ["{{provider}}"] in lines_of(filled(OURS, letter).data)
    assert filled(OURS, letter).unknown == ()


@pytest.mark.parametrize(
    ("template", "message"),
    [
        (b"nothing", "is not a Word document: .* Save it as .docx in Word"),
        (render_document("T", ("{{subject}}",), DAY), r"has no \{\{body\}\}, where the text of the letter goes"),
        (changed(document="<w:document>"), "is not a Word document"),
    ],
)
def test_what_cannot_be_a_template_is_refused(template, message):
    with pytest.raises(NotATemplate, match=message):
        filled(template)
