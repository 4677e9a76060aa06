using System.Net.Sockets;
using MailAdmin.Diagnosis;
using MailAdmin.Net;
using MailAdmin.Smtp;

namespace MailAdmin.Tests.Diagnosis;

public sealed class ExplainTests
{
    [Theory]
    [InlineData("5.7.60", "SendAsMissing")]
    [InlineData("550 5.7.60", "SendAsMissing")]
    [InlineData("  #5.7.60 ", "SendAsMissing")]
    [InlineData("#5.7.60 smtp;550 5.7.60", "SendAsMissing")]
    [InlineData("535", "BadCredentials")]
    [InlineData("421", "ServerBusy")]
    [InlineData("559", "RefusedForGood")]
    [InlineData("4.0.9", "RefusedForNow")]
    [InlineData("5.7.139", "AuthUnsuccessful")]
    public void A_bare_code_is_enough_where_it_has_one_meaning(string code, string id) =>
        Assert.Equal(id, ErrorCatalog.Default.Explain(code, "en-US")[0].Id);

    [Theory]
    [InlineData("5.7.139", "FederationUnreachable", "FederationWithoutTls12", "AuthPolicyBlocks")]
    [InlineData("554 5.2.0", "SubmissionQuotaExceeded", "SendAsDenied")]
    [InlineData("4.3.2", "TooManyConnections", "RecipientMailboxBusy")]
    public void A_bare_code_with_several_meanings_shows_them_all(string code, params string[] ids)
    {
        var found = ErrorCatalog.Default.Explain(code, "en-US");

        Assert.Subset(
            found.Where(d => d.Confidence == DiagnosisConfidence.Possible).Select(d => d.Id).ToHashSet(),
            ids.ToHashSet());
    }

    [Theory]
    [InlineData("everything is fine")]
    [InlineData("250 2.0.0 OK")]
    [InlineData("220 mail.contoso.com ESMTP Exim 4.94.2 Sun, 22 Nov 2026 10:00:00 +0100")]
    [InlineData("connect to 52.101.73.4 port 587, then 5.4.3.2")]
    [InlineData("version 5.7.60.1 of 4.5.2026")]
    [InlineData(" \r\n ")]
    [InlineData("")]
    public void What_is_no_failure_is_not_explained(string text) =>
        Assert.Empty(ErrorCatalog.Default.Explain(text, "en-US"));

    [Fact]
    public void A_positive_reply_is_not_explained() =>
        Assert.Empty(ErrorCatalog.Default.Explain(new SmtpReply(250, null, ["OK"]), "en-US"));

    [Theory]
    [InlineData("DirectSend", "DirectSendExternalRecipient")]
    [InlineData("Relay", "RelayAttributionFailed")]
    [InlineData(null, "RelayAttributionFailed")]
    public void The_method_decides_between_causes_that_fit_equally(string? method, string id) =>
        Assert.Equal(id, ErrorCatalog.Default.Explain(
            "550 5.7.64 TenantAttribution; Relay Access Denied",
            "en-US",
            new DiagnosisContext { Method = method })[0].Id);

    [Fact]
    public void Commands_name_the_user_and_the_sender()
    {
        var found = ErrorCatalog.Default.Explain(
            "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
            "en-US",
            new DiagnosisContext { User = "scan@contoso.com", Sender = "boss@contoso.com" })[0];

        Assert.Contains(
            "Add-RecipientPermission -Identity boss@contoso.com -Trustee scan@contoso.com -AccessRights SendAs",
            found.AdminCommand!.Split('\n'));
    }

    [Fact]
    public void Commands_name_what_the_server_named()
    {
        var found = ErrorCatalog.Default.Explain(
            "554 5.2.252 SendAsDenied; alerts@contoso.com not allowed to send as security@fabrikam.com; " +
            "STOREDRV.Submission.Exception:SendAsDeniedException",
            "en-US")[0];

        Assert.Equal(
            "Add-RecipientPermission -Identity security@fabrikam.com -Trustee alerts@contoso.com -AccessRights SendAs",
            found.AdminCommand);
    }

    [Theory]
    [InlineData("a@contoso.com;Remove-Item")]
    [InlineData("$(calc)@contoso.com")]
    [InlineData("a@contoso.com\nRemove-Mailbox")]
    [InlineData("'a'@contoso.com")]
    [InlineData("-Force@contoso.com")]
    [InlineData("\"a`b\"@contoso.com")]
    [InlineData("a|b@contoso.com")]
    public void Nothing_that_a_shell_would_obey_gets_into_a_command(string address)
    {
        var context = new DiagnosisContext { User = address, Sender = address, Recipient = address, Server = address };

        var command = ErrorCatalog.Default.Explain("550 5.7.60 not permitted", "en-US", context)[0].AdminCommand;

        Assert.Contains("-Identity <sender> -Trustee <user> -AccessRights SendAs", command, StringComparison.Ordinal);
    }

    [Fact]
    public void Our_own_exceptions_are_known_by_name()
    {
        var found = ErrorCatalog.Default.Explain(
            new PeerTimeoutException("mail.contoso.com", "the reply to EHLO", TimeSpan.FromSeconds(5)), "en-US");
        Assert.Equal(("PeerSilent", SmtpStage.Ehlo, true), (found[0].Id, found[0].Stage, found[0].IsTransient));

        found = ErrorCatalog.Default.Explain(
            new PeerTimeoutException("mail.contoso.com", "the greeting", TimeSpan.FromSeconds(5)), "ja-JP");
        Assert.Equal(("NoBanner", SmtpStage.Greeting), (found[0].Id, found[0].Stage));
    }

    [Fact]
    public void An_exception_with_a_reply_is_explained_by_the_reply()
    {
        var reply = new SmtpReply(
            535,
            new EnhancedStatusCode(5, 7, 139),
            ["5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox."]);

        var found = Assert.Single(
            ErrorCatalog.Default.Explain(new AuthenticationFailedException("PLAIN", reply), "en-US"));

        Assert.Equal(("SmtpAuthDisabledForMailbox", 535, "5.7.139", SmtpStage.Auth, DiagnosisConfidence.Certain),
            (found.Id, found.Code, found.EnhancedCode.ToString(), found.Stage, found.Confidence));
    }

    [Fact]
    public void Each_fault_of_a_certificate_is_explained()
    {
        var failure = new CertificateException(
            "mail.contoso.com",
            [
                new CertificateFault("CertificateNameMismatch", "it is for another", "x"),
                new CertificateFault("CertificateExpired", "it expired", "x"),
            ]);

        Assert.Equal(
            ["CertificateNameMismatch", "CertificateExpired"],
            ErrorCatalog.Default.Explain(failure, "en-US").Select(d => d.Id));
    }

    [Fact]
    public void Foreign_exceptions_are_explained_by_what_all_of_them_say()
    {
        var inner = new SocketException((int)SocketError.ConnectionRefused);
        Assert.Equal(
            "PortClosed",
            ErrorCatalog.Default.Explain(new InvalidOperationException("Failure sending mail.", inner), "en-US")[0].Id);

        var several = new AggregateException(
            new IOException("550 5.7.64 TenantAttribution; Relay Access Denied"),
            new IOException("550 5.1.1 User unknown"));
        Assert.Equal(
            ["RelayAttributionFailed", "RecipientUnknown"],
            ErrorCatalog.Default.Explain(several, "en-US").Select(d => d.Id));

        Assert.Empty(
            ErrorCatalog.Default.Explain(new InvalidOperationException("Sequence contains no elements"), "en-US"));
    }

    [Fact]
    public void The_greeting_stage_tells_a_refused_client_from_a_refused_message()
    {
        var reply = new SmtpReply(554, null, ["Go away"]);
        Assert.Equal("SessionRefused", ErrorCatalog.Default.Explain(reply, "en-US", stage: SmtpStage.Greeting)[0].Id);
        Assert.Equal("RefusedForGood", ErrorCatalog.Default.Explain(reply, "en-US", stage: SmtpStage.EndOfData)[0].Id);
    }

    [Fact]
    public void What_is_shown_holds_no_control_characters_and_is_short()
    {
        var text = $"550 5.7.1 \u001B[31mred\u0007\u202Etxt {new string('x', 10_000)}";

        var found = ErrorCatalog.Default.Explain(text, "en-US")[0];

        Assert.DoesNotContain(found.Text, char.IsControl);
        Assert.DoesNotContain('\u202E', found.Text);
        Assert.InRange(found.Text.Length, 100, 2000);
    }
}
