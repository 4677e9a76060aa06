using System.Globalization;
using System.Text;
using MailAdmin.Smtp;

namespace MailAdmin.Server;

/// <summary>
/// One fault that the embedded server makes on purpose. <see cref="Parse"/> reads the form that people type:
/// <code>
/// step[:n][@octets][*times]=action
///
/// step    connect banner ehlo helo starttls tls auth authresponse mail rcpt data content eod bdat rset noop vrfy
///         help quit
/// :n      only the nth: RCPT of a transaction, connection of the server (connect, banner), else command of the
///         connection
/// @octets content only: after so many octets
/// *times  so many times for the whole server, then never again
/// action  NNN text (\n begins another line) | drop | reset | stall | garbage | slow N (octets per second)
/// </code>
/// For example <c>rcpt:2=550 5.1.1 no such user</c>, <c>mail*1=451 4.7.1 greylisted</c>, <c>content@5000=drop</c>.
/// </summary>
public sealed record Fault(FaultStep Step, FaultKind Kind)
{
    private static readonly Dictionary<string, FaultStep> Steps =
        Enum.GetValues<FaultStep>()
            .Where(step => step != FaultStep.EndOfData)
            .ToDictionary(step => step.ToString(), StringComparer.OrdinalIgnoreCase)
            .Append(new("eod", FaultStep.EndOfData))
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>Which occurrence of the step is meant, from 1; null for each.</summary>
    public int? Occurrence { get; init; }

    /// <summary>How often the fault strikes, counted over all connections of the server; null without end.</summary>
    public int? Times { get; init; }

    /// <summary>For <see cref="FaultStep.Content"/>: how many octets pass before it strikes.</summary>
    public long AfterOctets { get; init; }

    /// <summary>For <see cref="FaultKind.Reply"/>: what is said.</summary>
    public SmtpReply? Reply { get; init; }

    /// <summary>For <see cref="FaultKind.Slow"/>: how many octets go in a second, in each direction.</summary>
    public int OctetsPerSecond { get; init; }

    /// <summary>Reads the form that people type.</summary>
    /// <exception cref="SmtpTestServerException">It is not in that form (<c>InvalidFault</c>).</exception>
    public static Fault Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            throw Invalid(text, "it has no '='");
        }

        var action = ParseAction(text, text[(equals + 1)..].Trim());
        return ParsePlace(text, text[..equals].Trim(), action);
    }

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Step == FaultStep.EndOfData ? "eod" : Step.ToString().ToLowerInvariant());
        Append(text, ':', Occurrence);
        Append(text, '@', AfterOctets == 0 ? null : AfterOctets);
        Append(text, '*', Times);
        return text.Append('=').Append(Action()).ToString();
    }

    private string Action() => Kind switch
    {
        FaultKind.Reply => $"{Reply!.Code} {string.Join("\\n", Reply.Lines)}",
        FaultKind.Slow => $"slow {OctetsPerSecond}",
        _ => Kind.ToString().ToLowerInvariant(),
    };

    private static void Append(StringBuilder text, char mark, long? number)
    {
        if (number is { } value)
        {
            text.Append(mark).Append(value);
        }
    }

    private static Fault ParsePlace(string text, string place, Fault fault)
    {
        var end = place.AsSpan().IndexOfAny(':', '@', '*');
        if (!Steps.TryGetValue(end < 0 ? place : place[..end], out var step))
        {
            throw Invalid(text, $"no step is called '{(end < 0 ? place : place[..end])}'");
        }

        fault = fault with { Step = step };
        while (end >= 0)
        {
            var mark = place[end];
            place = place[(end + 1)..];
            end = place.AsSpan().IndexOfAny(':', '@', '*');
            var number = ParseNumber(text, end < 0 ? place : place[..end]);
            fault = mark switch
            {
                ':' => fault with { Occurrence = number },
                '*' => fault with { Times = number },
                _ when step == FaultStep.Content => fault with { AfterOctets = number },
                _ => throw Invalid(text, "only the step content takes '@octets'"),
            };
        }

        return fault;
    }

    private static Fault ParseAction(string text, string action)
    {
        if (action is [>= '2' and <= '5', _, _] or [>= '2' and <= '5', _, _, ' ', ..])
        {
            return new Fault(default, FaultKind.Reply) { Reply = ParseReply(text, action) };
        }

        const string SlowName = "slow ";
        if (action.StartsWith(SlowName, StringComparison.OrdinalIgnoreCase))
        {
            var rate = ParseNumber(text, action[SlowName.Length..].Trim());
            return new Fault(default, FaultKind.Slow) { OctetsPerSecond = rate };
        }

        return Enum.GetValues<FaultKind>()
            .Where(kind => kind is not (FaultKind.Reply or FaultKind.Slow))
            .Where(kind => action.Equals(kind.ToString(), StringComparison.OrdinalIgnoreCase))
            .Select(kind => new Fault(default, kind))
            .FirstOrDefault() ?? throw Invalid(text, $"no action is called '{action}'");
    }

    private static SmtpReply ParseReply(string text, string action)
    {
        var lines = (action.Length > 4 ? action[4..] : "").Replace("\\n", "\n", StringComparison.Ordinal).Split('\n');
        if (lines.Any(line => line.Any(char.IsControl)))
        {
            throw Invalid(text, "the reply has a control character");
        }

        EnhancedStatusCode? enhanced = EnhancedStatusCode.TryReadPrefix(lines[0], out var code) ? code : null;
        return new SmtpReply(ParseNumber(text, action[..3]), enhanced, lines);
    }

    private static int ParseNumber(string text, string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw Invalid(text, $"'{digits}' is no number from 1 to {int.MaxValue}");

    private static SmtpTestServerException Invalid(string text, string reason) => new(
        "InvalidFault",
        MailErrorKind.InvalidInput,
        $"'{text}' is no fault: {reason}.",
        "Write it as step[:n][@octets][*times]=action, for example 'rcpt:2=550 5.1.1 no such user' or 'data=drop'.");
}
