# No secret stands where people or programs look: every stream, transcript, error, file and store of a session that gets
# and uses tokens in all ways is searched for each token, secret and key, whole or in part, also in base64 and URLs.
BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    if ($IsLinux) {
        $services = Start-TestServices @{ ApproveDeviceCodes = $true }
        $submission = Start-SmtpTestServer -Personality ExchangeOnlineSubmission -Account alice@contoso.example
        $hve = Start-SmtpTestServer -Personality Hve -Account alice@contoso.example
    }
}

AfterAll {
    if ($IsLinux) {
        $submission, $hve | Stop-SmtpTestServer
        Stop-TestServices $services
    }
}

Describe 'Secrets' -Skip:(-not $IsLinux) {
    It 'stand nowhere but in the token cache' {
        $home_ = New-Item -ItemType Directory (Join-Path $TestDrive 'home')
        $left = New-Item -ItemType Directory (Join-Path $TestDrive 'left')
        $refresh = Send-TestServices $services refresh-token
        $password = 'a-password_of~some/length+and=more'
        $environment = @{
            MAILADMIN_STORE = Join-Path $home_ 'mail.db'
            HOME = $home_.FullName; XDG_DATA_HOME = Join-Path $home_ '.local/share'
            IDENTITY_ENDPOINT = $services.AppServiceVariables.IDENTITY_ENDPOINT
            IDENTITY_HEADER = $services.AppServiceVariables.IDENTITY_HEADER
        }
        $script = @'
            $VerbosePreference = $DebugPreference = $InformationPreference = $WarningPreference = 'Continue'
            $ErrorActionPreference = 'Continue'
            $null = Start-Transcript -Path LEFT/session.txt
            $mail = @{ From = 'alice@contoso.example'; To = 'bob@contoso.example'; Subject = 'x'; Body = 'y' }
            $route = @{ Server = 'localhost'; Security = 'StartTls'; SkipCertificateCheck = $true }
            & {
                $tokens = @(
                    Get-SmtpToken @signIn -ClientSecret $secret -User alice@contoso.example
                    Get-SmtpToken @signIn -ClientSecret $secret -User alice@contoso.example -Force -Service Hve
                    Get-SmtpToken @signIn
                    Get-SmtpToken @signIn -DeviceCode -Force
                    Get-SmtpToken -ManagedIdentity
                    Get-SmtpToken @google -GoogleKeyFile $services.ServiceAccountKey -User alice@contoso.example
                    Get-SmtpToken @google -GoogleDeviceCode -ClientId x
                    Get-SmtpToken @google -GoogleRefreshToken (ConvertTo-SecureString 'REFRESH' -AsPlainText -Force) `
                        -ClientId x
                )
                # All that goes wrong: a wrong secret, a proxy that is not there, a service that refuses and repeats.
                $wrong = ConvertTo-SecureString 'PASSWORD' -AsPlainText -Force
                $login = [pscredential]::new('alice@contoso.example', $wrong)
                Get-SmtpToken @signIn -ClientSecret $wrong -NoCache
                Get-SmtpToken @signIn -ClientSecret $secret -NoCache -Proxy 'http://user:PROXYWORD@127.0.0.1:9'
                $refusal = @{ error = 'invalid_grant'; error_description = "AADSTS50126: $($app.Secret)" }
                $fault = @{ path = '/token'; status = 400; body = $refusal | ConvertTo-Json } | ConvertTo-Json
                $post = @{ Method = 'Post'; ContentType = 'application/json'; Verbose = $false; Debug = $false }
                Invoke-RestMethod "$($services.PlainAddress)control/faults" @post -Body $fault
                Get-SmtpToken @signIn -ClientSecret $secret -NoCache

                $tokens | Format-List * -Force
                $tokens | ConvertTo-Json -Depth 5
                $tokens | Export-Clixml LEFT/tokens.xml
                foreach ($token in $tokens) {
                    Send-RelayMail @mail @route -Port SUBMISSION -Token $token -TranscriptPath LEFT/smtp.txt |
                        Format-List * -Force
                    Test-SmtpAuth @route -Port HVE -Token $token -From alice@contoso.example -Transcript |
                        ConvertTo-Json -Depth 2 -WarningAction Ignore
                }
                Send-RelayMail @mail @route -Port SUBMISSION -Token $tokens[0].ToSecureString() -Mechanism XOAUTH2
                Send-RelayMail @mail @route -Port SUBMISSION -Token $tokens[0].Reveal()
                Send-RelayMail @mail @route -Port SUBMISSION -Token $tokens[0] -Mechanism OAUTHBEARER
                Send-RelayMail @mail @route -Port SUBMISSION -Credential $login
                Send-RelayMail @mail @route -Port SUBMISSION -Token $tokens[0] -Queue
                Send-RelayMail @mail @route -Port SUBMISSION -Token $tokens[0].Reveal() -Queue
                Send-RelayMail @mail @route -Port SUBMISSION -Credential $login -Queue
                "In the queue: $(@(Get-EmailQueueItem -State Waiting).Count)"
                $Error | Format-List * -Force
                $Error | ForEach-Object { $_.Exception | Format-List * -Force; "$($_.Exception)" }
            } *>&1 | Out-String -Width 4000 -Stream | Set-Content LEFT/streams.txt
            $null = Stop-Transcript
'@.Replace('LEFT', $left).Replace('REFRESH', $refresh).Replace('PROXYWORD', [uri]::EscapeDataString($password)).
            Replace('PASSWORD', $password).Replace('SUBMISSION', $submission.Port).Replace('HVE', $hve.Port)
        Invoke-WithServices $services $script $environment | Set-Content (Join-Path $left 'output.txt')

        $secrets = Join-Path $TestDrive 'secrets.json'
        @(Send-TestServices $services secrets Get | ForEach-Object { $_ }) + $password | ConvertTo-Json |
            Set-Content $secrets
        $files = Get-ChildItem $left, $home_ -Recurse -File -Force |
            Where-Object FullName -NotMatch '/(\.cache|\.config)/(powershell|NuGet)/|/StartupProfileData' |
            ForEach-Object FullName
        $said = dotnet $services.Program hunt $secrets @files

        # It looked at something, for something, and finds what is there: the cache of tokens.
        $streams = Get-Content (Join-Path $left 'streams.txt') -Raw
        $streams | Should -Match 'AUTH XOAUTH2'
        $streams | Should -Match 'AADSTS7000215'
        $streams | Should -Match 'AADSTS50126'
        $streams | Should -Match 'In the queue: 3'
        $said -join "`n" | Should -Match 'mail\.db: \d{4,} octets, \d{4,} pieces'
        $submission.MessageCount | Should -BeGreaterThan 2
        $said -join "`n" | Should -Match 'streams\.txt: \d{4,} octets, \d{4,} pieces'
        $said -match '^FOUND' | Should -BeNullOrEmpty
        $cache = Get-ChildItem (Join-Path $TestDrive 'tokens') -File
        $inCache = dotnet $services.Program hunt $secrets @($cache).FullName
        $inCache -match '^FOUND' |
            Should -Not -BeNullOrEmpty -Because 'a hunt that finds nothing anywhere would prove nothing'
        Get-ChildItem $home_ -Recurse -File -Force -Filter '*.db*' | ForEach-Object UnixMode | Sort-Object -Unique |
            Should -Be '-rw-------'
    }
}
