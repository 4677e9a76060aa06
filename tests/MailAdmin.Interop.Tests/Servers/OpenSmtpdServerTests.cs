using Xunit.Abstractions;

namespace MailAdmin.Interop.Servers;

/// <summary>The OpenSMTPD fixture.</summary>
[Collection(nameof(OpenSmtpdServer))]
public sealed class OpenSmtpdServerTests(OpenSmtpdServer opensmtpd, ITestOutputHelper output)
    : MailServerContract(opensmtpd, opensmtpd.Port, output)
{
    /// <inheritdoc/>
    protected override string Stored(string sent) =>
        sent.Replace("Bcc: hidden@example.com\r\n", "", StringComparison.Ordinal);
}
