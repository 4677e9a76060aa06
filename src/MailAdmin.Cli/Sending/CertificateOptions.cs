using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Cli.Parsing;
using MailAdmin.Net;

namespace MailAdmin.Cli.Sending;

/// <summary>The options about certificates: one's own, and whose are trusted.</summary>
internal sealed class CertificateOptions
{
    private readonly Option<string?> _certificate = new("--client-cert")
    {
        HelpName = "FILE", Description = "Certificate to log in with: PFX, or PEM.",
    };

    private readonly Option<string?> _key = new("--client-key")
    {
        HelpName = "FILE", Description = "Its private key, if that is a PEM file of its own.",
    };

    private readonly SecretOptions _password = new("client-cert-password");

    private readonly Option<string?> _roots = new("--ca-file")
    {
        HelpName = "FILE", Description = "Trust only the authorities in this PEM file.",
    };

    private readonly Option<bool> _insecure = new("--insecure") { Description = "Accept any certificate." };

    public void AddTo(Command command)
    {
        command.Add(_certificate);
        command.Add(_key);
        _password.AddTo(command);
        command.Add(_roots);
        command.Add(_insecure);
    }

    public bool SkipsCheck(ParseResult parsed) => parsed.GetValue(_insecure);

    public X509Certificate2Collection? Own(ParseResult parsed, CliHost host)
    {
        if (parsed.GetValue(_certificate) is { } path)
        {
            return ClientCertificate.Load(path, parsed.GetValue(_key), _password.Read(parsed, host));
        }

        return parsed.GetValue(_key) is null
            ? null
            : throw CliException.Usage("--client-key is of no use without --client-cert.", "Add --client-cert.");
    }

    public X509Certificate2Collection? TrustedRoots(ParseResult parsed)
    {
        if (parsed.GetValue(_roots) is not { } path)
        {
            return null;
        }

        try
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(path);
            return roots.Count > 0 ? roots : throw new InvalidDataException("it holds no certificate in PEM form");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw CliException.Unreadable(path, "file of authorities", cause);
        }
    }
}
