# -Token of the cmdlets that connect.
BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    . (Join-Path $PSScriptRoot 'TokenKit.ps1')
    $server = Start-SmtpTestServer -Personality ExchangeOnlineSubmission -Account alice@contoso.example
    $route = @{ Server = 'localhost'; Port = $server.Port; Security = 'StartTls'; SkipCertificateCheck = $true }
    $mail = $route + @{
        From = 'alice@contoso.example'; To = 'bob@example.com'; Subject = 'x'; Body = 'y'; WarningAction = 'Ignore'
    }
    $token = New-TestToken
    $secure = ConvertTo-SecureString $token -AsPlainText -Force
    $nobody = [pscredential]::new('alice@contoso.example', [securestring]::new())
}

AfterAll { $server | Stop-SmtpTestServer }

Describe '-Token' {
    It 'takes a token as <Form>' -ForEach @(
        @{ Form = 'text'; Value = { $token } }
        @{ Form = 'text with the scheme before it'; Value = { "Bearer $token`n" } }
        @{ Form = 'a SecureString'; Value = { $secure } }
    ) {
        (Send-RelayMail @mail -Token (& $Value)).Status | Should -Be Sent
    }

    It 'demands TLS by itself' {
        $result = Send-RelayMail @mail -Token $token -ErrorAction SilentlyContinue -ErrorVariable failure
        $result.TlsProtocol | Should -Not -BeNullOrEmpty
    }

    It 'logs in to the mailbox that -Credential names' {
        $result = Test-SmtpAuth @route -Token $token -Credential $nobody -From alice@contoso.example
        $result.Verdict | Should -BeIn 'Passed', 'Warning' -Because $result.Problem
        $result.Mechanism | Should -Be XOAUTH2
    }

    It 'is an error beside a password, beside the own account, and without a mailbox' {
        $login = [pscredential]::new('alice@contoso.example', (ConvertTo-SecureString word -AsPlainText -Force))
        { Send-RelayMail @mail -Token $token -Credential $login -ErrorAction Stop } |
            Should -Throw -ErrorId 'TwoLogins*'
        { Send-RelayMail @mail -Token $token -UseDefaultCredentials -ErrorAction Stop } |
            Should -Throw -ErrorId 'TwoLogins*'
        { Test-SmtpAuth @route -Token $token -ErrorAction Stop } | Should -Throw -ErrorId 'TokenWithoutUser*'
    }

    It 'refuses what is no token' {
        { Send-RelayMail @mail -Token 17 } | Should -Throw '*Get-SmtpToken*'
        { Send-RelayMail @mail -Token '' } | Should -Throw '*Get-SmtpToken*'
    }
}
