using System.Globalization;
using System.Management.Automation;
using System.Security;
using MailAdmin.Diagnosis;
using MailAdmin.Identity;
using MailAdmin.Identity.Inspection;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Explaining;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.PowerShell.Tokens;
using MailAdmin.Sasl;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Looks at an access token, or at an argument of AUTH XOAUTH2, without the network.</summary>
/// <remarks>
/// <para>
/// It shows whom the token is for, whose mailbox it opens, what it permits and until when, and says what the service is
/// going to answer. The signature is not checked: only the service can do that. What comes out never holds the token.
/// </para>
/// <para>
/// An argument of XOAUTH2 is taken as base64, as it stands in a log behind AUTH XOAUTH2, or as the text before that.
/// Microsoft's personal accounts and Google hand out tokens that nobody but they can read; Test-SmtpAuth tries those.
/// </para>
/// <para>Format-List shows all of the findings, with what to do about each.</para>
/// </remarks>
/// <example>
/// <para>Look at a token that is at hand</para>
/// <code>
/// $token = Read-Host 'Token' -AsSecureString
/// Test-SmtpToken $token | Format-List
/// </code>
/// </example>
/// <example>
/// <para>Will High Volume Email take it for this account?</para>
/// <code>
/// $report = Test-SmtpToken -Path ./token.txt -Service Hve -User alarm@contoso.com
/// $report.PredictedReply
/// $report.Findings | Select-Object Severity, Message, Detail
/// </code>
/// </example>
/// <example>
/// <para>What is wrong with an argument from another program's log, in Japanese</para>
/// <code>
/// 'dXNlcj1hQGNvbnRvc28uY29tIGF1dGg9QmVhcmVyIHQ=' | Test-SmtpToken -AsXOAuth2 -Service Hve -Culture ja-JP
/// </code>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "SmtpToken", DefaultParameterSetName = InputSet)]
[OutputType(typeof(SmtpTokenReport))]
public sealed class TestSmtpTokenCommand : AsyncPSCmdlet
{
    private const string InputSet = "Input";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly TokenInspector _inspector = new();
    private ErrorCatalog _catalog = ErrorCatalog.Default;

    /// <summary>
    /// What Get-SmtpToken puts out, or a token or an argument of XOAUTH2 as a SecureString or text. Text that is typed
    /// stands in the history; better read it with Read-Host -AsSecureString.
    /// </summary>
    [Parameter(ParameterSetName = InputSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public object Token { get; set; } = "";

    /// <summary>A file with a token or an argument and nothing else; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true)]
    public string[] Path { get; set; } = [];

    /// <summary>Such files, by their exact names.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Who is to log in, to compare with the token's user.</summary>
    [Parameter]
    public string? User { get; set; }

    /// <summary>
    /// The service that the token is for: Smtp, Hve, Pop or Graph; by default what Get-SmtpToken asked for, or Smtp.
    /// </summary>
    [Parameter]
    public TokenService? Service { get; set; }

    /// <summary>The cloud of Microsoft 365; by default that of the token of Get-SmtpToken, or the public one.</summary>
    [Parameter]
    public CloudEnvironment? Environment { get; set; }

    /// <summary>Takes the input for an argument of AUTH XOAUTH2, even if it does not look like one.</summary>
    [Parameter]
    public SwitchParameter AsXOAuth2 { get; set; }

    /// <summary>The language of the findings: en-US or ja-JP; by default that of the session.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CultureCompleter))]
    public string? Culture { get; set; }

    /// <summary>A file with rules of one's own, whose words go before those that come with MailAdmin.</summary>
    [Parameter]
    public string? CatalogPath { get; set; }

    /// <inheritdoc/>
    protected override void Begin() => _catalog = UserCatalog.Open(this, CatalogPath, Culture);

    /// <inheritdoc/>
    protected override void Process()
    {
        switch (ParameterSetName)
        {
            case PathSet:
                AttemptFiles(Path, isLiteral: false, InspectFile);
                break;
            case LiteralPathSet:
                AttemptFiles(LiteralPath, isLiteral: true, InspectFile);
                break;
            default:
                Inspect(Token is PSObject wrapped ? wrapped.BaseObject : Token);
                break;
        }
    }

    private void Inspect(object input)
    {
        switch (input)
        {
            case SmtpToken token:
                Write(token.Reveal(), token.Service, token.Environment, token.User);
                break;
            case SecureString secret:
                Write(Secrets.Reveal(secret));
                break;
            case string text:
                Write(text);
                break;
            case FileInfo file:
                Attempt(file.FullName, () => InspectFile(file.FullName));
                break;
            case IAccessTokenSource source:
                Write(Await(token => source.GetTokenAsync(token).AsTask()).Value);
                break;
            default:
                throw new InputException(
                    "NotAToken",
                    $"An object of the type {input.GetType().Name} is no token.",
                    "Give what Get-SmtpToken puts out, or a token as a SecureString or text.");
        }
    }

    private void InspectFile(string path)
    {
        try
        {
            Write(Await(token => ReadAsync(path, token)));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FilePaths.Unreadable(path, cause);
        }
    }

    // One character more than the inspector looks at shows it that there is more.
    private static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(path);
        var text = new char[TokenInspector.MaxLength + 1];
        var length = await reader.ReadBlockAsync(text, cancellationToken).ConfigureAwait(false);
        return new string(text, 0, length);
    }

    private void Write(
        string text, TokenService service = default, CloudEnvironment environment = default, string? user = null)
    {
        var found = _inspector.Inspect(text, new TokenExpectation
        {
            Service = Service ?? service,
            Cloud = Environment ?? environment,
            User = User ?? user,
            IsXOAuth2 = AsXOAuth2,
        });
        WriteObject(_catalog.Explain(found, Culture ?? CultureInfo.CurrentUICulture.Name));
    }
}
