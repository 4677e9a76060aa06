# The limits in real time, for three minutes: twice four processes that share a store, each four against a server that
# counts, and that refuses what is too much. MAILADMIN_LIMIT_SECONDS is for another time.
BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $env:MAILADMIN_STORE = Join-Path $TestDrive 'mail.db'
    $seconds = [int] ($env:MAILADMIN_LIMIT_SECONDS ?? 180)
    $secret = ConvertTo-SecureString 'pw' -AsPlainText -Force
    $account = [pscredential]::new('scanner@contoso.com', $secret)
    $servers = @{}
    'people', 'queue' | ForEach-Object {
        $servers[$_] = Start-SmtpTestServer -Personality ExchangeOnlineSubmission -Credential $account
        Set-EmailThrottle localhost -Port $servers[$_].Port -Limit 30/minute -Connections 3
    }
    $mail = @{
        Server               = 'localhost'
        Security             = 'StartTls'
        SkipCertificateCheck = $true
        From                 = 'scanner@contoso.com'
        To                   = 'anna@contoso.com'
        WarningAction        = 'Ignore'
    }

    # Sends message after message, a connection each, and writes down what became of it.
    $sender = Join-Path $TestDrive 'sender.ps1'
    @'
        param($Module, $Port, $Log)
        Import-Module $Module
        $secret = ConvertTo-SecureString 'pw' -AsPlainText -Force
        $mail = @{
            Server               = 'localhost'
            Port                 = $Port
            Security             = 'StartTls'
            SkipCertificateCheck = $true
            Credential           = [pscredential]::new('scanner@contoso.com', $secret)
            From                 = 'scanner@contoso.com'
            To                   = 'anna@contoso.com'
            NoHistory            = $true
            WarningAction        = 'Ignore'
        }
        while ($true) { (Send-RelayMail @mail -Subject "From $PID").Status | Add-Content $Log }
'@ | Set-Content $sender

    # Sends from the queue over as many connections as there are.
    $distributor = Join-Path $TestDrive 'distributor.ps1'
    @'
        param($Module, $Port, $Log)
        Import-Module $Module
        Invoke-EmailDistributor -Continuous -IntervalSeconds 1 -WarningAction Ignore |
            ForEach-Object { "$($_.State)$(if ($_.IsForced) { ' forced' })" | Add-Content $Log }
'@ | Set-Content $distributor

    function Start-Four([string] $Script, [string] $Name) {
        1..4 | ForEach-Object {
            $log = Join-Path $TestDrive "$Name-$_.log"
            $with = @{
                FilePath               = [Environment]::ProcessPath
                ArgumentList           = '-NoProfile', '-NonInteractive', '-File', $Script, $modulePath,
                    $servers[$Name].Port, $log
                RedirectStandardOutput = Join-Path $TestDrive "$Name-$_.out"
                RedirectStandardError  = Join-Path $TestDrive "$Name-$_.err"
                PassThru               = $true
            }
            Start-Process @with
        }
    }

    # More than can go in the time.
    1..(30 * [Math]::Ceiling($seconds / 60) + 30) | ForEach-Object { [pscustomobject] @{ Subject = "Number $_" } } |
        Send-RelayMail @mail -Port $servers.queue.Port -Credential $account -Queue | Out-Null
    $processes = @(Start-Four $sender 'people') + @(Start-Four $distributor 'queue')
    try {
        Wait-Until { $servers.people.MessageCount -and $servers.queue.MessageCount } -Seconds 120
        Start-Sleep -Seconds $seconds
    }
    finally { $processes | Stop-Process }
}

AfterAll {
    $servers.Values | Stop-SmtpTestServer
}

Describe 'Thirty messages a minute and three connections, of four processes' {
    It 'are never exceeded as the server counts, and nearly all used, by <Who>' -ForEach @(
        @{ Who = 'people who wait'; Name = 'people' }, @{ Who = 'distributors'; Name = 'queue' }
    ) {
        $times = @(($servers[$Name] | Get-SmtpTestMessage).ReceivedAt | Sort-Object)
        $end = $times[0].AddSeconds($seconds)
        $times = @($times | Where-Object { $_ -le $end })
        $withinMinute = foreach ($at in $times) {
            @($times | Where-Object { $_ -gt $at.AddSeconds(-60) -and $_ -le $at }).Count
        }
        $most = ($withinMinute | Measure-Object -Maximum).Maximum
        $allowed = 30 * [Math]::Ceiling($seconds / 60)
        $statuses = Get-Content (Join-Path $TestDrive "$Name-*.log") | Group-Object -NoElement
        $counts = $statuses | ForEach-Object { "$($_.Name) $($_.Count)" }
        Write-Host ("  {0} messages in {1} s, {2:F1}% of the {3} that the limit allows; at most {4} in 60 s; {5}" -f
            $times.Count, $seconds, (100 * $times.Count / $allowed), $allowed, $most, $counts)

        # Nobody was refused, and nothing forced: that would take ten deferrals of a minute.
        $statuses.Name | Should -Be 'Sent'
        $most | Should -BeLessOrEqual 30
        $times.Count | Should -BeGreaterOrEqual (0.95 * $allowed)
    }
}
