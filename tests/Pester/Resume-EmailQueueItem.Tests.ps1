BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $message = New-RelayMessage -From a@example.com -To b@example.com -Subject later -Body x
}

Describe 'Resume-EmailQueueItem' {
    BeforeEach {
        $env:MAILADMIN_STORE = Join-Path $TestDrive "$([guid]::NewGuid())" 'mail.db'
        $item = $message | Add-EmailQueueItem -Server mail.example.com -NotBefore ([datetime]::Now.AddDays(1))
    }

    It 'makes what waits due, and leaves time over with -Lifetime' {
        $resumed = $item | Resume-EmailQueueItem -Lifetime '01:00:00' -PassThru
        $resumed.NextAttemptAt | Should -BeLessOrEqual ([datetime]::Now)
        ($resumed.ExpiresAt - [datetime]::Now).TotalMinutes | Should -BeGreaterThan 59
    }

    It 'releases what was queued with -Hold, which no distributor sends before' {
        $server = Start-SmtpTestServer
        try {
            $held = $message | Add-EmailQueueItem -Server localhost -Port $server.Port -Hold
            $held.State | Should -Be 'Held'
            (Get-EmailQueueItem -State Held).Id | Should -Be $held.Id
            $null = Invoke-EmailDistributor -InformationAction Ignore
            (Get-EmailQueueItem $held.Id).State, $server.MessageCount | Should -Be 'Held', 0
            ($held | Resume-EmailQueueItem -PassThru).State | Should -Be 'Waiting'
            (Invoke-EmailDistributor | Where-Object Id -eq $held.Id).State | Should -Be 'Sent'
            $server.MessageCount | Should -Be 1
        }
        finally { $server | Stop-SmtpTestServer }
    }

    It 'refuses a lifetime of <_>' -ForEach '00:00:00', '-01:00:00', ([timespan]::MaxValue) {
        { $item | Resume-EmailQueueItem -Lifetime $_ } | Should -Throw -ErrorId 'InvalidLifetime,*'
    }

    It 'changes nothing with -WhatIf, and says what is not there' {
        $item | Resume-EmailQueueItem -WhatIf -PassThru | Should -BeNullOrEmpty
        { Resume-EmailQueueItem 4711 -ErrorAction Stop } | Should -Throw -ErrorId 'QueueItemNotFound*'
    }
}
