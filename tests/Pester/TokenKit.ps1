# Dot-sourced by tests that need access tokens: made here, signed by nobody.

# Header, claims and signature as a token (RFC 7519 section 3.1).
function ConvertTo-Jwt([string[]] $Part) {
    $Part.ForEach{
        [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($_)).TrimEnd('=').Replace('+', '-').Replace('/', '_')
    } -join '.'
}

# A token of an app for Exchange Online, good for an hour. Times are in seconds from now; $null takes a claim out.
function New-TestToken([hashtable] $Changes = @{}) {
    $now = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
    $claims = [ordered]@{
        aud = 'https://outlook.office365.com'; iat = -300; nbf = -300; exp = 3600
        appid = '11111111-2222-3333-4444-555555555555'; idtyp = 'app'; roles = @('SMTP.SendAsApp'); ver = '1.0'
        tid = '8f4a2c1e-0b7d-4e55-9c36-5a1d2e3f4b5c'; uti = [guid]::NewGuid().ToString('N')
    }
    foreach ($name in $Changes.Keys) {
        if ($null -eq $Changes[$name]) { $claims.Remove($name) } else { $claims[$name] = $Changes[$name] }
    }
    foreach ($name in 'iat', 'nbf', 'exp') { $claims[$name] = $now + $claims[$name] }
    ConvertTo-Jwt '{"typ":"JWT","alg":"RS256"}', ($claims | ConvertTo-Json -Compress), 'signature of nobody'
}
