using System.Globalization;
using System.Text;
using MailAdmin.Smtp;

namespace MailAdmin.Diagnosis.Reading;

/// <summary>
/// The fields of a delivery report (RFC 3464 §2, RFC 6533), each group of which is about one recipient:
/// <code>
/// report = per-message-fields 1*( blank-line per-recipient-fields )
/// </code>
/// A group without <c>Action: failed</c> or <c>delayed</c> is no failure.
/// </summary>
internal static class DeliveryStatusFields
{
    private const int MaxRecipients = 1000;
    private const int MaxValue = 16_384;

    public static IReadOnlyList<Failure> Read(string text)
    {
        var failures = new List<Failure>();
        if (!text.Contains("Final-Recipient", StringComparison.OrdinalIgnoreCase) &&
            !text.Contains("Diagnostic-Code", StringComparison.OrdinalIgnoreCase))
        {
            return failures;
        }

        var group = new Dictionary<string, StringBuilder>(StringComparer.OrdinalIgnoreCase);
        StringBuilder? value = null;
        foreach (var line in text.Split('\n').Append(""))
        {
            var content = line.TrimEnd();
            if (content.Length == 0)
            {
                End(group, failures);
                value = null;
            }
            else if (content[0] is ' ' or '\t' && value is not null)
            {
                value.Append(' ')
                    .Append(content.AsSpan(0, Math.Min(content.Length, Math.Max(0, MaxValue - value.Length))).Trim());
            }
            else
            {
                value = Begin(group, content);
            }

            if (failures.Count >= MaxRecipients)
            {
                break;
            }
        }

        return failures;
    }

    private static StringBuilder? Begin(Dictionary<string, StringBuilder> group, string line)
    {
        var colon = line.IndexOf(':');
        if (colon <= 0 || line.AsSpan(0, colon).Contains(' '))
        {
            return null;
        }

        var value = new StringBuilder(line[(colon + 1)..].Trim());
        return group.TryAdd(line[..colon], value) ? value : null;
    }

    private static void End(Dictionary<string, StringBuilder> group, List<Failure> failures)
    {
        if (ToFailure(name => group.GetValueOrDefault(name)?.ToString()) is { } failure)
        {
            failures.Add(failure);
        }

        group.Clear();
    }

    private static Failure? ToFailure(Func<string, string?> field)
    {
        var action = WithoutComment(field("Action"));
        var isDelay = action?.Equals("delayed", StringComparison.OrdinalIgnoreCase) == true;
        var isFailure = action?.Equals("failed", StringComparison.OrdinalIgnoreCase) == true;
        var diagnostic = WithoutType(field("Diagnostic-Code"));
        var status = WithoutComment(field("Status"));
        if (!isDelay && !isFailure && (action is not null || diagnostic is null))
        {
            return null;
        }

        var failure = FailureFactory.FromText(diagnostic ?? status ?? "");
        var declared = StatusScanner.Find(status ?? "");
        return failure with
        {
            // What the server said is nearer to the cause than what the reporter made of it.
            Codes = [.. failure.Codes.Concat(declared).Distinct()],
            Recipient = WithoutType(field("Original-Recipient")) ?? WithoutType(field("Final-Recipient")),
            Server = WithoutType(field("Remote-MTA")),
            IsDelay = isDelay,
        };
    }

    /// <summary>The value behind its type, as in <c>rfc822; a@example.com</c>.</summary>
    private static string? WithoutType(string? value)
    {
        if (value is null)
        {
            return null;
        }

        var semicolon = value.IndexOf(';');
        var type = semicolon < 0 ? "" : value[..semicolon].Trim().ToLower(CultureInfo.InvariantCulture);
        var rest = type is "rfc822" or "utf-8" or "smtp" or "dns" or "x-postfix" or "lmtp" or "unix" || type.StartsWith(
            "x-", StringComparison.Ordinal)
            ? value[(semicolon + 1)..].Trim()
            : value;
        rest = type == "utf-8" && XTextDecoder.TryDecodeUtf8Address(Encoding.UTF8.GetBytes(rest), out var address)
            ? address
            : rest;
        return rest.Length == 0 ? null : rest.Trim('<', '>');
    }

    private static string? WithoutComment(string? value) => value?.Split('(', ' ')[0].Trim();
}
