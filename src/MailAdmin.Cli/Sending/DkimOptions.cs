using System.CommandLine;
using MailAdmin.Mime.Dkim;

namespace MailAdmin.Cli.Sending;

/// <summary>The options that say with which key the message is signed.</summary>
internal sealed class DkimOptions
{
    private readonly Option<string?> _key = new("--dkim-key")
    {
        HelpName = "FILE", Description = "Sign with DKIM: RSA private key in PEM form.",
    };

    private readonly Option<string?> _domain = new("--dkim-domain")
    {
        HelpName = "DOMAIN", Description = "The domain that signs; by default the author's.",
    };

    private readonly Option<string?> _selector = new("--dkim-selector")
    {
        HelpName = "NAME", Description = "Where the public key is: NAME._domainkey.DOMAIN.",
    };

    public void AddTo(Command command)
    {
        command.Add(_key);
        command.Add(_domain);
        command.Add(_selector);
    }

    /// <summary>Null when the message is not to be signed.</summary>
    public async Task<DkimSigning?> ReadAsync(
        ParseResult parsed, TimeProvider time, OpenFiles open, CancellationToken cancellationToken)
    {
        var (path, domain, selector) = (parsed.GetValue(_key), parsed.GetValue(_domain), parsed.GetValue(_selector));
        if (path is null && domain is null && selector is null)
        {
            return null;
        }

        return path is null || selector is null
            ? throw CliException.Usage("DKIM needs a key and a selector.", "Give both --dkim-key and --dkim-selector.")
            : new DkimSigning(
                open.KeepPlain(await DkimKey.FromPemFileAsync(path, cancellationToken)), domain, selector, time);
    }
}
