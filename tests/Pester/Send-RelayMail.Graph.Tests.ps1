# -Method Graph through the built module, against the test services. The tests run in new processes, which trust them.
BeforeDiscovery { $skip = -not $IsLinux }

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    if (-not $IsLinux) { return }
    $services = Start-TestServices

    # The catalogue says where Graph is; a file of one's own says otherwise.
    $built = Join-Path $PSScriptRoot '..' '..' 'src' 'MailAdmin.Core' 'Transports' 'Methods' 'Data' 'methods.json'
    $graph = (Get-Content $built -Raw | ConvertFrom-Json).methods | Where-Object id -EQ Graph
    $graph.hosts.public = $services.GraphHost
    $methods = Join-Path $TestDrive 'methods.json'
    @{ asOf = '2026-11-25'; methods = @($graph) } | ConvertTo-Json -Depth 9 | Set-Content $methods

    function New-File([string] $Name, [int] $Size) {
        $octets = [byte[]]::new($Size)
        [Random]::new($Size).NextBytes($octets)
        [IO.File]::WriteAllBytes((Join-Path $TestDrive $Name), $octets)
        (Get-FileHash (Join-Path $TestDrive $Name) -Algorithm SHA256).Hash
    }

    # A script with $mail: the parameters that lead to the test server, with a token that renews itself.
    function Invoke-Graph([string] $Script) {
        Invoke-WithServices $services @"
            `$token = Get-SmtpToken @signIn -ClientSecret `$secret -Service Graph
            `$mail = @{ Method = 'Graph'; Token = `$token; From = 'alice@contoso.example'; To = 'bob@fabrikam.example'
                Bcc = 'carol@fabrikam.example'; Subject = 'Report'; Body = 'See the attachment.' }
            Set-Location '$TestDrive'
            $Script
"@ @{ MAILADMIN_SEND_METHODS = $methods }
    }

    # Parentheses, as Invoke-RestMethod puts a list out as one object.
    function Get-AllSent { (Send-TestServices $services graph/sent Get) | ForEach-Object { $_ } }
    function Get-Sent { Get-AllSent | Select-Object -Last 1 }
}

AfterAll { if ($IsLinux) { Stop-TestServices $services } }

Describe 'Send-RelayMail -Method Graph' -Skip:$skip {
    It 'brings 2 MB whole, as MIME with its Bcc field' {
        $hash = New-File two.bin 2000000
        $result = Invoke-Graph @'
            $r = Send-RelayMail @mail -Attachments two.bin
            $r.Status, $r.Method, $r.ReplyCode, $r.Reply, $r.Server, $r.RemoteAddress, $r.TlsProtocol,
                "$($r.Recipients)" -join '|'
'@
        $port = $services.GraphHost.Split(':')[1]
        $result | Should -Match ("^Sent\|Graph\|202\|Accepted; request-id [0-9a-f-]+; client-request-id [0-9a-f-]+\|" +
            "localhost:$port\|.*:$port\|Tls1[23]\|bob@fabrikam.example: Accepted carol@fabrikam.example: Accepted`$")
        $sent = Get-Sent
        $sent.mailbox, $sent.isMime, $sent.savedCopy | Should -Be 'alice@contoso.example', $true, $true
        $mime = Join-Path $TestDrive 'sent.eml'
        $last = @(Get-AllSent).Count - 1
        Invoke-WebRequest "$($services.PlainAddress)control/graph/sent/$last/mime" -OutFile $mime
        $judged = python3 -c @'
import email, email.policy, hashlib, sys
m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
[file] = m.iter_attachments()
print(m['To'], m['Bcc'], m['Subject'], file.get_filename(),
      hashlib.sha256(file.get_content()).hexdigest().upper(), m.defects, sep='|')
'@ $mime
        $judged | Should -Be "bob@fabrikam.example|carol@fabrikam.example|Report|two.bin|$hash|[]"
    }

    It 'brings 30 MB whole, as a draft that is uploaded, and says what that costs' {
        $hash = New-File thirty.bin 30000000
        $result = Invoke-Graph @'
            $r = Send-RelayMail @mail -Attachments thirty.bin -WarningVariable warnings -WarningAction SilentlyContinue
            "$($r.Status) $($r.ReplyCode) $($r.Size -gt 40000000)"
            $warnings
'@
        $result[0] | Should -Be 'Sent 202 True'
        $result[1] |
            Should -BeLike 'A message of more than 4 MB goes as a draft, which Exchange writes anew; it does not keep *'
        $sent = Get-Sent
        $sent.files.name, $sent.files.size, $sent.files.sha256 | Should -Be 'thirty.bin', 30000000, $hash
        $sent.json.bccRecipients.emailAddress.address | Should -Be 'carol@fabrikam.example'
        Send-TestServices $services graph/drafts Get | Should -Be 0
    }

    It 'waits as long as the service asks for' {
        $null = Send-TestServices $services faults -Body @{ path = '/sendMail'; status = 429; retryAfter = 2 }
        $result = Invoke-Graph '$r = Send-RelayMail @mail; "$($r.Status) $($r.Duration.TotalSeconds)"'
        $result | Should -Match '^Sent '
        [double] $result.Split(' ')[1] | Should -BeGreaterOrEqual 2
    }

    It 'stops within a second and leaves no draft, <When>' -ForEach @(
        @{ When = 'while it uploads'; Path = ''; Fault = @{ status = 503; delayMilliseconds = 60000 } }
        @{ When = 'while it waits'; Path = 'createUploadSession'; Fault = @{ status = 429; retryAfter = 60 } }
    ) {
        $null = New-File thirty.bin 30000000
        $before = @(Get-AllSent).Count
        $asked = @((Send-TestServices $services requests Get)).Count
        if ($Path) { $null = Send-TestServices $services faults -Body (@{ path = $Path } + $Fault) }
        $result = Invoke-Graph @"
            `$shell = [powershell]::Create()
            `$null = `$shell.AddScript({
                param(`$module, `$mail)
                Import-Module `$module
                Send-RelayMail @mail -Attachments '$TestDrive/thirty.bin'
            }).AddArgument('$modulePath').AddArgument(`$mail)
            `$running = `$shell.BeginInvoke()
            `$wanted = '$($Path ? $Path : '/upload/')'
            `$until = [datetime]::UtcNow.AddSeconds(60)
            do {
                `$lines = Invoke-RestMethod "`$(`$services.PlainAddress)control/requests"
                `$seen = @(`$lines | Select-Object -Skip $asked | Where-Object { `$_ -like "*`$wanted*" }).Count
            } until (`$seen -or [datetime]::UtcNow -gt `$until)
            `$watch = [System.Diagnostics.Stopwatch]::StartNew()
            `$shell.Stop()
            "`$seen `$(`$running.IsCompleted) `$(`$watch.Elapsed.TotalSeconds)"
"@
        $null = Send-TestServices $services faults Delete
        $seen, $completed, $seconds = @($result)[-1] -split ' '
        [int] $seen | Should -BeGreaterThan 0
        $completed | Should -Be 'True'
        [double] $seconds | Should -BeLessThan 1
        Send-TestServices $services graph/drafts Get | Should -Be 0
        @(Get-AllSent).Count | Should -Be $before
    }

    It 'keeps no copy if told so' {
        (Invoke-Graph '(Send-RelayMail @mail -SaveToSentItems:$false -WarningAction Ignore).Status') | Should -Be 'Sent'
        (Get-Sent).savedCopy | Should -BeFalse
    }

    It 'names cause and remedy when it is refused' {
        $null = Send-TestServices $services faults -Body @{ path = '/sendMail'; status = 403
            body = '{"error":{"code":"ErrorSendAsDenied","message":"Not allowed."}}' }
        $result = Invoke-Graph @'
            $r = Send-RelayMail @mail -ErrorAction SilentlyContinue -ErrorVariable e
            $r.Status, $r.ReplyCode, $r.Diagnosis.Id, $e[0].FullyQualifiedErrorId, $e[0].CategoryInfo.Category,
                $e[0].ErrorDetails.RecommendedAction -join '|'
'@
        $result -join "`n" | Should -BeLike (
            'Failed|403|GraphSendAsDenied|GraphSendAsDenied,*|PermissionDenied|Grant the mailbox Send As *')
    }

    It 'shows no token in verbose messages, the transcript or the result' {
        $null = Send-TestServices $services faults -Body @{ path = '/sendMail'; status = 429; retryAfter = 1 }
        $result = Invoke-Graph @'
            $verbose = Send-RelayMail @mail -Verbose -TranscriptPath graph.log 4>&1
            $all = ($verbose | Out-String -Width 500) + ($verbose | Format-List * | Out-String -Width 500) +
                (Get-Content graph.log -Raw)
            $secret = $token.Reveal()
            $pieces = 0..([math]::Floor($secret.Length / 16) - 1) |
                ForEach-Object { $secret.Substring($_ * 16, 16) }
            $found = $pieces | Where-Object { $all.Contains($_) }
            "found $(@($found).Count)"
            Get-Content graph.log
'@
        $result[0] | Should -Be 'found 0'
        $log = $result -join "`n"
        $log | Should -BeLike (
            '*C: POST /v1.0/users/alice%40contoso.example/sendMail HTTP/1.1*C: Authorization: Bearer ????????*')
        $log | Should -BeLike '*S: HTTP/1.1 429*put off (429); waiting 1 seconds*S: HTTP/1.1 202 Accepted*'
    }
}

Describe 'A queued message by Graph' -Skip:$skip {
    It 'is sent by another process with a token of its own, and nothing secret is in the store (<Form>)' -ForEach @(
        @{ Form = 'Send-RelayMail -Queue'; Script = 'Send-RelayMail @mail -Queue | Format-List *' }
        @{ Form = 'Add-EmailQueueItem'; Script = @'
            $token = Get-SmtpToken @signIn -ClientSecret $secret -Service Graph -User $mail.From
            New-RelayMessage -From $mail.From -To $mail.To -Bcc $mail.Bcc -Subject $mail.Subject -Body $mail.Body |
                Add-EmailQueueItem -Method Graph -Token $token | Format-List *
'@ }
    ) {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        $store = "`$env:MAILADMIN_STORE = '$folder/mail.db'"
        $before = @(Get-AllSent).Count
        Invoke-Graph "$store; $Script" | Set-Content (Join-Path $folder 'queued.txt')
        @(Get-AllSent).Count | Should -Be $before
        $kept = Get-ChildItem $folder -Recurse -File -Force
        $kept.Name | Should -Contain 'mail.db'

        # The cache with the token of the first process goes; the other process makes one anew in the same place.
        $cache = Join-Path $TestDrive 'tokens'
        Remove-Item $cache -Recurse -Force
        $asked = @((Send-TestServices $services requests Get) -like '*/token*').Count
        $sum = Invoke-WithServices $services @"
            $store
            Invoke-EmailDistributor -Verbose *>&1 | Tee-Object -Variable all |
                Out-String -Width 4000 -Stream | Set-Content '$folder/sent.txt'
            `$sum = @(`$all)[-1]
            "`$(`$sum.Sent) `$(`$sum.Failed) `$((Get-EmailQueueItem).State) `$(@(Get-EmailHistory)[0].Method)"
            Get-EmailHistory | Format-List * | Out-File '$folder/history.txt'
"@ @{ MAILADMIN_SEND_METHODS = $methods }
        $sum | Should -Be '1 0 Sent Graph'
        @((Send-TestServices $services requests Get) -like '*/token*').Count | Should -BeGreaterThan $asked
        $cache | Should -Exist
        @(Get-AllSent).Count | Should -Be ($before + 1)
        $sent = Get-Sent
        $sent.mailbox, $sent.isMime | Should -Be 'alice@contoso.example', $true

        $secrets = Join-Path $TestDrive 'secrets.json'
        Send-TestServices $services secrets Get | ForEach-Object { $_ } | ConvertTo-Json | Set-Content $secrets
        $said = dotnet $services.Program hunt $secrets @(Get-ChildItem $folder -Recurse -File -Force).FullName
        $said -join "`n" | Should -Match 'mail\.db: \d{4,} octets, \d{4,} pieces'
        $said -match '^FOUND' | Should -BeNullOrEmpty
        Get-ChildItem $folder -File -Force -Filter 'mail.db*' | ForEach-Object UnixMode | Sort-Object -Unique |
            Should -Be '-rw-------'
    }
}

Describe 'What does not go together' {
    It '<Error>' -ForEach @(
        @{ Error = 'MethodNeedsToken'; Parameters = @{ Method = 'Graph' } }
        @{ Error = 'MethodIsNotSmtp'; Parameters = @{ Method = 'Graph'; Port = 587 } }
        @{ Error = 'MethodIsNotSmtp'; Parameters = @{ Method = 'Graph'; BatchSize = 5 } }
        @{ Error = 'MethodIsNotSmtp'; Parameters = @{ Method = 'Graph'; SkipCertificateCheck = $true } }
        @{ Error = 'MethodHasNoSentItemsChoice'; Parameters = @{ Server = 'localhost'; SaveToSentItems = $true } }
        @{ Error = 'MethodHasNoSentItemsChoice'; Parameters = @{ Method = 'OnPremises'; SaveToSentItems = $false } }
    ) {
        { Send-RelayMail -From a@contoso.example -To b@contoso.example @Parameters } | Should -Throw -ErrorId "$Error,*"
    }

    It 'tests of SMTP say that Graph is none' {
        $token = ConvertTo-SecureString 'x.y.z' -AsPlainText -Force
        $failure = $null
        $login = [pscredential]::new('a@contoso.example', [securestring]::new())
        Test-SmtpAuth -Method Graph -Token $token -Credential $login `
            -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'MethodIsNotSmtp,*'
    }
}
