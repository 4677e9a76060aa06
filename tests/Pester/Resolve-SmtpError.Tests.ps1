BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $fixtures = Join-Path $PSScriptRoot '..' 'MailAdmin.Core.Tests' 'Diagnosis' 'Fixtures' | Convert-Path
    $quiet = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $sendAs = '550 5.7.60 SMTP; Client does not have permissions to send as this sender'
    $silent = @{ WarningAction = 'SilentlyContinue'; ErrorAction = 'SilentlyContinue'; ErrorVariable = 'failed' }

    # A log of Postfix in which every tenth message bounced.
    function New-Log([string] $Path, [int] $Lines) {
        $writer = [System.IO.StreamWriter]::new($Path)
        try {
            foreach ($i in 1..$Lines) {
                $end = $i % 10 ? 'dsn=2.0.0, status=sent (250 2.0.0 Ok)' :
                    'dsn=5.1.1, status=bounced (host b.example.com[192.0.2.1] said: 550 5.1.1 User unknown)'
                $delivery = "Nov 22 10:00:00 mx postfix/smtp[1]: 4A$($i): to=<u$i@example.com>"
                $writer.WriteLine("$delivery, relay=b.example.com[192.0.2.1]:25, $end")
            }
        }
        finally { $writer.Dispose() }
    }
}

Describe 'Resolve-SmtpError with text' {
    It 'explains a reply in <Culture>' -ForEach @(
        @{ Culture = 'en-US'; Cause = '*Send As permission is missing*'; Retry = 'Do not retry*' }
        @{ Culture = 'ja-JP'; Cause = '*権限*'; Retry = '*再試行*' }
    ) {
        $found = @(Resolve-SmtpError $sendAs -Culture $Culture)
        $found.Count | Should -Be 1
        $found.Id | Should -Be 'SendAsMissing'
        $found.Code | Should -Be 550
        "$($found.EnhancedCode)" | Should -Be '5.7.60'
        $found.Culture | Should -Be $Culture
        $found.Cause | Should -BeLike $Cause
        $found.RetryAdvice | Should -BeLike $Retry
        $found.Remedies.Count | Should -BeGreaterThan 1
        $found.AdminCommand | Should -BeLike '*Add-RecipientPermission*'
        $found.IsTransient | Should -BeFalse
        "$found" | Should -Be "$($found.Cause) $($found.Remedies[0])"
    }

    It 'takes the language of the session by default' {
        Invoke-Fresh @"
            [cultureinfo]::CurrentUICulture = 'ja-JP'
            Import-Module '$modulePath'
            (Resolve-SmtpError 5.7.60).Culture
"@ | Should -Be 'ja-JP'
    }

    It 'warns of a language that it does not have' {
        $found = Resolve-SmtpError $sendAs -Culture fr-FR -WarningVariable warned -WarningAction SilentlyContinue
        $found.Culture | Should -Be 'en-US'
        $warned | Should -BeLike "*'fr-FR'*en-US, ja-JP*"
    }

    It 'completes the languages' {
        $line = 'Resolve-SmtpError 550 -Culture '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'en-US', 'ja-JP'
    }

    It 'takes codes as numbers and texts, each by itself' {
        (550, '5.7.60', '5.7.708' | Resolve-SmtpError).Id |
            Should -Be 'RefusedForGood', 'SendAsMissing', 'IpNotAcceptedForTenant'
        (Resolve-SmtpError 5.7.60, 5.7.708).Id | Should -Be 'SendAsMissing', 'IpNotAcceptedForTenant'
    }

    It 'gives every cause of a code that has several' {
        $found = Resolve-SmtpError 5.7.139
        $found.Count | Should -BeGreaterThan 3
        $found.Confidence | Should -Contain 'Possible'
    }

    It 'takes a pasted text of several lines as one input' {
        $text = "RCPT TO:<anna@example.com>`r`n" +
            "550-5.7.26 This mail is unauthenticated, which poses a security risk`r`n" +
            "550-5.7.26 to the sender and Gmail users, and has been blocked.`r`n550 5.7.26 DKIM = did not pass`r`n"
        $found = @(Resolve-SmtpError $text)
        $found.Count | Should -Be 1
        "$($found.EnhancedCode)" | Should -Be '5.7.26'
        @($text | Resolve-SmtpError).Text | Should -Be $found.Text
    }

    It 'takes the lines of one text from the pipeline as one input' {
        $lines = '550-5.7.26 This mail has been blocked because', '550 5.7.26 the sender is unauthenticated.'
        $found = @($lines | Resolve-SmtpError)
        $found.Count | Should -Be 1
        $found.Text | Should -BeLike '*blocked because the sender*'
        $report = Join-Path $fixtures 'reports' 'postfix.eml'
        @(Get-Content $report | Resolve-SmtpError).Id | Should -Be @(Resolve-SmtpError -Path $report).Id
    }

    It 'says what to pass when nothing is known, and goes on' {
        $found = "hello`nworld", $null, (Get-Date), "$sendAs`n" | Resolve-SmtpError @quiet
        $found.Id | Should -Be 'SendAsMissing'
        $problems.Count | Should -Be 3
        $problems.FullyQualifiedErrorId | Should -BeLike 'SmtpErrorUnknown,*'
        $problems[0].TargetObject | Should -Be "hello`nworld"
        $problems[0].Exception.Message | Should -BeLike "'hello world'*"
        $problems[2].Exception.Message | Should -BeLike '*DateTime*'
        $problems.ErrorDetails.RecommendedAction | Should -BeLike '*$Error`[0`]*-Path*'
    }
}

Describe 'Resolve-SmtpError with errors and results' {
    BeforeAll {
        $server = Start-SmtpTestServer -Fault "mail=$sendAs"
        $rejecting = Start-SmtpTestServer -Fault 'rcpt:2=550 5.1.1 User unknown'
        $mail = @{ To = 'anna@example.com'; From = 'me@example.com'; Subject = 'x' }
        $PSDefaultParameterValues = @{ 'Send-*Mail*:Port' = $server.Port }
        $mail.SmtpServer = 'localhost'
    }

    AfterAll { $server, $rejecting | Stop-SmtpTestServer }

    It 'explains the error and the result of Send-RelayMail, which carry the same' {
        $result = Send-RelayMail @mail @silent
        $result.Diagnosis.Id | Should -Be 'SendAsMissing'
        $result.Diagnosis.AdminCommand | Should -BeLike '*me@example.com*'
        $step = $result.Diagnosis.Remedies[0], $result.Diagnosis.AdminCommand -join [Environment]::NewLine
        $failed[0].ErrorDetails.RecommendedAction | Should -Be $step
        ($failed[0] | Resolve-SmtpError).Id | Should -Be 'SendAsMissing'
        (Resolve-SmtpError $failed[0].Exception -Culture ja-JP).Culture | Should -Be 'ja-JP'
        ($result | Resolve-SmtpError -Culture ja-JP).Cause | Should -BeLike '*権限*'
    }

    It 'explains the error of Send-MailMessage, whose message lacks the code' {
        Send-MailMessage @mail @silent
        $failed[0].Exception.Message | Should -Not -BeLike '*550*'
        $found = Resolve-SmtpError $failed[0]
        $found.Id | Should -Be 'SendAsMissing'
        $found.Code | Should -Be 550
    }

    It 'explains each recipient that Send-MailMessage could not reach' {
        $strict = Start-SmtpTestServer -Fault 'rcpt:1=550 5.1.1 User unknown', 'rcpt:2=450 4.2.0 Greylisted, try again'
        try {
            Send-MailMessage @mail -Cc bob@example.com @silent -Port $strict.Port
            $found = Resolve-SmtpError $failed[0]
            $found.Id | Should -Be 'RecipientUnknown', 'Greylisted'
            $found.Recipient | Should -Be 'anna@example.com', 'bob@example.com'
        }
        finally { $strict | Stop-SmtpTestServer }
    }

    It 'explains a port that is closed, of either command' {
        $mail = $mail + @{ Port = Get-FreePort }
        $result = Send-RelayMail @mail @silent
        $result.Diagnosis.Id | Should -Be 'PortClosed'
        (Resolve-SmtpError $failed[0]).Retry | Should -Be 'Later'
        Send-MailMessage @mail @silent
        (Resolve-SmtpError $failed[0]).Id | Should -Be 'PortClosed'
    }

    It 'explains what each recipient got, and passes over what went' {
        $two = @{
            To = 'a@example.com', 'b@example.com'; From = 'me@example.com'
            Server = 'localhost'; Port = $rejecting.Port
        }
        $result = Send-RelayMail @two @silent
        $result.Status | Should -Be 'PartlySent'
        foreach ($source in $result, $failed[0], $result.Recipients) {
            $found = $source | Resolve-SmtpError
            @($found).Id | Should -Be 'RecipientUnknown'
            $found.Recipient | Should -Be 'b@example.com'
        }
        $step = $result.Diagnosis.Remedies[0], $result.Diagnosis.AdminCommand -join [Environment]::NewLine
        $failed[0].ErrorDetails.RecommendedAction | Should -Be $step
        $sent = Send-RelayMail @two -To a@example.com -ErrorAction Stop
        $sent.Diagnosis | Should -BeNullOrEmpty
        $sent | Resolve-SmtpError -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'explains what a script throws' {
        try { throw "Sending failed: $sendAs" } catch { (Resolve-SmtpError $_).Id | Should -Be 'SendAsMissing' }
        $inner = [InvalidOperationException]::new('outer', [Exception]::new($sendAs))
        (Resolve-SmtpError $inner).Id | Should -Be 'SendAsMissing'
    }

    It 'leaves the advice of an error alone that is about the input' {
        $null = Send-RelayMail 'no address' x y localhost -From me@example.com @silent
        $failed[0].ErrorDetails.RecommendedAction | Should -Be $failed[0].Exception.RecommendedAction
    }
}

Describe 'Resolve-SmtpError with files' {
    It 'reads reports, by wildcards, exact names and from Get-ChildItem' {
        $reports = Join-Path $fixtures 'reports'
        $all = Resolve-SmtpError -Path (Join-Path $reports '*.eml')
        $all.Id | Should -Contain 'RecipientUnknown'
        $all.Recipient | Should -Not -Contain $null
        @(Get-ChildItem $reports -Filter *.eml | Resolve-SmtpError).Count | Should -Be $all.Count
        $odd = Join-Path $TestDrive 'odd [1].eml'
        Copy-Item (Join-Path $reports 'postfix.eml') $odd
        $report = Join-Path $reports 'postfix.eml'
        @(Resolve-SmtpError -LiteralPath $odd).Count | Should -Be @(Resolve-SmtpError -Path $report).Count
    }

    It 'reads a log of <Kind> with the numbers of the lines' -ForEach @(
        @{ Kind = 'postfix' }, @{ Kind = 'exim' }, @{ Kind = 'exchange-send' }
    ) {
        $found = Resolve-SmtpError -Path (Join-Path $fixtures 'logs' "$Kind.log")
        $found.Count | Should -BeGreaterThan 1
        $found.LineNumber | Should -Not -Contain $null
        @($found.LineNumber | Select-Object -Unique).Count | Should -Be $found.Count
    }

    It 'reads a file that PowerShell wrote as UTF-16' {
        $path = Join-Path $TestDrive 'reply.txt'
        $sendAs | Set-Content $path -Encoding unicode
        (Resolve-SmtpError -Path $path).Id | Should -Be 'SendAsMissing'
    }

    It 'reads a large log while it puts out' {
        $path = Join-Path $TestDrive 'large.log'
        New-Log $path 30000
        @(Resolve-SmtpError -Path $path).Count | Should -Be 3000
        (Resolve-SmtpError -Path $path | Select-Object -Last 1).LineNumber | Should -Be 30000
        (Resolve-SmtpError -Path $path | Select-Object -First 2).LineNumber | Should -Be 10, 20
        @(Get-Content $path | Resolve-SmtpError).Count | Should -Be 3000
    }

    It 'shows progress when it takes long' {
        $path = Join-Path $TestDrive 'slow.log'
        New-Log $path 10000
        $shell = [powershell]::Create()
        try {
            $script = "Import-Module '$modulePath'; " +
                "Resolve-SmtpError -Path '$path' | ForEach-Object { Start-Sleep -Milliseconds 1 }"
            $null = $shell.AddScript($script).Invoke()
            $shown = @($shell.Streams.Progress.ReadAll() | Where-Object Activity -eq 'Reading errors')
            $shown[0].PercentComplete | Should -BeIn (1..100)
            $shown[-1].RecordType | Should -Be 'Completed'
        }
        finally { $shell.Dispose() }
    }

    It 'explains the lines of a log without end while they come' {
        $path = Join-Path $TestDrive 'short.log'
        New-Log $path 10
        $bounce = (Get-Content $path)[-1]
        ($bounce, $bounce, $bounce | Resolve-SmtpError).LineNumber | Should -Be 1, 2, 3
        $endless = { while ($true) { $bounce } }
        (& $endless | Resolve-SmtpError | Select-Object -First 2).Id | Should -Be 'RecipientUnknown', 'RecipientUnknown'
        $seen = [System.Collections.Generic.List[string]]::new()
        & { $bounce; $seen.Add('second'); $bounce } | Resolve-SmtpError | ForEach-Object { $seen.Add($_.LineNumber) }
        $seen | Should -Be '1', 'second', '2'
    }

    It 'stops within a second of Ctrl+C' {
        $path = Join-Path $TestDrive 'huge.log'
        $file = [System.IO.File]::Create($path)
        try { $file.SetLength(20GB) } finally { $file.Dispose() }
        Measure-Stop "Resolve-SmtpError -Path '$path'" -After ([TimeSpan]::FromSeconds(2)) |
            Should -BeLessThan ([TimeSpan]::FromSeconds(1))
        Remove-Item $path
    }

    It 'reports a file that is not there or tells of nothing, and goes on' {
        $plain = Join-Path $TestDrive 'plain.txt'
        'nothing here' | Set-Content $plain
        $good = Join-Path $fixtures 'reports' 'postfix.eml'
        Resolve-SmtpError -Path (Join-Path $TestDrive 'none.eml'), $plain, $good @quiet | Should -Not -BeNullOrEmpty
        $problems.Count | Should -Be 2
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problems[0].TargetObject | Should -BeLike '*none.eml'
        $problems[1].Exception.Message | Should -BeLike "*$plain*"
    }
}

Describe 'Resolve-SmtpError -CatalogPath' {
    It 'puts the rules of a file first' {
        $path = Join-Path $TestDrive 'rules.json'
        @{
            date  = '2026-11-22'
            rules = @(@{
                id = 'OurGateway'; when = @(@{ code = @('550'); text = @('Blocked by gateway') }); source = '2026-11'
            })
            texts = @{ 'en-US' = @{ OurGateway = @{ cause = 'Our gateway.'; remedies = @('Ask us.') } } }
        } | ConvertTo-Json -Depth 9 | Set-Content $path
        $found = Resolve-SmtpError '550 5.7.1 Blocked by gateway' -CatalogPath $path -Culture en-US
        $found.Id | Should -Be 'OurGateway'
        "$found" | Should -Be 'Our gateway. Ask us.'
        (Resolve-SmtpError $sendAs -CatalogPath $path).Id | Should -Be 'SendAsMissing'
    }

    It 'ends with an error for a file that cannot be used' {
        $path = Join-Path $TestDrive 'broken.json'
        '{ "rules": 1 }' | Set-Content $path
        { Resolve-SmtpError 550 -CatalogPath $path } | Should -Throw -ErrorId 'ErrorCatalogInvalid,*'
        { Resolve-SmtpError 550 -CatalogPath (Join-Path $TestDrive 'none.json') } |
            Should -Throw -ErrorId 'FileUnreadable,*'
    }
}

Describe 'The views of Resolve-SmtpError' {
    It 'fits 120 columns in <_>' -ForEach 'en-US', 'ja-JP' {
        $lines = (Resolve-SmtpError $sendAs, 5.7.708 -Culture $_ | Out-String -Width 120) -split '\r?\n'
        $lines.Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 120
        $lines -join "`n" | Should -Match '550 5\.7\.60 +SendAsMissing +AfterFix'
    }

    It 'numbers the remedies in the list' {
        $list = Resolve-SmtpError $sendAs -Culture en-US | Format-List | Out-String -Width 200
        $list | Should -Match '(?m)^Cause +: '
        $list | Should -Match '(?m)^Remedies +: 1\. .*\n +2\. '
        $list | Should -Match '(?m)^AdminCommand +: '
        $list | Should -Not -Match 'LineNumber'
    }
}
