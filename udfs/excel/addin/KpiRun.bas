Attribute VB_Name = "KpiRun"
Option Explicit
' Every macro and function of the add-in goes through here: the call to Python, and the log where it fails.

Public Sub RunKpi(ByVal macro As String)
    ' macro is one of the names in KpiMacros, never a text from a workbook.
    On Error GoTo failed
    Application.StatusBar = "KPI: starting"
    RunPython "from xlkpi.hosts.excel import server; server.run_macro('" & macro & "')"
    #If Mac Then
    #Else
        Application.StatusBar = False
        FollowJob
    #End If
    Exit Sub
failed:
    Dim message As String
    message = Err.Description
    Application.StatusBar = False
    WriteLog macro, message
    MsgBox "The KPI add-in could not start its Python." & vbCrLf & vbCrLf & message & vbCrLf & vbCrLf & _
        "Run xlkpi doctor in a command window: it checks the installation and suggests fixes.", vbExclamation, "KPI"
End Sub

Public Sub FollowJob()
    ' A long job runs beside Excel, which asks for its progress once a second. At its end Python shows the message.
    #If Mac Then
    #Else
        Dim state As String
        On Error GoTo failed
        state = XLPy.Str(XLPy.Call(XLPy.Module("xlkpi.hosts.excel.server"), "follow_job"))
        If state <> "" Then Application.OnTime Now + TimeSerial(0, 0, 1), "'" & ThisWorkbook.Name & "'!FollowJob"
        Exit Sub
failed:
        Dim message As String
        message = Err.Description
        Application.StatusBar = False
        WriteLog "FollowJob", message
        MsgBox "The KPI add-in lost its Python while a command was running. Look for its result where you asked for it." & _
            vbCrLf & vbCrLf & message, vbExclamation, "KPI"
    #End If
End Sub

Public Function NoAnswer(ByVal functionName As String, ByVal message As String) As Variant
    ' A function that cannot answer shows this; the reason goes to the log.
    WriteLog functionName, message
    NoAnswer = CVErr(xlErrValue)
End Function

Public Function LogFile() As String
    ' Empty where there is no such place: Excel on a Mac may not write outside its own folders.
    Dim folder As String
    #If Mac Then
    #Else
        folder = Environ("LOCALAPPDATA")
    #End If
    If folder <> "" Then LogFile = folder & "\xlkpi\xlkpi.log"
End Function

Public Sub WriteLog(ByVal source As String, ByVal message As String)
    ' Never stops the caller: a log that cannot be written is left out.
    Dim path As String, size As Long, number As Integer
    On Error Resume Next
    path = LogFile()
    size = FileLen(path)
    If path = "" Or size > 1000000 Then Exit Sub
    number = FreeFile
    Open path For Append As #number
    Print #number, Format$(Now, "yyyy-mm-dd hh:nn:ss") & " Excel " & source & ": " & OneLine(message)
    Close #number
End Sub

Public Function OneLine(ByVal text As String) As String
    OneLine = Trim$(Replace(Replace(text, vbCr, " "), vbLf, " "))
End Function
