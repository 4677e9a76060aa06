BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    . (Join-Path $PSScriptRoot 'TokenKit.ps1')
    $quiet = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
}

Describe 'Test-SmtpToken with a token' {
    It 'shows what an app''s token says' {
        $report = New-TestToken | Test-SmtpToken -Service Hve
        $report.IsAcceptable | Should -BeTrue
        $report.PredictedReply | Should -BeNullOrEmpty
        "$($report.Form) $($report.Grant)" | Should -Be 'Jwt Application'
        $report.Audience | Should -Be 'https://outlook.office365.com'
        $report.Roles | Should -Be 'SMTP.SendAsApp'
        $report.AppId | Should -Be '11111111-2222-3333-4444-555555555555'
        $report.Version | Should -Be '1.0'
        $report.TimeLeft.TotalMinutes | Should -BeGreaterThan 55
        $report.Findings.Id | Should -Be 'TokenOfApp'
    }

    It 'foretells <Reply> for <What>' -ForEach @(
        @{ What = 'an end in five minutes'; Changes = @{ exp = 300 }; Id = 'TokenExpiresSoon'; Reply = '535 5.7.142' }
        @{ What = 'an end'; Changes = @{ exp = -300 }; Id = 'TokenExpired'; Reply = '535 5.7.143' }
        @{ What = 'no permission'; Changes = @{ roles = @('POP.AccessAsApp') }
            Id = 'TokenPermissionWrong'; Reply = '535 5.7.144' }
        @{ What = 'another audience'; Changes = @{ aud = 'https://graph.microsoft.com' }
            Id = 'TokenAudienceWrong'; Reply = '535 5.7.127' }
        @{ What = 'a beginning to come'; Changes = @{ nbf = 600 }; Id = 'TokenNotYetValid'; Reply = '535 5.7.127' }
        @{ What = 'another user'; Changes = @{ upn = 'b@contoso.com' }; Id = 'TokenUserDiffers'; Reply = '535 5.7.127' }
    ) {
        foreach ($culture in 'en-US', 'ja-JP') {
            $report = Test-SmtpToken (New-TestToken $Changes) -Service Hve -User a@contoso.com -Culture $culture
            $report.IsAcceptable | Should -BeFalse
            $report.PredictedReply | Should -Be $Reply
            $report.Culture | Should -Be $culture
            $fault = $report.Findings | Where-Object Severity -EQ Error
            $fault.Id | Should -Be $Id
            $fault.Message | Should -Match ($culture -eq 'ja-JP' ? '[ぁ-ん]' : '^[\x20-\x7e]+$')
            $fault.Detail | Should -Match ($culture -eq 'ja-JP' ? '[ぁ-ん]' : '^[\x20-\x7e]+$')
            $fault.Remedies.Count | Should -BeGreaterThan 0
        }
    }

    It 'takes the last ten minutes of a token for client submission, and says what High Volume Email thinks of it' {
        $report = Test-SmtpToken (New-TestToken @{ exp = 300 })
        $report.IsAcceptable | Should -BeTrue
        ($report.Findings | Where-Object Id -EQ TokenExpiresSoon).HveReplies | Should -Be '535 5.7.142', '501 5.5.127'
    }

    It 'tells a delegated token of version 2 from one of an app' {
        $delegated = New-TestToken @{
            roles = $null; idtyp = $null; scp = 'SMTP.Send'; preferred_username = 'a@contoso.com'; ver = '2.0'
        }
        $report = Test-SmtpToken $delegated
        "$($report.Grant) $($report.Version) $($report.User)" | Should -Be 'Delegated 2.0 a@contoso.com'
        $report.Scopes | Should -Be 'SMTP.Send'
    }

    It 'knows what the other services want' {
        (New-TestToken @{ roles = @('POP.AccessAsApp') } | Test-SmtpToken -Service Pop).IsAcceptable | Should -BeTrue
        $graph = New-TestToken @{ roles = @('Mail.Send'); aud = 'https://graph.microsoft.com' }
        (Test-SmtpToken $graph -Service Graph).IsAcceptable | Should -BeTrue
        (Test-SmtpToken $graph).PredictedReply | Should -Be '535 5.7.3'
        $ofUsGov = New-TestToken @{ aud = 'https://outlook.office365.us' }
        (Test-SmtpToken $ofUsGov -Environment UsGov).IsAcceptable | Should -BeTrue
    }

    It 'sees what is no access token' {
        (Test-SmtpToken '1//0gFAKE-refresh').Findings[0].Detail | Should -BeLike '*refresh token*'
        (Test-SmtpToken 'ya29.a0AfH6SMBx-123').IsAcceptable | Should -BeTrue
        (Test-SmtpToken '').Findings[0].Id | Should -Be 'TokenMalformed'
        (Test-SmtpToken "Bearer $(New-TestToken)").Findings.Id | Should -Contain 'TokenWithScheme'
    }
}

Describe 'Test-SmtpToken with an argument of XOAUTH2' {
    It 'takes it as base64, in clear, or with the command' {
        $clear = "user=a@contoso.com`u{1}auth=Bearer $(New-TestToken)`u{1}`u{1}"
        $base64 = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($clear))
        foreach ($text in $clear, $base64, "AUTH XOAUTH2 $base64") {
            $report = Test-SmtpToken $text -Service Hve
            "$($report.Form) $($report.LoginName) $($report.IsAcceptable)" | Should -Be 'XOAuth2 a@contoso.com True'
        }
    }

    It 'foretells every code of the fixture' {
        $fixture = Join-Path $PSScriptRoot '..' 'MailAdmin.Core.Tests' 'Identity' 'Inspection' 'oauth-codes.txt'
        $count = 0
        foreach ($line in Get-Content $fixture | Where-Object { $_ -and $_[0] -ne '#' }) {
            $reply, $null, $what, $argument = $line -split ' \| '
            # The clock of the others is fixed.
            if ($reply -like '501 5.5.12[1-6]') {
                $count++
                (Test-SmtpToken $argument -AsXOAuth2 -Service Hve).PredictedReply | Should -Be $reply -Because $what
            }
        }
        $count | Should -BeGreaterThan 20
    }
}

Describe 'Test-SmtpToken with what Get-SmtpToken puts out' -Skip:(-not $IsLinux) {
    BeforeAll { $services = Start-TestServices }
    AfterAll { Stop-TestServices $services }

    It 'knows the service, and takes it from the pipeline' {
        $found = Invoke-WithServices $services @'
            'Hve', 'Graph' | ForEach-Object { Get-SmtpToken @signIn -ClientSecret $secret -Service $_ } |
                Test-SmtpToken | ForEach-Object { "$($_.Service) $($_.IsAcceptable) $($_.Audience) $($_.Grant)" }
'@
        $found[0] | Should -Be 'Hve True https://outlook.office365.com Application'
        $found[1] | Should -Be 'Graph True https://graph.microsoft.com Application'
    }
}

Describe 'Test-SmtpToken' {
    It 'takes secure strings, files and the pipeline' {
        $token = New-TestToken
        $file = Join-Path $TestDrive 'token.txt'
        "$token`n" | Set-Content $file
        $secret = ConvertTo-SecureString $token -AsPlainText -Force
        $reports = @($secret, $token, (Get-Item $file) | Test-SmtpToken) +
            (Test-SmtpToken -Path (Join-Path $TestDrive '*.txt')) + (Test-SmtpToken -LiteralPath $file)
        $reports.Count | Should -Be 5
        $reports.IsAcceptable | Should -Not -Contain $false
    }

    It 'goes on behind what is no token, and a file that is not there' {
        $reports = @(42, (New-TestToken) | Test-SmtpToken @quiet)
        $reports.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotAToken*'
        Test-SmtpToken -Path (Join-Path $TestDrive 'none.jwt') @quiet | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'FileUnreadable*'
    }

    It 'never shows the token' {
        $token = New-TestToken @{ exp = -5; aud = 'https://graph.microsoft.com' }
        $argument = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("user=x`u{1}auth=Bearer $token`u{1}`u{1}"))
        foreach ($input in $token, $argument, "not-a-$token") {
            $report = Test-SmtpToken $input -Verbose -Debug *>&1
            $shown = ($report | Format-List -Property * | Out-String -Width 4000) +
                ($report | Format-Table | Out-String -Width 4000) +
                ($report | Format-List | Out-String -Width 4000) + ($report | ConvertTo-Json -Depth 6) + "$report"
            foreach ($part in ($token -split '\.') + $argument.Substring(20, 40)) {
                $shown | Should -Not -BeLike "*$part*"
            }
        }
    }

    It 'fits a table into 120 columns' {
        $lines = New-TestToken @{ exp = -5 } | Test-SmtpToken -Service Hve |
            Format-Table | Out-String -Width 120 -Stream
        $lines | Where-Object Length -GT 120 | Should -BeNullOrEmpty
        "$lines" | Should -BeLike '*535 5.7.143 The token*'
    }

    It 'lists the findings with what to do' {
        $text = New-TestToken @{ exp = -5 } | Test-SmtpToken -Service Hve | Format-List | Out-String -Width 300
        $text | Should -BeLike '*Error: The token has expired. It ended at *'
        $text | Should -BeLike '*  - Get a new token*'
    }

    It 'completes services and languages' {
        $line = 'Test-SmtpToken x -Service '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'Graph', 'Hve', 'Pop', 'Smtp'
        $line = 'Test-SmtpToken x -Culture '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'en-US', 'ja-JP'
    }
}
