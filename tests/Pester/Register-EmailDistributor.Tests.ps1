BeforeAll { . (Join-Path $PSScriptRoot 'TestKit.ps1') }

Describe 'Register-EmailDistributor' {
    BeforeEach { $env:MAILADMIN_STORE = Join-Path $TestDrive 'a store' 'mail.db' }

    It 'shows with -WhatIf what it would do, and does nothing' -Skip:(-not $IsLinux) {
        $env:XDG_CONFIG_HOME = Join-Path $TestDrive 'config'
        $plan = Register-EmailDistributor -Name my-mail -IntervalMinutes 5 -WhatIf
        $plan.Files.Path | Split-Path -Leaf | Should -Be 'my-mail.service', 'my-mail.timer'
        $plan.Files[1].Text | Should -Match '(?m)^OnUnitActiveSec=300s$'
        $plan.Commands[-1] | Should -Be 'systemctl --user enable --now my-mail.timer'
        Test-Path $env:XDG_CONFIG_HOME | Should -BeFalse
    }

    It 'writes units that systemd takes' -Skip:(-not (Get-Command systemd-analyze -ErrorAction Ignore)) {
        $plan = Register-EmailDistributor -Name my-mail -Machine -WhatIf
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive 'units')
        foreach ($file in $plan.Files) {
            Set-Content (Join-Path $folder (Split-Path $file.Path -Leaf)) $file.Text -NoNewline
        }
        $said = & systemd-analyze verify --man=no (Join-Path $folder 'my-mail.timer') 2>&1
        @($said | Where-Object { $_ -match 'my-mail' }) | Should -BeNullOrEmpty
    }

    It 'writes a command that sends what is queued, word for word as systemd would run it' -Skip:(-not $IsLinux) {
        $server = Start-SmtpTestServer
        try {
            $way = @{ Server = 'localhost'; Port = $server.Port; Queue = $true }
            Send-RelayMail b@example.com s -Body x -From a@example.com @way | Out-Null
            $unit = (Register-EmailDistributor -WhatIf).Files[0].Text -split "`n"
            $line = ($unit | Where-Object { $_ -like 'ExecStart=*' }).Substring(10)
            $words = [regex]::Matches($line, '"((?:[^"\\]|\\.)*)"') |
                ForEach-Object { $_.Groups[1].Value -replace '\$\$', '$' -replace '%%', '%' -replace '\\(.)', '$1' }
            & $words[0] $words[1..($words.Count - 1)]
            $server | Get-SmtpTestMessage | Should -HaveCount 1
        }
        finally { Stop-SmtpTestServer $server }
    }

    It 'says how without systemd' -Skip:(-not $IsLinux -or (Test-Path /run/systemd/system)) {
        $env:XDG_CONFIG_HOME = Join-Path $TestDrive 'none'
        $failure = { Register-EmailDistributor -ErrorAction Stop } |
            Should -Throw -ErrorId 'SchedulerMissing,*' -PassThru
        $failure.ErrorDetails.RecommendedAction | Should -Match '\*/1 \* \* \* \* .*MAILADMIN_STORE.*a store'
        Test-Path $env:XDG_CONFIG_HOME | Should -BeFalse
    }

    It 'names the way back' {
        $plan = Register-EmailDistributor -Unregister -WhatIf
        $plan.Action | Should -Be 'Unregister'
        $plan.Commands[0] | Should -Match 'disable --now|/Delete'
    }

    It 'refuses a name that would be more than a name' {
        { Register-EmailDistributor -Name '../x' -WhatIf } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }
}
