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
        @([pscustomobject]@{ To = 'a@example.com' }, [pscustomobject]@{ To = 'b@example.com' } | New-RelayMessage -From me@example.com).Count | Should -Be 2
        1..2 | ForEach-Object { 'x' | Set-Content (Join-Path $TestDrive "f$_.txt") }
        $message = Get-ChildItem (Join-Path $TestDrive '*.txt') | New-RelayMessage -To a@example.com -From me@example.com
        @($message).Count | Should -Be 1
        $message.Attachments.FileName | Should -Be 'f1.txt', 'f2.txt'
    }

    It 'writes a message file that Send-RelayMail can send' {
        $file = New-RelayMessage -To a@example.com -From me@example.com -Subject 'File' -Body 'Text' -Bcc b@example.com -Path (Join-Path $TestDrive 'm.eml')
        $file | Should -BeOfType System.IO.FileInfo
        $text = Get-Content $file -Raw
        $text | Should -Match '(?m)^Subject: File'
        $text | Should -Not -Match 'X-Unsent|b@example.com'
    }

    It 'writes a draft for Outlook, which needs no sender and keeps Bcc' {
        $file = New-RelayMessage -To a@example.com -Subject 'Draft' -Bcc b@example.com -Path (Join-Path $TestDrive 'd.eml') -Unsent
        $text = Get-Content $file -Raw
        $text | Should -Match '(?m)^X-Unsent: 1'
        $text | Should -Match '(?m)^Bcc: b@example.com'
    }

    It 'replaces a file only with -Force' {
        $path = Join-Path $TestDrive 'twice.eml'
        $null = New-RelayMessage -To a@example.com -From me@example.com -Subject 'one' -Path $path
        { New-RelayMessage -To a@example.com -From me@example.com -Subject 'two' -Path $path } | Should -Throw -ErrorId 'FileExists,*'
        $null = New-RelayMessage -To a@example.com -From me@example.com -Subject 'two' -Path $path -Force
        Get-Content $path -Raw | Should -Match '(?m)^Subject: two'
    }

    It 'writes nothing with -WhatIf' {
        $path = Join-Path $TestDrive 'whatif.eml'
        New-RelayMessage -To a@example.com -From me@example.com -Path $path -WhatIf
        $path | Should -Not -Exist
    }

    It 'refuses <Case> with <Id>' -ForEach @(
        @{ Case = 'a malformed address'; Id = 'InvalidAddress'; Arguments = @{ To = 'nobody' } }
        @{ Case = '-Unsent without a file'; Id = 'UnsentWithoutPath'; Arguments = @{ To = 'a@example.com'; Unsent = $true } }
        @{ Case = 'a path of another provider'; Id = 'NotAFile'; Arguments = @{ To = 'a@example.com'; From = 'b@example.com'; Path = 'Variable:x' } }
        @{ Case = 'a folder that is not there'; Id = 'MessageFileUnwritable'; Arguments = @{ To = 'a@example.com'; From = 'b@example.com'; Path = '/no/such/folder/x.eml' } }
        @{ Case = 'a header with a line break'; Id = '*'; Arguments = @{ To = 'a@example.com'; From = 'b@example.com'; Header = @{ 'X-A' = "b`r`nBcc: c@example.com" } } }
    ) {
        $problem = $null
        try { $null = New-RelayMessage @Arguments -ErrorAction Stop } catch { $problem = $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,MailAdmin.PowerShell.Commands.NewRelayMessageCommand"
        $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}
