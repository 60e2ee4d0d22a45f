Attribute VB_Name = "KpiFunctions"
Option Explicit
' Made by python -m xlkpi.hosts.excel.vba_source from xlkpi/hosts/functions.py: change it there.
' Each function asks the KPI add-in, which calculates it. Without the add-in it gives #VALUE!.

Public Function KPI_OUTTURN(kpi, x, y, Optional reading)
    On Error GoTo failed
    If Not AddInIsOpen() Then GoTo failed
    If IsMissing(reading) Then
        KPI_OUTTURN = Application.Run("'" & ADD_IN & "'!KPI_OUTTURN", kpi, x, y)
    Else
        KPI_OUTTURN = Application.Run("'" & ADD_IN & "'!KPI_OUTTURN", kpi, x, y, reading)
    End If
    Exit Function
failed:
    KPI_OUTTURN = CVErr(xlErrValue)
End Function

Public Function KPI_RAG(kpi, x, y, Optional reading)
    On Error GoTo failed
    If Not AddInIsOpen() Then GoTo failed
    If IsMissing(reading) Then
        KPI_RAG = Application.Run("'" & ADD_IN & "'!KPI_RAG", kpi, x, y)
    Else
        KPI_RAG = Application.Run("'" & ADD_IN & "'!KPI_RAG", kpi, x, y, reading)
    End If
    Exit Function
failed:
    KPI_RAG = CVErr(xlErrValue)
End Function

Public Function KPI_CHECK(kpi, x, y, Optional reading)
    On Error GoTo failed
    If Not AddInIsOpen() Then GoTo failed
    If IsMissing(reading) Then
        KPI_CHECK = Application.Run("'" & ADD_IN & "'!KPI_CHECK", kpi, x, y)
    Else
        KPI_CHECK = Application.Run("'" & ADD_IN & "'!KPI_CHECK", kpi, x, y, reading)
    End If
    Exit Function
failed:
    KPI_CHECK = CVErr(xlErrValue)
End Function

Public Function KPI_GAP(kpi, x, y, Optional reading)
    On Error GoTo failed
    If Not AddInIsOpen() Then GoTo failed
    If IsMissing(reading) Then
        KPI_GAP = Application.Run("'" & ADD_IN & "'!KPI_GAP", kpi, x, y)
    Else
        KPI_GAP = Application.Run("'" & ADD_IN & "'!KPI_GAP", kpi, x, y, reading)
    End If
    Exit Function
failed:
    KPI_GAP = CVErr(xlErrValue)
End Function

Public Function KPI_DUE(kpi, period, Optional reading)
    On Error GoTo failed
    If Not AddInIsOpen() Then GoTo failed
    If IsMissing(reading) Then
        KPI_DUE = Application.Run("'" & ADD_IN & "'!KPI_DUE", kpi, period)
    Else
        KPI_DUE = Application.Run("'" & ADD_IN & "'!KPI_DUE", kpi, period, reading)
    End If
    Exit Function
failed:
    KPI_DUE = CVErr(xlErrValue)
End Function

Public Function KPI_ABOUT(kpi, field, Optional reading)
    On Error GoTo failed
    If Not AddInIsOpen() Then GoTo failed
    If IsMissing(reading) Then
        KPI_ABOUT = Application.Run("'" & ADD_IN & "'!KPI_ABOUT", kpi, field)
    Else
        KPI_ABOUT = Application.Run("'" & ADD_IN & "'!KPI_ABOUT", kpi, field, reading)
    End If
    Exit Function
failed:
    KPI_ABOUT = CVErr(xlErrValue)
End Function

Public Function KPI_S2(submitted, disputed, late, Optional reading)
    On Error GoTo failed
    If Not AddInIsOpen() Then GoTo failed
    If IsMissing(reading) Then
        KPI_S2 = Application.Run("'" & ADD_IN & "'!KPI_S2", submitted, disputed, late)
    Else
        KPI_S2 = Application.Run("'" & ADD_IN & "'!KPI_S2", submitted, disputed, late, reading)
    End If
    Exit Function
failed:
    KPI_S2 = CVErr(xlErrValue)
End Function
