BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $mail = @{ To = 'a@example.com'; From = 'b@example.com'; Subject = 'x'; Server = 'localhost' }
}

Describe 'Get-SmtpTestMessage' {
    BeforeAll {
        $server = Start-SmtpTestServer
        $null = Send-RelayMail @mail -Port $server.Port -Attachments (Join-Path $PSScriptRoot 'TestKit.ps1')
        $null = Send-RelayMail -To other@example.com -From b@example.com -Server localhost -Port $server.Port
    }

    AfterAll { $server | Stop-SmtpTestServer }

    It 'gets all messages with envelope, headers, parts and content' {
        $messages = $server | Get-SmtpTestMessage
        $messages.Count | Should -Be 2
        $messages[0].From | Should -Be 'b@example.com'
        $messages[0].Recipients | Should -Be 'a@example.com'
        ($messages[0].Headers | Where-Object Name -eq 'Subject').Value | Should -Be 'x'
        $messages[0].Outline.Parts.FileName | Should -Contain 'TestKit.ps1'
        $messages[0].Octets.Length | Should -Be $messages[0].Size
    }

    It 'picks those of a recipient' {
        @(Get-SmtpTestMessage $server -Recipient OTHER@*).Count | Should -Be 1
    }

    It 'waits no longer than it is told to' {
        { Get-SmtpTestMessage $server -Count 3 -Timeout 0.2 -ErrorAction Stop } |
            Should -Throw -ErrorId 'MessageNotReceived,*'
    }

    It 'stops waiting within a second of Ctrl+C' {
        $script = 'Start-SmtpTestServer | Get-SmtpTestMessage -Count 1 -Timeout 60'
        Measure-Stop $script -After ([TimeSpan]::FromSeconds(2)) |
            Should -BeLessThan ([TimeSpan]::FromSeconds(1))
    }
}
