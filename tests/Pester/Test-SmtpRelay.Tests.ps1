BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $mail = @{ From = 'printer@example.com'; To = 'anna@example.net' }
}

Describe 'Test-SmtpRelay' {
    It 'asks over both versions of IP and sends nothing' {
        $server = Start-SmtpTestServer
        try {
            $result = Test-SmtpRelay localhost -Port $server.Port @mail
            $result.IsAccepted | Should -BeTrue
            $result.Attempts.IPVersion | Should -Contain 'IPv4'
            $result.Method | Should -Be 'OnPremises'
            $result.IsOpenRelaySuspected | Should -BeFalse
            $result.MethodReason | Should -Match 'localhost is at'
            $server.MessageCount | Should -Be 0
        }
        finally { $server | Stop-SmtpTestServer }
    }

    It 'shows that IPv4 is answered and IPv6 is not served' {
        $server = Start-SmtpTestServer -Address 127.0.0.1
        $dns = Start-TestDns 'both.example.com. A 127.0.0.1', 'both.example.com. AAAA ::1'
        try {
            $result = Test-SmtpRelay both.example.com -Port $server.Port @mail -DnsServer "$($dns.EndPoint)"
            $result.IsAccepted | Should -BeTrue
            $result.Attempts.Count | Should -Be 2
            $result.Attempts.IPVersion | Should -Contain 'IPv4'
            $result.Warnings -join ' ' | Should -Match 'One version of IP does not reach the server'
        }
        finally {
            $server | Stop-SmtpTestServer
            Stop-TestDns $dns
        }
    }

    It 'shows that a connector knows this machine by IPv4 and not by IPv6' {
        $server = Start-SmtpTestServer -Personality MxEndpoint -AcceptedDomain example.com -Connector 127.0.0.1/32
        $dns = Start-TestDns 'both.example.com. A 127.0.0.1', 'both.example.com. AAAA ::1'
        try {
            $result = Test-SmtpRelay both.example.com -Port $server.Port @mail -DnsServer "$($dns.EndPoint)"
            if ($result.Attempts.RemoteAddress.Count -lt 2) { Set-ItResult -Skipped -Because 'there is no IPv6 here' }
            ($result.Attempts | Where-Object IPVersion -EQ IPv4).IsAccepted | Should -BeTrue
            ($result.Attempts | Where-Object IPVersion -EQ IPv6).IsAccepted | Should -BeFalse
            $result.Warnings -join ' ' |
                Should -Match 'The answer depends on the version of IP: .*over IPv6 RcptTo: 550 5\.7\.64'
        }
        finally {
            $server | Stop-SmtpTestServer
            Stop-TestDns $dns
        }
    }

    It 'sends nothing with -WhatIf' {
        $server = Start-SmtpTestServer
        try {
            $result = Test-SmtpRelay 127.0.0.1 -Port $server.Port @mail -SendTest -WhatIf
            $result.IsAccepted | Should -BeTrue
            $server.MessageCount | Should -Be 0
        }
        finally { $server | Stop-SmtpTestServer }
    }

    It 'sends one message when asked' {
        $server = Start-SmtpTestServer
        try {
            $result = Test-SmtpRelay 127.0.0.1 -Port $server.Port @mail -SendTest
            $result.Stages[-1].Stage | Should -Be 'Message'
            $server.MessageCount | Should -Be 1
            ($server | Get-SmtpTestMessage).Recipients | Should -Be 'anna@example.net'
        }
        finally { $server | Stop-SmtpTestServer }
    }

    It 'names the recipient when relay is denied, with cause and remedy' {
        $server = Start-SmtpTestServer -Fault 'rcpt=550 5.7.64 TenantAttribution; Relay Access Denied'
        try {
            $result = Test-SmtpRelay 127.0.0.1 -Port $server.Port @mail -SendTest
            $result.IsAccepted | Should -BeFalse
            $result.FailedStage | Should -Be 'RcptTo'
            $result.Diagnosis.EnhancedCode.ToString() | Should -Be '5.7.64'
            $server.MessageCount | Should -Be 0
        }
        finally { $server | Stop-SmtpTestServer }
    }
}
