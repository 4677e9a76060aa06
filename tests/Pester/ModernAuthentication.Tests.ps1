# Tokens on their way through the cmdlets, to a server that behaves like High Volume Email.
BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    . (Join-Path $PSScriptRoot 'TokenKit.ps1')
    $server = Start-SmtpTestServer -Personality Hve -Account 'alarm@contoso.com'
    $route = @{
        Server = 'localhost'; Port = $server.Port; SkipCertificateCheck = $true; WarningAction = 'SilentlyContinue'
    }
    $mail = @{ To = 'anna@contoso.com'; From = 'alarm@contoso.com'; Subject = 'x'; Body = 'y' }
    $quiet = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }

    # A method's own server in the place of the real one.
    $catalog = Join-Path $TestDrive 'methods.json'
    @{
        asOf = '2026-11-22'
        methods = @(@{
            id = 'Hve'; provider = 'Microsoft365'; preference = 2
            hosts = @{ public = 'localhost' }; ports = @($server.Port); tls = 'Required'; login = 'Account'
            basicLogin = 'Allowed'; external = $false; sentItems = 'No'; thirdPartyHosting = $true
            recipientsPerMessage = 50
        })
    } | ConvertTo-Json -Depth 5 | Set-Content $catalog
}

AfterAll { $server | Stop-SmtpTestServer }

Describe 'Send-RelayMail -Token at High Volume Email' {
    It 'sends with a token as text and as a SecureString' {
        $token = New-TestToken
        foreach ($form in $token, (ConvertTo-SecureString $token -AsPlainText -Force)) {
            $result = Send-RelayMail @mail @route -Token $form
            "$($result.Status)" | Should -Be 'Sent'
        }
    }

    It 'sends with a token of more than 3 KB, to more recipients than one transaction takes' {
        $before = $server.MessageCount
        $large = New-TestToken @{ groups = 'g' * 3500 }
        $result = Send-RelayMail @route -Token $large -Subject x -Body y -From alarm@contoso.com `
            -To (1..70 | ForEach-Object { "r$_@contoso.com" })
        "$($result.Status)" | Should -Be 'Sent'
        $server.MessageCount - $before | Should -Be 2
    }

    It 'goes by the method' {
        $env:MAILADMIN_SEND_METHODS = $catalog
        try {
            $result = Send-RelayMail @mail -Method Hve -Token (New-TestToken) -SkipCertificateCheck `
                -WarningAction SilentlyContinue
            "$($result.Status) $($result.Method)" | Should -Be 'Sent Hve'
        }
        finally { $env:MAILADMIN_SEND_METHODS = $null }
    }

    It 'fails with the cause for <What>, once' -ForEach @(
        @{ What = 'an expired token'; Changes = @{ exp = -60 }; Id = 'TokenExpired' }
        @{ What = 'a token for Graph'; Changes = @{ aud = 'https://graph.microsoft.com' }; Id = 'TokenAudienceWrong' }
    ) {
        $results = 1..3 | ForEach-Object { [pscustomobject]@{ To = "r$_@contoso.com" } } |
            Send-RelayMail @route -From alarm@contoso.com -Subject x -Body y -Token (New-TestToken $Changes) @quiet
        @($results | Where-Object Status -EQ Sent).Count | Should -Be 0
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'SmtpAuthFailed*'
        (Resolve-SmtpError $problems[0]).Id | Should -Be $Id
    }
}

Describe 'Test-SmtpAuth -Token' {
    It 'logs in' {
        $result = Test-SmtpAuth @route -Token (New-TestToken) -From alarm@contoso.com
        "$($result.FailedStage) $($result.Mechanism)" | Should -Be ' XOAUTH2'
    }

    It 'names <Id> with cause and remedy in both languages' -ForEach @(
        @{ Id = 'TokenExpired'; Changes = @{ exp = -60 } }
        @{ Id = 'TokenExpiresSoon'; Changes = @{ exp = 60 } }
        @{ Id = 'TokenPermissionWrong'; Changes = @{ roles = @('POP.AccessAsApp') } }
        @{ Id = 'TokenAudienceWrong'; Changes = @{ aud = 'https://graph.microsoft.com' } }
        @{ Id = 'TokenNotYetValid'; Changes = @{ nbf = 600 } }
        @{ Id = 'TokenUserDiffers'; Changes = @{ upn = 'b@contoso.com' } }
    ) {
        $token = New-TestToken $Changes
        $result = Test-SmtpAuth @route -Token $token -From alarm@contoso.com -Transcript
        "$($result.FailedStage)" | Should -Be 'Auth'
        $result.Diagnosis.Id | Should -Be $Id
        foreach ($culture in 'en-US', 'ja-JP') {
            $found = @(Resolve-SmtpError $result.Error -Culture $culture)[0]
            $found.Id | Should -Be $Id
            $found.Cause | Should -Match ($culture -eq 'ja-JP' ? '[ぁ-ん]' : '^[\x20-\x7e]+$')
            $found.Remedies.Count | Should -BeGreaterThan 0
        }

        # What is foretold comes true.
        $foretold = (Test-SmtpToken $token -Service Hve -User alarm@contoso.com).PredictedReply
        "$($result.Error.Reply)" | Should -BeLike "$foretold *"
        ($result | Format-List * | Out-String -Width 5000) + ($result.Transcript -join "`n") |
            Should -Not -BeLike "*$($token.Substring(40, 60))*"
    }
}

Describe 'Send-RelayMail -Method Acs' {
    BeforeAll {
        $app = 'contoso-mail.11111111-2222-3333-4444-555555555555.8f4a2c1e-0b7d-4e55-9c36-5a1d2e3f4b5c'
        $logins = $app, 'reports@contoso.com' | ForEach-Object {
            [pscredential]::new($_, (ConvertTo-SecureString 'client_secret' -AsPlainText -Force))
        }
        # The service's replies are not public: a plain server with its logins and limits.
        $azure = Start-SmtpTestServer -Credential $logins -Security StartTls -RequireTls -RequireAuthentication `
            -MaxRecipients 50 -MaxMessageSize 10MB
        $file = Join-Path $TestDrive 'acs.json'
        $built = Join-Path $PSScriptRoot '..' '..' 'src' 'MailAdmin.Core' 'Transports' 'Methods' 'Data' 'methods.json'
        $acs = (Get-Content $built -Raw | ConvertFrom-Json).methods | Where-Object id -EQ Acs
        $acs.hosts.public = 'localhost'
        $acs.ports = @($azure.Port)
        @{ asOf = '2026-11-25'; methods = @($acs) } | ConvertTo-Json -Depth 9 | Set-Content $file
        $env:MAILADMIN_SEND_METHODS = $file
        $all = @{
            Method = 'Acs'; From = 'reports@contoso.com'; Subject = 'x'
            SkipCertificateCheck = $true; WarningAction = 'Ignore'
        }
    }

    AfterAll {
        $env:MAILADMIN_SEND_METHODS = $null
        $azure | Stop-SmtpTestServer
    }

    It 'sends to 120 people in batches of 50, as <_>' -ForEach 'an app', 'an SMTP user name' {
        $before = $azure.MessageCount
        $people = 1..120 | ForEach-Object { "r$_@fabrikam.com" }
        $result = Send-RelayMail @all -Credential $logins[$_ -ne 'an app'] -Body y -To $people
        "$($result.Status) $($result.Method) $($result.Server) $($result.Recipients.Count)" |
            Should -Be "Sent Acs localhost:$($azure.Port) 120"
        ($azure | Get-SmtpTestMessage | Select-Object -Skip $before).Recipients.Count | Should -Be 120
        $azure.MessageCount - $before | Should -Be 3
    }

    It 'says that a message is too large before it is sent' {
        $before = $azure.MessageCount
        $result = Send-RelayMail @all -Credential $logins[0] -Body ('x' * 11MB) -To a@fabrikam.com @quiet
        "$($result.Status)" | Should -Be 'Failed'
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'SmtpMessageTooLarge,*'
        $azure.MessageCount | Should -Be $before
    }

    It 'says what a user name must look like' {
        $secret = ConvertTo-SecureString 'x' -AsPlainText -Force
        $login = [pscredential]::new('contoso|11111111-2222-3333-4444-555555555555', $secret)
        { Send-RelayMail @mail -Method Acs -Credential $login -ErrorAction Stop } |
            Should -Throw -ErrorId 'AcsUserNameInvalid*' -ExpectedMessage '*2 parts*'
    }
}
