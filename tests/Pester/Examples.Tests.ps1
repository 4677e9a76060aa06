# Every example of the help runs, word for word but for the name of the server, which a test server stands in for; what
# is looked up in the DNS comes from a test server as well.
BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $examples = foreach ($name in (Get-Module MailAdmin).ExportedCmdlets.Keys | Sort-Object) {
        foreach ($example in (Get-Help $name).examples.example) {
            @{ Name = $name; Title = $example.title.Trim(' -'); Code = $example.code }
        }
    }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $credential = [pscredential]::new('user', (ConvertTo-SecureString 'password' -AsPlainText -Force))
    $server = Start-SmtpTestServer -Security StartTls -Credential $credential
    $dns = Start-TestDns -Zone @(
        'example.com MX 10 mx.example.com'
        'mx.example.com A 203.0.114.7'
        'example.com TXT "v=spf1 mx -all"'
        foreach ($name in 'contoso', 'fabrikam') {
            "$name.com MX 0 $name-com.mail.protection.outlook.com"
            "$name-com.mail.protection.outlook.com A 192.0.2.1"
        }
    )

    # Tokens come from the test services, which only a new process trusts.
    function Invoke-TokenExample([string] $Code, [string] $Folder) {
        $script:services ??= Start-TestServices @{ Tenant = 'contoso.example'; ApproveDeviceCodes = $true }
        $script:tokenServer ??=
            Start-SmtpTestServer -Personality ExchangeOnlineSubmission -Account alice@contoso.example
        $authority = $Code -match 'Google' ? 'GoogleAddress' : 'Address'
        Copy-Item $services.ServiceAccountKey (Join-Path $Folder 'service-account.json') -ErrorAction Ignore
        $errors = Invoke-WithServices $services @"
            function Read-Host { `$secret }
            `$PSDefaultParameterValues = @{
                'Get-SmtpToken:Authority'             = `$services.$authority
                'Get-SmtpToken:CacheFolder'           = `$signIn.CacheFolder
                'Send-RelayMail:SkipCertificateCheck' = `$true
                '*:Port'                              = $($tokenServer.Port)
                '*:WarningAction'                     = 'SilentlyContinue'
            }
            Set-Location '$Folder'
            `$null = . {
                $($Code.Replace('mail.example.com', 'localhost'))
            } 6>`$null
            `$Error | ForEach-Object { "`$_" }
"@
        $errors | Should -BeNullOrEmpty
    }
}

AfterAll {
    if ($services) { Stop-TestServices $services }
    $tokenServer, $server | Where-Object { $_ } | Stop-SmtpTestServer
    Stop-TestDns $dns
}

Describe '<Name>, <Title>' -ForEach $examples {
    It 'runs' {
        function Get-Credential { $credential }
        function Read-Host { $credential.Password }
        $PSDefaultParameterValues = @{
            '*:DnsServer'                         = "$($dns.EndPoint)"
            # Graph's certificates are verified always.
            'Send-RelayMail:SkipCertificateCheck' = $Code -notmatch '-Method Graph'
            'Send-RelayMail:WarningAction'        = 'SilentlyContinue'
            'Test-Smtp*:SkipCertificateCheck'     = $true
            'Clear-EmailHistory:Confirm'          = $false
        }
        $onTestServer = $Code.Contains('mail.example.com')
        if ($onTestServer) {
            $PSDefaultParameterValues['Send-RelayMail:Port'] = $server.Port
            $PSDefaultParameterValues['Test-Smtp*:Port'] = $server.Port
        }

        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        $null = New-Item -ItemType Directory (Join-Path $folder 'reports')
        'report.pdf', 'chart.png', 'reports/a.pdf', 'reports/b.pdf' |
            ForEach-Object { 'x' | Set-Content (Join-Path $folder $_) }
        "To,Body`nanna@example.com,Dear Anna`nbob@example.com,Dear Bob" | Set-Content (Join-Path $folder 'people.csv')
        'a token' | Set-Content (Join-Path $folder 'token.txt')
        $null = New-Item -ItemType Directory (Join-Path $folder 'outbox')
        'Domain', 'example.com', 'example.net' | Set-Content (Join-Path $folder 'domains.csv')

        $diagnosis = Join-Path $PSScriptRoot '..' 'MailAdmin.Core.Tests' 'Diagnosis' 'Fixtures'
        Copy-Item (Join-Path $diagnosis 'logs' 'postfix.log') (Join-Path $folder 'mail.log')
        Copy-Item (Join-Path $diagnosis 'reports' 'postfix.eml') (Join-Path $folder 'reports')
        "From: a@example.com`nTo: b@example.com`nSubject: x`n`ny" | Set-Content (Join-Path $folder 'outbox' 'a.eml')

        if ($Code.Contains('Get-SmtpToken')) {
            if (-not $IsLinux) {
                Set-ItResult -Skipped -Because 'only .NET on Linux can be told to trust the test services'
            }
            $sent = $tokenServer.MessageCount
            Invoke-TokenExample $Code $folder
            ($tokenServer.MessageCount -gt $sent) | Should -Be ($Code -match 'Send-RelayMail')
            return
        }

        $before = $server.MessageCount
        Push-Location $folder
        $local = $Code.Replace('mail.example.com', 'localhost').Replace('ns1.example.com', $dns.EndPoint)
        $script = [scriptblock]::Create($local)
        try { $output = & $script } finally { Pop-Location }
        $output | Where-Object { $_.PSObject.TypeNames -like '*RelaySendResult' } |
            ForEach-Object { $_.Status | Should -Be ($Code.Contains('-Queue') ? 'Queued' : 'Sent') }
        $sends = $onTestServer -and -not $Code.Contains('-WhatIf') -and $Code -match 'Send-RelayMail|-SendTest'
        ($server.MessageCount -gt $before) | Should -Be $sends
    }
}
