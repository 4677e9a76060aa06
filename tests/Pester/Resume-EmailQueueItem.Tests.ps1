BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $env:MAILADMIN_STORE = Join-Path $TestDrive "$([guid]::NewGuid())" 'mail.db'
    $message = New-RelayMessage -From a@example.com -To b@example.com -Subject later -Body x
    $item = $message | Add-EmailQueueItem -Server mail.example.com -NotBefore ([datetime]::Now.AddDays(1))
}

Describe 'Resume-EmailQueueItem' {
    It 'makes what waits due, and leaves time over with -Lifetime' {
        $resumed = $item | Resume-EmailQueueItem -Lifetime '01:00:00' -PassThru
        $resumed.NextAttemptAt | Should -BeLessOrEqual ([datetime]::Now)
        ($resumed.ExpiresAt - [datetime]::Now).TotalMinutes | Should -BeGreaterThan 59
    }

    It 'refuses a lifetime of <_>' -ForEach '00:00:00', '-01:00:00', ([timespan]::MaxValue) {
        { $item | Resume-EmailQueueItem -Lifetime $_ } | Should -Throw -ErrorId 'InvalidLifetime,*'
    }

    It 'changes nothing with -WhatIf, and says what is not there' {
        $item | Resume-EmailQueueItem -WhatIf -PassThru | Should -BeNullOrEmpty
        { Resume-EmailQueueItem 4711 -ErrorAction Stop } | Should -Throw -ErrorId 'QueueItemNotFound*'
    }
}
