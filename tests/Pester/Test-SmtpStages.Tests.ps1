# What the three tests of a server share: whatever goes wrong is named as the stage that it is, and in time.
BeforeDiscovery {
    # What is wrong: how the server is started, its faults, and the stage. Of no login and mail Test-SmtpTls knows
    # nothing.
    $session = @(
        @{ Name = 'no banner'; Fault = 'banner=stall'; Stage = 'Banner'; Stalls = $true }
        @{ Name = 'silence at EHLO'; Fault = 'ehlo=stall'; Stage = 'Ehlo'; Stalls = $true }
        @{ Name = 'silence at STARTTLS'; Fault = 'starttls=stall'; Stage = 'StartTls'; Stalls = $true }
        @{ Name = 'silence at the handshake'; Fault = 'tls=stall'; Stage = 'Tls'; Stalls = $true }
        @{ Name = 'a bad certificate'; Fault = 'noop=250 ok'; Stage = 'Certificate'; Route = @{
            SkipCertificateCheck = $false } }
    )
    $login = @(
        @{ Name = 'silence at AUTH'; Fault = 'auth=stall'; Stage = 'Auth'; Stalls = $true }
        @{ Name = 'a wrong password'; Fault = 'auth=535 5.7.3 Authentication unsuccessful'; Stage = 'Auth' }
        @{ Name = 'silence at MAIL FROM'; Fault = 'mail=stall'; Stage = 'MailFrom'; Stalls = $true }
        @{ Name = 'no Send As'; Fault = 'mail=550 5.7.60 SMTP; Client does not have permissions to send as this sender'
            Stage = 'MailFrom' }
        @{ Name = 'silence at RCPT TO'; Fault = 'rcpt=stall'; Stage = 'RcptTo'; Stalls = $true }
        @{ Name = 'relay denied'; Fault = 'rcpt=550 5.7.64 TenantAttribution; Relay Access Denied'; Stage = 'RcptTo' }
    )
    $all = foreach ($command in 'Test-SmtpAuth', 'Test-SmtpRelay', 'Test-SmtpTls') {
        foreach ($case in $session) { $case + @{ Command = $command } }
        if ($command -ne 'Test-SmtpTls') { foreach ($case in $login) { $case + @{ Command = $command } } }
    }
    $commands = foreach ($command in 'Test-SmtpAuth', 'Test-SmtpRelay', 'Test-SmtpTls') { @{ Command = $command } }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $credential = [pscredential]::new('user', (ConvertTo-SecureString 'Tr0ub4dor' -AsPlainText -Force))
    $limit = 1

    # Runs a test with the parameters that it has; returns the result and what it took.
    function Measure-Test([string] $Command, [int] $Port, [hashtable] $Route = @{}) {
        $parameters = @{
            Server = '127.0.0.1'; Port = $Port; Security = 'StartTls'; Timeout = $limit; SkipCertificateCheck = $true
        }
        if ($Command -ne 'Test-SmtpTls') {
            $parameters += @{ Credential = $credential; From = 'a@example.com'; To = 'b@example.net' }
        }
        foreach ($name in $Route.Keys) { $parameters[$name] = $Route[$name] }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $result = & $Command @parameters
        [pscustomobject]@{ Result = $result; Seconds = $watch.Elapsed.TotalSeconds }
    }

    # A port whose queue of connections is full: the system drops the packets of further ones.
    function New-FullPort {
        $listener = [Net.Sockets.Socket]::new('InterNetwork', 'Stream', 'Tcp')
        $listener.Bind([Net.IPEndPoint]::new([ipaddress]::Loopback, 0))
        $listener.Listen(0)
        $clients = [Collections.Generic.List[object]]::new()
        for ($i = 0; $i -lt 16; $i++) {
            $client = [Net.Sockets.TcpClient]::new()
            $clients.Add($client)
            if (-not $client.ConnectAsync([ipaddress]::Loopback, $listener.LocalEndPoint.Port).Wait(300)) {
                return [pscustomobject]@{ Port = $listener.LocalEndPoint.Port; Sockets = @($listener) + $clients }
            }
        }
        (@($listener) + $clients).Dispose()
    }
}

Describe 'Tests of a server' {
    It '<Command> names <Stage> at <Name>' -ForEach $all {
        $server = Start-SmtpTestServer -Security StartTls -Credential $credential -Fault $Fault
        try {
            $run = Measure-Test $Command $server.Port ($Route ?? @{})
            $run.Result.FailedStage | Should -Be $Stage -Because $run.Result.Problem
            $run.Result.Problem | Should -Not -BeNullOrEmpty
            $run.Seconds | Should -BeLessThan (2 + ($Stalls ? $limit : 0))
        }
        finally { $server | Stop-SmtpTestServer }
    }

    It '<Command> names Tcp at a closed port' -ForEach $commands {
        $run = Measure-Test $Command (Get-FreePort)
        $run.Result.FailedStage | Should -Be 'Tcp'
        $run.Seconds | Should -BeLessThan 2
    }

    It '<Command> names Tcp where packets are dropped' -ForEach $commands {
        $full = New-FullPort
        if (-not $full) { Set-ItResult -Skipped -Because 'this system does not drop what its queue has no place for' }
        try {
            $run = Measure-Test $Command $full.Port
            $run.Result.FailedStage | Should -Be 'Tcp'
            $run.Seconds | Should -BeLessThan (2 + $limit)
        }
        finally { $full.Sockets.Dispose() }
    }

    It '<Command> names StartTls where there is none' -ForEach $commands {
        $plain = Start-SmtpTestServer
        try { (Measure-Test $Command $plain.Port).Result.FailedStage | Should -Be 'StartTls' }
        finally { $plain | Stop-SmtpTestServer }
    }

    It '<Command> names Auth where no login is offered' -ForEach ($commands | Where-Object Command -NE 'Test-SmtpTls') {
        $open = Start-SmtpTestServer -Security StartTls
        try { (Measure-Test $Command $open.Port).Result.Error.ErrorId | Should -Be 'SmtpAuthNotOffered' }
        finally { $open | Stop-SmtpTestServer }
    }

    It '<Command> stops within a second at <Step>' -ForEach $(
        foreach ($command in $commands) { foreach ($step in 'banner', 'tls') { $command + @{ Step = $step } } }
    ) {
        $silent = Start-SmtpTestServer -Security StartTls -Fault "$Step=stall"
        try {
            $mail = $Command -eq 'Test-SmtpRelay' ? '-From a@example.com -To b@example.net' : ''
            $took = Measure-Stop "$Command 127.0.0.1 -Port $($silent.Port) $mail" ([timespan]::FromSeconds(2))
            $took.TotalSeconds | Should -BeLessThan 1
        }
        finally { $silent | Stop-SmtpTestServer }
    }

    It '<Command> takes many servers with their ports, in parallel, and shows progress' -ForEach $commands {
        $silent = Start-SmtpTestServer -Fault 'banner=stall'
        try {
            $mail = $Command -eq 'Test-SmtpRelay' ? '-From a@example.com -To b@example.net' : ''
            $script = "1..24 | " +
                "ForEach-Object { [pscustomobject]@{ Server = '127.0.0.1'; Port = $($silent.Port) } } | " +
                "$Command -Timeout 1 $mail"
            $shell = [powershell]::Create()
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $results = $shell.AddScript("Import-Module '$modulePath'; $script").Invoke()
            $results.Count | Should -Be 24
            $results.FailedStage | Sort-Object -Unique | Should -Be 'Banner'
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 12
            $shell.Streams.Progress.Count | Should -BeGreaterThan 0
            $shell.Streams.Progress[-1].RecordType | Should -Be 'Completed'
        }
        finally {
            $shell.Dispose()
            $silent | Stop-SmtpTestServer
        }
    }

    It '<Command> fits 120 columns as a table and a list' -ForEach $commands {
        $result = (Measure-Test $Command (Get-FreePort)).Result
        foreach ($shown in $result, $result.Stages) {
            $text = $shown | Format-Table | Out-String -Width 120
            ($text -split "`r?`n" | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
        }
        $result | Format-List | Out-String -Width 120 | Should -Match 'Tcp Failed'
    }

    It '<Command> refuses what is no route with an id and a remedy' -ForEach $commands {
        $mail = $Command -eq 'Test-SmtpRelay' ? @{ From = 'a@example.com'; To = 'b@example.net' } : @{}
        & $Command @mail -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'NoServer,*'
        $errors[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}
