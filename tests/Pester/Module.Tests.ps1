BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $cmdlets = (Get-Module MailAdmin).ExportedCmdlets.Keys | ForEach-Object { @{ Name = $_ } }
    $common = @(
        [System.Management.Automation.Cmdlet]::CommonParameters
        [System.Management.Automation.Cmdlet]::OptionalCommonParameters
    )
    $parameters = foreach ($cmdlet in $cmdlets) {
        (Get-Command $cmdlet.Name).Parameters.Keys | Where-Object { $_ -notin $common } |
            ForEach-Object { @{ Name = $cmdlet.Name; Parameter = $_ } }
    }
}

BeforeAll { . (Join-Path $PSScriptRoot 'TestKit.ps1') }

Describe 'The module' {
    It 'has a manifest that PowerShell accepts' {
        $manifest = Test-ModuleManifest (Join-Path $modulePath 'MailAdmin.psd1')
        $manifest.PowerShellVersion | Should -Be '7.4'
        $manifest.CompatiblePSEditions | Should -Be 'Core'
    }

    It 'exports what the manifest names, and nothing else' {
        $named = (Import-PowerShellDataFile (Join-Path $modulePath 'MailAdmin.psd1')).CmdletsToExport
        $module = Get-Module MailAdmin
        $module.ExportedCmdlets.Keys | Sort-Object | Should -Be ($named | Sort-Object)
        $module.ExportedFunctions.Count + $module.ExportedAliases.Count + $module.ExportedVariables.Count | Should -Be 0
    }

    It 'names every cmdlet that the assembly has in the manifest' {
        $assembly = (Get-Command New-RelayMessage).ImplementingType.Assembly
        $built = $assembly.GetTypes() |
            ForEach-Object { $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false) } |
            ForEach-Object { "$($_.VerbName)-$($_.NounName)" }
        $built | Sort-Object | Should -Be ((Get-Module MailAdmin).ExportedCmdlets.Keys | Sort-Object)
    }

    It 'uses approved verbs only' {
        (Get-Command -Module MailAdmin).Verb | Where-Object { $_ -notin (Get-Verb).Verb } | Should -BeNullOrEmpty
    }

    It 'still has its cmdlets after Import-Module -Force, twice, and after Remove-Module' {
        Invoke-Fresh @"
            Import-Module '$modulePath' -Force
            Import-Module '$modulePath' -Force
            (New-RelayMessage a@example.com one -From b@example.com).Subject
            Remove-Module MailAdmin
            Get-Module -All | Where-Object Path -like '$modulePath*'
            Import-Module '$modulePath'
            (New-RelayMessage a@example.com two -From b@example.com).Subject
            (Get-Module MailAdmin).ExportedCmdlets.Count
"@ | Should -Be 'one', 'two', (Get-Module MailAdmin).ExportedCmdlets.Count
    }

    It 'puts only its loader into the default load context' {
        Invoke-Fresh @"
            Import-Module '$modulePath'
            `$null = New-RelayMessage a@example.com one -From b@example.com
            [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies |
                Where-Object Location -like '$modulePath*' | ForEach-Object { `$_.GetName().Name }
"@ | Should -Be 'MailAdmin.Loader'
    }

    It 'does not meet another version of its assemblies that is loaded already' {
        $other = Join-Path $TestDrive 'MailAdmin.Core.dll'
        New-Assembly MailAdmin.Core 99.0.0.0 'namespace MailAdmin.Mime { public class MessageBuilder { } }' $other
        Invoke-Fresh @"
            Add-Type -Path '$other'
            [MailAdmin.Mime.MessageBuilder].Assembly.GetName().ToString()
            Import-Module '$modulePath'
            (New-RelayMessage a@example.com mine -From b@example.com).Subject
            [AppDomain]::CurrentDomain.GetAssemblies().Where{ `$_.GetName().Name -eq 'MailAdmin.Core' }.Count
"@ | Should -Be 'MailAdmin.Core, Version=99.0.0.0, Culture=neutral, PublicKeyToken=null', 'mine', '2'
    }

    It 'imports quickly' {
        # The target is 150 ms beyond a bare pwsh on a quiet machine; this only catches a different order of magnitude.
        $script = "(Measure-Command { Import-Module '$modulePath' }).TotalMilliseconds"
        $times = 1..3 | ForEach-Object { [double](Invoke-Fresh $script) }
        ($times | Measure-Object -Minimum).Minimum | Should -BeLessThan 1500
    }
}

Describe 'Help of <Name>' -ForEach $cmdlets {
    It 'has a synopsis, a description and two examples' {
        $help = Get-Help $Name
        $help.Synopsis | Should -Not -Match "^\s*$Name"
        $help.description.Text | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
    }
}

Describe 'Help of <Name> -<Parameter>' -ForEach $parameters {
    It 'describes it, with the right aliases' {
        $help = Get-Help $Name -Parameter $Parameter
        $help.description.Text | Should -Not -BeNullOrEmpty
        $aliases = (Get-Command $Name).Parameters[$Parameter].Aliases -join ', '
        $help.aliases | Should -Be ($aliases ? $aliases : 'none')
    }
}

Describe 'Views' {
    BeforeDiscovery {
        [xml] $format = Get-Content (Join-Path $modulePath 'MailAdmin.Format.ps1xml') -Raw
        $types = $format.SelectNodes('//TypeName').InnerText | Sort-Object -Unique | ForEach-Object { @{ Type = $_ } }
        $outputs = foreach ($cmdlet in $cmdlets) {
            (Get-Command $cmdlet.Name).OutputType | ForEach-Object Type | Where-Object Namespace -Like 'MailAdmin*' |
                ForEach-Object { @{ Name = $cmdlet.Name; Type = $_.FullName; Known = $types.Type } }
        }
    }

    It '<Type> has a table of at most five columns, and a list' -ForEach $types {
        $views = (Get-FormatData $Type).FormatViewDefinition.Control
        $table = $views | Where-Object { $_ -is [System.Management.Automation.TableControl] }
        $table.Rows[0].Columns.Count | Should -BeIn (1..5)
        $views | Where-Object { $_ -is [System.Management.Automation.ListControl] } | Should -Not -BeNullOrEmpty
    }

    It '<Name> puts out <Type>, which has views' -ForEach $outputs {
        $Type | Should -BeIn $Known
    }
}
