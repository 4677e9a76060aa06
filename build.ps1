<#
.SYNOPSIS
    Builds the MailAdmin module into out/MailAdmin, tests it and packs it.
.DESCRIPTION
    Needs the .NET SDK, and Pester 5 for the task Pester.
.PARAMETER Task
    What to do, in this order of their own whatever order they are named in:
    Clean    removes out/
    Build    compiles, and lays the module out in out/MailAdmin, with its help
    Docs     writes the help files anew from the source's documentation (Build does so too)
    Test     runs the tests of the core
    Pester   runs the tests of the built module; results go to out/pester.xml
    Package  makes out/MailAdmin.<version>.nupkg, as the PowerShell Gallery takes it
.EXAMPLE
    ./build.ps1
.EXAMPLE
    ./build.ps1 -Task Build, Pester
#>
[CmdletBinding()]
param(
    [string[]] $Task = @('Clean', 'Build'),

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

$out = Join-Path $PSScriptRoot 'out'
$module = Join-Path $out 'MailAdmin'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args[0]) failed with exit code $LASTEXITCODE." }
}

function Get-Project([string] $Name) {
    Join-Path $PSScriptRoot 'src' $Name "$Name.csproj"
}

function Remove-Output {
    if (Test-Path -LiteralPath $out) { Remove-Item -LiteralPath $out -Recurse -Force }
}

function Build-Module {
    $bin = Join-Path $module 'bin'
    if (Test-Path -LiteralPath $module) { Remove-Item -LiteralPath $module -Recurse -Force }
    $null = New-Item -ItemType Directory -Path $bin

    $quiet = @('--configuration', $Configuration, '--nologo', '--verbosity', 'quiet')
    Invoke-DotNet publish (Get-Project MailAdmin.PowerShell) @quiet --output $bin
    Remove-Item -Path (Join-Path $bin '*.xml')
    Invoke-DotNet build (Get-Project MailAdmin.Loader) @quiet
    $loader = Join-Path $PSScriptRoot 'src' 'MailAdmin.Loader' 'bin' $Configuration 'net8.0' 'MailAdmin.Loader.dll'
    Copy-Item -LiteralPath $loader -Destination $module

    Copy-Item -Path (Join-Path $PSScriptRoot 'module' '*') -Destination $module -Recurse
    Copy-Item -LiteralPath (Join-Path $PSScriptRoot 'LICENSE') -Destination $module
    Build-Help
}

function Build-Help {
    $help = Join-Path $module 'en-US' 'MailAdmin.PowerShell.dll-Help.xml'
    $project = Get-Project MailAdmin.HelpBuilder
    Invoke-DotNet run --project $project --configuration $Configuration --verbosity quiet -- $help
}

function Invoke-CoreTest {
    $project = Join-Path $PSScriptRoot 'tests' 'MailAdmin.Core.Tests' 'MailAdmin.Core.Tests.csproj'
    Invoke-DotNet test $project --configuration $Configuration --nologo
}

function Invoke-ModuleTest {
    # The tests are users of the module, and run as at their prompt: the strictness of this script is not theirs.
    Set-StrictMode -Off
    $ErrorActionPreference = 'Continue'
    Import-Module -Name Pester -MinimumVersion 5.0 -ErrorAction Stop
    $settings = New-PesterConfiguration -Hashtable @{
        Run        = @{ Path = Join-Path $PSScriptRoot 'tests' 'Pester'; PassThru = $true }
        Output     = @{ Verbosity = 'Detailed' }
        TestResult = @{ Enabled = $true; OutputFormat = 'NUnitXml'; OutputPath = Join-Path $out 'pester.xml' }
    }
    $result = Invoke-Pester -Configuration $settings
    if ($result.Result -ne 'Passed') { throw "Pester: $($result.FailedCount) of $($result.TotalCount) tests failed." }
}

# A gallery package is a NuGet package with the module's files at its root: a zip with a nuspec and the OPC parts.
function New-Package {
    $manifest = Import-PowerShellDataFile -LiteralPath (Join-Path $module 'MailAdmin.psd1')
    $package = Join-Path $out "MailAdmin.$($manifest.ModuleVersion).nupkg"
    if (Test-Path -LiteralPath $package) { Remove-Item -LiteralPath $package }

    $data = $manifest.PrivateData.PSData
    $tags = @(
        'PSModule', 'PSEdition_Core', 'PSIncludes_Cmdlet'
        $manifest.CmdletsToExport | ForEach-Object { "PSCmdlet_$_"; "PSCommand_$_" }
        $data.Tags
    )
    $escape = { [System.Security.SecurityElement]::Escape($args[0]) }
    $nuspec = @"
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
  <metadata>
    <id>MailAdmin</id>
    <version>$($manifest.ModuleVersion)</version>
    <authors>$(& $escape $manifest.Author)</authors>
    <owners>$(& $escape $manifest.CompanyName)</owners>
    <requireLicenseAcceptance>false</requireLicenseAcceptance>
    <license type="expression">MIT</license>
    <description>$(& $escape $manifest.Description)</description>
    <copyright>$(& $escape $manifest.Copyright)</copyright>
    <tags>$($tags -join ' ')</tags>
  </metadata>
</package>
"@
    $relationships = @'
<?xml version="1.0" encoding="utf-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
  <Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/MailAdmin.nuspec" Id="R1" />
</Relationships>
'@
    $files = Get-ChildItem -LiteralPath $module -Recurse -File
    $extensions = @($files.Extension) + '.nuspec' | Where-Object { $_ } | Sort-Object -Unique
    $defaults = $extensions | ForEach-Object {
        "<Default Extension=`"$($_.TrimStart('.'))`" ContentType=`"application/octet-stream`" />"
    }
    $bare = $files | Where-Object { -not $_.Extension } | ForEach-Object {
        $part = [System.IO.Path]::GetRelativePath($module, $_.FullName).Replace('\', '/')
        "<Override PartName=`"/$part`" ContentType=`"application/octet-stream`" />"
    }
    $types = @"
<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml" />
$((@($defaults) + @($bare)) -join "`n")
</Types>
"@
    $zip = [System.IO.Compression.ZipFile]::Open($package, [System.IO.Compression.ZipArchiveMode]::Create)
    try {
        $texts = [ordered]@{
            'MailAdmin.nuspec'    = $nuspec
            '_rels/.rels'         = $relationships
            '[Content_Types].xml' = $types
        }
        foreach ($name in $texts.Keys) {
            $writer = [System.IO.StreamWriter]::new($zip.CreateEntry($name).Open())
            try { $writer.Write($texts[$name]) } finally { $writer.Dispose() }
        }
        foreach ($file in $files) {
            $entry = [System.IO.Path]::GetRelativePath($module, $file.FullName).Replace('\', '/')
            $null = [System.IO.Compression.ZipFileExtensions]::CreateEntryFromFile($zip, $file.FullName, $entry)
        }
    }
    finally { $zip.Dispose() }
    Write-Host "Packed $package"
}

$steps = [ordered]@{
    Clean   = { Remove-Output }
    Build   = { Build-Module }
    Docs    = { Build-Help }
    Test    = { Invoke-CoreTest }
    Pester  = { Invoke-ModuleTest }
    Package = { New-Package }
}

# `pwsh -File build.ps1 -Task Build,Pester` passes one string with a comma in it.
$wanted = @($Task -split ',' | ForEach-Object Trim)
$unknown = @($wanted | Where-Object { $_ -notin $steps.Keys })
if ($unknown) { throw "There is no task '$($unknown -join "', '")'; there are $($steps.Keys -join ', ')." }

foreach ($name in $steps.Keys | Where-Object { $_ -in $wanted }) {
    Write-Host "== $name"
    & $steps[$name]
}
