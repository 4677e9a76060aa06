using System.Management.Automation;
using System.Security;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.Sasl;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Takes a source of tokens, or one token as a SecureString or text.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AccessTokenAttribute : ArgumentTransformationAttribute
{
    private const string Scheme = "Bearer ";

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            null => null,
            IAccessTokenSource source => source,
            SecureString { Length: > 0 } secret => Fixed(Secrets.Reveal(secret)),
            string { Length: > 0 } text => Fixed(text),
            _ => throw Refusal.Of("Give what Get-SmtpToken puts out, or an access token as a SecureString or text."),
        };

    private static FixedTokenSource Fixed(string text)
    {
        var token = text.Trim();
        return new FixedTokenSource(new AccessToken(
            token.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? token[Scheme.Length..].Trim() : token));
    }
}
