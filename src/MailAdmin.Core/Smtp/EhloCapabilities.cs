using System.Globalization;

namespace MailAdmin.Smtp;

/// <summary>
/// What a server offers, from its reply to EHLO (RFC 5321 §4.1.1.1): the first line greets, each other line is a
/// keyword with parameters. Lines that cannot be understood are kept in <see cref="Keywords"/> and mean nothing
/// otherwise.
/// </summary>
public sealed class EhloCapabilities
{
    private readonly List<string> _authMechanisms = [];

    private EhloCapabilities(string greeting, IReadOnlyList<string> keywords)
    {
        Greeting = greeting;
        Keywords = keywords;
        foreach (var line in keywords)
        {
            Read(line);
        }
    }

    /// <summary>What is known of a server that took HELO only: it offers nothing.</summary>
    public static EhloCapabilities None { get; } = new("", []);

    /// <summary>The first line: usually the server's name and a greeting.</summary>
    public string Greeting { get; }

    /// <summary>All other lines as the server sent them.</summary>
    public IReadOnlyList<string> Keywords { get; }

    /// <summary>SIZE (RFC 1870): the parameter may be sent with MAIL FROM.</summary>
    public bool Size { get; private set; }

    /// <summary>The largest message in octets; null when the server names no limit (also for <c>SIZE 0</c>).</summary>
    public long? MaxMessageSize { get; private set; }

    /// <summary>8BITMIME (RFC 6152).</summary>
    public bool EightBitMime { get; private set; }

    /// <summary>SMTPUTF8 (RFC 6531).</summary>
    public bool SmtpUtf8 { get; private set; }

    /// <summary>DSN (RFC 3461).</summary>
    public bool Dsn { get; private set; }

    /// <summary>PIPELINING (RFC 2920).</summary>
    public bool Pipelining { get; private set; }

    /// <summary>CHUNKING (RFC 3030): BDAT instead of DATA.</summary>
    public bool Chunking { get; private set; }

    /// <summary>STARTTLS (RFC 3207).</summary>
    public bool StartTls { get; private set; }

    /// <summary>ENHANCEDSTATUSCODES (RFC 2034). Codes are read from replies whether or not it is offered.</summary>
    public bool EnhancedStatusCodes { get; private set; }

    /// <summary>SASL mechanisms of AUTH (RFC 4954) in the server's order, in upper case, each once.</summary>
    public IReadOnlyList<string> AuthMechanisms => _authMechanisms;

    /// <summary>LIMITS (RFC 9422).</summary>
    public SmtpLimits Limits { get; private set; }

    /// <summary>Reads the reply to EHLO.</summary>
    public static EhloCapabilities Parse(SmtpReply reply) => new(reply.Lines[0], reply.Lines.Skip(1).ToArray());

    private void Read(string line)
    {
        // "AUTH=LOGIN" is how servers wrote it for clients older than RFC 2554; some write only that.
        var end = line.AsSpan().IndexOfAny(' ', '=');
        var keyword = end < 0 ? line : line[..end];
        var parameters = end < 0 ? "" : line[(end + 1)..];
        switch (keyword.ToUpperInvariant())
        {
            case "SIZE":
                Size = true;
                MaxMessageSize = ReadSize(parameters) ?? MaxMessageSize;
                break;
            case "8BITMIME":
                EightBitMime = true;
                break;
            case "SMTPUTF8":
                SmtpUtf8 = true;
                break;
            case "DSN":
                Dsn = true;
                break;
            case "PIPELINING":
                Pipelining = true;
                break;
            case "CHUNKING":
                Chunking = true;
                break;
            case "STARTTLS":
                StartTls = true;
                break;
            case "ENHANCEDSTATUSCODES":
                EnhancedStatusCodes = true;
                break;
            case "AUTH":
                ReadMechanisms(parameters);
                break;
            case "LIMITS":
                Limits = SmtpLimits.Parse(parameters);
                break;
            default:
                break;
        }
    }

    private void ReadMechanisms(string parameters)
    {
        foreach (var name in parameters.Split([' ', '=', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            var mechanism = name.ToUpperInvariant();
            if (!_authMechanisms.Contains(mechanism))
            {
                _authMechanisms.Add(mechanism);
            }
        }
    }

    private static long? ReadSize(string parameters) =>
        long.TryParse(parameters.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0
            ? size
            : null;
}
