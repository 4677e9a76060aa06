# The cmdlets and all their dependencies live in a load context of their own; only the tiny loader is in PowerShell's.
# No cmdlet of another module is used here: loading that module would take longer than all the rest.
if (-not ('MailAdmin.Loader.ModuleLoadContext' -as [type])) {
    $null = [System.Reflection.Assembly]::LoadFrom([System.IO.Path]::Combine($PSScriptRoot, 'MailAdmin.Loader.dll'))
}

$path = [System.IO.Path]::Combine($PSScriptRoot, 'bin', 'MailAdmin.PowerShell.dll')
$inner = Import-Module -Assembly ([MailAdmin.Loader.ModuleLoadContext]::Load($path)) -PassThru

# PowerShell remembers the inner module by its file, and a remembered one exports nothing when it is imported again:
# Import-Module -Force would lose the cmdlets. So it goes when this module goes.
$ExecutionContext.SessionState.Module.OnRemove = { Remove-Module -ModuleInfo $inner -Force }.GetNewClosure()
