BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')

    # Serves a file as it stands, with openssl; null where that cannot be.
    function Start-PolicyServer([string] $Address, [string[]] $Name, [string] $Policy) {
        $openssl = Get-Command openssl -CommandType Application -ErrorAction Ignore | Select-Object -First 1
        if (-not $openssl) { return }
        $place = New-Item -ItemType Directory (Join-Path $TestDrive '.well-known')
        "HTTP/1.0 200 OK`r`nContent-Type: text/plain`r`n`r`n$Policy" |
            Set-Content (Join-Path $place 'mta-sts.txt') -NoNewline
        $certificate = Join-Path $TestDrive 'certificate.pem'
        $key = Join-Path $TestDrive 'key.pem'
        $null = & $openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 `
            -subj "/CN=$($Name[0])" -addext "subjectAltName=$($Name.ForEach{ "DNS:$_" } -join ',')" `
            -keyout $key -out $certificate 2>&1
        $start = [System.Diagnostics.ProcessStartInfo]::new($openssl.Source)
        $start.WorkingDirectory = $TestDrive
        $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        's_server', '-HTTP', '-accept', "${Address}:443", '-cert', $certificate, '-key', $key |
            ForEach-Object { $start.ArgumentList.Add($_) }
        $process = [System.Diagnostics.Process]::Start($start)
        if ($process.StandardOutput.ReadLine() -ne 'ACCEPT' -and $process.StandardOutput.ReadLine() -ne 'ACCEPT') {
            return
        }

        $env:SSL_CERT_FILE = $certificate
        $process
    }

    $many = 1..200 | ForEach-Object { "d$_.example MX 10 mx.d$_.example"; "mx.d$_.example A 192.0.2.1" }
    $dns = Start-TestDns -Zone @(
        'contoso.com MX 20 mx2.contoso.com'
        'contoso.com MX 10 contoso-com.mail.protection.outlook.com'
        'contoso-com.mail.protection.outlook.com A 192.0.2.1'
        'contoso-com.mail.protection.outlook.com AAAA 2001:db8::1'
        '_25._tcp.contoso-com.mail.protection.outlook.com TLSA 3 1 1 AB'
        'mx2.contoso.com CNAME mx2.contoso.net'
        'mx2.contoso.net A 192.0.2.2'
        'xn--bcher-kva.example MX 1 mail.xn--bcher-kva.example'
        'mail.xn--bcher-kva.example A 192.0.2.3'
        'quiet.example MX 0 .'
        'old.example A 192.0.2.4'
        'strict.example MX 10 mx.strict.example'
        'mx.strict.example A 192.0.2.5'
        '_mta-sts.strict.example TXT "v=STSv1; id=1;"'
        # Nothing listens there.
        'mta-sts.strict.example A 127.66.66.66'
        'kept.example MX 10 mx1.kept.example'
        'kept.example MX 20 backup.example'
        'mx1.kept.example A 192.0.2.6'
        'backup.example A 192.0.2.7'
        '_mta-sts.kept.example TXT "v=STSv1; id=1;"'
        'mta-sts.kept.example A 127.66.66.67'
        'sound.example MX 10 mx1.kept.example'
        '_mta-sts.sound.example TXT "v=STSv1; id=1;"'
        'mta-sts.sound.example A 127.66.66.67'
        $many
    )
    # The web server of two domains, trusted by processes that begin from now on; port 443 is for root on most machines.
    $trustedBefore = $env:SSL_CERT_FILE
    $web = Start-PolicyServer -Address 127.66.66.67 -Name mta-sts.kept.example, mta-sts.sound.example -Policy (
        "version: STSv1`r`nmode: enforce`r`nmx: *.kept.example`r`nmax_age: 604800`r`n")
    $PSDefaultParameterValues = @{ 'Get-MxEndpoint:DnsServer' = "$($dns.EndPoint)" }
}

AfterAll {
    Stop-TestDns $dns
    if ($web) {
        $web.Kill()
        $web.Dispose()
    }

    $env:SSL_CERT_FILE = $trustedBefore
}

Describe 'Get-MxEndpoint' {
    It 'gives hosts, addresses, service, generation and the smart host' {
        $endpoint = Get-MxEndpoint contoso.com
        $endpoint.SmartHost | Should -Be 'contoso-com.mail.protection.outlook.com'
        $endpoint.Provider, $endpoint.Generation | Should -Be 'Microsoft365', 'mail.protection.outlook.com'
        $endpoint.Hosts.Preference | Should -Be 10, 20
        $endpoint.Hosts[0].Addresses | ForEach-Object ToString | Should -Be '192.0.2.1', '2001:db8::1'
        $endpoint.Hosts[0].Tlsa[0].Data | Should -Be '3 1 1 AB'
        $endpoint.Hosts[1].AliasOf | Should -Be 'mx2.contoso.net'
        $endpoint.Warnings | Should -Contain ($endpoint.Warnings -match 'RFC 2181')[0]
    }

    It 'tells <Domain> as <Kind>' -ForEach @(
        @{ Domain = 'quiet.example'; Kind = 'Null'; SmartHost = $null }
        @{ Domain = 'old.example'; Kind = 'Implicit'; SmartHost = 'old.example' }
        @{ Domain = 'bücher.example'; Kind = 'Mx'; SmartHost = 'mail.xn--bcher-kva.example' }
    ) {
        $endpoint = Get-MxEndpoint $Domain
        $endpoint.Kind, $endpoint.SmartHost | Should -Be $Kind, $SmartHost
    }

    It 'takes many domains from the pipeline, and gives them in their order' {
        $domains = 1..200 | ForEach-Object { "d$_.example" }
        $domains | Get-MxEndpoint | ForEach-Object { "$($_.Domain)" } | Should -Be $domains
    }

    It 'takes objects with a property Domain' {
        ([pscustomobject]@{ Domain = 'old.example' } | Get-MxEndpoint).SmartHost | Should -Be 'old.example'
    }

    It 'makes an error of a domain that does not exist or is none, and goes on' {
        $found = 'gone.example', 'no domain', 'old.example' |
            Get-MxEndpoint -ErrorAction SilentlyContinue -ErrorVariable failures
        @($found).Count | Should -Be 1
        # The one needs no answer from the DNS, so their order is open.
        $missing, $malformed = $failures | Sort-Object TargetObject
        $missing.FullyQualifiedErrorId | Should -BeLike 'MailDomainNotFound,*'
        $missing.TargetObject | Should -Be 'gone.example'
        $missing.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $malformed.FullyQualifiedErrorId | Should -BeLike 'InvalidDomain,*'
        "$malformed" |
            Should -Be "'no domain' is no mail domain: the domain has a character that no host name may have."
        $malformed.ErrorDetails.RecommendedAction | Should -BeLike 'Name the domain alone*example.com.'
    }

    It 'says what the MTA-STS policy asks, and that one cannot be had' {
        (Get-MxEndpoint contoso.com).MtaSts.State | Should -Be 'NotPublished'
        $strict = Get-MxEndpoint strict.example
        $strict.MtaSts.State, $strict.Hosts[0].FitsMtaSts | Should -Be 'Unusable', $null
        $strict.Warnings | Should -Match 'https://mta-sts.strict.example/.well-known/mta-sts.txt cannot be fetched'
        Get-MxEndpoint strict.example | Format-List | Out-String | Should -Match 'MtaSts +: Unusable'
    }

    It 'fetches the MTA-STS policy, and says which hosts it names' {
        if (-not $web) { Set-ItResult -Skipped -Because 'openssl cannot listen at port 443 here' }
        $found = Invoke-Fresh @"
            Import-Module '$modulePath'
            'kept.example', 'sound.example' | Get-MxEndpoint -DnsServer '$($dns.EndPoint)' | ForEach-Object {
                "`$(`$_.Domain) `$(`$_.MtaSts.State)"
                `$_.Hosts | ForEach-Object { "`$(`$_.Name) `$(`$_.FitsMtaSts)" }
            }
            'kept.example', 'sound.example' |
                Test-MailDomain -Area MtaSts -DnsServer '$($dns.EndPoint)' -NoConnect -ThrottleLimit 1 |
                ForEach-Object { "`$(`$_.Domain): `$(`$_.Findings.Code)" }
"@
        $found | Should -Be @(
            'kept.example Enforced', 'mx1.kept.example True', 'backup.example False'
            'sound.example Enforced', 'mx1.kept.example True'
            'kept.example: MtaStsHostNotCovered', 'sound.example: MtaStsGood')
    }

    It 'asks no web server when told so' {
        $strict = Get-MxEndpoint strict.example -DnsOnly
        $strict.MtaSts, $strict.Warnings.Count | Should -Be $null, 0
    }

    It 'refuses what is no DNS server' {
        { Get-MxEndpoint x.example -DnsServer 'a b' } | Should -Throw -ErrorId 'InvalidDnsServer,*'
    }

    It 'fits 120 columns' {
        $lines = Get-MxEndpoint contoso.com | Format-Table | Out-String -Width 120 -Stream
        $lines -match 'contoso-com.mail.protection.outlook.com' | Should -Not -BeNullOrEmpty
        Get-MxEndpoint contoso.com | Format-List | Out-String |
            Should -Match '10 contoso-com.mail.*192.0.2.1, 2001:db8::1'
    }

    It 'stops within a second of Ctrl+C' {
        # A server that never answers: nothing reads this port.
        $silent = [System.Net.Sockets.UdpClient]::new([ipendpoint]::new([ipaddress]::Loopback, 0))
        try {
            $script = "Get-MxEndpoint x.example -DnsServer '$($silent.Client.LocalEndPoint)'"
            Measure-Stop $script -After ([TimeSpan]::FromSeconds(2)) | Should -BeLessThan ([TimeSpan]::FromSeconds(1))
        }
        finally { $silent.Dispose() }
    }
}
