BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $mail = @{ To = 'a@example.com'; From = 'b@example.com'; Subject = 'x'; Server = 'localhost' }
}

Describe 'Start-SmtpTestServer' {
    It 'listens at a free port of this machine, and at one that is asked for' {
        $first = Start-SmtpTestServer
        $port = Get-FreePort
        $second = Start-SmtpTestServer $port
        try {
            $first.Port | Should -BeGreaterThan 0
            $first.Endpoints.ForEach{ [ipaddress]::IsLoopback($_.Address) } | Should -Not -Contain $false
            $second.Port | Should -Be $port
            { Start-SmtpTestServer $port -ErrorAction Stop } | Should -Throw -ErrorId 'CannotListen,*'
        }
        finally { $first, $second | Stop-SmtpTestServer }
    }

    It 'refuses a fault that it does not understand' {
        { Start-SmtpTestServer -Fault 'nonsense' -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidFault,*'
    }

    It 'keeps to its limits' {
        $server = Start-SmtpTestServer -MaxMessageSize 1000 -MaxRecipients 1 -Extension Size, Pipelining
        try {
            $result = Send-RelayMail @mail -Port $server.Port -Body ('x' * 5000) -ErrorAction SilentlyContinue -ErrorVariable problems
            $result.Status | Should -Be 'Failed'
            $problems[0].CategoryInfo.Category | Should -Be 'LimitsExceeded'
        }
        finally { $server | Stop-SmtpTestServer }
    }

    It 'writes messages to a folder' {
        $folder = Join-Path $TestDrive 'spool'
        $server = Start-SmtpTestServer -Folder $folder
        try {
            $null = Send-RelayMail @mail -Port $server.Port
            $message = $server | Get-SmtpTestMessage -Count 1
            $message.Path | Should -Exist
            $message.Subject | Should -Be 'x'
            (Get-ChildItem $folder -Filter *.eml).Count | Should -Be 1
        }
        finally { $server | Stop-SmtpTestServer }
    }

    It 'lets nobody in without the right login' {
        $credential = [pscredential]::new('user', (ConvertTo-SecureString 'pw' -AsPlainText -Force))
        $server = Start-SmtpTestServer -Security Implicit -Credential $credential -RequireAuthentication
        try {
            $route = @{ Port = $server.Port; Security = 'Implicit'; SkipCertificateCheck = $true; WarningAction = 'SilentlyContinue' }
            (Send-RelayMail @mail @route -ErrorAction SilentlyContinue).Status | Should -Be 'Failed'
            (Send-RelayMail @mail @route -Credential $credential).Status | Should -Be 'Sent'
        }
        finally { $server | Stop-SmtpTestServer }
    }
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
        { Get-SmtpTestMessage $server -Count 3 -Timeout 0.2 -ErrorAction Stop } | Should -Throw -ErrorId 'MessageNotReceived,*'
    }

    It 'stops waiting within a second of Ctrl+C' {
        Measure-Stop 'Start-SmtpTestServer | Get-SmtpTestMessage -Count 1 -Timeout 60' -After ([TimeSpan]::FromSeconds(2)) |
            Should -BeLessThan ([TimeSpan]::FromSeconds(1))
    }
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
