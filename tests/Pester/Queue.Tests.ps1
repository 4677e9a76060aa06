BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $readme = Get-Content -Raw (Join-Path $PSScriptRoot '..' '..' 'README.md')
    $section = $readme.Substring($readme.IndexOf('### Mail that must not get lost'))
    $scripts = [regex]::Matches($section, '(?s)```powershell\r?\n(.*?)```') | ForEach-Object { $_.Groups[1].Value }
}

Describe 'The scheduled task and the runbook of the README' {
    It 'run as written' {
        $env:MAILADMIN_STORE = Join-Path $TestDrive 'store' 'mail.db'
        $server = Start-SmtpTestServer
        Push-Location $TestDrive
        try {
            1..3 | ForEach-Object { [pscustomobject]@{ To = "u$_@example.com"; Body = 'Come.' } } |
                Export-Csv people.csv
            # Only the address differs: there is no mail.example.com here.
            $local = { $args[0].Replace('-Server mail.example.com', "-Server localhost -Port $($server.Port)") }
            $queued = & ([scriptblock]::Create((& $local $scripts[0])))
            $queued.Status | Should -Be 'Queued', 'Queued', 'Queued'
            $output = & ([scriptblock]::Create((& $local $scripts[1])))
            ($output | Where-Object { $_.GetType().Name -eq 'DistributorSummary' }).Sent | Should -Be 3
            $server | Get-SmtpTestMessage | Should -HaveCount 3
            Get-EmailQueueItem | Should -BeNullOrEmpty
        }
        finally {
            Pop-Location
            Stop-SmtpTestServer $server
        }
    }
}
