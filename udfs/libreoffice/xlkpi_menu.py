"""The menu *KPI*: a protocol handler that runs the macros of the macro table.

A script dispatches ``org.xlkpi.calc:consolidate`` with the answers as arguments (``folder``, ``out``) and ``Quiet``
set: then no dialog is shown, and the outcome's message is the result.
"""

from __future__ import annotations

from typing import Any

import unohelper
from com.sun.star.frame import DispatchResultEvent, FeatureStateEvent, XDispatchProvider, XNotifyingDispatch
from com.sun.star.lang import XInitialization, XServiceInfo
from xlkpi_office.calc_host import CalcHost
from xlkpi_office.hosts.macros import MACROS, Outcome, macro_of, run

PROTOCOL = "org.xlkpi.calc:"
IMPLEMENTATION = "org.xlkpi.calc.Menu.impl"
SERVICE = "com.sun.star.frame.ProtocolHandler"
FAILURE, SUCCESS = 0, 1


class Menu(unohelper.Base, XInitialization, XDispatchProvider, XNotifyingDispatch, XServiceInfo):
    """Answers the menu's commands in one window."""

    def __init__(self, context: Any, *_arguments: Any) -> None:
        self.context = context
        self.frame = None

    def initialize(self, arguments: Any) -> None:
        """The window the menu belongs to."""
        self.frame = arguments[0] if arguments else None

    def queryDispatch(self, url: Any, _target: str, _flags: int) -> Any:
        """This object, for a command that there is."""
        return self if self._macro_id(url) in {macro.id for macro in MACROS} else None

    def queryDispatches(self, requests: Any) -> Any:
        """The same for several commands."""
        return tuple(
            self.queryDispatch(request.FeatureURL, request.FrameName, request.SearchFlags) for request in requests
        )

    def dispatch(self, url: Any, arguments: Any) -> None:
        """Run a macro."""
        self._run(url, arguments)

    def dispatchWithNotification(self, url: Any, arguments: Any, listener: Any) -> None:
        """Run a macro and notify the caller of its outcome."""
        outcome = self._run(url, arguments)
        if listener is not None:
            event = DispatchResultEvent()
            event.Source, event.Result = self, outcome.message
            event.State = SUCCESS if outcome.done else FAILURE
            listener.dispatchFinished(event)

    def addStatusListener(self, listener: Any, url: Any) -> None:
        """Every entry is always enabled: what prevents it is reported when it is chosen."""
        event = FeatureStateEvent()
        event.Source, event.FeatureURL, event.IsEnabled, event.Requery = self, url, True, False
        listener.statusChanged(event)

    def removeStatusListener(self, listener: Any, url: Any) -> None:
        """No listener is stored."""

    def getImplementationName(self) -> str:
        """The name in xlkpi.components."""
        return IMPLEMENTATION

    def supportsService(self, name: str) -> bool:
        """Whether this is the service asked for."""
        return name == SERVICE

    def getSupportedServiceNames(self) -> Any:
        """The one service."""
        return (SERVICE,)

    def _run(self, url: Any, arguments: Any) -> Outcome:
        values = {argument.Name: argument.Value for argument in arguments}
        quiet = bool(values.pop("Quiet", False))
        answers = {name: answer for name, answer in values.items() if isinstance(answer, str)}
        return run(macro_of(self._macro_id(url)), CalcHost(self.context, self.frame, quiet=quiet), answers)

    @staticmethod
    def _macro_id(url: Any) -> str:
        command = url.Complete.partition("?")[0]
        return command[len(PROTOCOL) :] if command.startswith(PROTOCOL) else ""


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - LibreOffice looks for this name
g_ImplementationHelper.addImplementation(Menu, IMPLEMENTATION, (SERVICE,))
