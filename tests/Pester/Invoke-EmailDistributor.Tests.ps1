BeforeAll { . (Join-Path $PSScriptRoot 'TestKit.ps1') }

Describe 'Invoke-EmailDistributor' {
    BeforeEach {
        $env:MAILADMIN_STORE = Join-Path $TestDrive "$([guid]::NewGuid())" 'mail.db'
        $server = Start-SmtpTestServer -Fault $Fault
        $send = @{
            From = 'a@example.com'; Subject = 's'; Body = 'x'; Server = 'localhost'; Port = $server.Port; Queue = $true
        }
    }

    AfterEach { Stop-SmtpTestServer $server }

    Context 'with a server that takes everything' -ForEach @(@{ Fault = @() }) {
        It 'gives an object for each message, then the sum' {
            $queued = 1..20 | ForEach-Object { Send-RelayMail @send -To "u$_@example.com" }
            $output = Invoke-EmailDistributor
            $output.Count | Should -Be 21
            $output[0..19].State | Sort-Object -Unique | Should -Be 'Sent'
            $output[-1].Sent, $output[-1].WasStopped | Should -Be 20, $false
            $server | Get-SmtpTestMessage | ForEach-Object { $_.Outline['Message-ID'].Trim('<', '>') } | Sort-Object |
                Should -Be ($queued.MessageId | Sort-Object)
        }

        It 'sends nothing with -WhatIf' {
            Send-RelayMail @send -To b@example.com | Out-Null
            Invoke-EmailDistributor -WhatIf | Should -BeNullOrEmpty
            $server | Get-SmtpTestMessage | Should -BeNullOrEmpty
        }

        It 'goes on until it is stopped, and stops in time' {
            Send-RelayMail @send -To b@example.com | Out-Null
            $script = 'Invoke-EmailDistributor -Continuous -IntervalSeconds 1'
            $took = Measure-Stop $script -After ([timespan]::FromSeconds(3))
            $took | Should -BeLessThan ([timespan]::FromSeconds(5))
            $server | Get-SmtpTestMessage | Should -HaveCount 1
        }

        It 'ends in an orderly way on SIGTERM' -Skip:$IsWindows {
            Send-RelayMail @send -To b@example.com | Out-Null
            $out = Join-Path $TestDrive "$([guid]::NewGuid()).txt"
            $script = "Import-Module '$modulePath'; " +
                '(Invoke-EmailDistributor -Continuous -IntervalSeconds 1)[-1].WasStopped'
            $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($script))
            $process = Start-Process ([Environment]::ProcessPath) -PassThru -RedirectStandardOutput $out `
                -ArgumentList '-NoProfile', '-NonInteractive', '-EncodedCommand', $encoded
            Wait-Until { $server | Get-SmtpTestMessage } -Seconds 30
            $watch = [Diagnostics.Stopwatch]::StartNew()
            & kill -TERM $process.Id
            $process.WaitForExit(10000) | Should -BeTrue
            $watch.Elapsed | Should -BeLessThan ([timespan]::FromSeconds(6))
            (Get-Content $out) -join '' | Should -Be 'True'
        }
    }

    Context 'with a server that refuses' -ForEach @(@{ Fault = 'rcpt=550 5.1.1 no such user' }) {
        It 'says why, and the queue keeps it' {
            Send-RelayMail @send -To b@example.com | Out-Null
            $mail, $sum = Invoke-EmailDistributor
            "$($mail.State)", $mail.Recipients.ReplyCode, $sum.Failed | Should -Be 'Failed', 550, 1
            $mail.Diagnosis.Cause | Should -Not -BeNullOrEmpty
            (Get-EmailQueueItem -State Failed).LastError | Should -BeLike '*no such user*'
            Get-EmailQueueItem -State Failed | Resume-EmailQueueItem
            "$((Get-EmailQueueItem).State)" | Should -Be 'Waiting'
        }

        It 'reports to the sender if told to, and never about a report' {
            Send-RelayMail @send -To b@example.com | Out-Null
            (Invoke-EmailDistributor -NotifySender)[-1].Failed | Should -Be 2
            (Get-EmailQueueItem).From | Should -Be 'a@example.com', $null
        }
    }

    Context 'with a server that cannot now' -ForEach @(@{ Fault = 'mail*1=451 4.3.0 later' }) {
        It 'waits, and tries again with the same Message-ID when it is resumed' {
            $queued = Send-RelayMail @send -To b@example.com
            (Invoke-EmailDistributor)[-1].Deferred | Should -Be 1
            Get-EmailQueueItem | Resume-EmailQueueItem
            (Invoke-EmailDistributor)[-1].Sent | Should -Be 1
            ($server | Get-SmtpTestMessage).Outline['Message-ID'] | Should -Be "<$($queued.MessageId)>"
        }
    }

    Context 'with nobody at the server' -ForEach @(@{ Fault = @() }) {
        It 'warns once, and keeps the mail' {
            $send.Port = Get-FreePort
            1..3 | ForEach-Object { Send-RelayMail @send -To "u$_@example.com" } | Out-Null
            Invoke-EmailDistributor -WarningVariable warned -WarningAction SilentlyContinue | Out-Null
            $warned | Should -HaveCount 1
            (Get-EmailQueueItem -State Waiting).Count | Should -Be 3
        }
    }
}
