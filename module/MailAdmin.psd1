@{
    RootModule           = 'MailAdmin.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '5d0a4c8e-1f5b-4f4b-9a65-7f3f0f2f8c11'
    Author               = 'The MailAdmin authors'
    CompanyName          = 'The MailAdmin authors'
    Copyright            = '(c) The MailAdmin authors. MIT licence.'
    Description          = 'Sends mail through Microsoft 365, relays and any SMTP server, and says why when it does not go.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('MailAdmin.Format.ps1xml')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    CmdletsToExport      = @(
        'Add-EmailQueueItem'
        'Clear-EmailHistory'
        'Get-EmailHistory'
        'Get-EmailOption'
        'Get-EmailQueueItem'
        'Get-EmailThrottle'
        'Get-MxEndpoint'
        'Get-SendMethod'
        'Get-SmtpTestMessage'
        'Get-SmtpToken'
        'Invoke-EmailDistributor'
        'New-RelayMessage'
        'Register-EmailDistributor'
        'Remove-EmailQueueItem'
        'Resolve-SmtpError'
        'Resume-EmailQueueItem'
        'Send-RelayMail'
        'Set-EmailOption'
        'Set-EmailThrottle'
        'Start-SmtpTestServer'
        'Stop-SmtpTestServer'
        'Test-MailDomain'
        'Test-SmtpAuth'
        'Test-SmtpRelay'
        'Test-SmtpTls'
        'Test-SmtpToken'
    )
    PrivateData          = @{
        PSData = @{
            Tags       = @(
                'Mail', 'Email', 'SMTP', 'Relay', 'Microsoft365', 'Exchange', 'DKIM', 'Windows', 'Linux', 'MacOS'
            )
            LicenseUri = 'https://opensource.org/licenses/MIT'
        }
    }
}
