Attribute VB_Name = "KpiFunctions"
Option Explicit
' Made by python -m xlkpi.hosts.excel.vba_source from xlkpi/hosts/functions.py: change it there.
' Each function asks the KPI add-in, which calculates it. Without the add-in it gives #VALUE!.

Public Function KPI_OUTTURN(kpi, x, y, Optional reading, Optional period)
    On Error GoTo failed
    If Not AddInIsOpen() Then GoTo failed
    If Not IsMissing(period) Then
        If IsMissing(reading) Then reading = ""
        KPI_OUTTURN = Application.Run("'" & ADD_IN & "'!KPI_OUTTURN", kpi, x, y, reading, period)
    ElseIf Not IsMissing(reading) Then
        KPI_OUTTURN = Application.Run("'" & ADD_IN & "'!KPI_OUTTURN", kpi, x, y, reading)
    Else
        KPI_OUTTURN = Application.Run("'" & ADD_IN & "'!KPI_OUTTURN", kpi, x, y)
    End If
    Exit Function
failed:
    KPI_OUTTURN = CVErr(xlErrValue)
End Function

Public Function KPI_RAG(kpi, x, y, Optional reading, Optional period)
    On Error GoTo failed
    If Not AddInIsOpen() Then GoTo failed
    If Not IsMissing(period) Then
        If IsMissing(reading) Then reading = ""
        KPI_RAG = Application.Run("'" & ADD_IN & "'!KPI_RAG", kpi, x, y, reading, period)
    ElseIf Not IsMissing(reading) Then
        KPI_RAG = Application.Run("'" & ADD_IN & "'!KPI_RAG", kpi, x, y, reading)
    Else
        KPI_RAG = Application.Run("'" & ADD_IN & "'!KPI_RAG", kpi, x, y)
    End If
    Exit Function
failed:
    KPI_RAG = CVErr(xlErrValue)
End Function

Public Function KPI_CHECK(kpi, x, y, Optional reading, Optional period)
    On Error GoTo failed
    If Not AddInIsOpen() Then GoTo failed
    If Not IsMissing(period) Then
        If IsMissing(reading) Then reading = ""
        KPI_CHECK = Application.Run("'" & ADD_IN & "'!KPI_CHECK", kpi, x, y, reading, period)
    ElseIf Not IsMissing(reading) Then
        KPI_CHECK = Application.Run("'" & ADD_IN & "'!KPI_CHECK", kpi, x, y, reading)
    Else
        KPI_CHECK = Application.Run("'" & ADD_IN & "'!KPI_CHECK", kpi, x, y)
    End If
    Exit Function
failed:
    KPI_CHECK = CVErr(xlErrValue)
End Function

Public Function KPI_GAP(kpi, x, y, Optional reading, Optional period)
    On Error GoTo failed
    If Not AddInIsOpen() Then GoTo failed
    If Not IsMissing(period) Then
        If IsMissing(reading) Then reading = ""
        KPI_GAP = Application.Run("'" & ADD_IN & "'!KPI_GAP", kpi, x, y, reading, period)
    ElseIf Not IsMissing(reading) Then
        KPI_GAP = Application.Run("'" & ADD_IN & "'!KPI_GAP", kpi, x, y, reading)
    Else
        KPI_GAP = Application.Run("'" & ADD_IN & "'!KPI_GAP", kpi, x, y)
    End If
    Exit Function
failed:
    KPI_GAP = CVErr(xlErrValue)
End Function

Public Function KPI_DUE(kpi, period, Optional reading)
    On Error GoTo failed
    If Not AddInIsOpen() Then GoTo failed
    If Not IsMissing(reading) Then
        KPI_DUE = Application.Run("'" & ADD_IN & "'!KPI_DUE", kpi, period, reading)
    Else
        KPI_DUE = Application.Run("'" & ADD_IN & "'!KPI_DUE", kpi, period)
    End If
    Exit Function
failed:
    KPI_DUE = CVErr(xlErrValue)
End Function

Public Function KPI_ABOUT(kpi, field, Optional reading, Optional period)
    On Error GoTo failed
    If Not AddInIsOpen() Then GoTo failed
    If Not IsMissing(period) Then
        If IsMissing(reading) Then reading = ""
        KPI_ABOUT = Application.Run("'" & ADD_IN & "'!KPI_ABOUT", kpi, field, reading, period)
    ElseIf Not IsMissing(reading) Then
        KPI_ABOUT = Application.Run("'" & ADD_IN & "'!KPI_ABOUT", kpi, field, reading)
    Else
        KPI_ABOUT = Application.Run("'" & ADD_IN & "'!KPI_ABOUT", kpi, field)
    End If
    Exit Function
failed:
    KPI_ABOUT = CVErr(xlErrValue)
End Function

Public Function KPI_S2(submitted, disputed, late, Optional reading)
    On Error GoTo failed
    If Not AddInIsOpen() Then GoTo failed
    If Not IsMissing(reading) Then
        KPI_S2 = Application.Run("'" & ADD_IN & "'!KPI_S2", submitted, disputed, late, reading)
    Else
        KPI_S2 = Application.Run("'" & ADD_IN & "'!KPI_S2", submitted, disputed, late)
    End If
    Exit Function
failed:
    KPI_S2 = CVErr(xlErrValue)
End Function
