BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $server = Start-SmtpTestServer
    $route = @{ Server = 'localhost'; Port = $server.Port }
    $quiet = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $who = @{ From = 'me@example.com'; To = 'anna@example.com' }

    # What a script block sends, as the server has it.
    function Get-Sent([scriptblock] $Send) {
        $before = $server.MessageCount
        $null = & $Send
        $server | Get-SmtpTestMessage | Select-Object -Skip $before
    }
}

AfterAll { $server | Stop-SmtpTestServer }

Describe 'Send-RelayMail as Send-MailMessage' {
    It 'has every parameter and alias of it' {
        $theirs = (Get-Command Send-MailMessage).Parameters.Values
        $ours = (Get-Command Send-RelayMail).Parameters
        foreach ($parameter in $theirs) {
            foreach ($name in @($parameter.Name) + $parameter.Aliases) {
                $match = $ours.Values | Where-Object { $_.Name -eq $name -or $_.Aliases -contains $name }
                $match | Should -Not -BeNullOrEmpty -Because "-$name must work"
            }
        }
    }

    It 'takes its positions: recipient, subject, text, server' {
        $result = Send-RelayMail anna@example.com 'Hello' 'It works.' localhost -Port $server.Port -From me@example.com
        $result.Status | Should -Be 'Sent'
        $message = ($server | Get-SmtpTestMessage)[-1]
        $message.Recipients | Should -Be 'anna@example.com'
        $message.Subject | Should -Be 'Hello'
        $message.Content | Should -BeLike "*`r`n`r`nIt works.`r`n"
    }

    It 'understands every parameter by its own name or alias' {
        'data' | Set-Content (Join-Path $TestDrive 'a.txt')
        $message = Get-Sent {
            Send-RelayMail -To 'a@example.com', 'Bob <b@example.com>' -Cc c@example.com -Bcc hidden@example.com `
                -From 'Me <me@example.com>' `
                -ReplyTo r@example.com -sub 'Sübject' -Body '<b>x</b>' -BAH -BE utf8 -Priority High -DNO OnFailure `
                -PsPath (Join-Path $TestDrive 'a.txt') -ComputerName localhost -Port $server.Port
        }
        $message.Recipients | Should -Be 'a@example.com', 'b@example.com', 'c@example.com', 'hidden@example.com'
        $message.Subject | Should -Be 'Sübject'
        $message.Content | Should -Match '(?m)^X-Priority: 1'
        $message.Content | Should -Match '(?m)^Reply-To: r@example.com'
        $message.Content | Should -Match 'text/html'
        $message.Content | Should -Match 'filename="?a.txt'
        $message.Content | Should -Not -Match 'hidden@'
        $message.Envelope.Recipients[0].Notify | Should -Be 'Failure'
    }

    It 'attaches piped files to one message' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive 'files')
        1..3 | ForEach-Object { "content $_" | Set-Content (Join-Path $folder "f$_.txt") }
        $messages = @(Get-Sent { Get-ChildItem $folder | Send-RelayMail @who @route -Subject 'Files' })
        $messages.Count | Should -Be 1
        1..3 | ForEach-Object { $messages[0].Content | Should -Match "f$_.txt" }
    }

    It 'attaches piped texts to one message, relative to the location' {
        'x' | Set-Content (Join-Path $TestDrive 'rel.txt')
        Push-Location $TestDrive
        try { $messages = @(Get-Sent { 'rel.txt', './rel.txt' | Send-RelayMail @who @route }) } finally { Pop-Location }
        $messages.Count | Should -Be 1
        ([regex]::Matches($messages[0].Content, 'filename=')).Count | Should -Be 2
    }

    It 'falls back to $PSEmailServer' {
        $PSEmailServer = 'localhost'
        (Send-RelayMail @who -Port $server.Port).Server | Should -Be "localhost:$($server.Port)"
    }

    It 'takes null for what is not needed, typed or in a column' {
        $nothing = @{ Cc = $null; Bcc = $null; ReplyTo = $null; Subject = $null; Attachments = $null; Header = $null }
        (Send-RelayMail @who @route @nothing).Status | Should -Be 'Sent'
        ([pscustomobject]($who + $nothing) | Send-RelayMail @route).Status | Should -Be 'Sent'
    }

    It 'takes an encoding as an object too' {
        Get-Sent { Send-RelayMail @who @route -Encoding ([Text.Encoding]::Latin1) -Body 'Zürich' } |
            Should -Not -BeNullOrEmpty
    }
}

Describe 'Send-RelayMail with a pipeline' {
    It 'sends a message for each row, over one connection, in order' {
        $rows = 1..20 | ForEach-Object { [pscustomobject]@{ To = "u$_@example.com"; Subject = "s$_"; Body = "b$_" } }
        $results = $rows | Send-RelayMail -From me@example.com @route
        $results.Count | Should -Be 20
        $results.Subject | Should -Be $rows.Subject
        $results.Status | Sort-Object -Unique | Should -Be 'Sent'
        $sent = $server | Get-SmtpTestMessage | Select-Object -Last 20
        $sent.Subject | Should -Be $rows.Subject
        ($server.Messages | Select-Object -Last 20).Session.Number | Sort-Object -Unique | Should -HaveCount 1
    }

    It 'reads several recipients from one column' {
        $row = [pscustomobject]@{ To = 'a@example.com; "B, C" <b@example.com>'; Subject = 'x' }
        $messages = Get-Sent { $row | Send-RelayMail -From me@example.com @route }
        $messages.Recipients | Should -Be 'a@example.com', 'b@example.com'
    }

    It 'runs script blocks for each input' {
        $messages = Get-Sent {
            'a@example.com', 'b@example.com' |
                Send-RelayMail -To { $_ } -Subject { "For $_" } -From me@example.com @route
        }
        $messages.Subject | Should -Be 'For a@example.com', 'For b@example.com'
    }

    It 'sends each piped file by itself where a script block says so' {
        1..2 | ForEach-Object { 'x' | Set-Content (Join-Path $TestDrive "own$_.txt") }
        $messages = @(Get-Sent {
            Get-ChildItem (Join-Path $TestDrive 'own*.txt') | Send-RelayMail @who @route -Subject { $_.Name }
        })
        $messages.Subject | Should -Be 'own1.txt', 'own2.txt'
        $messages[1].Content | Should -Match 'own2.txt'
        $messages[1].Content | Should -Not -Match 'filename=.*own1.txt'
    }

    It 'sends what New-RelayMessage made, twice with the same Message-ID' {
        $made = New-RelayMessage @who -Subject 'Made'
        $results = $made, $made | Send-RelayMail @route
        $results.MessageId | Should -Be $made.MessageId, $made.MessageId
    }

    It 'sends a made message to others when told so' {
        $message = Get-Sent {
            New-RelayMessage @who -Subject 'Made' | Send-RelayMail @route -To other@example.com -From bounce@example.com
        }
        $message.Recipients | Should -Be 'other@example.com'
        $message.From | Should -Be 'bounce@example.com'
        $message.Content | Should -Match '(?m)^To: anna@example.com'
    }

    It 'goes on behind a bad message, and says which one it was' {
        $rows = 'good1@example.com', 'bad', 'good2@example.com' |
            ForEach-Object { [pscustomobject]@{ To = $_; Subject = "to $_" } }
        $results = $rows | Send-RelayMail -From me@example.com @route @quiet
        $results.Subject | Should -Be 'to good1@example.com', 'to good2@example.com'
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidAddress,*'
        $problems[0].TargetObject | Should -Be 'bad'
    }

    It 'stops at the first bad message with -ErrorAction Stop' {
        $rows = 'bad', 'good@example.com' | ForEach-Object { [pscustomobject]@{ To = $_; Subject = 'x' } }
        $before = $server.MessageCount
        { $rows | Send-RelayMail -From me@example.com @route -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidAddress,*'
        $server.MessageCount | Should -Be $before
    }

    It 'ends when the next command has enough' {
        $rows = 1..50 | ForEach-Object { [pscustomobject]@{ To = "u$_@example.com"; Subject = "s$_" } }
        $rows | Send-RelayMail -From me@example.com @route | Select-Object -First 2 -ExpandProperty Subject |
            Should -Be 's1', 's2'
    }

    It 'takes nothing that is neither a row, a file, a text nor a message' {
        { 5 | Send-RelayMail @who @route -ErrorAction Stop } | Should -Throw -ErrorId 'InputObjectNotBound,*'
    }
}

Describe 'Send-RelayMail with message files' {
    BeforeAll {
        $eml = Join-Path $TestDrive 'one.eml'
        $lines = 'From: Someone <some@example.com>', 'To: first@example.com', 'Bcc: hidden@example.com',
            'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=', 'Message-ID: <id1@example.com>', '', 'Hello', ''
        [IO.File]::WriteAllText($eml, $lines -join "`r`n")
    }

    It 'sends a file as it is, save for Bcc' {
        $message = Get-Sent { Send-RelayMail -Path $eml @route }
        $message.From | Should -Be 'some@example.com'
        $message.Recipients | Should -Be 'first@example.com', 'hidden@example.com'
        $message.Subject | Should -Be 'Grüße'
        $message.Content | Should -Be (($lines -notmatch '^Bcc:') -join "`r`n")
    }

    It 'takes sender and recipients from the parameters' {
        $message = Get-Sent {
            Send-RelayMail -LiteralPath $eml -From x@example.com -To y@example.com, z@example.com @route
        }
        $message.From | Should -Be 'x@example.com'
        $message.Recipients | Should -Be 'y@example.com', 'z@example.com'
    }

    It 'binds a Path property, and a To column beside it' {
        $rows = [pscustomobject]@{ Path = $eml }, [pscustomobject]@{ Path = $eml; To = 'col@example.com' }
        $messages = @(Get-Sent { $rows | Send-RelayMail @route })
        $messages.Count | Should -Be 2
        $messages[1].Recipients | Should -Be 'col@example.com'
    }

    It 'takes what Resolve-Path gives' {
        @(Get-Sent { Resolve-Path (Join-Path $TestDrive '*.eml') | Send-RelayMail @route }).Count | Should -Be 1
    }

    It 'goes on behind a file that is not there' {
        $results = Send-RelayMail -Path (Join-Path $TestDrive 'nix.eml'), $eml @route @quiet
        @($results).Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'MessageFileNotFound,*'
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problems[0].TargetObject | Should -Be (Join-Path $TestDrive 'nix.eml')
    }

    It 'refuses a line that no server takes, unless told to pack it anew' {
        $long = Join-Path $TestDrive 'long.eml'
        [IO.File]::WriteAllText($long, "From: a@example.com`r`nTo: b@example.com`r`n`r`n$('x' * 2000)`r`n")
        $result = Send-RelayMail -Path $long @route @quiet
        $result.Status | Should -Be 'Failed'
        $problems[0].Exception.Message | Should -Match 'line 4'
        (Send-RelayMail -Path $long @route -Reencode).Status | Should -Be 'Sent'
    }
}

Describe 'What Send-RelayMail puts into a message' {
    It 'signs with DKIM for the author''s domain, or for another with a warning' {
        $key = Join-Path $TestDrive 'dkim.pem'
        [System.Security.Cryptography.RSA]::Create(2048).ExportRSAPrivateKeyPem() | Set-Content $key
        (Get-Sent { Send-RelayMail @who @route -DkimKey $key -DkimSelector s1 -WarningAction Stop }).Content |
            Should -Match '(?s)^DKIM-Signature: .*d=example.com;.*s=s1;'
        $all = New-RelayMessage @who |
            Send-RelayMail @route -DkimKey $key -DkimSelector s1 -DkimDomain other.example 3>&1
        ($server | Get-SmtpTestMessage)[-1].Content | Should -Match 'd=other.example'
        $all | Where-Object { $_ -is [System.Management.Automation.WarningRecord] } | Should -Match 'DMARC'
        { Send-RelayMail @who @route -DkimKey $key } | Should -Throw -ErrorId 'DkimIncomplete,*'
    }

    It 'writes HTML, text, an inline picture, headers, sender and Message-ID' {
        $picture = Join-Path $TestDrive 'chart.png'
        [IO.File]::WriteAllBytes($picture, [byte[]](1..100))
        $message = Get-Sent {
            Send-RelayMail @who @route -Subject s -Body '<img src="cid:chart">' -BodyAsHtml -TextBody 'plain' `
                -InlineAttachment @{ chart = $picture } -Header @{ 'X-Ticket' = '4711' }, 'X-Other: two' `
                -Sender 'bot@example.com' -MessageId 'my-id@example.com'
        }
        $message.From | Should -Be 'bot@example.com'
        $message.Content | Should -Match '(?m)^X-Ticket: 4711'
        $message.Content | Should -Match '(?m)^X-Other: two'
        $message.Content | Should -Match '(?m)^Message-ID: <my-id@example.com>'
        $message.Content | Should -Match '(?m)^Sender: bot@example.com'
        $message.Content | Should -Match '(?mi)^Content-ID: <chart>'
        $message.Content | Should -Match 'multipart/alternative'
        $message.Content | Should -Match 'multipart/related'
    }

    It 'names inline pictures by their files when only paths are given' {
        $picture = Join-Path $TestDrive 'logo.png'
        [IO.File]::WriteAllBytes($picture, [byte[]](1..9))
        $message = Get-Sent {
            Send-RelayMail @who @route -Body '<img src="cid:logo.png">' -BodyAsHtml -InlineAttachment $picture
        }
        $message.Content | Should -Match '(?mi)^Content-ID: <logo.png>'
    }

    It 'sends a test message' {
        $message = Get-Sent { Send-RelayMail -Test -To anna@example.com @route }
        $message.From | Should -Be 'anna@example.com'
        $message.Subject | Should -Be "Test message through localhost:$($server.Port)"
    }

    It 'passes the wishes about delivery reports on' {
        $message = Get-Sent {
            Send-RelayMail @who @route -EnvelopeId 'mark 1' `
                -DeliveryNotificationOption OnSuccess, Delay -DeliveryNotificationReturn Headers
        }
        $message.Envelope.Return | Should -Be 'Headers'
        $message.Envelope.EnvelopeId | Should -Be 'mark 1'
        $message.Envelope.Recipients[0].Notify | Should -Be 'Success, Delay'
    }

    It 'splits the recipients into batches' {
        $many = 1..5 | ForEach-Object { "u$_@example.com" }
        $messages = @(Get-Sent { Send-RelayMail $many -From me@example.com @route -BatchSize 2 })
        $messages.ForEach{ $_.Recipients.Count } | Should -Be 2, 2, 1
    }
}

Describe 'The result and the errors of Send-RelayMail' {
    It 'tells each recipient''s reply' {
        $faulty = Start-SmtpTestServer -Fault 'rcpt:2=550 5.1.1 no such user'
        try {
            $both = @{ To = 'a@example.com', 'b@example.com'; From = 'me@example.com' }
            $both += @{ Server = 'localhost'; Port = $faulty.Port }
            $result = Send-RelayMail @both @quiet
            $result.Status | Should -Be 'PartlySent'
            $result.Recipients.Address | Should -Be 'a@example.com', 'b@example.com'
            $result.Recipients.Status | Should -Be 'Accepted', 'Refused'
            $result.Recipients[1].ReplyCode | Should -Be 550
            $result.Recipients[1].EnhancedCode | Should -Be '5.1.1'
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'SmtpRecipientsRefused,*'
            $all = Send-RelayMail @both -RequireAllRecipients @quiet
            $all.Status | Should -Be 'Failed'
            $faulty.MessageCount | Should -Be 1
        }
        finally { $faulty | Stop-SmtpTestServer }
    }

    It 'puts out a result and one error (<Category>) for <Case>' -ForEach @(
        @{ Case = 'a refused message'; Fault = 'eod=554 5.7.1 no'; Status = 'Failed'; Category = 'InvalidResult' }
        @{ Case = 'a sender put off'; Fault = 'mail=451 4.7.1 no'; Status = 'Deferred'; Category = 'InvalidResult' }
        @{ Case = 'a lost connection'; Fault = 'mail=drop'; Status = 'Deferred'; Category = 'ConnectionError' }
        @{ Case = 'garbage'; Fault = 'banner=garbage'; Status = '*'; Category = 'ProtocolError' }
    ) {
        $faulty = Start-SmtpTestServer -Fault $Fault
        try {
            $result = Send-RelayMail @who -Server localhost -Port $faulty.Port @quiet
            $result.Status | Should -BeLike $Status
            $result.Diagnosis | Should -Not -BeNullOrEmpty
            $problems.Count | Should -Be 1
            $problems[0].CategoryInfo.Category | Should -Be $Category
            $problems[0].FullyQualifiedErrorId |
                Should -Match '^\w+,MailAdmin.PowerShell.Commands.SendRelayMailCommand$'
            $problems[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
            $problems[0].TargetObject | Should -Be 'anna@example.com'
        }
        finally { $faulty | Stop-SmtpTestServer }
    }

    It 'says that nobody listens' {
        $result = Send-RelayMail @who -Server localhost -Port (Get-FreePort) @quiet
        $result.Status | Should -Be 'Deferred'
        $problems[0].CategoryInfo.Category | Should -Be 'ConnectionError'
    }

    It 'says that an attachment is missing, and connects for nothing' {
        $before = $server.MessageCount
        Send-RelayMail @who @route -Attachments nix.pdf @quiet
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'AttachmentNotFound,*'
        $server.MessageCount | Should -Be $before
    }

    It 'refuses <Case> with <Id>' -ForEach @(
        @{ Case = 'no server'; Id = 'NoServer'; Arguments = @{ Server = '' } }
        @{ Case = 'no sender'; Id = 'NoSender'; Arguments = @{ From = '' } }
        @{ Case = 'no recipient'; Id = 'NoRecipient'; Arguments = @{ To = @() } }
        @{ Case = 'a line break in the subject'; Id = '*'; Arguments = @{ Subject = "a`r`nBcc: x@example.com" } }
        @{ Case = 'a line break in an address'; Id = 'InvalidAddress'; Arguments = @{ To = "a@example.com`r`nb" } }
        @{ Case = '-UseSsl with -Security None'; Id = 'SecurityClash'; Arguments = @{
            UseSsl = $true; Security = 'None' } }
        @{ Case = 'two logins'; Id = 'TwoLogins'; Arguments = @{
            UseDefaultCredentials = $true; Credential = [pscredential]::new('u', [securestring]::new()) } }
        @{ Case = 'two client certificates'; Id = 'TwoClientCertificates'; Arguments = @{
            ClientCertificate = 'x.pfx'; CertificateThumbprint = 'aa' } }
        @{ Case = 'a missing certificate'; Id = 'ClientCertificateNotFound'; Arguments = @{
            ClientCertificate = 'x.pfx' } }
        @{ Case = 'two plain texts'; Id = 'TwoPlainTexts'; Arguments = @{ Body = 'a'; TextBody = 'b' } }
        @{ Case = 'a file that no one may write'; Id = 'TranscriptNotWritable'; Arguments = @{
            TranscriptPath = '/nix/x' } }
    ) {
        $PSEmailServer = ''
        $all = @{ To = 'a@example.com'; From = 'b@example.com'; Server = 'localhost'; Port = $server.Port }
        $Arguments.Keys | ForEach-Object { $all[$_] = $Arguments[$_] }
        $before = $server.MessageCount
        $problem = $null
        try { $null = Send-RelayMail @all -ErrorAction Stop } catch { $problem = $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,MailAdmin.PowerShell.Commands.SendRelayMailCommand"
        $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $server.MessageCount | Should -Be $before
    }

    It 'sends nothing with -WhatIf' {
        $before = $server.MessageCount
        Send-RelayMail @who @route -WhatIf | Should -BeNullOrEmpty
        $server.MessageCount | Should -Be $before
    }
}

Describe 'The route of Send-RelayMail' {
    BeforeAll {
        $password = 'S3cret-pässword'
        $credential = [pscredential]::new('user', (ConvertTo-SecureString $password -AsPlainText -Force))
        $tls = Start-SmtpTestServer -Security StartTls -Credential $credential -RequireAuthentication
        $trusting = @{ Server = 'localhost'; SkipCertificateCheck = $true; WarningAction = 'SilentlyContinue' }
        $secure = $trusting + @{ Port = $tls.Port; Credential = $credential }
    }

    AfterAll { $tls | Stop-SmtpTestServer }

    It 'logs in over STARTTLS' {
        $result = Send-RelayMail @who @secure -Security StartTls
        $result.Status | Should -Be 'Sent'
        $result.TlsProtocol | Should -BeIn 'Tls12', 'Tls13'
        ($tls | Get-SmtpTestMessage)[-1].User | Should -Be 'user'
    }

    It 'takes -UseSsl as a demand for TLS' {
        $plain = Send-RelayMail @who @route -UseSsl @quiet
        $plain.Status | Should -Be 'Failed'
        $problems[0].FullyQualifiedErrorId | Should -BeLike '*StartTls*'
        (Send-RelayMail @who @secure -UseSsl).Status | Should -Be 'Sent'
    }

    It 'refuses a certificate that nobody vouches for' {
        $result = Send-RelayMail @who -Server localhost -Port $tls.Port -Credential $credential @quiet
        $result.Status | Should -Be 'Failed'
        $problems[0].CategoryInfo.Category | Should -Be 'SecurityError'
    }

    It 'refuses to send credentials to a server that offers no login' {
        Send-RelayMail @who @route -Credential $credential -Security None -AllowPlaintextAuth @quiet
        $problems[0].CategoryInfo.Category | Should -BeIn 'AuthenticationError', 'NotImplemented'
    }

    It 'says that a password is wrong' {
        $wrong = [pscredential]::new('user', (ConvertTo-SecureString 'wrong' -AsPlainText -Force))
        $result = Send-RelayMail @who @trusting -Port $tls.Port -Credential $wrong @quiet
        $result.Status | Should -Be 'Failed'
        $problems[0].CategoryInfo.Category | Should -Be 'AuthenticationError'
    }

    It 'shows no secret in verbose, debug or transcript, with <_>' -ForEach 'PLAIN', 'LOGIN', 'CRAM-MD5' {
        $file = Join-Path $TestDrive "transcript-$_.log"
        $all = Send-RelayMail @who @secure -Mechanism $_ -TranscriptPath $file -Verbose -Debug *>&1
        $text = ($all | Out-String -Width 500) + (Get-Content $file -Raw)
        $text | Should -Match 'AUTH'
        $text | Should -Match '250'
        $packed = $password, "`0user`0$password" |
            ForEach-Object { [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($_)) }
        foreach ($secret in @($password, 'S3cret') + $packed) { $text.Contains($secret) | Should -BeFalse }
        ($all | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }).Count | Should -BeGreaterThan 5
    }

    It 'speaks implicit TLS' {
        $implicit = Start-SmtpTestServer -Security Implicit
        try {
            $result = Send-RelayMail @who @trusting -Port $implicit.Port -Security Implicit
            $result.TlsProtocol | Should -BeIn 'Tls12', 'Tls13'
        }
        finally { $implicit | Stop-SmtpTestServer }
    }

    It 'shows a client certificate from a file' {
        $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new(
            'CN=client', [System.Security.Cryptography.ECDsa]::Create(), 'SHA256')
        $certificate = $request.CreateSelfSigned([DateTimeOffset]::Now.AddDays(-1), [DateTimeOffset]::Now.AddDays(1))
        $pfx = Join-Path $TestDrive 'client.pfx'
        [IO.File]::WriteAllBytes($pfx, $certificate.Export('Pfx', 'pw'))
        $asking = Start-SmtpTestServer -Security StartTls -RequestClientCertificate
        try {
            $password = ConvertTo-SecureString pw -AsPlainText -Force
            $result = Send-RelayMail @who @trusting -Port $asking.Port `
                -ClientCertificate $pfx -ClientCertificatePassword $password
            $result.Status | Should -Be 'Sent'
            $asking.Messages[0].Session.ClientCertificate.Subject | Should -Be 'CN=client'
        }
        finally { $asking | Stop-SmtpTestServer }
    }

    It 'greets with the name that it is given, from the address that it is given' {
        $null = Send-RelayMail @who @route -LocalHost my.host.example -AddressFamily IPv4 -SourceAddress 127.0.0.1
        ($server | Get-SmtpTestMessage)[-1].Client | Should -Be 'my.host.example'
    }

    It 'gives up in the time that it is given' {
        $stalling = Start-SmtpTestServer -Fault 'mail=stall'
        try {
            $result = Send-RelayMail @who -Server localhost -Port $stalling.Port -Timeout 0.5 @quiet
            $result.Status | Should -Be 'Deferred'
            $problems[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
        }
        finally { $stalling | Stop-SmtpTestServer }
    }
}

Describe 'Send-RelayMail at the prompt' {
    It 'completes -<Parameter> with <Expected>' -ForEach @(
        @{ Parameter = 'Security'; Expected = 'StartTlsWhenAvailable' }
        @{ Parameter = 'Mechanism'; Expected = 'XOAUTH2' }
        @{ Parameter = 'Encoding'; Expected = 'utf8' }
        @{ Parameter = 'Priority'; Expected = 'High' }
        @{ Parameter = 'AddressFamily'; Expected = 'IPv6' }
        @{ Parameter = 'Proxy'; Expected = 'socks5://' }
        @{ Parameter = 'Port'; Expected = '587' }
        @{ Parameter = 'DeliveryNotificationOption'; Expected = 'OnFailure' }
    ) {
        (TabExpansion2 "Send-RelayMail -$Parameter ").CompletionMatches.CompletionText | Should -Contain $Expected
    }

    It 'gives the prompt back within a second of Ctrl+C, at <_>' -ForEach 'banner', 'mail', 'eod' {
        $send = 'Send-RelayMail a@example.com x y localhost -From b@example.com'
        $script = "`$s = Start-SmtpTestServer -Fault '$_=stall'; $send -Port `$s.Port"
        Measure-Stop $script -After ([TimeSpan]::FromSeconds(2)) | Should -BeLessThan ([TimeSpan]::FromSeconds(1))
    }

    It 'says in a progress bar how far a slow large message is' {
        $big = Join-Path $TestDrive 'big.bin'
        [IO.File]::WriteAllBytes($big, [byte[]]::new(10MB))
        $slow = Start-SmtpTestServer -Fault 'data=slow 8000000'
        $shell = [powershell]::Create()
        try {
            $send = "Send-RelayMail a@example.com x y localhost -From b@example.com -Attachments '$big'"
            $null = $shell.AddScript("Import-Module '$modulePath'; $send -Port $($slow.Port)").Invoke()
            $records = $shell.Streams.Progress | Where-Object Activity -like "Sending 'x'*"
            $records.Count | Should -BeGreaterThan 1
            $records[-1].PercentComplete | Should -BeIn (10..100)
        }
        finally { $shell.Dispose(); $slow | Stop-SmtpTestServer }
    }
}

Describe 'Send-RelayMail -Method' {
    BeforeAll {
        $server = Start-SmtpTestServer
        $dns = Start-TestDns -Zone @(
            'contoso.com MX 10 gone.contoso.com'
            'contoso.com MX 20 mx2.contoso.com'
            'mx2.contoso.com A 127.0.0.1'
            'gmail.com MX 5 gmail-smtp-in.l.google.com'
            'gmail-smtp-in.l.google.com A 192.0.2.1'
        )
        $mail = @{ From = 'scanner@contoso.com'; Subject = 'x'; DnsServer = "$($dns.EndPoint)"; Port = $server.Port }
    }

    AfterAll {
        $server | Stop-SmtpTestServer
        Stop-TestDns $dns
    }

    It '<_> finds the MX hosts of the domain' -ForEach 'Relay', 'DirectSend' {
        $result = Send-RelayMail @mail -Method $_ -Domain contoso.com -To anna@contoso.com `
            -WarningVariable warnings -WarningAction SilentlyContinue
        $result.Status, $result.Method, $result.Server | Should -Be 'Sent', $_, "mx2.contoso.com:$($server.Port)"
        $warnings -match 'gone.contoso.com' | Should -Not -BeNullOrEmpty
    }

    It 'says before anything is sent that Direct Send does not reach other services' {
        $before = $server.MessageCount
        $toOthers = @{ Method = 'DirectSend'; Domain = 'contoso.com'; To = 'x@gmail.com' }
        { Send-RelayMail @mail @toOthers -ErrorAction Stop -WarningAction SilentlyContinue } |
            Should -Throw -ErrorId 'DirectSendExternalRecipient,*'
        $server.MessageCount | Should -Be $before
    }

    It 'looks up the server of -Server too' {
        (Send-RelayMail @mail -Server mx2.contoso.com -To anna@contoso.com).Status | Should -Be 'Sent'
    }

    It 'refuses <Error>' -ForEach @(
        @{ Error = 'TwoRoutes'; Route = @{ Server = 'localhost'; Method = 'Relay'; Domain = 'contoso.com' } }
        @{ Error = 'DomainWithoutMethod'; Route = @{ Server = 'localhost'; Domain = 'contoso.com' } }
        @{ Error = 'MethodNeedsDomain'; Route = @{ Method = 'Relay' } }
        @{ Error = 'MethodNeedsLogin'; Route = @{ Method = 'Submission' } }
        @{ Error = 'MethodIsNotSmtp'; Route = @{ Method = 'Graph' } }
        @{ Error = 'MailDomainNotFound'; Route = @{ Method = 'Relay'; Domain = 'gone.example' } }
    ) {
        { Send-RelayMail @mail @Route -To anna@contoso.com } | Should -Throw -ErrorId "$Error,*"
    }
}
