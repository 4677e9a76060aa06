BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $server = Start-SmtpTestServer -Security StartTls
}

AfterAll { $server | Stop-SmtpTestServer }

Describe 'Test-SmtpTls' {
    It 'finds versions, cipher suites and the faults of the certificate' {
        $result = Test-SmtpTls 127.0.0.1 -Port $server.Port
        $result.SupportedVersions | Should -Be 'Tls12', 'Tls13'
        ($result.Versions | Where-Object IsSupported).CipherSuites.Count | Should -BeGreaterThan 2
        $result.FailedStage | Should -Be 'Certificate'
        $result.CertificateFaults.ErrorId | Should -Contain 'CertificateSelfSigned'
        $result.ExpiresAt | Should -BeGreaterThan ([datetimeoffset]::Now)
    }

    It 'finds the versions only' {
        $result = Test-SmtpTls 127.0.0.1 -Port $server.Port -NoCipher -SkipCertificateCheck
        $result.FailedStage | Should -BeNullOrEmpty
        $result.Versions[-1].CipherSuites.Count | Should -Be 1
    }

    It 'tells each step once, and whether to retry' {
        $found = Test-SmtpTls localhost -Port $server.Port -NoCipher -SkipCertificateCheck
        $found.Stages.Stage -join ' ' | Should -Be 'Dns Tcp Banner Ehlo StartTls Tls Certificate Dane TlsVersions'
        ($found.Stages | Where-Object Stage -EQ Dane).Verdict | Should -Be 'Skipped'
        Test-SmtpTls localhost -Port (Get-FreePort) | Format-List | Out-String | Should -Match 'RetryAdvice +: \w'
    }

    It 'says that there is no STARTTLS' {
        $plain = Start-SmtpTestServer
        try { (Test-SmtpTls 127.0.0.1 -Port $plain.Port).FailedStage | Should -Be 'StartTls' }
        finally { $plain | Stop-SmtpTestServer }
    }

    It 'shows how far it is with one server' {
        $slow = Start-SmtpTestServer -Security StartTls -Fault 'banner=slow 3000'
        $shell = [powershell]::Create()
        try {
            $test = "Test-SmtpTls 127.0.0.1 -Port $($slow.Port) -NoCipher"
            $null = $shell.AddScript("Import-Module '$modulePath'; $test").Invoke()
            $shell.Streams.Progress.StatusDescription -join ' ' | Should -Match '\d handshakes begun'
            $shell.Streams.Progress[-1].RecordType | Should -Be 'Completed'
        }
        finally {
            $shell.Dispose()
            $slow | Stop-SmtpTestServer
        }
    }

    It 'fits 120 columns' {
        $table = Test-SmtpTls 127.0.0.1 -Port $server.Port -NoCipher | Format-Table | Out-String -Width 120
        ($table -split "`r?`n" | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
    }
}
