# Checks our workbooks in a real Excel, on a Windows PC. Nothing is changed: files are opened from a copy in the temporary
# folder. It prints a table and ends with 0 where all is as expected, 1 where something differs, 2 where it could not run.
#
#   powershell -ExecutionPolicy Bypass -File scripts\excel_check.ps1
#   powershell -ExecutionPolicy Bypass -File scripts\excel_check.ps1 -AddIn "$env:APPDATA\Microsoft\Excel\XLSTART\xlkpi.xlam"
#
# What it expects is in excel_check.json beside it, which is made from the contract's own text and not from our formulas:
# python scripts/regenerate.py --only excel. What each check means: docs/limits.md. Written for Windows PowerShell 5.1.
param(
    [string]$Workbooks = "",
    [string]$Expected = "",
    [string]$Report = "",
    [string]$AddIn = ""
)
$ErrorActionPreference = 'Stop'
$MACROS_OFF = 3
$MACROS_ON = 1
$INCONSISTENT_FORMULA = 4
$WORKBOOK_FORMAT = 51

$rows = New-Object System.Collections.ArrayList

function Add-Row($file, $check, $want, $found) {
    $result = 'DIFFERS'
    if (Test-Same $want $found) { $result = 'ok' }
    $row = [PSCustomObject]@{ File = $file; Check = $check; Expected = $want; Found = $found; Result = $result }
    [void]$rows.Add($row)
}

# Texts to the letter, numbers to twelve places.
function Test-Same($want, $found) {
    if ($want -is [string] -or $found -is [string]) { return ($want -is [string] -and $found -is [string] -and $found -ceq $want) }
    return ([Math]::Abs([double]$want - [double]$found) -lt 1e-12)
}

# A blank cell counts as empty text, as it looks; Excel gives an error value as a whole number, any other number as a float.
function Get-Shown($value) {
    if ($null -eq $value) { return '' }
    if ($value -is [int]) { return "error value $value" }
    return $value
}

function Get-Named($book, $name) {
    return $book.Names.Item($name).RefersToRange
}

function Get-Count($values, $kind) {
    $count = 0
    foreach ($value in $values) {
        if ($kind -eq 'errors' -and $value -is [int]) { $count = $count + 1 }
        if ($kind -eq 'formulas' -and $value -is [string] -and $value.StartsWith('=')) { $count = $count + 1 }
    }
    return $count
}

# Excel says in the title of the window that it has repaired a workbook, and leaves a log in the temporary folder.
function Test-Repaired($book, $since) {
    if ($book.Windows.Item(1).Caption -like '*Repaired*') { return 'repaired' }
    foreach ($log in (Get-ChildItem -Path $env:TEMP -Filter 'error*.xml')) {
        if ($log.LastWriteTime -gt $since) { return 'repaired' }
    }
    return 'not repaired'
}

function Test-Parts($entry, $book) {
    Add-Row $entry.file 'sheets' $entry.sheets $book.Worksheets.Count
    $formulas = 0
    $errors = 0
    foreach ($sheet in $book.Worksheets) {
        $used = $sheet.UsedRange
        $formulas = $formulas + (Get-Count $used.Formula 'formulas')
        $errors = $errors + (Get-Count $used.Value2 'errors')
    }
    Add-Row $entry.file 'formulas kept' $entry.formulas ([Math]::Min($formulas, $entry.formulas))
    Add-Row $entry.file 'cells with an error value' 0 $errors
}

function Test-Values($entry, $book, $check, $expect) {
    foreach ($pair in $expect.PSObject.Properties) {
        $cell = Get-Named $book $pair.Name
        $found = Get-Shown $cell.Value2
        Add-Row $entry.file "$check, $($pair.Name)" $pair.Value $found
    }
}

function Test-Rounds($entry, $book, $excel) {
    foreach ($round in $entry.rounds) {
        foreach ($pair in $round.type.PSObject.Properties) {
            $cell = Get-Named $book $pair.Name
            if ($null -eq $pair.Value) { [void]$cell.ClearContents() } else { $cell.Value2 = $pair.Value }
        }
        $excel.CalculateFull()
        Test-Values $entry $book $round.what $round.expect
    }
}

# Entry rules: what a person may not type does not meet the rule of its cell.
function Test-Refused($entry, $book) {
    foreach ($refused in $entry.refused) {
        $cell = Get-Named $book $refused.name
        $before = $cell.Value2
        $cell.Value2 = $refused.value
        $verdict = 'refused'
        if ($cell.Validation.Value) { $verdict = 'accepted' }
        Add-Row $entry.file "typing $($refused.value) in $($refused.name)" 'refused' $verdict
        if ($null -eq $before) { [void]$cell.ClearContents() } else { $cell.Value2 = $before }
    }
}

function Test-Triangles($entry, $book) {
    $count = 0
    foreach ($name in $entry.untroubled) {
        $cell = Get-Named $book $name
        $sign = $cell.Errors.Item($INCONSISTENT_FORMULA)
        if ($sign.Value -and -not $sign.Ignore) { $count = $count + 1 }
    }
    Add-Row $entry.file 'green triangles' 0 $count
}

function Test-Cells($entry, $book) {
    foreach ($cell in $entry.cells) {
        $value = $book.Worksheets.Item($cell.sheet).Range($cell.cell).Value2
        $found = Get-Shown $value
        Add-Row $entry.file "$($cell.sheet) $($cell.cell)" $cell.value $found
    }
}

# As a file from an email opens: before Enable Editing Excel shows the results that are in the file.
function Test-ProtectedView($entry, $path, $excel) {
    $view = $excel.ProtectedViewWindows.Open($path)
    try {
        foreach ($pair in $entry.before_editing.PSObject.Properties) {
            $cell = Get-Named $view.Workbook $pair.Name
            $found = $cell.Text
            Add-Row $entry.file "Protected View, $($pair.Name)" $pair.Value $found
        }
    }
    finally { [void]$view.Close() }
}

function Test-Saved($entry, $book, $excel, $folder) {
    $last = $null
    foreach ($round in $entry.rounds) { $last = $round }
    if ($null -eq $last) { return }
    $saved = Join-Path $folder 'saved.xlsx'
    $book.SaveAs($saved, $WORKBOOK_FORMAT)
    $again = $excel.Workbooks.Open($saved, 0)
    try { Test-Values $entry $again 'saved and opened again' $last.expect }
    finally { $again.Close($false) }
}

function Test-Workbook($entry, $excel, $source, $folder) {
    $path = Join-Path $folder 'opened.xlsx'
    Copy-Item -LiteralPath (Join-Path $source $entry.file) -Destination $path -Force
    if ($entry.before_editing) { Test-ProtectedView $entry $path $excel }
    $since = Get-Date
    $book = $excel.Workbooks.Open($path, 0)
    try {
        Add-Row $entry.file 'opens' 'not repaired' (Test-Repaired $book $since)
        $excel.CalculateFull()
        Test-Parts $entry $book
        Test-Values $entry $book 'as returned' $entry.values
        Test-Cells $entry $book
        Test-Triangles $entry $book
        Test-Refused $entry $book
        Test-Rounds $entry $book $excel
        Test-Saved $entry $book $excel $folder
    }
    finally { $book.Close($false) }
}

function Test-AddIn($plan, $excel, $path) {
    $file = Split-Path $path -Leaf
    foreach ($image in $plan.images) {
        $found = 'there'
        try { [void]$excel.CommandBars.GetImageMso($image, 32, 32) } catch { $found = 'missing' }
        Add-Row $file "picture $image" 'there' $found
    }
    $excel.AutomationSecurity = $MACROS_ON
    $addIn = $excel.Workbooks.Open($path)
    $book = $excel.Workbooks.Add()
    try {
        foreach ($case in $plan.functions) {
            $cell = $book.Worksheets.Item(1).Range('A1')
            $cell.Formula = $case.formula
            Add-Row $file $case.formula $case.value (Get-Shown $cell.Value2)
        }
    }
    finally {
        $book.Close($false)
        $addIn.Close($false)
        $excel.AutomationSecurity = $MACROS_OFF
    }
}

# One part at a time: what goes wrong in one is a line of the table, and the others are still looked at.
function Invoke-Checks($plan, $excel, $source, $folder, $addInPath) {
    foreach ($entry in $plan.workbooks) {
        try { Test-Workbook $entry $excel $source $folder }
        catch { Add-Row $entry.file 'looked at to the end' 'yes' "no: $($_.Exception.Message)" }
    }
    if ($addInPath -ne '') {
        try { Test-AddIn $plan $excel $addInPath }
        catch { Add-Row $addInPath 'looked at to the end' 'yes' "no: $($_.Exception.Message)" }
    }
}

if ($Workbooks -eq '') { $Workbooks = Join-Path (Split-Path $PSScriptRoot -Parent) 'workbooks' }
if ($Expected -eq '') { $Expected = Join-Path $PSScriptRoot 'excel_check.json' }
try {
    $plan = Get-Content -LiteralPath $Expected -Raw -Encoding UTF8 | ConvertFrom-Json
    $excel = New-Object -ComObject Excel.Application
}
catch {
    Write-Host "Excel or the list of expected values could not be opened: $($_.Exception.Message)"
    exit 2
}
$folder = Join-Path $env:TEMP "xlkpi-excel-check-$PID"
[void](New-Item -ItemType Directory -Path $folder -Force)
try {
    $excel.DisplayAlerts = $false
    $excel.AutomationSecurity = $MACROS_OFF
    Write-Host "Excel $($excel.Version), build $($excel.Build), $($excel.OperatingSystem)"
    Invoke-Checks $plan $excel $Workbooks $folder $AddIn
}
finally {
    $excel.Quit()
    Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction SilentlyContinue
}

$bad = 0
foreach ($row in $rows) { if ($row.Result -ne 'ok') { $bad = $bad + 1 } }
$rows | Where-Object { $_.Result -ne 'ok' } | Format-Table -AutoSize -Wrap | Out-String -Width 200 | Write-Host
if ($Report -ne '') { $rows | Export-Csv -LiteralPath $Report -NoTypeInformation -Encoding UTF8 }
Write-Host "$($rows.Count) checks, $bad differ."
if ($rows.Count -eq 0) { exit 2 }
if ($bad -gt 0) { exit 1 }
exit 0
