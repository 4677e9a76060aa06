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
