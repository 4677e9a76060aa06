using System.Text;
using MailAdmin.Mime.Headers;

namespace MailAdmin.Tests.Mime.Headers;

/// <summary>Feeds header sections in pieces.</summary>
internal static class HeaderFixture
{
    public static HeaderParser Parse(string section, int pieceLength) =>
        Parse(Encoding.UTF8.GetBytes(section), pieceLength);

    public static HeaderParser Parse(byte[] section, int pieceLength)
    {
        var parser = new HeaderParser();
        for (var at = 0; at < section.Length && !parser.IsComplete;)
        {
            var length = Math.Min(pieceLength, section.Length - at);
            at += parser.Feed(section.AsSpan(at, length));
        }

        parser.Complete();
        return parser;
    }
}
