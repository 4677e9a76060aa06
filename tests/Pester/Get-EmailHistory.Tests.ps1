BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $env:MAILADMIN_STORE = Join-Path $TestDrive 'history.db'
    $server = Start-SmtpTestServer
    $refusing = Start-SmtpTestServer -Fault 'rcpt=550 5.1.1 No such user'
    $PSDefaultParameterValues = @{
        'Send-RelayMail:Server' = 'localhost'
        'Send-RelayMail:Port'   = $server.Port
        'Send-RelayMail:From'   = 'sender@example.com'
    }
    $sent = Send-RelayMail anna@example.com 'First' 'x'
    $null = Send-RelayMail bob@example.net, anna@example.com 'Second' 'x'
    $refused = Send-RelayMail unknown@example.com 'Third' 'x' -Port $refusing.Port `
        -From other@example.com -ErrorAction SilentlyContinue
}

AfterAll { $server, $refusing | Stop-SmtpTestServer }

Describe 'Get-EmailHistory' {
    It 'has every attempt, newest first, as it was' {
        $history = Get-EmailHistory
        $history.Subject | Should -Be 'Third', 'Second', 'First'
        $last = $history[2]
        $last.Status, $last.Origin, $last.From | Should -Be 'Sent', 'Interactive', 'sender@example.com'
        $last.MessageId, $last.Size | Should -Be $sent.MessageId, $sent.Size
        $last.Server | Should -Be "localhost:$($server.Port)"
        $last.ReplyCode | Should -Be 250
        $last.Time | Should -BeGreaterThan (Get-Date).AddMinutes(-5)
        $last.Recipients[0].ToString() | Should -Be 'anna@example.com: Accepted'
    }

    It 'has the error and its diagnosis' {
        $failed = Get-EmailHistory -Status Failed
        $failed.Recipients.EnhancedCode | Should -Be '5.1.1'
        $failed.Diagnosis.Id | Should -Be $refused.Diagnosis.Id
        $failed.Diagnosis.Remedies | Should -Be $refused.Diagnosis.Remedies
    }

    It 'filters by <Name>' -ForEach @(
        @{ Name = 'recipient'; With = @{ Recipient = 'ANNA@example.com' }; Subjects = 'Second', 'First' }
        @{ Name = 'a pattern'; With = @{ Recipient = '*@example.net' }; Subjects = 'Second' }
        @{ Name = 'sender'; With = @{ From = 'other@example.com' }; Subjects = 'Third' }
        @{ Name = 'status'; With = @{ Status = 'Sent', 'Deferred' }; Subjects = 'Second', 'First' }
        @{ Name = 'number'; With = @{ First = 2 }; Subjects = 'Third', 'Second' }
        @{ Name = 'time'; With = @{ Before = [datetime]'2020-01-01' }; Subjects = @() }
        @{ Name = 'origin'; With = @{ Origin = 'Batch' }; Subjects = @() }
    ) {
        @(Get-EmailHistory @With).Subject | Should -Be $Subjects
    }

    It 'takes the results of Send-RelayMail' {
        ($sent, $refused | Get-EmailHistory).Subject | Should -Be 'First', 'Third'
    }

    It 'leaves out what was sent with -NoHistory, and does not even make the store' {
        $env:MAILADMIN_STORE = Join-Path $TestDrive 'none.db'
        try {
            (Send-RelayMail anna@example.com 'Quiet' 'x' -NoHistory).Status | Should -Be 'Sent'
            Test-Path $env:MAILADMIN_STORE | Should -BeFalse
        }
        finally { $env:MAILADMIN_STORE = Join-Path $TestDrive 'history.db' }
    }

    It 'loads SQLite only when the store is used' {
        $script = @'
Import-Module '{0}'
function Show {{ ([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object FullName -Like 'SQLite*').Count -gt 0 }}
$null = Send-RelayMail a@example.com 'x' 'x' localhost -Port {1} -From b@example.com -NoHistory
Show
$null = Send-RelayMail a@example.com 'x' 'x' localhost -Port {1} -From b@example.com
Show
'@ -f $modulePath, $server.Port
        $env:MAILADMIN_STORE = Join-Path $TestDrive 'fresh.db'
        try { Invoke-Fresh $script | Should -Be 'False', 'True' }
        finally { $env:MAILADMIN_STORE = Join-Path $TestDrive 'history.db' }
    }

    It 'keeps a message that was sent as sent when the history cannot be written' {
        $env:MAILADMIN_STORE = Join-Path $TestDrive 'broken.db'
        'This is no database, whatever its name says.' * 100 | Set-Content $env:MAILADMIN_STORE
        try {
            $result = Send-RelayMail anna@example.com 'Sent' 'x' -WarningVariable warning `
                -WarningAction SilentlyContinue
            $result.Status | Should -Be 'Sent'
            $warning | Should -BeLike '*history was not written*'
            { Get-EmailHistory } | Should -Throw -ErrorId 'StoreDamaged,*'
        }
        finally { $env:MAILADMIN_STORE = Join-Path $TestDrive 'history.db' }
    }

    It 'has a table within 120 columns and a list' {
        $table = Get-EmailHistory | Format-Table | Out-String -Width 120
        $table | Should -Match 'Time\s+Status\s+Recipients\s+Subject\s+Reply'
        Get-EmailHistory -First 1 | Format-List | Out-String | Should -Match 'Diagnosis'
    }
}
