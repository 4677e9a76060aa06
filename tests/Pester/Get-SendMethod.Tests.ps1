BeforeAll {
    . (Join-Path $PSScriptRoot 'TestKit.ps1')
    $dns = Start-TestDns -Zone @(
        'contoso.com MX 0 contoso-com.o-v1.mx.microsoft'
        'contoso-com.o-v1.mx.microsoft A 192.0.2.1'
    )
    $PSDefaultParameterValues = @{ 'Get-SendMethod:DnsServer' = "$($dns.EndPoint)" }
    $login = [pscredential]::new('printer@contoso.com', (ConvertTo-SecureString 'password' -AsPlainText -Force))
}

AfterAll { Stop-TestDns $dns }

Describe 'Get-SendMethod' {
    It 'lists all methods with limits and a date' {
        $methods = Get-SendMethod
        $methods.Count | Should -Be 8
        $methods[0].Id | Should -Be 'Submission'
        $methods[0].Limits | ForEach-Object ToString | Should -Be '30 messages per minute', '10,000 recipients per day'
        $methods[0].AsOf | Should -BeGreaterThan ([DateOnly]::new(2026, 1, 1))
    }

    It 'ranks by wishes, and says why' {
        $methods = Get-SendMethod -External -NoLogin -HasStaticIp
        $methods[0].Id, $methods[0].Verdict | Should -Be 'Relay', 'Fits'
        $direct = $methods | Where-Object Id -eq DirectSend
        $direct.Verdict | Should -Be 'DoesNotFit'
        $direct.Reasons.Text -match 'outside the organisation' | Should -Not -BeNullOrEmpty
    }

    It 'looks the smart host up and writes the connector and the SPF record' {
        $relay = Get-SendMethod Relay -Domain contoso.com -PublicAddress 203.0.113.7
        $relay.Host | Should -Be 'contoso-com.o-v1.mx.microsoft'
        $relay.SetUp.Lines -match 'New-InboundConnector .* -SenderIPAddresses 203.0.113.7' | Should -Not -BeNullOrEmpty
        $relay.SetUp.Lines | Should -Contain 'v=spf1 ip4:203.0.113.7 include:spf.protection.outlook.com -all'
    }

    It 'makes an error of a domain that does not exist' {
        { Get-SendMethod -Domain gone.example -ErrorAction Stop } | Should -Throw -ErrorId 'MailDomainNotFound,*'
    }

    It 'reads the settings of a device' {
        $method = Get-SendMethod -Server smtp.office365.com -Port 465 -Credential $login -From other@contoso.com
        $method.Id | Should -Be 'Submission'
        $method.Faults.Setting | Should -Be 'Port', 'From'
    }

    It 'compares a device with the MX records' {
        $server = 'contoso-com.mail.protection.outlook.com'
        $method = Get-SendMethod -Server $server -Port 25 -Domain contoso.com -HasConnector $true
        $method.Id | Should -Be 'Relay'
        $method.Faults.Remedy | Should -Be 'Set contoso-com.o-v1.mx.microsoft.'
    }

    It 'names what the user passed as the target of an error' {
        $null = Get-SendMethod -Server x -From bad -ErrorAction SilentlyContinue -ErrorVariable errors
        $errors[0].FullyQualifiedErrorId, $errors[0].TargetObject |
            Should -Be 'InvalidAddress,MailAdmin.PowerShell.Commands.GetSendMethodCommand', 'x'
    }

    It 'speaks Japanese' {
        $methods = Get-SendMethod -External -NoLogin -Culture ja-JP
        $methods[0].Name | Should -Be 'コネクタによる SMTP リレー'
        $methods[0].Reasons.Text | Should -Contain '組織外の宛先にも送信できます。'
        ($methods | Where-Object Id -eq Submission).LimitTexts | Should -Contain '1 分あたりメッセージ 30 通'
        $device = Get-SendMethod -Server smtp.office365.com -Port 465 -Credential $login -Culture ja
        $device.Faults.Remedy | Should -Be '587 を設定してください。'
        $lines = $methods | Format-Table | Out-String -Width 120 -Stream
        $lines -match '認証は不要です' | Should -Not -BeNullOrEmpty
        Get-SendMethod -Culture fr-FR Submission | ForEach-Object Name | Should -Be 'Client SMTP submission'
    }

    It 'takes facts of one''s own' {
        $file = Join-Path $TestDrive 'methods.json'
        '{ "asOf": "2027-02-03", "methods": [] }' | Set-Content $file
        $env:MAILADMIN_SEND_METHODS = $file
        try { (Get-SendMethod)[0].AsOf | Should -Be ([DateOnly]::new(2027, 2, 3)) }
        finally { $env:MAILADMIN_SEND_METHODS = $null }
    }

    It 'says what is wrong with such a file' -ForEach @(
        @{ Text = '{ "asOf": '; ErrorId = 'SendMethodsMalformed' }
        @{ Text = '{ "asOf": "2027-02-03", "metods": [] }'; ErrorId = 'SendMethodsMalformed' }
        @{ Text = $null; ErrorId = 'SendMethodsUnreadable' }
    ) {
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).json"
        if ($Text) { $Text | Set-Content $file }
        $env:MAILADMIN_SEND_METHODS = $file
        try { { Get-SendMethod -ErrorAction Stop } | Should -Throw -ErrorId "$ErrorId,*" }
        finally { $env:MAILADMIN_SEND_METHODS = $null }
    }

    It 'fits 120 columns' {
        $lines = Get-SendMethod -External | Format-Table | Out-String -Width 120 -Stream
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
        $lines -match 'Submission +Fits +smtp.office365.com' | Should -Not -BeNullOrEmpty
        Get-SendMethod Submission | Format-List | Out-String | Should -Match 'Get-CASMailbox'
    }
}
