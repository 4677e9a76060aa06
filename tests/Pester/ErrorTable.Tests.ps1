# Each row of the error table as the cmdlets report it: cause, first remedy and whether to retry, in both languages.
# Fixtures/README.md of the core's tests describes the table.
BeforeDiscovery {
    $fixtures = Join-Path $PSScriptRoot '..' 'MailAdmin.Core.Tests' 'Diagnosis' 'Fixtures'
    $verdicts = foreach ($block in (Get-Content "$fixtures/*.txt" -Raw) -split '(?m)^= ' | Where-Object { $_.Trim() }) {
        $head, $text = $block -split "`n", 2
        $id, $kind, $retry, $null = $head.Trim() -split ' '
        [pscustomobject]@{ Id = $id; IsTransient = $kind -eq 'transient'; Retry = $retry; Text = $text.Trim() }
    }
    $cases = foreach ($row in Get-Content "$fixtures/error-table.json" -Raw | ConvertFrom-Json -AsHashtable) {
        foreach ($case in $row.cases) {
            $own = $verdicts | Where-Object Id -EQ $case.id
            $case.Row = $row.row
            $case.Verdict = $own[0]
            $case.Text = ($own | Where-Object Text -Match '\A\d{3}[ -]' | Select-Object -First 1).Text
            $case.Language = 'en-US', 'ja-JP'
            $case
        }
    }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    . (Join-Path $PSScriptRoot 'TokenKit.ps1')
    $scanner = [pscredential]::new('scanner@contoso.com', (ConvertTo-SecureString 'pw' -AsPlainText -Force))
    $withoutPassword = [pscredential]::new('scanner@contoso.com', [securestring]::new())

    function Start-TableServer($Case) {
        $wanted = $Case.server.Clone()
        if ($wanted.password) {
            $password = ConvertTo-SecureString $wanted.password -AsPlainText -Force
            $wanted.Credential = [pscredential]::new('scanner@contoso.com', $password)
            $wanted.Remove('password')
        }

        if ($Case.scriptedAt) {
            $lines = "$($Case.Text)" -split "`r?`n"
            $action = $Case.scripted ?? (
                "$($Case.Text -replace '(?s)\A(\d{3}).*', '$1') " +
                ($lines.ForEach{ $_ -replace '^\d{3}[ -]' } -join '\n'))
            $wanted.Fault = "$($Case.scriptedAt)=$action"
        }

        Start-SmtpTestServer @wanted
    }

    function Invoke-Way($Name, $Case, $Port) {
        $parameters = @{
            Server = 'localhost'; Port = $Port; Security = 'StartTls'; SkipCertificateCheck = $true; Timeout = 2
            From = $Case.from ?? 'scanner@contoso.com'; To = $Case.to ?? 'anna@contoso.com'
            ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue'
        }
        switch ($Case.login) {
            'password' { $parameters.Credential = $scanner }
            'token' {
                $changes = ($Case.token ?? @{}).Clone()
                if ($changes.roles) { $changes.roles = @($changes.roles) }
                $parameters.Token = New-TestToken $changes
                $parameters.Credential = $withoutPassword
            }
        }
        switch ($Name) {
            'Test-SmtpRelay' { $parameters.SendTest = $true }
            'Send-RelayMail' {
                $parameters.Subject = 'x'
                $parameters.NoHistory = $true
                if ($Case.author) { $parameters.Sender = $parameters.From; $parameters.From = $Case.author }
            }
        }

        & $Name @parameters
    }

    function Test-Words([string] $Text, [string] $Language) {
        $Text | Should -Not -BeNullOrEmpty
        $Text -cmatch '[\u3040-\u30ff\u4e00-\u9fff]' |
            Should -Be ($Language -eq 'ja-JP') -Because "'$Text' should be $Language"
    }
}

Describe '<Row>: <id>' -ForEach $cases {
    BeforeAll {
        $case = $_
        $server = $null
        $port = if ($case.server) { ($server = Start-TableServer $case).Port } else { Get-FreePort }
        $before = [cultureinfo]::CurrentUICulture
    }

    AfterAll {
        [cultureinfo]::CurrentUICulture = $before
        if ($server) { $server | Stop-SmtpTestServer }
    }

    It 'is explained by Resolve-SmtpError in <_>' -ForEach $Language {
        $found = Resolve-SmtpError $case.Verdict.Text -Culture $_ | Select-Object -First 1
        $found.Id, "$($found.Retry)", $found.IsTransient |
            Should -Be $case.id, $case.Verdict.Retry, $case.Verdict.IsTransient
        foreach ($text in $found.Cause, $found.Remedies[0], $found.RetryAdvice) { Test-Words $text $_ }
    }

    It 'is reported by the cmdlets that meet it, in <_>' -ForEach $Language -Skip:($_.reports.Count -eq 0) {
        $language = $_
        [cultureinfo]::CurrentUICulture = $language
        foreach ($name in $case.reports) {
            $result = Invoke-Way $name $case $port
            $found = $result.Diagnosis
            $found.Id, "$($found.Retry)" |
                Should -Be $case.id, $case.Verdict.Retry -Because "$name met $($result.Error.Message)"
            foreach ($text in $found.Cause, $found.Remedies[0], $found.RetryAdvice) { Test-Words $text $language }
        }
    }
}
