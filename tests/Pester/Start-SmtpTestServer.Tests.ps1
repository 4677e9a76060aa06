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

Describe 'Start-SmtpTestServer -Personality' {
    BeforeAll {
        $route = @{ Security = 'StartTls'; SkipCertificateCheck = $true; WarningAction = 'Ignore' }
        $scan = @{ From = 'scanner@contoso.com'; To = 'anna@contoso.com'; Subject = 'x'; Server = 'localhost' }
        $secret = ConvertTo-SecureString 'pw' -AsPlainText -Force
        $scanner = [pscredential]::new('scanner@contoso.com', $secret)
        $alarm = [pscredential]::new('alarm@contoso.com', $secret)
    }

    It 'plays Exchange Online with accounts in trouble and rights to send as others' {
        $server = Start-SmtpTestServer -Personality ExchangeOnlineSubmission -Account @{
            'scanner@contoso.com' = 'SmtpAuthDisabled'
            'alarm@contoso.com'   = @{ State = 'Working'; SendAs = 'info@contoso.com', 'it@contoso.com' }
        }
        try {
            $route.Port = $server.Port
            $result = Send-RelayMail @scan @route -Credential $scanner @quiet
            $result.Status | Should -Be 'Failed'
            "$($problems[0])" | Should -BeLike '*535 5.7.139*SmtpClientAuthentication is disabled for the Mailbox*'

            $scan.From = 'it@contoso.com'
            (Send-RelayMail @scan @route -Credential $alarm).Status | Should -Be 'Sent'
            $scan.From = 'boss@contoso.com'
            $null = Send-RelayMail @scan @route -Credential $alarm @quiet
            "$($problems[0])" | Should -BeLike '*550 5.7.60*permissions to send as this sender*'
        }
        finally { $server | Stop-SmtpTestServer }
    }

    It 'refuses the 31st message within a minute' {
        $server = Start-SmtpTestServer -Personality ExchangeOnlineSubmission -Credential $alarm
        try {
            $route.Port = $server.Port
            $scan.From = 'alarm@contoso.com'
            $messages = 1..31 | ForEach-Object { New-RelayMessage anna@contoso.com "No $_" -From alarm@contoso.com }
            $results = $messages | Send-RelayMail -Server localhost @route -Credential $alarm @quiet
            ($results | Where-Object Status -EQ Sent).Count | Should -Be 30
            $results[30].Status | Should -Be 'Deferred'
            "$($problems[0])" | Should -BeLike '*432 4.3.2*'
        }
        finally { $server | Stop-SmtpTestServer }
    }

    It 'takes passwords from -Credential and from the table' {
        $account = @{ 'scanner@contoso.com' = @{ Password = $secret } }
        $server = Start-SmtpTestServer -Personality Hve -Account $account -Credential $alarm
        try {
            $route.Port = $server.Port
            foreach ($credential in $scanner, $alarm) {
                $scan.From = $credential.UserName
                (Send-RelayMail @scan @route -Credential $credential).Status | Should -Be 'Sent'
                $wrong = [pscredential]::new($credential.UserName, (ConvertTo-SecureString 'no' -AsPlainText -Force))
                (Send-RelayMail @scan @route -Credential $wrong @quiet).Status | Should -Be 'Failed'
            }
        }
        finally { $server | Stop-SmtpTestServer }
    }

    It 'plays an MX endpoint with and without connector' {
        $tenant = @{ Personality = 'MxEndpoint'; AcceptedDomain = 'contoso.com'; Mailbox = 'anna@contoso.com' }
        $direct = Start-SmtpTestServer @tenant -FullMailbox full@contoso.com
        $closed = Start-SmtpTestServer @tenant -RejectDirectSend
        $relay = Start-SmtpTestServer @tenant -Connector 127.0.0.0/8, '::1' -RejectDirectSend
        $away = Start-SmtpTestServer @tenant -WrongRegion
        try {
            $cases = @(
                @{ Server = $direct; To = 'anna@contoso.com'; Reply = '' }
                @{ Server = $direct; To = 'full@contoso.com'; Reply = '554 5.2.2' }
                @{ Server = $direct; To = 'bob@contoso.com'; Reply = '550 5.1.10' }
                @{ Server = $direct; To = 'joe@fabrikam.example'; Reply = '550 5.7.54' }
                @{ Server = $closed; To = 'anna@contoso.com'; Reply = '550 5.7.68' }
                @{ Server = $relay; To = 'joe@fabrikam.example'; Reply = '' }
                @{ Server = $away; To = 'anna@contoso.com'; Reply = '451 4.4.62' }
            )
            foreach ($case in $cases) {
                $mail = @{ From = 'scan@contoso.com'; To = $case.To; Subject = 'x'; Server = 'localhost' }
                $result = Send-RelayMail @mail @route -Port $case.Server.Port @quiet
                if ($case.Reply) { "$($problems[0])" | Should -BeLike "*$($case.Reply)*" }
                else { $result.Status | Should -Be 'Sent' }
            }
        }
        finally { $direct, $closed, $relay, $away | Stop-SmtpTestServer }
    }

    It 'says what does not fit: <Reason>' -ForEach @(
        @{ Reason = 'no personality'; Arguments = @{ RejectDirectSend = $true } }
        @{ Reason = 'no accounts'; Arguments = @{ Personality = 'Hve' } }
        @{ Reason = 'no domain'; Arguments = @{ Personality = 'MxEndpoint' } }
        @{ Reason = 'accounts of an MX endpoint'; Arguments = @{
                Personality = 'MxEndpoint'; AcceptedDomain = 'contoso.com'; Account = 'a@contoso.com' } }
        @{ Reason = 'domains of an account'; Arguments = @{
                Personality = 'Hve'; AcceptedDomain = 'contoso.com'; Account = 'a@contoso.com' } }
        @{ Reason = 'TLS from the start'; Arguments = @{
                Personality = 'Hve'; Security = 'Implicit'; Account = 'a@contoso.com' } }
    ) {
        { Start-SmtpTestServer @Arguments -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidServerOptions,*'
    }

    It 'says which states there are' {
        { Start-SmtpTestServer -Personality Hve -Account @{ 'a@contoso.com' = 'Sleepy' } } |
            Should -Throw '*MailboxFull*'
        { Start-SmtpTestServer -Personality Hve -Account @{ 'a@contoso.com' = @{ Colour = 'red' } } } |
            Should -Throw '*SendAs*'
    }

    It 'completes personalities and states' {
        $line = 'Start-SmtpTestServer -Personality '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'MxEndpoint'
        $line = 'Start-SmtpTestServer -Account '
        "$((TabExpansion2 $line $line.Length).CompletionMatches.CompletionText)" | Should -BeLike '*MailboxFull*'
    }
}
