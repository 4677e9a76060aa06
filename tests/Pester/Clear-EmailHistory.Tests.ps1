BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $env:MAILADMIN_STORE = Join-Path $TestDrive 'history.db'
    $server = Start-SmtpTestServer
    1..3 | ForEach-Object {
        $null = Send-RelayMail anna@example.com "$_" 'x' localhost -Port $server.Port -From sender@example.com
    }
}

AfterAll { $server | Stop-SmtpTestServer }

Describe 'Clear-EmailHistory' {
    It 'does nothing with -WhatIf' {
        Clear-EmailHistory -WhatIf
        @(Get-EmailHistory).Count | Should -Be 3
    }

    It 'removes what is older than a time' {
        $middle = (Get-EmailHistory)[1].Time
        Clear-EmailHistory -Before $middle -Confirm:$false
        (Get-EmailHistory).Subject | Should -Be '3', '2'
    }

    It 'removes everything' {
        Clear-EmailHistory -Confirm:$false
        Get-EmailHistory | Should -BeNullOrEmpty
    }

    It 'asks first' {
        $command = Get-Command Clear-EmailHistory
        $attribute = $command.ImplementingType.GetCustomAttributes($true) |
            Where-Object { $_ -is [System.Management.Automation.CmdletAttribute] }
        $attribute.ConfirmImpact | Should -Be 'High'
    }
}
