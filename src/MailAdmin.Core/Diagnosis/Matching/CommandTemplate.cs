using System.Text;
using MailAdmin.Addressing;

namespace MailAdmin.Diagnosis.Matching;

/// <summary>
/// Fills the placeholders of admin commands. The values come from replies, reports and logs that anybody may have
/// written, and an administrator will paste the command into a shell: only addresses and names of plain characters are
/// filled in, all else stays a placeholder.
/// </summary>
internal sealed class CommandTemplate
{
    private readonly IReadOnlyDictionary<string, string?> _values;

    public CommandTemplate(string? user, string? sender, string? recipient, string? server)
    {
        var senderAddress = Address(sender);
        _values = new Dictionary<string, string?>
        {
            ["user"] = Address(user),
            ["sender"] = senderAddress,
            ["recipient"] = Address(recipient),
            ["domain"] = senderAddress?[(senderAddress.LastIndexOf('@') + 1)..],
            ["server"] = IsPlain(server) ? server : null,
        };
    }

    public string Fill(string template)
    {
        var command = new StringBuilder(template);
        foreach (var (name, value) in _values)
        {
            command.Replace($"{{{name}}}", value ?? $"<{name}>");
        }

        return command.ToString();
    }

    private static string? Address(string? text) =>
        IsPlain(text) && EmailAddress.TryParse(text!, out var address, out _) && IsPlain(address.ToString())
            ? address.ToString()
            : null;

    private static bool IsPlain(string? text) =>
        text is { Length: > 0 and <= 254 } && text[0] != '-' &&
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '+' or '@');
}
