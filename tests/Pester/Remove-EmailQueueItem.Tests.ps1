BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $env:MAILADMIN_STORE = Join-Path $TestDrive "$([guid]::NewGuid())" 'mail.db'
    $null = 1..6 | ForEach-Object {
        [pscustomobject]@{ To = "u$_@example.com"; From = "s$($_ % 2)@example.com"; Subject = "n$_" }
    } | Send-RelayMail -Body x -Server 'mail.example.com' -Queue
}

Describe 'Remove-EmailQueueItem' {
    It 'removes items of the pipeline and leaves the others' {
        Get-EmailQueueItem -From s0@example.com | Remove-EmailQueueItem -PassThru | ForEach-Object Subject |
            Should -Be 'n2', 'n4', 'n6'
        (Get-EmailQueueItem -From 's*').Subject | Should -Be 'n1', 'n3', 'n5'
    }

    It 'changes nothing with -WhatIf, and says what is not there' {
        Get-EmailQueueItem | Remove-EmailQueueItem -WhatIf
        (Get-EmailQueueItem -From 's*').Count | Should -Be 3
        { Remove-EmailQueueItem 4711 -ErrorAction Stop } | Should -Throw -ErrorId 'QueueItemNotFound*'
    }
}
