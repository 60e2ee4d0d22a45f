"""The files that a new contract folder begins with: settings, lists with their headers, and how to go on."""

from __future__ import annotations

from collections.abc import Mapping

from xlkpi.catalogue.load import ContractTerms
from xlkpi.core.contract_places import DECISIONS, EXTRACT, INBOX, LEDGER, OUT, REGISTER, SETTINGS_NAME
from xlkpi.council.decisions.log_row import LOG_COLUMNS
from xlkpi.council.register.register_columns import REGISTER as REGISTER_COLUMNS

SUB_FOLDERS = (INBOX, LEDGER, EXTRACT, OUT)
README = "README.txt"
MOST_LOTS = 3
"""Lots that the README names as examples."""

_SETTINGS = """\
# Settings of the contract. Take away the # of a line to use it.

[council]
# The Council's points of contact, the first to ask first (at most three).
# contacts = [
#     "Name; Position; name@council.example; 01632 960001",
# ]
# send_to = "returns@council.example"
# days_to_return = 28     # calendar days after the period's end

[finance]
# How the invoice ledger and the counts of the case system are compared.
# tolerance = 1           # invoices that both sides may differ by
# payment_days = {payment_days}
# payment_target = {payment_target}     # percent

# [columns]               # the header of a column, where it is not one of ours
# provider_id = "Creditor ref"

# [providers]             # another spelling of a provider; "" for a supplier that is none of ours
# "Wilow Tree" = "P007"

[readings]
# An indicator is read as the catalogue explains unless its line says "as written".
# "{code}" = "as written"
"""

_README = """\
{name}

Everything about one contract is in this folder. Open a terminal here, or use the menu KPI; no command needs arguments.

xlkpi.toml     Settings: contacts, the deadline, readings, finance's tolerance and headers. Open it with any editor.
register.csv   One row per provider. Needed: provider_id, provider, lots ({lots}). Days as 01/04/2026: contract_start,
               contract_end, extended_to, review_date. A contact is: name; position; email; telephone. Or keep it as
               register.xlsx instead.
decisions.csv  What officers decided, one row each: xlkpi decide adds them. Rows of your own may be in decisions.xlsx.
inbox/         Save every return here as it arrives, of all periods, in sub-folders as you like.
ledger/        Put the invoice ledger here, one file or several: all are read.
extract/       Put the counts of the case system here, likewise.
out/           Everything made, a folder per period. It can be made again at any time.

Optional: targets.csv (changes of targets), meetings.csv (meetings, spot checks, reviews and their minutes),
templates/ (letters in your own words: xlkpi escalate --templates), catalogue/ (another contract's indicators).

xlkpi build         a workbook for each provider, in out/PERIOD/returns
xlkpi check         what to fix in the returns that came back
xlkpi consolidate   the master of the period
{finance}xlkpi feedback      a scorecard and an email for each provider
xlkpi escalate      what is open, the step proposed, and its letter
xlkpi decide        write down what was decided: xlkpi decide --help
xlkpi status        what is next

The period is the latest that has ended. For another, add --period "{period}".
"""


def make_first_files(name: str, terms: ContractTerms) -> Mapping[str, bytes]:
    """Make the files of a new contract folder by their names; ``terms`` are the contract's, ``name`` the folder's."""
    invoices = terms.words.invoice_indicator
    facts = {
        "name": name,
        "period": terms.scheme.example,
        "lots": ";".join(terms.lots[:MOST_LOTS]),
        "finance": f"xlkpi finance       {invoices} compared with the ledger\n" if invoices else "",
    }
    indicators = terms.in_force().indicators
    code = next((code for code, indicator in indicators.items() if indicator.why), terms.codes[0])
    texts = {
        SETTINGS_NAME: _fill_in_settings(terms, code),
        f"{REGISTER}.csv": f"{','.join(REGISTER_COLUMNS.names)}\n",
        f"{DECISIONS}.csv": f"{','.join(LOG_COLUMNS)}\n",
        README: _README.format(**facts),
    }
    return {file: text.replace("\n", "\r\n").encode("utf-8") for file, text in texts.items()}


def _fill_in_settings(terms: ContractTerms, code: str) -> str:
    """Write the settings with the contract's own numbers as examples; the text has braces of its own nowhere."""
    words = terms.words
    return _SETTINGS.format(code=code, payment_days=words.payment_days, payment_target=words.payment_target)
