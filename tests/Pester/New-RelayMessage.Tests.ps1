BeforeAll { . (Join-Path $PSScriptRoot 'TestKit.ps1') }

Describe 'New-RelayMessage' {
    It 'makes a message with an id and a date of its own' {
        $message = New-RelayMessage -To 'Anna <anna@example.com>' -From me@example.com -Subject 'Hi' -Cc c@example.com
        $message.MessageId | Should -BeLike '*@example.com'
        $message.Date | Should -BeGreaterThan ([DateTimeOffset]::Now.AddMinutes(-5))
        $message.To[0].DisplayName | Should -Be 'Anna'
        $message.Subject | Should -Be 'Hi'
    }

    It 'makes one message for each row, and one of all piped files' {
        $rows = 'a@example.com', 'b@example.com' | ForEach-Object { [pscustomobject]@{ To = $_ } }
        @($rows | New-RelayMessage -From me@example.com).Count | Should -Be 2
        1..2 | ForEach-Object { 'x' | Set-Content (Join-Path $TestDrive "f$_.txt") }
        $message = Get-ChildItem (Join-Path $TestDrive '*.txt') | New-RelayMessage a@example.com -From me@example.com
        @($message).Count | Should -Be 1
        $message.Attachments.FileName | Should -Be 'f1.txt', 'f2.txt'
    }

    It 'writes a message file that Send-RelayMail can send' {
        $path = Join-Path $TestDrive 'm.eml'
        $file = New-RelayMessage a@example.com 'File' 'Text' -From me@example.com -Bcc hidden@example.com -Path $path
        $file | Should -BeOfType System.IO.FileInfo
        $text = Get-Content $file -Raw
        $text | Should -Match '(?m)^Subject: File'
        $text | Should -Not -Match 'X-Unsent|hidden@'
    }

    It 'writes a draft for Outlook, which needs no sender and keeps Bcc' {
        $path = Join-Path $TestDrive 'd.eml'
        $file = New-RelayMessage a@example.com 'Draft' -Bcc hidden@example.com -Path $path -Unsent
        $text = Get-Content $file -Raw
        $text | Should -Match '(?m)^X-Unsent: 1'
        $text | Should -Match '(?m)^Bcc: hidden@example.com'
    }

    It 'replaces a file only with -Force' {
        $path = Join-Path $TestDrive 'twice.eml'
        $null = New-RelayMessage a@example.com 'one' -From me@example.com -Path $path
        { New-RelayMessage a@example.com 'two' -From me@example.com -Path $path } |
            Should -Throw -ErrorId 'FileExists,*'
        $null = New-RelayMessage a@example.com 'two' -From me@example.com -Path $path -Force
        Get-Content $path -Raw | Should -Match '(?m)^Subject: two'
    }

    It 'writes nothing with -WhatIf' {
        $path = Join-Path $TestDrive 'whatif.eml'
        New-RelayMessage -To a@example.com -From me@example.com -Path $path -WhatIf
        $path | Should -Not -Exist
    }

    It 'refuses <Case> with <Id>' -ForEach @(
        @{ Case = 'a malformed address'; Id = 'InvalidAddress'; Arguments = @{ To = 'nobody' } }
        @{ Case = '-Unsent without a file'; Id = 'UnsentWithoutPath'; Arguments = @{ Unsent = $true } }
        @{ Case = 'a path of another provider'; Id = 'NotAFile'; Arguments = @{ Path = 'Variable:x' } }
        @{ Case = 'a folder that is not there'; Id = 'MessageFileUnwritable'; Arguments = @{ Path = '/no/such/x.eml' } }
        @{ Case = 'a header with a line break'; Id = '*'; Arguments = @{ Header = @{ 'X-A' = "b`r`nBcc: c" } } }
    ) {
        $all = @{ To = 'a@example.com'; From = 'b@example.com' }
        $Arguments.Keys | ForEach-Object { $all[$_] = $Arguments[$_] }
        $problem = $null
        try { $null = New-RelayMessage @all -ErrorAction Stop } catch { $problem = $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,MailAdmin.PowerShell.Commands.NewRelayMessageCommand"
        $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}
