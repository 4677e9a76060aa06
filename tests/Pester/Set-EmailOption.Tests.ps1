BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $env:MAILADMIN_STORE = Join-Path $TestDrive 'options.db'
    $server = Start-SmtpTestServer
}

AfterAll { $server | Stop-SmtpTestServer }

Describe 'Set-EmailOption' {
    It 'sets what is named, and leaves the rest' {
        Set-EmailOption -RetentionDays 90 -DefaultSender 'Reports <reports@example.com>'
        Set-EmailOption -LargestMessage 1MB -AlertAddress admin@example.com
        $option = Get-EmailOption
        $option.RetentionDays, $option.LargestMessage | Should -Be 90, 1MB
        $option.DefaultSender, $option.AlertAddress | Should -Be 'Reports <reports@example.com>', 'admin@example.com'
    }

    It 'puts back to the default with 0 and $null' {
        $option = Set-EmailOption -RetentionDays 0 -LargestMessage 0 -DefaultSender $null -AlertAddress '' -PassThru
        $option.RetentionDays | Should -Be 30
        $option.LargestMessage, $option.DefaultSender, $option.AlertAddress | Should -Be $null, $null, $null
    }

    It 'changes nothing with -WhatIf' {
        Set-EmailOption -RetentionDays 5 -WhatIf
        (Get-EmailOption).RetentionDays | Should -Be 30
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a malformed sender'; With = @{ DefaultSender = 'nobody' }; Id = 'InvalidAddress' }
        @{ Name = 'a batch provider that could not be used'; With = @{ Method = 'Relay' }; Id = 'MethodNeedsDomain' }
        @{ Name = 'a server that is none'; With = @{ Server = "mail`nhost" }; Id = 'InvalidHost' }
        @{ Name = 'two wishes at once'; With = @{ Server = 'mail.example.com'; NoBatchProvider = $true }
            Id = 'TwoBatchProviders' }
        @{ Name = 'a group without -MachineWide'; With = @{ Group = 'mail' }; Id = 'GroupWithoutMachineWide' }
    ) {
        $null = Set-EmailOption @With -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $failure[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'keeps a batch provider, its password not in clear, and ends it' {
        $login = [pscredential]::new('anna', (ConvertTo-SecureString 'Very-secret-4711' -AsPlainText -Force))
        $option = Set-EmailOption -Server smtp.example.com -Port 587 -Credential $login -PassThru
        $option.BatchProvider | Should -Be 'smtp.example.com:587 anna'
        foreach ($file in Get-ChildItem "$env:MAILADMIN_STORE*") {
            [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($file)) | Should -Not -BeLike '*Very-secret-4711*'
        }
        (Set-EmailOption -NoBatchProvider -PassThru).BatchProvider | Should -BeNullOrEmpty
    }

    It 'gives messages without -From their author' {
        Set-EmailOption -DefaultSender 'Reports <reports@example.com>'
        $result = Send-RelayMail anna@example.com 'Report' 'x' localhost -Port $server.Port
        $result.Status, $result.From | Should -Be 'Sent', 'reports@example.com'
        Set-EmailOption -DefaultSender $null
    }

    It 'has larger messages refused before they go out' {
        Set-EmailOption -LargestMessage 10KB
        $before = $server.MessageCount
        $result = Send-RelayMail anna@example.com 'Large' ('x ' * 10KB) -From a@example.com `
            -Server localhost -Port $server.Port `
            -ErrorAction SilentlyContinue -ErrorVariable failure
        $result.Status | Should -Be 'Failed'
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'MessageOverLimit,*'
        $failure[0].CategoryInfo.Category | Should -Be 'LimitsExceeded'
        $server.MessageCount | Should -Be $before
        Set-EmailOption -LargestMessage 0
    }
}
