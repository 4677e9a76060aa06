using System.Text;
using System.Text.Unicode;
using MailAdmin.Addressing;

namespace MailAdmin.Mime.Headers;

/// <summary>
/// Text whose character set nobody declared: UTF-8 where it is that, else Windows-1252, which never fails.
/// </summary>
internal static class TextOctets
{
    public static string Decode(ReadOnlySpan<byte> octets) =>
        (Utf8.IsValid(octets) ? Encoding.UTF8 : Charsets.Windows1252).GetString(octets);
}
