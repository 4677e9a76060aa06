# Dot-sourced by every test file: the built module, and what tests have in common.
$ErrorActionPreference = 'Stop'
$modulePath = Join-Path $PSScriptRoot '..' '..' 'out' 'MailAdmin' | Convert-Path
Import-Module $modulePath

# Never the store of whoever runs the tests, nor that of another file of tests, whose options and limits are in it.
$env:MAILADMIN_STORE = Join-Path ($TestDrive ?? [IO.Path]::GetTempPath()) "store-$([guid]::NewGuid())" 'mail.db'

# Stops a script from another thread, as Ctrl+C does; returns what it took until the prompt was back.
function Measure-Stop([string] $Script, [TimeSpan] $After) {
    $shell = [powershell]::Create()
    try {
        $null = $shell.AddScript("Import-Module '$modulePath'; $Script")
        $running = $shell.BeginInvoke()
        Start-Sleep -Milliseconds $After.TotalMilliseconds
        # ReadAll, as to enumerate the stream would wait for its end.
        $running.IsCompleted | Should -BeFalse -Because "it should still be running: $($shell.Streams.Error.ReadAll())"
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $watch.Elapsed
    }
    finally { $shell.Dispose() }
}

# Runs a script in a new pwsh, and returns its output lines.
function Invoke-Fresh([string] $Script) {
    $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($Script))
    & ([Environment]::ProcessPath) -NoProfile -NonInteractive -EncodedCommand $encoded -OutputFormat Text
}

# Waits for something that comes by itself; what does not come is for the test to miss.
function Wait-Until([scriptblock] $Condition, [int] $Seconds) {
    $end = [DateTime]::UtcNow.AddSeconds($Seconds)
    while (-not (& $Condition) -and [DateTime]::UtcNow -lt $end) { Start-Sleep -Milliseconds 50 }
}

function Get-FreePort {
    $listener = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
    $listener.Start()
    try { $listener.LocalEndpoint.Port } finally { $listener.Stop() }
}

# Compiles an assembly with a name and a version of one's choice, which Add-Type cannot.
function New-Assembly([string] $Name, [version] $Version, [string] $Code, [string] $Path) {
    Add-Type -AssemblyName Microsoft.CodeAnalysis, Microsoft.CodeAnalysis.CSharp
    $attribute = "[assembly: System.Reflection.AssemblyVersion(`"$Version`")]"
    $tree = [Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree]::ParseText("$attribute $Code")
    $library = [Microsoft.CodeAnalysis.OutputKind]::DynamicallyLinkedLibrary
    $compilation = [Microsoft.CodeAnalysis.CSharp.CSharpCompilation]::Create(
        $Name,
        [Microsoft.CodeAnalysis.SyntaxTree[]] $tree,
        [Microsoft.CodeAnalysis.MetadataReference[]] (
            [Microsoft.CodeAnalysis.MetadataReference]::CreateFromFile([object].Assembly.Location)),
        [Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions]::new($library))
    $file = [System.IO.File]::Create($Path)
    try { $result = $compilation.Emit($file) } finally { $file.Dispose() }
    $result.Success | Should -BeTrue -Because ($result.Diagnostics -join "`n")
}

# A DNS server of this process that knows these records and nothing else; Stop-TestDns ends it.
function Start-TestDns([string[]] $Zone) {
    $core = (Get-Command New-RelayMessage).OutputType.Type.Assembly | Where-Object FullName -Like 'MailAdmin.Core*'
    $records = [Activator]::CreateInstance($core.GetType('MailAdmin.Dns.Server.DnsTestZone'), @(, [string[]] $Zone))
    $core.GetType('MailAdmin.Dns.Server.DnsTestServer').GetMethod('Start').Invoke($null, @($records, $null))
}

function Stop-TestDns($Server) { $Server.DisposeAsync().AsTask().GetAwaiter().GetResult() }

# The identity provider for tests, in a process of its own: where everything is, as it says itself. Options are those of
# TestIdentityOptions. Stop-TestServices ends it.
function Start-TestServices([hashtable] $Options = @{}) {
    $project = Join-Path $PSScriptRoot '..' 'MailAdmin.TestServices' | Convert-Path
    $find = {
        Get-ChildItem (Join-Path $project 'bin') -Recurse -Filter MailAdmin.TestServices.dll -ErrorAction Ignore |
            Where-Object FullName -NotMatch '[\\/]ref[\\/]' | Sort-Object LastWriteTime | Select-Object -Last 1
    }
    if (-not (& $find)) { $null = dotnet build $project --nologo --verbosity quiet }
    $file = Join-Path ([IO.Path]::GetTempPath()) "mailadmin-$([guid]::NewGuid()).json"
    $Options | ConvertTo-Json -Depth 5 | Set-Content $file
    try {
        $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
        (& $find).FullName, $file | ForEach-Object { $start.ArgumentList.Add($_) }
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
        $process = [System.Diagnostics.Process]::Start($start)
        $services = $process.StandardOutput.ReadLine() | ConvertFrom-Json
        $services | Add-Member -NotePropertyMembers @{ Process = $process; Program = $start.ArgumentList[0] } -PassThru
    }
    finally { Remove-Item $file }
}

function Stop-TestServices($Services) {
    $Services.Process.StandardInput.Close()
    $Services.Process.WaitForExit(5000) | Should -BeTrue -Because 'the test services end with their input'
}

# Tells the test services something: faults to come, codes that somebody entered.
function Send-TestServices($Services, [string] $Path, [string] $Method = 'Post', $Body) {
    $json = if ($Body) { @{ Body = $Body | ConvertTo-Json; ContentType = 'application/json' } } else { @{} }
    Invoke-RestMethod "$($Services.PlainAddress)control/$Path" -Method $Method @json
}

# Runs a script in a new pwsh that trusts the test services; there $services, $app and the module are at hand, and
# $signIn and $google hold the parameters of Get-SmtpToken that lead to them. Only .NET on Linux can be told of a
# further authority.
function Invoke-WithServices($Services, [string] $Script, [hashtable] $Environment = @{}) {
    $bin = Join-Path $TestDrive 'browser'
    if (-not (Test-Path $bin)) {
        $null = New-Item -ItemType Directory $bin
        "#!/bin/sh`nexec dotnet '$($Services.Program)' browse `"`$1`"" | Set-Content (Join-Path $bin 'xdg-open')
        chmod +x (Join-Path $bin 'xdg-open')
    }
    $all = @{ SSL_CERT_FILE = $Services.Certificate; PATH = "$bin$([IO.Path]::PathSeparator)$env:PATH" } + $Environment
    $before = @{}
    foreach ($name in $all.Keys) {
        $before[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $all[$name])
    }
    try {
        $json = $Services | Select-Object * -ExcludeProperty Process | ConvertTo-Json -Depth 5 -Compress
        Invoke-Fresh @"
            `$PSStyle.OutputRendering = 'PlainText'
            Import-Module '$modulePath'
            `$services = '$json' | ConvertFrom-Json
            `$app = `$services.Apps[0]
            `$secret = ConvertTo-SecureString `$app.Secret -AsPlainText -Force
            `$signIn = @{ Authority = `$services.Address; Tenant = `$services.Tenant; ClientId = `$app.ClientId
                CacheFolder = '$(Join-Path $TestDrive 'tokens')'; WarningAction = 'SilentlyContinue' }
            `$google = @{ Authority = `$services.GoogleAddress; CacheFolder = `$signIn.CacheFolder }
            $Script
"@
    }
    finally { $before.Keys | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $before[$_]) } }
}
