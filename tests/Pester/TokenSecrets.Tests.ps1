# No token gets to where people look or where things are kept: streams, errors, transcripts, results, the store.
BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    . (Join-Path $PSScriptRoot 'TokenKit.ps1')
    $server = Start-SmtpTestServer -Personality Hve -Account 'alarm@contoso.com'

    # A token in clear, in base64 at its three alignments, and escaped; in pieces, as a log may cut it.
    function Get-Spelling([string] $Token) {
        $forms = @($Token, [uri]::EscapeDataString($Token)) + ('', 'x', 'xy' | ForEach-Object {
            [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($_ + $Token))
        })
        foreach ($form in $forms) {
            for ($i = 8; $i -lt $form.Length - 28; $i += 20) { $form.Substring($i, 20) }
        }
    }
}

AfterAll { $server | Stop-SmtpTestServer }

Describe 'A token that is <State>' -ForEach @(
    @{ State = 'taken'; Changes = @{} }
    @{ State = 'refused'; Changes = @{ exp = -60 } }
    @{ State = 'for another service'; Changes = @{ aud = 'https://graph.microsoft.com' } }
) {
    It 'is shown and kept nowhere' {
        $token = New-TestToken $Changes
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        # The token reaches the new process through a file, as its command line would be a place of its own.
        $token | Set-Content (Join-Path $folder 'token')
        $output = Invoke-Fresh @"
            `$env:HOME = `$env:XDG_DATA_HOME = `$env:XDG_STATE_HOME = `$env:LOCALAPPDATA = '$folder/home'
            `$null = New-Item -ItemType Directory '$folder/home'
            Import-Module '$modulePath'
            Start-Transcript '$folder/session.log' | Out-Null
            `$route = @{
                Server = 'localhost'; Port = $($server.Port); SkipCertificateCheck = `$true; WarningAction = 'Continue'
            }
            `$token = ConvertTo-SecureString (Get-Content '$folder/token') -AsPlainText -Force
            & {
                Test-SmtpAuth @route -Token `$token -From alarm@contoso.com -Transcript -Verbose -Debug
                Send-RelayMail @route -Token `$token -From alarm@contoso.com -To a@contoso.com -Subject x -Body y ``
                    -TranscriptPath '$folder/smtp.log' -Verbose -Debug
                Test-SmtpToken `$token -Service Hve -Verbose -Debug
            } *>&1 | ForEach-Object {
                `$_ | Format-List * -Force
                `$_ | ConvertTo-Json -Depth 4 -WarningAction Ignore
            } | Out-String -Width 8000
            @(`$Error) | ForEach-Object {
                `$_ | Format-List * -Force
                `$_.Exception | Format-List * -Force
                "`$(`$_.Exception)"
                `$_ | Resolve-SmtpError -ErrorAction Ignore
            } | Out-String -Width 8000
            Get-Variable | Where-Object Name -NotIn 'token', 'Error' | Out-String -Width 8000
            Get-History | Out-String -Width 8000
            Stop-Transcript | Out-Null
"@
        Remove-Item (Join-Path $folder 'token')
        $kept = Get-ChildItem $folder -Recurse -File -Force | ForEach-Object {
            [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($_.FullName))
        }
        $all = ($output -join "`n") + ($kept -join "`n")
        # That the search looks at the right things.
        $all | Should -BeLike '*AUTH XOAUTH2*'
        $all | Should -BeLike ($State -eq 'taken' ? '*250 2.0.0 OK*' : '*535 5.7.1*')
        foreach ($piece in Get-Spelling $token) {
            $all.Contains($piece) | Should -BeFalse -Because "'$piece' is a piece of the token"
        }
    }
}

Describe 'Files with a conversation' -Skip:$IsWindows {
    It 'are for their owner only' {
        $path = Join-Path $TestDrive 'smtp.log'
        $null = Send-RelayMail -Server localhost -Port $server.Port -SkipCertificateCheck -Token (New-TestToken) `
            -From alarm@contoso.com -To a@contoso.com -Subject x -Body y -TranscriptPath $path `
            -WarningAction SilentlyContinue
        (Get-Item $path).UnixMode | Should -Be '-rw-------'
    }
}
