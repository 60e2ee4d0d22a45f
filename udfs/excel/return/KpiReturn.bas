Attribute VB_Name = "KpiReturn"
Option Explicit
' The macros of a return whose results the KPI functions calculate. The work is done by the KPI add-in, which is
' installed on the computer: this workbook brings no program of its own, and asks only whether the add-in is open.

Public Const ADD_IN As String = "xlkpi.xlam"

Public Sub CheckThisReturn()
    If AddInIsOpen() Then
        Application.Run "'" & ADD_IN & "'!KpiCheck"
    Else
        MsgBox "The KPI add-in is not open. In Excel, install it; in LibreOffice, use the menu KPI.", _
            vbInformation, "KPI return"
    End If
End Sub

Public Sub RefreshThisReturn()
    ' Every formula, not only those that Excel considers out of date.
    Application.CalculateFull
End Sub

Public Function AddInIsOpen() As Boolean
    ' Asked before each call: Excel would look for a workbook of this name in the current folder, and open it.
    On Error Resume Next
    AddInIsOpen = (LCase$(Workbooks(ADD_IN).Name) = ADD_IN)
End Function
