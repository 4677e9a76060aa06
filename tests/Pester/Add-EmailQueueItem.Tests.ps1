BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $server = Start-SmtpTestServer
    $PSDefaultParameterValues = @{
        'Add-EmailQueueItem:Server' = 'localhost'; 'Add-EmailQueueItem:Port' = $server.Port
        'Send-RelayMail:Server' = 'localhost'; 'Send-RelayMail:Port' = $server.Port
    }
}

AfterAll { Stop-SmtpTestServer $server }

Describe 'Add-EmailQueueItem' {
    BeforeEach {
        $env:MAILADMIN_STORE = Join-Path $TestDrive "$([guid]::NewGuid())" 'mail.db'
        $message = New-RelayMessage -From a@example.com -To 'b@example.com', 'c@example.org' -Subject 'Queued' -Body 'x'
    }

    It 'queues a message with its priority and time, and puts out what is safe' {
        $later = [datetime]::Now.AddHours(2)
        $item = $message | Add-EmailQueueItem -Priority High -NotBefore $later
        $item.GetType().Name, "$($item.State)", "$($item.Priority)" | Should -Be 'EmailQueueItem', 'Waiting', 'High'
        $item.MessageId | Should -Be $message.MessageId
        $item.To | Should -Be 'b@example.com, c@example.org'
        ($item.NotBefore - $later).Duration() | Should -BeLessThan ([timespan]::FromSeconds(1))
        ($item.ExpiresAt - $later).TotalHours | Should -BeGreaterThan 47.9
        (Get-EmailQueueItem $item.Id).Subject | Should -Be 'Queued'
    }

    It 'queues files from the pipeline, in their order' {
        $files = 1..3 | ForEach-Object {
            $path = Join-Path $TestDrive "$_.eml"
            New-RelayMessage -From a@example.com -To b@example.com -Subject "File $_" -Body x -Path $path
        }
        ($files | Add-EmailQueueItem).Subject | Should -Be 'File 1', 'File 2', 'File 3'
    }

    It 'says of a bad file what is wrong, and queues the others' {
        $bad, $good = 'bad.eml', 'good.eml' | ForEach-Object { Join-Path $TestDrive $_ }
        Set-Content $bad 'this is no message'
        New-RelayMessage -From a@example.com -To b@example.com -Subject good -Body x -Path $good | Out-Null
        $items = Add-EmailQueueItem $bad, $good -ErrorVariable failed -ErrorAction SilentlyContinue
        $items.Subject | Should -Be 'good'
        $failed[0].TargetObject | Should -BeLike '*bad.eml'
    }

    It 'refuses a message over the largest size, and queues the others' {
        Set-EmailOption -LargestMessage 10KB
        $messages = 100, 20KB, 200 | ForEach-Object {
            New-RelayMessage -From a@example.com -To b@example.com -Subject "Size $_" -Body ('x ' * $_)
        }
        $items = $messages | Add-EmailQueueItem -ErrorVariable failed -ErrorAction SilentlyContinue
        $items.Subject | Should -Be 'Size 100', 'Size 200'
        (Get-EmailQueueItem).Subject | Should -Be 'Size 100', 'Size 200'
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'MessageOverLimit,*'
        $failed[0].CategoryInfo.Category | Should -Be 'LimitsExceeded'
        $failed[0].TargetObject | Should -Be $messages[1]
        $failed[0].ErrorDetails.RecommendedAction | Should -BeLike '*Set-EmailOption -LargestMessage*'
    }

    It 'changes nothing with -WhatIf' {
        $message | Add-EmailQueueItem -WhatIf | Should -BeNullOrEmpty
        Get-EmailQueueItem | Should -BeNullOrEmpty
    }

    It 'needs a way to send' {
        $PSDefaultParameterValues = @{}
        { $message | Add-EmailQueueItem -ErrorAction Stop } | Should -Throw -ErrorId 'NoServer*'
    }

    It 'refuses a method that could not be used, before anything is queued' {
        $PSDefaultParameterValues = @{}
        { $message | Add-EmailQueueItem -Method Relay -ErrorAction Stop } | Should -Throw -ErrorId 'MethodNeedsDomain*'
    }

    It 'refuses <Id>, and queues nothing' -ForEach @(
        @{ Id = 'InvalidHost'; With = @{ Server = "mail`r`nhost" } }
        @{ Id = 'SmtpCommandUnsafe'; With = @{ LocalHost = "me`r`nMAIL FROM:<>" } }
        @{ Id = 'ExpiresTooEarly'; With = @{ ExpiresAt = [datetime]::Now.AddHours(-1) } }
        @{ Id = 'ExpiresTooEarly'; With = @{
            NotBefore = [datetime]::Now.AddHours(2); ExpiresAt = [datetime]::Now.AddHours(1) } }
    ) {
        $failure = { $message | Add-EmailQueueItem @With -ErrorAction Stop } | Should -Throw -ErrorId "$Id,*" -PassThru
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        Get-EmailQueueItem | Should -BeNullOrEmpty
    }

    It 'takes the ends of the calendar for times' {
        ($message | Add-EmailQueueItem -NotBefore ([datetime]::MinValue)).NextAttemptAt |
            Should -BeLessOrEqual ([datetime]::Now)
        ($message | Add-EmailQueueItem -NotBefore ([datetime]::MaxValue)).NextAttemptAt.Year |
            Should -BeGreaterThan 9990
        Get-EmailQueueItem -After ([datetime]::MinValue) -Before ([datetime]::MaxValue) | Should -HaveCount 2
    }

    It 'keeps passwords out of the store' {
        $credential = [pscredential]::new('anna', (ConvertTo-SecureString 'correct-horse-9' -AsPlainText -Force))
        $message | Add-EmailQueueItem -Credential $credential -AllowPlaintextAuth | Out-Null
        $folder = Split-Path $env:MAILADMIN_STORE
        foreach ($file in Get-ChildItem $folder -File -Force) {
            $octets = [IO.File]::ReadAllBytes($file.FullName)
            [Text.Encoding]::Latin1.GetString($octets).Contains('correct-horse') | Should -BeFalse
        }
    }
}

Describe 'Send-RelayMail -Queue' {
    BeforeEach { $env:MAILADMIN_STORE = Join-Path $TestDrive "$([guid]::NewGuid())" 'mail.db' }

    It 'queues a pipeline in its order, with the numbers of the items' {
        $results = 1..50 | ForEach-Object { [pscustomobject]@{ To = "u$_@example.com"; Body = "b$_" } } |
            Send-RelayMail -From a@example.com -Subject s -Queue
        $results.Status | Sort-Object -Unique | Should -Be 'Queued'
        (Get-EmailQueueItem).To | Should -Be (1..50 | ForEach-Object { "u$_@example.com" })
        $results.QueueId | Should -Be (Get-EmailQueueItem).Id
        $server | Get-SmtpTestMessage | Should -BeNullOrEmpty
    }

    It 'refuses -<Name>, which would be left out silently' -ForEach @(
        @{ Name = 'NoHistory'; Value = $true }
        @{ Name = 'NoThrottle'; Value = $true }
        @{ Name = 'TranscriptPath'; Value = 'x.txt' }
    ) {
        $with = @{ $Name = $Value }
        { Send-RelayMail b@example.com s -Body x -From a@example.com -Queue @with } |
            Should -Throw -ErrorId 'NotForQueuedMail,*'
        Get-EmailQueueItem | Should -BeNullOrEmpty
    }

    It 'sends nothing at once that is not to go before a time' {
        $with = @{ NotBefore = [datetime]::Now.AddDays(1) }
        { Send-RelayMail b@example.com s -Body x -From a@example.com @with } |
            Should -Throw -ErrorId 'NotBeforeWithoutQueue,*'
        $server | Get-SmtpTestMessage | Should -BeNullOrEmpty
    }

    It 'takes -Priority into the queue, and -NotBefore' {
        $result = Send-RelayMail b@example.com s -Body x -From a@example.com -Queue -Priority Low `
            -NotBefore ([datetime]::Now.AddDays(1))
        $item = Get-EmailQueueItem $result.QueueId
        "$($item.Priority)" | Should -Be 'Low'
        $item.NotBefore | Should -BeGreaterThan ([datetime]::Now)
    }

    It 'refuses a message over the largest size, and queues the others' {
        Set-EmailOption -LargestMessage 10KB
        $rows = 'one', ('x ' * 20KB), 'three' | ForEach-Object { [pscustomobject]@{ To = 'b@example.com'; Body = $_ } }
        $results = $rows |
            Send-RelayMail -From a@example.com -Subject s -Queue -ErrorVariable failed -ErrorAction SilentlyContinue
        $results.Status | Should -Be 'Queued', 'Queued'
        (Get-EmailQueueItem).Id | Should -Be $results.QueueId
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'MessageOverLimit,*'
        $failed[0].ErrorDetails.RecommendedAction | Should -BeLike '*Set-EmailOption -LargestMessage*'
    }
}
