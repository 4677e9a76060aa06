# Each flow through the built module, against the test services. The tests run in new processes, which trust them.
BeforeDiscovery { $skip = -not $IsLinux }

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    . (Join-Path $PSScriptRoot 'TokenKit.ps1')
    $identity = '22222222-0000-0000-0000-000000000000'
    $certificate = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new(
        'CN=app', [System.Security.Cryptography.RSA]::Create(2048), 'SHA256',
        [System.Security.Cryptography.RSASignaturePadding]::Pkcs1
    ).CreateSelfSigned([datetimeoffset]::UtcNow.AddDays(-1), [datetimeoffset]::UtcNow.AddDays(9))
    $pfx = Join-Path $TestDrive 'app.pfx'
    [IO.File]::WriteAllBytes($pfx, $certificate.Export('Pfx', 'word'))
    $app = @{
        ClientId               = '11111111-2222-3333-4444-555555555555'
        Secret                 = 's3cret~of.the-test_application'
        CertificateThumbprints = @($certificate.GetCertHashString('SHA256'))
        FederatedSubject       = 'system:serviceaccount:mail:sender'
    }
    if ($IsLinux) {
        $services = Start-TestServices @{
            Apps = @($app); ApproveDeviceCodes = $true; AssignedIdentities = @($identity)
        }
    }

    # A token of another issuer, unsigned: the provider looks at its subject.
    $foreign = Join-Path $TestDrive 'foreign'
    ConvertTo-Jwt '{"alg":"RS256"}', '{"sub":"system:serviceaccount:mail:sender"}', 'x' | Set-Content $foreign
    $variables = @{
        AZURE_FEDERATED_TOKEN_FILE = $foreign
        AZURE_CLIENT_ID            = $app.ClientId
        AZURE_TENANT_ID            = '8f4a2c1e-0b7d-4e55-9c36-5a1d2e3f4b5c'
    }
    $services.AppServiceVariables.PSObject.Properties | ForEach-Object { $variables[$_.Name] = $_.Value }

    $brief = '"$($token.FromCache) $($token.User) $($token.Reveal())"'
    function Get-Token([string] $Arguments, [string] $Then = $brief) {
        Invoke-WithServices $services "`$token = Get-SmtpToken $Arguments; $Then" $variables
    }
}

AfterAll { if ($IsLinux) { Stop-TestServices $services } }

Describe 'Get-SmtpToken' -Skip:$skip {
    It 'gets a token with <Flow>, and a second process finds it in the cache' -ForEach @(
        @{ Flow = 'the browser'; Arguments = '@signIn' }
        @{ Flow = 'a device code'; Arguments = '@signIn -DeviceCode' }
        @{ Flow = 'a client secret'; Arguments = '@signIn -ClientSecret $secret' }
        @{ Flow = 'a certificate'; Arguments = '@signIn -CertificatePath {0} ' +
            '-CertificatePassword (ConvertTo-SecureString word -AsPlainText -Force)' }
        @{ Flow = 'another issuer''s token'; Arguments = '-Federated -Authority $services.Address ' +
            '-CacheFolder $signIn.CacheFolder -WarningAction Ignore' }
        @{ Flow = 'a service account of Google'; Arguments = '@google -User alice@contoso.example ' +
            '-GoogleKeyFile $services.ServiceAccountKey' }
        @{ Flow = 'a device code of Google'; Arguments = '@google -GoogleDeviceCode -ClientId x' }
        @{ Flow = 'a refresh token of Google'; Arguments = '@google -ClientId x ' +
            '-GoogleRefreshToken (ConvertTo-SecureString "{1}" -AsPlainText -Force)' }
    ) {
        Remove-Item (Join-Path $TestDrive 'tokens') -Recurse -ErrorAction Ignore
        $refresh = Send-TestServices $services refresh-token
        $arguments = $Arguments -f $pfx, $refresh
        $first = @(Get-Token $arguments)[-1] -split ' '
        $asked = @(Send-TestServices $services requests Get | Where-Object { $_ -like '*/token' }).Count
        $second = @(Get-Token "$arguments -NoSignIn")[-1] -split ' '
        $first[0] | Should -Be False
        $first[2] | Should -Match '^(eyJ|ya29)'
        $second[0] | Should -Be True
        $second[2] | Should -Be $first[2]
        @(Send-TestServices $services requests Get | Where-Object { $_ -like '*/token' }).Count | Should -Be $asked
        Get-ChildItem (Join-Path $TestDrive 'tokens') -File | ForEach-Object UnixMode | Sort-Object -Unique |
            Should -Be '-rw-------'
        (Get-Item (Join-Path $TestDrive 'tokens')).UnixMode | Should -Be 'drwx------'
    }

    It 'gets a token for <Whose> identity of the machine' -ForEach @(
        @{ Whose = 'the own'; Arguments = '-ManagedIdentity' }
        @{ Whose = 'an assigned'; Arguments = '-IdentityId {0}' }
    ) {
        @(Get-Token ($Arguments -f $identity))[-1] | Should -Match '^False  eyJ'
    }

    It 'says that a machine has no identity' {
        $text = Invoke-WithServices $services 'Get-SmtpToken -ManagedIdentity 2>&1 | Out-String' @{
            AZURE_POD_IDENTITY_AUTHORITY_HOST = 'http://127.0.0.1:9'
        }
        $text -join "`n" | Should -Match 'no managed identity'
    }

    It 'shows the code beside the output' {
        $out = Get-Token '@signIn -DeviceCode -NoCache -InformationVariable info' '"$info"; @($token).Count'
        $out[-2] | Should -Match 'open https://localhost:\d+/devicelogin in a browser and enter the code \w{9}\.$'
        $out[-1] | Should -Be 1
    }

    It 'shows the token in no view' {
        $out = Get-Token '@signIn -ClientSecret $secret -NoCache' @'
            $token.Reveal()
            '---'
            $token | Format-Table | Out-String -Width 200
            $token | Format-List * -Force | Out-String -Width 4000
            "$token"
            $token | ConvertTo-Json -Depth 9
            [System.Management.Automation.PSSerializer]::Serialize($token)
            $token.ToSecureString().GetType().Name
'@
        $token, $shown = ($out -join "`n") -split "`n---`n"
        $shown | Should -Match 'SecureString'
        $shown | Should -Match 'ClientSecret'
        foreach ($piece in $token.Split('.')) { $shown.Contains($piece.Substring(0, 40)) | Should -BeFalse }
    }

    It 'turns a refusal of Entra into its cause and remedy' {
        $wrong = '-ClientSecret (ConvertTo-SecureString wrong -AsPlainText -Force)'
        $text = Get-Token "@signIn $wrong -NoCache -ErrorAction SilentlyContinue" @'
            $Error[0].FullyQualifiedErrorId; $Error[0].CategoryInfo.Category; $Error[0].Exception.Code
            $Error[0].ErrorDetails.RecommendedAction
            ($Error[0] | Resolve-SmtpError -Culture ja-JP).Cause
'@
        $text[0] | Should -BeLike 'TokenRefused,*'
        $text[1] | Should -Be AuthenticationError
        $text[2] | Should -Be AADSTS7000215
        $text[3] | Should -Match 'value, not its id'
        $text[4] | Should -Match 'シークレット'
    }

    It 'says how long a provider that is asked too often wants to be left alone' {
        $refusal = @{ path = '/token'; status = 429; retryAfter = 30; count = 2; body = '{"error":"x"}' }
        Send-TestServices $services faults -Body $refusal
        try {
            $text = Get-Token '@signIn -ClientSecret $secret -NoCache -ErrorAction SilentlyContinue' `
                '"$($Error[0])"; $Error[0].CategoryInfo.Category'
        }
        finally { Send-TestServices $services faults Delete }
        $text[0] | Should -Match '30 seconds'
        $text[1] | Should -Be LimitsExceeded
    }

    It 'refuses two ways to a token, and a flow that lacks something' {
        { Get-SmtpToken -ClientId x -DeviceCode -ManagedIdentity -ErrorAction Stop } |
            Should -Throw -ErrorId 'TwoTokenFlows*'
        { Get-SmtpToken -DeviceCode -ErrorAction Stop } | Should -Throw -ErrorId 'TokenSettingsIncomplete*'
        { Get-SmtpToken -ClientId x -ClientSecret (ConvertTo-SecureString x -AsPlainText -Force) -ErrorAction Stop } |
            Should -Throw -ErrorId 'TokenSettingsIncomplete*'
    }

    It 'takes users from the pipeline' {
        $out = Invoke-WithServices $services @'
            $users = [pscustomobject]@{ UserPrincipalName = 'a@contoso.example' },
                [pscustomobject]@{ User = 'b@contoso.example' }
            $tokens = $users | Get-SmtpToken @signIn -ClientSecret $secret -Service Graph
            $tokens.User
            $tokens[1].FromCache
            $tokens[0].Scopes
'@
        $out | Should -Be 'a@contoso.example', 'b@contoso.example', 'True', 'https://graph.microsoft.com/.default'
    }

    It 'goes through a proxy' {
        $proxied = '@signIn -ClientSecret $secret -NoCache -Proxy http://127.0.0.1:9'
        $text = Get-Token "$proxied -ErrorAction SilentlyContinue" '"$($Error[0])"'
        $text | Should -Match 'cannot be reached.*127\.0\.0\.1:9'
    }

    It 'gives the prompt back within a second of Ctrl+C' {
        $script = "Get-SmtpToken -ClientId x -Tenant t -DeviceCode -NoCache -Authority $(Start-Sink)"
        $stop = Measure-Stop $script -After ([timespan]::FromSeconds(2))
        $stop.TotalSeconds | Should -BeLessThan 1
    }

    BeforeAll {
        # Takes connections and says nothing.
        function Start-Sink {
            $script:sink = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
            $sink.Start()
            "https://localhost:$($sink.LocalEndpoint.Port)/"
        }
    }

    AfterAll { if ($sink) { $sink.Stop() } }
}

Describe 'MSAL' -Skip:$skip {
    It 'is not loaded by importing the module and sending a message' {
        Invoke-Fresh @"
            Import-Module '$modulePath'
            `$server = Start-SmtpTestServer
            (Send-RelayMail a@example.com one -From b@example.com -Server localhost -Port `$server.Port).Status
            `$server | Stop-SmtpTestServer
            [AppDomain]::CurrentDomain.GetAssemblies().Where{ `$_.GetName().Name -like 'Microsoft.Identity*' }.Count
"@ | Should -Be 'Sent', '0'
    }

    It 'works beside another version of it that is loaded already' {
        $project = New-Item -ItemType Directory (Join-Path $TestDrive 'other')
        @'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net8.0</TargetFramework>
    <CopyLocalLockFileAssemblies>true</CopyLocalLockFileAssemblies>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="Microsoft.Identity.Client" Version="[4.83.1]" /></ItemGroup>
</Project>
'@ | Set-Content (Join-Path $project 'other.csproj')
        $quietly = '--nologo', '--verbosity', 'quiet', '--output', (Join-Path $project 'out')
        $said = dotnet build (Join-Path $project 'other.csproj') @quietly 2>&1
        if ($LASTEXITCODE -ne 0) {
            $why = $said | Select-Object -First 1
            Set-ItResult -Skipped -Because "another version of MSAL cannot be restored here: $why"
            return
        }
        $out = Invoke-WithServices $services @"
            Add-Type -Path '$(Join-Path $project 'out' 'Microsoft.Identity.Client.dll')'
            (Get-SmtpToken @signIn -ClientSecret `$secret -NoCache).Flow
            (Get-SmtpToken @signIn).Flow
            [AppDomain]::CurrentDomain.GetAssemblies().Where{ `$_.GetName().Name -eq 'Microsoft.Identity.Client' } |
                ForEach-Object { `$_.GetName().Version.ToString() } | Sort-Object
"@
        $out | Should -Be 'ClientSecret', 'Interactive', '4.83.1.0', '4.92.0.0'
    }
}
