BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $credential = [pscredential]::new('user', (ConvertTo-SecureString 'Tr0ub4dor' -AsPlainText -Force))
    $wrong = [pscredential]::new('user', (ConvertTo-SecureString 'C0rrecthorse' -AsPlainText -Force))
    $server = Start-SmtpTestServer -Security StartTls -Credential $credential
    $route = @{ Port = $server.Port; Security = 'StartTls'; SkipCertificateCheck = $true }
}

AfterAll { $server | Stop-SmtpTestServer }

Describe 'Test-SmtpAuth' {
    It 'takes every stage, says who may send, and sends nothing' {
        $result = Test-SmtpAuth localhost @route -Credential $credential -From a@example.com
        $result.FailedStage | Should -BeNullOrEmpty -Because $result.Problem
        $result.MaySendAs | Should -BeTrue
        $result.Mechanism | Should -BeIn $result.OfferedMechanisms
        $result.Stages.Stage -join ' ' |
            Should -Be 'Dns Tcp Banner Ehlo StartTls Tls Certificate Ehlo Auth MailFrom Rset Quit'
        $result.Transcript | Should -BeNullOrEmpty
        $server.MessageCount | Should -Be 0
    }

    It 'names AUTH when the password is wrong, with cause and remedy, and never shows the password' {
        $result = Test-SmtpAuth localhost @route -Credential $wrong -From a@example.com -Transcript -Verbose 4>&1 |
            Tee-Object -Variable all | Select-Object -Last 1
        $result.Verdict | Should -Be 'Failed'
        $result.FailedStage | Should -Be 'Auth'
        $result.Diagnosis.Remedies | Should -Not -BeNullOrEmpty
        ($result.Stages | Where-Object Stage -EQ MailFrom).Verdict | Should -Be 'NotReached'
        $text = ($all | Out-String) + ($result | Format-List * | Out-String) + ($result.Transcript -join "`n")
        $text | Should -Match 'AUTH'
        $result.Transcript[0] | Should -Match '^\*: connected'
        $result.Stages[0].Stage | Should -Be 'Dns'
        $text | Should -Not -Match 'C0rrecthorse'
        $text | Should -Not -Match ([Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("`0user`0C0rrecthorse")))
    }

    It 'takes servers from the pipeline, by value and by property, in their order' {
        $closed = Get-FreePort
        $values = 'localhost', '127.0.0.1' | Test-SmtpAuth @route -Credential $credential
        $values.Server | Should -Be "localhost:$($server.Port)", "127.0.0.1:$($server.Port)"
        $rows = [pscustomobject]@{ Server = 'localhost'; From = 'a@example.com' },
            [pscustomobject]@{ ComputerName = '127.0.0.1'; From = 'b@example.com' } |
            Test-SmtpAuth @route -Credential $credential
        $rows.From | ForEach-Object ToString | Should -Be 'a@example.com', 'b@example.com'
        (Test-SmtpAuth 127.0.0.1 -Port $closed).FailedStage | Should -Be 'Tcp'
    }

    It 'takes a test server from the pipeline' {
        $result = $server | Test-SmtpAuth -Security StartTls -SkipCertificateCheck -Credential $credential
        $result.Server, $result.FailedStage | Should -Be "localhost:$($server.Port)", $null -Because $result.Problem
    }

    It 'lists the command that the first remedy speaks of' {
        $online = Start-SmtpTestServer -Personality ExchangeOnlineSubmission `
            -Account @{ 'user@contoso.com' = 'SmtpAuthDisabled' }
        $login = [pscredential]::new('user@contoso.com', (ConvertTo-SecureString 'pw' -AsPlainText -Force))
        try {
            $route = @{ Security = 'StartTls'; SkipCertificateCheck = $true; Credential = $login }
            $shown = $online | Test-SmtpAuth @route | Format-List | Out-String -Width 300
            $shown | Should -Match 'AdminCommand +: Get-CASMailbox'
            $sent = Send-RelayMail a@contoso.com Hello Hi. localhost -Port $online.Port -From user@contoso.com @route `
                -NoHistory -ErrorAction SilentlyContinue -ErrorVariable errors | Format-List | Out-String -Width 300
            $errors[0].ErrorDetails.RecommendedAction | Should -Match '\nGet-CASMailbox'
            $sent | Should -Match 'AdminCommand +: Get-CASMailbox'
            $sent | Should -Match 'RetryAdvice +: \w'
        }
        finally { $online | Stop-SmtpTestServer }
    }

    It 'names the domain as the target where there is no server' {
        $null = Test-SmtpAuth -Method Relay -Domain 'a b' -ErrorAction SilentlyContinue -ErrorVariable errors
        $errors[0].TargetObject | Should -Be 'a b'
    }

    It 'refuses what is no port' {
        { Test-SmtpAuth localhost -Port 99999 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'reports a sender that is no address, and goes on' {
        $rows = [pscustomobject]@{ Server = 'localhost'; From = 'no address' },
            [pscustomobject]@{ Server = 'localhost'; From = 'b@example.com' }
        $result = $rows |
            Test-SmtpAuth @route -Credential $credential -ErrorAction SilentlyContinue -ErrorVariable errors
        @($result).Count | Should -Be 1
        $errors.Count | Should -Be 1
    }

    It 'fits 120 columns' {
        $table = Test-SmtpAuth localhost @route -Credential $wrong | Format-Table | Out-String -Width 120
        ($table -split "`r?`n" | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
        $table | Should -Match 'Auth'
    }
}
