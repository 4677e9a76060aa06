BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $mail = @{ To = 'a@example.com'; From = 'b@example.com'; Subject = 'x'; Server = 'localhost' }
}

Describe 'Stop-SmtpTestServer' {
    It 'frees the port, keeps the messages, and can be called again' {
        $server = Start-SmtpTestServer
        $null = Send-RelayMail @mail -Port $server.Port
        $server | Stop-SmtpTestServer -WhatIf
        (Send-RelayMail @mail -Port $server.Port).Status | Should -Be 'Sent'
        $server | Stop-SmtpTestServer
        $server | Stop-SmtpTestServer
        (Send-RelayMail @mail -Port $server.Port -ErrorAction SilentlyContinue).Status | Should -Not -Be 'Sent'
        @($server | Get-SmtpTestMessage).Count | Should -Be 2
    }
}
