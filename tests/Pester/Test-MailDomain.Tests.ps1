BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $dns = Start-TestDns -Zone @(
        'good.example MX 10 mx.good.example'
        'mx.good.example A 203.0.114.7'
        'good.example TXT "v=spf1 ip4:203.0.114.7 -all"'
        '_dmarc.good.example TXT "v=DMARC1; p=reject; rua=mailto:d@good.example"'
        '_smtp._tls.good.example TXT "v=TLSRPTv1; rua=mailto:t@good.example"'
        'bad.example MX 10 gone.bad.example'
        'bad.example TXT "v=spf1 +all"'
        '_dmarc.bad.example TXT "v=DMARC1; p=none"'
        "evil.example MX 10 mx.good.example"
        "evil.example TXT `"v=spf1 include:x$([char]27)]0;owned$([char]7) -all`""
        "_dmarc.evil.example TXT `"v=DMARC1; p=none; x=$([char]27)]0;owned$([char]7)`""
        'xn--bcher-kva.example MX 0 .'
        'dane.example MX 10 mx.dane.example'
        # Nothing listens there.
        'mx.dane.example A 127.66.66.67'
        '_25._tcp.mx.dane.example TLSA 3 1 1 E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855'
    )
    $asked = @{ DnsServer = "$($dns.EndPoint)" }
    function Get-Code($Report) { $Report.Findings.Code }
}

AfterAll { Stop-TestDns $dns }

Describe 'Test-MailDomain' {
    It 'finds what is right and what is wrong with a domain' {
        $good = Test-MailDomain good.example @asked -Area Mx, Spf, Dmarc, TlsRpt -SendingAddress 203.0.114.7
        $good.Severity | Should -Be 'Ok'
        Get-Code $good | Should -Contain 'SpfAddressPass'

        $bad = Test-MailDomain bad.example @asked
        $bad.Severity | Should -Be 'Error'
        foreach ($code in 'MxDangling', 'SpfEndPass', 'DmarcNone', 'MtaStsMissing') {
            Get-Code $bad | Should -Contain $code
        }
        ($bad.Findings | Where-Object Code -eq 'SpfEndPass').Advice | Should -Match '-all'
    }

    It 'takes domains from the pipeline, as values and by the name of the property' {
        $names = 'good.example', 'bad.example'
        ($names | Test-MailDomain @asked -Area Dmarc).Domain.Ascii | Sort-Object | Should -Be ($names | Sort-Object)
        $objects = [pscustomobject]@{ Domain = 'good.example' }, [pscustomobject]@{ DomainName = 'bad.example' }
        ($objects | Test-MailDomain @asked -Area Dmarc).Domain.Ascii | Sort-Object | Should -Be ($names | Sort-Object)
    }

    It 'takes names as people write them' {
        (Test-MailDomain 'Bücher.example' @asked -Area Mx).Findings.Code | Should -Be 'MxNull'
    }

    It 'checks what it is told to, and no more' {
        (Test-MailDomain bad.example @asked -Area Spf, Dmarc).Findings.Area | Sort-Object -Unique |
            Should -Be 'Spf', 'Dmarc'
    }

    It 'looks for the selectors that it is given, and misses them' {
        Get-Code (Test-MailDomain good.example @asked -Selector s2026 -Area Dkim) | Should -Contain 'DkimNoRecord'
    }

    It 'says that a certificate could not be compared, without alarm, and connects to nobody when told so' {
        $found = (Test-MailDomain dane.example @asked -Area Dane).Findings
        $found | Where-Object Code -EQ DaneNotCompared | ForEach-Object { "$($_.Severity) $($_.Advice)" } |
            Should -Match '^Info .*port 25'
        Get-Code (Test-MailDomain dane.example @asked -Area Dane -NoConnect) | Should -Not -Contain 'DaneNotCompared'
    }

    It 'knows the services that mail may go to' {
        Get-Code (Test-MailDomain good.example @asked -ExpectedProvider microsoft365) |
            Should -Contain 'MxOtherProvider'
        { Test-MailDomain good.example @asked -ExpectedProvider Contoso } |
            Should -Throw -ErrorId 'InvalidDomainCheckOptions,*'
        $line = 'Test-MailDomain -ExpectedProvider Mi'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'Microsoft365'
    }

    It 'says in Japanese what is wrong' {
        $report = Test-MailDomain bad.example @asked -Area Dmarc -Culture ja-JP
        $finding = $report.Findings | Where-Object Code -eq 'DmarcNone'
        $finding.Message | Should -Match '偽装メール'
        $finding.Advice | Should -Match 'p=quarantine'
    }

    It 'has 200 domains from a pipeline checked at once, within its limit, with progress, each once' {
        $names = 1..200 | ForEach-Object { "d$_.example" }
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$modulePath'; " +
                "`$input | Test-MailDomain -DnsServer $($dns.EndPoint) -ThrottleLimit 8 -Area Mx")
            $reports = $shell.Invoke($names)
            $reports.ForEach{ "$($_.Domain)" } | Sort-Object | Should -Be ($names | Sort-Object)
            $shell.Streams.Progress.ReadAll().Where{ $_.Activity -eq 'Checking mail domains' }.StatusDescription |
                Should -Contain 'Done'
        }
        finally { $shell.Dispose() }
    }

    It 'hands out a report while another is still under way' {
        $core = $dns.GetType().Assembly
        foreach ($name in 'slow.example', '_dmarc.slow.example') {
            $kind = 'Drop' -as $core.GetType('MailAdmin.Dns.Server.DnsFaultKind')
            $drop = $core.GetType('MailAdmin.Dns.Server.DnsFault').GetConstructors()[0].Invoke(@($kind))
            $drop.Name = $core.GetType('MailAdmin.Dns.DnsName')::Parse($name)
            $dns.Add($drop)
        }
        $reports = 'slow.example', 'good.example' |
            Test-MailDomain @asked -Area Dmarc -Timeout 2 -ErrorAction SilentlyContinue
        $reports.Domain.Ascii | Should -Be 'good.example', 'slow.example'
        $reports[1].IsConclusive | Should -BeFalse
        $reports[1].Findings.Code | Should -Contain 'CheckTimedOut'
    }

    It 'reports a name that is no domain, and checks the others' {
        $reports = 'no domain', 'good.example', '192.0.2.1', '' | Where-Object { $_ } |
            Test-MailDomain @asked -Area Dmarc -ErrorVariable errors -ErrorAction SilentlyContinue
        $reports.Domain.Ascii | Should -Be 'good.example'
        $errors.FullyQualifiedErrorId | Should -BeLike 'InvalidDomain,*'
        $errors.TargetObject | Should -Be 'no domain', '192.0.2.1'
        $errors[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        $errors[0].ErrorDetails.RecommendedAction | Should -Match 'example\.com'
    }

    It 'says that no DNS server can be reached' {
        $report = Test-MailDomain good.example -DnsServer "127.0.0.1:$(Get-FreePort)" `
            -ErrorVariable errors -ErrorAction SilentlyContinue
        $report.IsConclusive | Should -BeFalse
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'DomainNotChecked,*'
        $errors[0].CategoryInfo.Category | Should -Be 'ConnectionError'
        $errors[0].TargetObject | Should -Be 'good.example'
        "$($errors[0])" | Should -Match 'no DNS server could be reached'
    }

    It 'refuses what is no DNS server' {
        { Test-MailDomain good.example -DnsServer 'a b:99999' } | Should -Throw -ErrorId 'InvalidDnsServer,*'
    }

    It 'stops within a second of Ctrl+C' {
        $silent = [System.Net.Sockets.UdpClient]::new([ipendpoint]::new([ipaddress]::Loopback, 0))
        try {
            $script = '1..50 | ForEach-Object { "d$_.example" } | ' +
                "Test-MailDomain -DnsServer $($silent.Client.LocalEndPoint)"
            Measure-Stop $script -After ([TimeSpan]::FromSeconds(2)) | Should -BeLessThan ([TimeSpan]::FromSeconds(1))
        }
        finally { $silent.Dispose() }
    }

    Context 'The page' {
        It 'is one for all domains, in the order of the input' {
            $path = Join-Path $TestDrive 'domains.html'
            $null = 'good.example', 'bad.example', 'evil.example' | Test-MailDomain @asked -ReportPath $path
            $html = Get-Content -Raw $path
            $heads = [regex]::Matches($html, '<h2>(.*?)</h2>').ForEach{ $_.Groups[1].Value }
            $heads | Should -Be 'good.example', 'bad.example', 'evil.example'
            $html | Should -Not -Match '\e'
        }

        It 'speaks Japanese' {
            $path = Join-Path $TestDrive 'ja.html'
            $null = Test-MailDomain bad.example @asked -ReportPath $path -Culture ja-JP
            Get-Content -Raw $path | Should -Match 'lang="ja-JP"[\s\S]*偽装メール'
        }

        It 'is not written with -WhatIf, though the check runs' {
            $path = Join-Path $TestDrive 'not.html'
            (Test-MailDomain good.example @asked -Area Dmarc -ReportPath $path -WhatIf).Severity | Should -Be 'Ok'
            Test-Path $path | Should -BeFalse
        }

        It 'that cannot be written is an error, after the reports' {
            $path = Join-Path $TestDrive 'no' 'such' 'folder.html'
            $report = Test-MailDomain good.example @asked -Area Dmarc -ReportPath $path `
                -ErrorVariable errors -ErrorAction SilentlyContinue
            $report.Severity | Should -Be 'Ok'
            $errors[0].FullyQualifiedErrorId | Should -BeLike 'ReportNotWritable,*'
        }
    }

    Context 'On the screen' {
        It 'fits 120 columns: <_>' -ForEach @(
            '$reports', '$reports[0].Findings', '$reports[0].Suggestions', '$reports[0].Records'
            '$reports.SpfTree', '$reports.Dmarc'
        ) {
            $reports = Test-MailDomain good.example, bad.example, evil.example @asked
            $lines = (Invoke-Expression $_ | Out-String -Width 120) -split '\r?\n'
            $lines.Count | Should -BeGreaterThan 3
            ($lines.ForEach{ ($_ -replace '\e\[[\d;]*m').TrimEnd().Length } | Measure-Object -Maximum).Maximum |
                Should -BeLessOrEqual 120
        }

        It 'shows nothing of strangers that steers a terminal: <_>' -ForEach 'Format-Table', 'Format-List' {
            $report = Test-MailDomain evil.example @asked
            $report.Dmarc.Record.Text | Should -Match '\a'
            $parts = $report, $report.Findings, $report.Suggestions, $report.Records, $report.Dmarc
            foreach ($part in $parts) {
                $part | Should -Not -BeNullOrEmpty
                $text = ($part | & $_ | Out-String -Width 400) -replace '\e\[[\d;]*m'
                $text | Should -Not -Match '[\e\a]'
            }
        }
    }
}
