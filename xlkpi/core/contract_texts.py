"""Sentences that a contract may have in its own words, by name: what texts say where it has none.

A contract's file quotes its paragraphs here. ``{council}``, ``{document}``, ``{provider}`` and ``{area}`` are its words
for these; what else is in braces is filled in by whoever writes the text. An empty sentence is left out.
"""

from __future__ import annotations

from string import Formatter
from typing import Dict, Optional, Tuple

EVERYWHERE = ("council", "document", "provider", "area")
"""What every sentence may name."""

TEXTS: Dict[str, str] = {
    # The return.
    "information": "Reported for information, never rated.",
    "contacts": "{council}'s points of contact",
    "questions": "{council} asks about figures that you have already returned. Answer each one in its yellow cell.",
    "questions task": "Answer {council}'s questions",
    "other figures": "{council}'s {where} has {theirs}.",
    # What an officer does next.
    "reserved": "Termination: the failure is continuous and an agreed action plan has failed. For {council} to decide.",
    "decide warning": (
        "Decide whether a formal warning is due{several}. If it is received on {received}, its action plan must be "
        "agreed by {by}. Then record it as “warning sent”."
    ),
    "decide intervention": "Decide on an intensive intervention, such as regular meetings.",
    "decide termination": "Decide whether to end the contract.",
    "ask for return": "Ask for the return of {periods}, with a deadline.",
    "ask for reason": "Ask for the reason for missing the target.",
    "decide plan": "The reason is given. Decide whether an action plan is proportionate; if so, agree one.",
    "ask for progress": "Ask for the progress to date against the action plan.",
    "agree plan by": "Agree the action plan with the {provider} by {by}.",
    "agree plan": "The action plan is complete. Agree it with the {provider}, or say what must change.",
    "first year": "",
    # How closely to monitor.
    "routine": "The returns are read, and what they show is discussed in the usual meetings.",
    "closer": "A visit or a meeting about the KPIs on Escalation.",
    "intensive": "Regular meetings.",
    "monitoring column": "what it may mean",
    # Letters.
    "warning letter": "This is a formal warning. It states:",
    "warning performance": "(a) The current level of performance is not adequate.",
    "warning explanation": "(b) Why this is the case.",
    "warning plan": "(c) An action plan is required.{by} Use the sheet “Action plan” of your return.",
    "warning by": " If you receive this warning on {received}, it must be agreed by {by}.",
    "return letter": "Send us the return, or tell us what prevents it.",
    "intervention letter": "The target is still missed after our formal warning.",
    "reasons letter": "An Amber asks for the reason, and for a plan where one is proportionate.",
    "below standard letter": "A Red asks for an action plan.",
    "plan letter": "It says who will do what, with which outcomes, and by when. {what}",
    "plan agreed by": " It must be agreed by {by}.",
    "send plan": "Send us an action plan, on the sheet “Action plan” of your return.{by}",
    "first year letter": "",
    # The master's sheet About.
    "trends also": ", those that are only reported too",
    "about performance": "Plans returned, steps to consider, how closely to monitor.",
    "about no RAG": "Info: reported for information and not rated.",
    "about escalation": (
        "Each step follows from what is open, by the contract's own ladder, one letter per {provider} and step. The "
        "sheet lists what the {document} provides for; an officer decides."
    ),
    "about deadlines": "Working days in England, bank holidays left out.{warning}{minutes}",
    "about warning": " If a formal warning is received on {received}, its plan must be agreed by {by}.",
    "about minutes": " Minutes received on {received} count as agreed if there is no answer by {by}.",
    "about termination": "",
    "termination": "Termination",
    "about first year": "",
    "about monitoring": "Points: {points}. Closer from {closer} points, intensive from {intensive}. It is a proposal, "
    "made from these counts alone.",
    # Finance.
    "invoice sheet": "Invoice check",
    "finance counts": "{indicator} counts {span}.",
    "finance agreed": "",
    "finance cross-check": "The indicators compared with {system}. Not checked: the extract has no row.",
}

MORE_NAMES = {"first year": ("ends",), "first year letter": ("ends",)}
"""What a sentence may name that is empty here."""

NO_INVOICE_INDICATOR = (
    "The contract has no indicator that counts invoices, so there is nothing to compare the ledger with."
)


def find_unfilled_names(name: str, text: str) -> Tuple[Optional[Tuple[str, ...]], Tuple[str, ...]]:
    """Find what a contract's sentence names in braces and nothing fills in, and what it may name.

    None instead of names where a brace is not closed, or not opened.
    """
    known = (*EVERYWHERE, *_find_names(TEXTS[name]), *MORE_NAMES.get(name, ()))
    try:
        return tuple(word for word in _find_names(text) if word not in known), known
    except ValueError:
        return None, known


def _find_names(text: str) -> Tuple[str, ...]:
    # With a format, as {by:d} has one, it is not the name of anything: filling it in could fail.
    fields = ((word, f":{spec}" if spec else "", how) for _, word, spec, how in Formatter().parse(text))
    return tuple(f"{word}{f'!{how}' if how else ''}{spec}" for word, spec, how in fields if word is not None)
