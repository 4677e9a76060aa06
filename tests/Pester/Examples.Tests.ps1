# Every example of the help runs, word for word but for the name of the server, which a test server stands in for.
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
}

AfterAll { $server | Stop-SmtpTestServer }

Describe '<Name>, <Title>' -ForEach $examples {
    It 'runs' {
        function Get-Credential { $credential }
        $PSDefaultParameterValues = @{
            'Send-RelayMail:SkipCertificateCheck' = $true
            'Send-RelayMail:WarningAction'        = 'SilentlyContinue'
            'Test-Smtp*:SkipCertificateCheck'     = $true
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

        $before = $server.MessageCount
        Push-Location $folder
        $script = [scriptblock]::Create($Code.Replace('mail.example.com', 'localhost'))
        try { $output = & $script } finally { Pop-Location }
        $output | Where-Object { $_.PSObject.TypeNames -like '*RelaySendResult' } |
            ForEach-Object { $_.Status | Should -Be 'Sent' }
        $sends = $onTestServer -and -not $Code.Contains('-WhatIf') -and $Code -match 'Send-RelayMail|-SendTest'
        ($server.MessageCount -gt $before) | Should -Be $sends
    }
}
