"""A short cut past the XML parser for sheets spelt as Excel, LibreOffice and XlsxWriter all spell them.

It reads a return more than twice as fast, and it is never the last word. The text of a sheet is cut at its tags, and
every piece must be letter for letter of a known shape. At the first piece that is not, the whole sheet goes through
the parser. So the short cut can decline a legal spelling but cannot misread one.

The rule that makes this safe: in well-formed XML a "<" appears nowhere but at the start of a tag, a comment, a CDATA
section or an instruction. When the text between two tags contains no "<", there is nothing else it can mean.

Two things it does not notice, because it looks only at the cells it is asked for: XML that is not well-formed, and a
cell nobody asks for whose text its type forbids. The zip file's checksum vouches for the bytes.

`fast_reader` is the one way in, and `xlkpi/ooxml/workbook.py` the one place that calls it. To remove the short cut,
delete this folder and `tests/ooxml/test_fast_path_agrees.py`, and let that place use the parser alone.
"""

from __future__ import annotations

from xlkpi.ooxml.fast.fast_sheet import fast_reader

__all__ = ["fast_reader"]
