# The limits in real time: four processes against a server that counts, and that refuses what is too much.
# MAILADMIN_LIMIT_SECONDS says for how long; three minutes are for a release, one window and the next for every day.
BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $env:MAILADMIN_STORE = Join-Path $TestDrive 'mail.db'
    $seconds = [int] ($env:MAILADMIN_LIMIT_SECONDS ?? 80)
    $secret = ConvertTo-SecureString 'pw' -AsPlainText -Force
    $account = [pscredential]::new('scanner@contoso.com', $secret)
    $server = Start-SmtpTestServer -Personality ExchangeOnlineSubmission -Credential $account

    # Sends message after message, a connection each, and writes down what became of it.
    $sender = Join-Path $TestDrive 'sender.ps1'
    @'
        param($Module, $Port, $Log)
        $ErrorActionPreference = 'Continue'
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
}

AfterAll {
    $server | Stop-SmtpTestServer
}

Describe 'Thirty messages a minute and three connections, of four processes' {
    It 'are never exceeded as the server counts, and nearly all used' {
        Set-EmailThrottle localhost -Port $server.Port -Limit 30/minute -Connections 3
        $processes = 1..4 | ForEach-Object {
            $log = Join-Path $TestDrive "$_.log"
            $with = @{
                FilePath               = [Environment]::ProcessPath
                ArgumentList           = '-NoProfile', '-NonInteractive', '-File',
                    $sender, $modulePath, $server.Port, $log
                RedirectStandardOutput = Join-Path $TestDrive "$_.out"
                RedirectStandardError  = Join-Path $TestDrive "$_.err"
                PassThru               = $true
            }
            Start-Process @with
        }
        try {
            Wait-Until { $server.MessageCount } -Seconds 120
            Start-Sleep -Seconds $seconds
        }
        finally { $processes | Stop-Process }

        $times = @(($server | Get-SmtpTestMessage).ReceivedAt | Sort-Object)
        $end = $times[0].AddSeconds($seconds)
        $times = @($times | Where-Object { $_ -le $end })
        $withinMinute = foreach ($at in $times) {
            @($times | Where-Object { $_ -gt $at.AddSeconds(-60) -and $_ -le $at }).Count
        }
        $most = ($withinMinute | Measure-Object -Maximum).Maximum
        $allowed = 30 * [Math]::Ceiling($seconds / 60)
        $statuses = Get-Content (Join-Path $TestDrive '*.log') | Group-Object -NoElement
        $counts = $statuses | ForEach-Object { "$($_.Name) $($_.Count)" }
        Write-Host ("  {0} messages in {1} s, {2:F1}% of the {3} that the limit allows; at most {4} in 60 s; {5}" -f
            $times.Count, $seconds, (100 * $times.Count / $allowed), $allowed, $most, $counts)
        $statuses.Name | Should -Be 'Sent'
        $most | Should -BeLessOrEqual 30
        $times.Count | Should -BeGreaterOrEqual (0.95 * $allowed)
    }
}
