Option Explicit
' The text of the add-in's ThisWorkbook.

Private Sub Workbook_Open()
    ' Help can be set only once Excel has finished starting.
    On Error Resume Next
    Application.OnTime Now, "'" & ThisWorkbook.Name & "'!RegisterHelp"
End Sub
