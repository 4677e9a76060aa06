using System.Globalization;
using System.Net;

namespace MailAdmin.Net;

/// <summary>A host and a port that were checked.</summary>
/// <param name="Host">The name, or the address in its text form without brackets.</param>
/// <param name="Address">The address, when the host was given as one.</param>
/// <param name="Port">The TCP port.</param>
internal sealed record DialTarget(string Host, IPAddress? Address, int Port)
{
    private const int MaxName = 255;

    /// <exception cref="DialOptionsException">The host or the port cannot be used.</exception>
    public static DialTarget Check(string host, int port)
    {
        if (port is <= IPEndPoint.MinPort or > IPEndPoint.MaxPort)
        {
            throw new DialOptionsException(
                "InvalidPort",
                string.Create(CultureInfo.InvariantCulture, $"{port} is no TCP port."),
                "Give a port from 1 to 65535; mail uses 25, 465 and 587.");
        }

        var bare = host is ['[', .. var inner, ']'] ? inner : host;
        if (IPAddress.TryParse(bare, out var address))
        {
            return new DialTarget(bare, address, port);
        }

        return bare.Length is > 0 and <= MaxName && bare.All(IsNameCharacter)
            ? new DialTarget(bare, null, port)
            : throw new DialOptionsException(
                "InvalidHost",
                $"'{TextTranscript.Printable(System.Text.Encoding.UTF8.GetBytes(host))}' is no host name.",
                "Give a name such as smtp.example.com, or an IP address, without port or protocol.");
    }

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_';
}
