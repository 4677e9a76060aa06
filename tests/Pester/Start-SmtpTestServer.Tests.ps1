BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $quiet = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
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
            $result = Send-RelayMail @mail -Port $server.Port -Body ('x' * 5000) @quiet
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
            @(Get-ChildItem $folder -Filter *.eml).Count | Should -Be 1
        }
        finally { $server | Stop-SmtpTestServer }
    }

    It 'lets nobody in without the right login' {
        $credential = [pscredential]::new('user', (ConvertTo-SecureString 'pw' -AsPlainText -Force))
        $server = Start-SmtpTestServer -Security Implicit -Credential $credential -RequireAuthentication
        try {
            $route = @{ Port = $server.Port; Security = 'Implicit'; SkipCertificateCheck = $true }
            $route.WarningAction = 'Ignore'
            (Send-RelayMail @mail @route @quiet).Status | Should -Be 'Failed'
            (Send-RelayMail @mail @route -Credential $credential).Status | Should -Be 'Sent'
        }
        finally { $server | Stop-SmtpTestServer }
    }
}
