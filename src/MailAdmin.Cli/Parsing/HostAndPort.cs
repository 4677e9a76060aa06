using System.Globalization;

namespace MailAdmin.Cli.Parsing;

/// <summary>A host name, an IPv4 address, or an IPv6 address in brackets, with or without <c>:port</c>.</summary>
internal readonly record struct HostAndPort(string Host, int? Port)
{
    public static HostAndPort Parse(string text)
    {
        var (host, port) = Split(text);
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            throw CliException.Usage(
                $"'{text}' is no server.", "Name it as host, host:port, 192.0.2.1:25 or [2001:db8::1]:25.");
        }

        return new HostAndPort(host, port is null ? null : ParsePort(port));
    }

    public static int ParsePort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            ? port
            : throw CliException.Usage(
                $"'{text}' is no port.", "A port is a number from 1 to 65535, such as 25 or 587.");

    private static (string Host, string? Port) Split(string text)
    {
        if (text is ['[', ..] && text.IndexOf(']', StringComparison.Ordinal) is > 0 and var end)
        {
            var rest = text[(end + 1)..];
            return rest is [':', .. var port] ? (text[1..end], port) : (rest.Length == 0 ? text[1..end] : text, null);
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0 && colon == text.LastIndexOf(':') ? (text[..colon], text[(colon + 1)..]) : (text, null);
    }
}
