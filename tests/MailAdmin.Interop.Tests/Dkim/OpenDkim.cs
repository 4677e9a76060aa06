using MailAdmin.Interop.Storage;
using MailAdmin.Interop.Tools;

namespace MailAdmin.Interop.Dkim;

/// <summary>Verifies signatures with OpenDKIM, which takes the public key from a file instead of the DNS.</summary>
internal sealed class OpenDkim
{
    private static readonly ExternalTool Program = new("opendkim");

    private readonly string _configuration;

    /// <param name="directory">For its configuration.</param>
    /// <param name="record">The name at which the key is published: <c>selector._domainkey.domain</c>.</param>
    /// <param name="publicKey">The key as SubjectPublicKeyInfo.</param>
    public OpenDkim(TestDirectory directory, string record, byte[] publicKey)
    {
        var keys = directory.Write("keys", $"{record} v=DKIM1; k=rsa; p={Convert.ToBase64String(publicKey)}\n");
        _configuration = directory.Write("opendkim.conf", $"""
            Mode v
            Syslog no
            TestPublicKeys {keys}

            """);
    }

    /// <summary>What OpenDKIM says of each file.</summary>
    public async Task<IReadOnlyList<string>> VerifyAsync(IReadOnlyList<string> files)
    {
        var result = await Program.RunAsync("-x", _configuration, "-t", string.Join(',', files));
        var lines = (result.Output + result.Errors).Split('\n');
        return
        [
            .. files.Select(
                file => string.Join('\n', lines.Where(line => line.Contains(file + ":", StringComparison.Ordinal)))),
        ];
    }
}
