using System.Globalization;
using MailAdmin.Interop.Tools;
using Xunit.Abstractions;

namespace MailAdmin.Interop.Servers;

/// <summary>The Exim fixture, service by service.</summary>
[Collection(nameof(EximServer))]
public sealed class EximServerTests(EximServer exim, ITestOutputHelper output)
    : MailServerContract(exim, exim.Port(EximService.Relay), output)
{
    [SkippableTheory]
    [InlineData(EximService.Submission, "PLAIN", "-tls")]
    [InlineData(EximService.Submission, "LOGIN", "-tls")]
    [InlineData(EximService.Submission, "CRAM-MD5", "-tls")]
    [InlineData(EximService.ImplicitTls, "PLAIN", "-tlsc")]
    public async Task Takes_the_login(EximService service, string mechanism, string tls)
    {
        exim.Require();
        foreach (var (user, password) in Accounts.All)
        {
            var result = await ExternalTool.Swaks.RunAsync(
                "--server", "127.0.0.1", "--port", exim.Port(service).ToString(CultureInfo.InvariantCulture), tls,
                "--auth", mechanism, "--auth-user", user, "--auth-password", password,
                "--from", "a@example.org", "--to", "b@example.net", "--quit-after", "RCPT");
            result.EnsureSuccess();
        }
    }
}
