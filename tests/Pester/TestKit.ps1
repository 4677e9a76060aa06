# Dot-sourced by every test file: the built module, and what tests have in common.
$ErrorActionPreference = 'Stop'
$modulePath = Join-Path $PSScriptRoot '..' '..' 'out' 'MailAdmin' | Convert-Path
Import-Module $modulePath

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
