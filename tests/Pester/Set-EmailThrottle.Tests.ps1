BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $env:MAILADMIN_STORE = Join-Path $TestDrive 'mail.db'
}

Describe 'Set-EmailThrottle' {
    It 'sets limits for a server, and leaves the others' {
        $set = Set-EmailThrottle mail.example.com -Limit '20/minute', '2000 recipients/day' -Connections 2 -PassThru
        $set.Limits.Limit | ForEach-Object ToString | Should -Be '20 messages per minute', '2,000 recipients per day'
        $set.Connections, $set.Deferrals, $set.DeferralSeconds, $set.Kind | Should -Be 2, 10, 60, 'Server'

        Set-EmailThrottle mail.example.com -Limit '30/minute' -Deferrals 3 -DeferralSeconds 20
        $now = Get-EmailThrottle mail.example.com
        $now.Limits.ForEach{ $_.Limit.Count } | Should -Be 30, 2000
        $now.Connections, $now.Deferrals, $now.DeferralSeconds | Should -Be 2, 3, 20
    }

    It 'removes with 0' {
        Set-EmailThrottle zero.example.com -Limit 10/minute, 100/hour -RecipientsPerMessage 5 -Connections 2
        (Set-EmailThrottle zero.example.com -Limit 0/minute -PassThru).Limits.ForEach{ $_.Limit.Count } | Should -Be 100
        $all = @{ Limit = '0'; RecipientsPerMessage = 0; Connections = 0; Deferrals = 0 }
        $none = Set-EmailThrottle zero.example.com @all -PassThru
        $none.Limits | Should -BeNullOrEmpty
        $none.RecipientsPerMessage, $none.Connections, $none.Deferrals | Should -Be 0, 0, 0
    }

    It 'tells the ports of a server apart' {
        Set-EmailThrottle ports.example.com -Port 587 -Limit 5/minute
        (Get-EmailThrottle ports.example.com -Port 587).Limits.ForEach{ $_.Limit.Count } | Should -Be 5
        (Get-EmailThrottle ports.example.com:587).Limits.ForEach{ $_.Limit.Count } | Should -Be 5
        (Get-EmailThrottle ports.example.com).Limits | Should -BeNullOrEmpty
    }

    It 'changes a preset of Microsoft 365, and brings it back' {
        $set = Set-EmailThrottle smtp.office365.com -Limit 0/minute -PassThru
        $set.Method, $set.IsPreset | Should -Be 'Submission', $false
        $set.Limits.ForEach{ $_.Limit.Count } | Should -Be 10000
        $back = Get-EmailThrottle -Method Submission | Set-EmailThrottle -Reset -PassThru
        $back.IsPreset | Should -BeTrue
        $back.Limits.ForEach{ $_.Limit.Count } | Should -Be 30, 10000
    }

    It 'takes known limits by a name' {
        (Set-EmailThrottle -Method Gmail -Preset GmailWorkspace -PassThru).Limits.ForEach{ $_.Limit.Count } |
            Should -Be 2000
        (Set-EmailThrottle smtp.example.com -Preset Acs -Limit 200/hour -PassThru).Limits.ForEach{ $_.Limit.Count } |
            Should -Be 30, 200
    }

    It 'works out the limit of a tenant from its licences' {
        $tenant = Set-EmailThrottle -Provider microsoft365 -Licenses 100 -AcceptedDomain contoso.com -PassThru
        $tenant.Limits[0].Limit.Count, $tenant.Limits[0].IsExternal | Should -Be 22059, $true
        $tenant.Licenses, $tenant.AcceptedDomain, $tenant.Provider | Should -Be 100, 'contoso.com', 'Microsoft365'
        (Set-EmailThrottle -Provider Microsoft365 -Trial -PassThru).Limits.ForEach{ $_.Limit.Count } | Should -Be 5000
        (Set-EmailThrottle -Provider Microsoft365 -Trial:$false -Licenses 0 -PassThru).Limits | Should -BeNullOrEmpty
    }

    It 'changes nothing with -WhatIf' {
        Set-EmailThrottle whatif.example.com -Limit 5/minute -WhatIf
        (Get-EmailThrottle whatif.example.com).Limits | Should -BeNullOrEmpty
    }

    It 'refuses <Id>' -ForEach @(
        @{ Id = 'InvalidLimit'; With = @{ Server = 'x'; Limit = '5/fortnight' } }
        @{ Id = 'NoThrottleScope'; With = @{ Limit = '5/minute' } }
        @{ Id = 'TwoThrottles'; With = @{ Server = 'x'; Method = 'Gmail'; Limit = '5/minute' } }
        @{ Id = 'NothingToSet'; With = @{ Server = 'x' } }
        @{ Id = 'InvalidServer'; With = @{ Server = "x`r`ny"; Limit = '5/minute' } }
        @{ Id = 'InvalidServer'; With = @{ Server = 'x:99999'; Limit = '5/minute' } }
        @{ Id = 'UnknownPreset'; With = @{ Server = 'x'; Preset = 'Postman' } }
        @{ Id = 'UnknownProvider'; With = @{ Provider = 'Contoso'; Limit = '5/minute' } }
        @{ Id = 'NoTenant'; With = @{ Server = 'x'; Licenses = 5 } }
        @{ Id = 'NoTenant'; With = @{ Provider = 'Google'; Trial = $true } }
    ) {
        $failure = { Set-EmailThrottle @With -ErrorAction Stop } | Should -Throw -ErrorId "$Id,*" -PassThru
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'completes limits, presets and providers' {
        function Get-Completion([string] $Line) {
            (TabExpansion2 $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText
        }

        Get-Completion 'Set-EmailThrottle x -Limit 30' | Should -Be '30/minute'
        Get-Completion 'Set-EmailThrottle x -Limit 10000' | Should -Be "'10000 recipients/day'"
        Get-Completion 'Set-EmailThrottle x -Preset Gmail' | Should -Be 'Gmail', 'GmailWorkspace'
        Get-Completion 'Set-EmailThrottle -Provider M' | Should -Be 'Microsoft365'
    }
}
