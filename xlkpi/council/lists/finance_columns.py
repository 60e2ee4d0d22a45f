"""The columns of the invoice ledger and of the case-system extract, and how an officer names their headers."""

from __future__ import annotations

from collections.abc import Iterable

from xlkpi.council.lists.columns import ListColumns
from xlkpi.errors import LedgerError

PROVIDER_COLUMNS = ("provider_id", "supplier_number", "provider")
"""The columns that name the provider of a row; a row needs one of them."""
_INSTEAD = {"provider_id": ("supplier_number", "provider")}
_PROVIDER_ALIASES = {
    "providerno": "provider_id", "providernumber": "provider_id",
    "supplierid": "supplier_number", "supplierno": "supplier_number", "suppliercode": "supplier_number",
    "vendorid": "supplier_number", "vendorno": "supplier_number", "vendornumber": "supplier_number",
    "vendorcode": "supplier_number", "creditorno": "supplier_number", "creditornumber": "supplier_number",
    "creditorid": "supplier_number", "providername": "provider", "supplier": "provider",
    "suppliername": "provider", "vendor": "provider", "vendorname": "provider", "creditor": "provider",
    "creditorname": "provider", "payee": "provider", "payeename": "provider", "beneficiaryname": "provider",
}  # fmt: skip

LEDGER = ListColumns(
    (
        "provider_id", "supplier_number", "provider", "invoice_no", "invoice_date", "due_date", "received_date",
        "amount", "disputed_date", "dispute_reason", "resolved_date", "paid_date", "type",
    ),
    ("provider_id", "invoice_no", "received_date", "disputed_date", "paid_date"),
    {
        **_PROVIDER_ALIASES,
        "invoice": "invoice_no", "invoiceid": "invoice_no", "invoicenumber": "invoice_no", "invoiceref": "invoice_no",
        "invoicereference": "invoice_no", "dateofinvoice": "invoice_date", "invoiced": "invoice_date",
        "due": "due_date", "duedateforsubmission": "due_date", "submissiondue": "due_date", "datedue": "due_date",
        "submitby": "due_date", "received": "received_date", "datereceived": "received_date",
        "receivedon": "received_date", "receiptdate": "received_date", "dateofreceipt": "received_date",
        "invoiceamount": "amount", "gross": "amount", "grossamount": "amount", "value": "amount", "total": "amount",
        "disputed": "disputed_date", "datedisputed": "disputed_date", "disputedon": "disputed_date",
        "disputedate": "disputed_date", "reason": "dispute_reason", "reasonfordispute": "dispute_reason",
        "resolved": "resolved_date", "dateresolved": "resolved_date", "resolvedon": "resolved_date",
        "paid": "paid_date", "datepaid": "paid_date", "paidon": "paid_date", "paymentdate": "paid_date",
        "dateofpayment": "paid_date", "documenttype": "type", "doctype": "type", "invoicetype": "type",
        "transactiontype": "type", "transtype": "type", "trantype": "type", "vouchertype": "type", "entrytype": "type",
        "recordtype": "type", "documentclass": "type", "creditnote": "type", "iscreditnote": "type", "drcr": "type",
        "crdr": "type", "debitcredit": "type", "creditdebit": "type", "invoiceorcredit": "type",
        "invoicecredit": "type", "kind": "type", "document": "type", "documentkind": "type", "transaction": "type",
        "typedescription": "type", "documenttypedescription": "type", "invoicetypecode": "type", "tt": "type",
        "creditindicator": "type", "creditnoteflag": "type", "doccode": "type", "itemtype": "type",
        "ledgertype": "type", "credit": "type", "iscredit": "type", "sign": "type", "postingtype": "type",
    },
    LedgerError,
    instead=_INSTEAD,
)  # fmt: skip

EXTRACT = ListColumns(
    ("provider_id", "supplier_number", "provider", "period", "indicator", "service", "x", "y"),
    ("provider_id", "period", "indicator", "x", "y"),
    {
        **_PROVIDER_ALIASES,
        "kpi": "indicator", "code": "indicator", "numerator": "x", "denominator": "y",
        "servicename": "service", "site": "service", "sitename": "service", "team": "service", "location": "service",
        "scheme": "service", "centre": "service", "setting": "service",
    },
    LedgerError,
    instead=_INSTEAD,
)  # fmt: skip

MAPPED = tuple(dict.fromkeys((*LEDGER.names, *EXTRACT.names)))
"""The columns whose headers an officer can name."""


class NoSuchColumn(ValueError):
    """A header is given for something that is not a column; a command ends with status 2."""

    usage = True


def parse_columns(words: Iterable[str]) -> dict[str, str]:
    """Read ``provider_id=Supplier No`` (several with ``,`` or ``;`` between them) into a header by column.

    Raises NoSuchColumn with what to write instead.
    """
    out: dict[str, str] = {}
    for pair in (part for word in words for part in word.replace(";", ",").split(",") if part.strip()):
        column, equals, header = (part.strip() for part in pair.partition("="))
        if not (equals and header and column in MAPPED):
            columns = ", ".join(MAPPED)
            message = f"“{pair.strip()}” does not name a column. Write column=header, with one of {columns}."
            raise NoSuchColumn(message)
        out[column] = header
    return out
