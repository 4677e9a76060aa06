using System.Globalization;
using MailAdmin.Smtp;

namespace MailAdmin.Server.Personalities;

/// <summary>Makes replies of their text.</summary>
internal static class PersonalityReply
{
    /// <summary>A reply of one line, such as <c>550 5.7.1 no</c>.</summary>
    public static SmtpReply Of(string line)
    {
        var text = line[4..];
        EnhancedStatusCode? enhanced = EnhancedStatusCode.TryReadPrefix(text, out var code) ? code : null;
        return new SmtpReply(int.Parse(line.AsSpan(0, 3), CultureInfo.InvariantCulture), enhanced, [text]);
    }
}
