BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $env:MAILADMIN_STORE = Join-Path $TestDrive 'mail.db'
    $server = Start-SmtpTestServer
    $route = @{
        Server = 'localhost'; Port = $server.Port; From = 'a@example.com'; To = 'b@example.com', 'c@example.com'
    }
}

AfterAll {
    $server | Stop-SmtpTestServer
}

Describe 'Get-EmailThrottle' {
    It 'shows what fills in by itself, without making a store' {
        $presets = Get-EmailThrottle
        $presets.Method | Should -Contain 'Submission'
        $submission = $presets | Where-Object Method -eq Submission
        $submission.IsPreset, $submission.Connections, $submission.RecipientsPerMessage | Should -Be $true, 3, 500
        $submission.Limits | ForEach-Object ToString |
            Should -Be '0 of 30 messages per minute', '0 of 10,000 recipients per day'
        $submission.AsOf | Should -BeGreaterThan ([DateOnly]::new(2026, 1, 1))
        Test-Path $env:MAILADMIN_STORE | Should -BeFalse
    }

    It 'shows the use, and when the next place comes free' {
        Set-EmailThrottle localhost -Port $server.Port -Limit 2/minute, '100 recipients/hour'
        1..2 | ForEach-Object { Send-RelayMail @route -Subject "Number $_" | Should -Not -BeNullOrEmpty }
        $throttle = Get-EmailThrottle localhost -Port $server.Port
        $throttle.Limits.Used | Should -Be 2, 4
        $throttle.Limits.Free | Should -Be 0, 96
        $throttle.Limits.UnderWay | Should -Be 0, 0
        $throttle.Limits[0].NextPlaceAt | Should -BeGreaterThan ([DateTimeOffset]::Now.AddSeconds(30))
        $throttle.Limits[0].NextPlaceAt | Should -BeLessThan ([DateTimeOffset]::Now.AddSeconds(61))
        $throttle.Limits[1].NextPlaceAt | Should -BeNullOrEmpty
    }

    It 'gives several servers from the pipeline an object each' {
        ('one.example.com', 'two.example.com' | Get-EmailThrottle).Name |
            Should -Be 'one.example.com', 'two.example.com'
        ([pscustomobject] @{ Server = 'three.example.com' } | Get-EmailThrottle).Name | Should -Be 'three.example.com'
    }

    It 'has a table within 120 columns, and a list' {
        $table = Get-EmailThrottle | Format-Table | Out-String -Width 120 -Stream
        $table -match 'Submission +0 of 30 messages per minute +now +0 of 3' | Should -Not -BeNullOrEmpty
        ($table | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
        Get-EmailThrottle -Method Submission | Format-List | Out-String | Should -Match 'DeferralSeconds +: 60'
    }

    It 'asks about one thing at a time' {
        { Get-EmailThrottle x -Provider Microsoft365 -ErrorAction Stop } | Should -Throw -ErrorId 'TwoThrottles,*'
    }
}

Describe 'Send-RelayMail within limits' {
    BeforeAll {
        $fresh = Start-SmtpTestServer
        $route.Port = $fresh.Port

        # A shell that sends a message there is no room for, once it shows that it waits; and the handle of its work.
        function Start-Waiting {
            $shell = [powershell]::Create()
            $null = $shell.AddScript("Import-Module '$modulePath'").Invoke()
            $shell.Commands.Clear()
            $null = $shell.AddCommand('Send-RelayMail').AddParameters($route).AddParameter('Subject', 'Waits')
            $running = $shell.BeginInvoke()
            Wait-Until { $shell.Streams.Progress.Count } -Seconds 20
            $shell, $running
        }
    }

    AfterAll { $fresh | Stop-SmtpTestServer }

    It 'waits for room with a progress bar, and stops within a second' {
        Set-EmailThrottle localhost -Port $fresh.Port -Limit 1/minute
        1..2 | ForEach-Object {
            (Send-RelayMail @route -Subject Takes -NoThrottle:($_ -eq 2)).Status | Should -Be 'Sent'
        }
        $shell, $null = Start-Waiting
        try {
            $shell.Streams.Progress[0].StatusDescription |
                Should -BeLike 'The limit of 1 messages per minute is used up until *'
            $shell.Streams.Progress[0].SecondsRemaining | Should -BeGreaterThan 20
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $watch.Elapsed | Should -BeLessThan ([TimeSpan]::FromSeconds(1))
        }
        finally { $shell.Dispose() }
    }

    It 'goes on when the limit is removed' {
        $shell, $running = Start-Waiting
        try {
            Set-EmailThrottle localhost -Port $fresh.Port -Limit 0
            $running.AsyncWaitHandle.WaitOne(10000) | Should -BeTrue
            $shell.EndInvoke($running).Status | Should -Be 'Sent'
        }
        finally { $shell.Dispose() }
    }

    It 'refuses what never fits, and sends the next' {
        Set-EmailThrottle localhost -Port $fresh.Port -Limit '1 recipients/second'
        $failures = $null
        $results = $route, @{ To = 'b@example.com' } | ForEach-Object { [pscustomobject] @{ To = $_.To; Body = 'x' } } |
            Send-RelayMail -Server localhost -Port $fresh.Port -From a@example.com `
                -ErrorAction SilentlyContinue -ErrorVariable failures
        $results.Status | Should -Be 'Failed', 'Sent'
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'ThrottleNeverFits,*'
        $failures[0].CategoryInfo.Category | Should -Be 'LimitsExceeded'
        $failures[0].ErrorDetails.RecommendedAction | Should -BeLike '*Set-EmailThrottle*'
    }

    It 'keeps to the recipients of one message' {
        Set-EmailThrottle localhost -Port $fresh.Port -Limit 0 -RecipientsPerMessage 1
        $before = $fresh.MessageCount
        (Send-RelayMail @route -Subject Two).Status | Should -Be 'Sent'
        $fresh.MessageCount - $before | Should -Be 2
    }

    It 'touches no store where there are no limits' {
        Invoke-Fresh @"
            `$env:MAILADMIN_STORE = '$(Join-Path $TestDrive 'untouched.db')'
            Import-Module '$modulePath'
            `$mail = @{ From = 'a@example.com'; To = 'b@example.com'; NoHistory = `$true }
            (Send-RelayMail -Server localhost -Port $($fresh.Port) @mail).Status
            [AppDomain]::CurrentDomain.GetAssemblies().Where{ `$_.FullName -like 'SQLite*' }.Count
            Test-Path `$env:MAILADMIN_STORE
"@ | Should -Be 'Sent', '0', 'False'
    }
}
