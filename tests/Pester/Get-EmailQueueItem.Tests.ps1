BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $env:MAILADMIN_STORE = Join-Path $TestDrive "$([guid]::NewGuid())" 'mail.db'
    $rows = 1..6 | ForEach-Object {
        [pscustomobject]@{ To = "u$_@example.com"; From = "s$($_ % 2)@example.com"; Subject = "n$_" }
    }
    $queued = $rows | Send-RelayMail -Body x -Server 'mail.example.com' -Queue
}

Describe 'Get-EmailQueueItem' {
    It 'gives all, oldest first' {
        (Get-EmailQueueItem).Subject | Should -Be (1..6 | ForEach-Object { "n$_" })
    }

    It 'finds by <Name>' -ForEach @(
        @{ Name = 'sender'; With = @{ From = 's0@*' }; Expected = 'n2', 'n4', 'n6' }
        @{ Name = 'recipient'; With = @{ To = 'U3@example.com' }; Expected = 'n3' }
        @{ Name = 'state and number'; With = @{ State = 'Waiting'; First = 2 }; Expected = 'n1', 'n2' }
        @{ Name = 'destination'; With = @{ Destination = 'mail.example.com:25'; First = 1 }; Expected = 'n1' }
        @{ Name = 'another state'; With = @{ State = 'Failed' }; Expected = $null }
    ) {
        (Get-EmailQueueItem @With).Subject | Should -Be $Expected
    }

    It 'finds by number and by property, and says what is not there' {
        ($queued[0, 2] | Get-EmailQueueItem).Subject | Should -Be 'n1', 'n3'
        Get-EmailQueueItem 4711 -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'QueueItemNotFound,*'
        $failed[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'fits 120 columns, with five columns at the most' {
        $lines = Get-EmailQueueItem | Format-Table | Out-String -Width 120 -Stream
        ($lines | ForEach-Object { $_.Length } | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 120
    }
}
