BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $env:MAILADMIN_STORE = Join-Path $TestDrive 'options.db'
}

Describe 'Get-EmailOption' {
    It 'names the store' {
        $option = Get-EmailOption
        $option.Store | Should -Be $env:MAILADMIN_STORE
        $option.IsMachineWide | Should -BeFalse
    }

    It 'says the defaults of a store that is new' {
        $option = Get-EmailOption
        $option.RetentionDays | Should -Be 30
        $option.LargestMessage, $option.DefaultSender, $option.BatchProvider | Should -Be $null, $null, $null
    }

    It 'has a table within 120 columns and a list' {
        Get-EmailOption | Format-Table | Out-String -Width 120 | Should -Match 'Store\s+Batch provider\s+Days\s+Largest'
        Get-EmailOption | Format-List | Out-String | Should -Match 'AlertAddress'
    }
}
