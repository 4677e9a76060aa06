using System.Text;

namespace MailAdmin.Dns.Server;

/// <summary>Splits a line of a zone file (RFC 1035 §5.1) into words and quoted strings, escapes still in.</summary>
internal static class ZoneLine
{
    /// <summary>Splits the line; null when a quoted string has no end.</summary>
    public static IReadOnlyList<string>? Split(string line)
    {
        var words = new List<string>();
        for (var at = 0; at < line.Length;)
        {
            if (char.IsWhiteSpace(line[at]))
            {
                at++;
            }
            else if (line[at] == '"')
            {
                var end = End(line, at + 1, '"'.Equals);
                if (end == line.Length)
                {
                    return null;
                }

                words.Add(line[(at + 1)..end]);
                at = end + 1;
            }
            else
            {
                var end = End(line, at, char.IsWhiteSpace);
                words.Add(line[at..end]);
                at = end;
            }
        }

        return words;
    }

    /// <summary>The octets of a word: escapes resolved, other text as UTF-8; null when an escape is none.</summary>
    public static byte[]? Octets(string word)
    {
        var octets = new List<byte>(word.Length);
        for (var at = 0; at < word.Length;)
        {
            if (word[at] == '\\')
            {
                if (!DnsNameText.TryReadOctet(word, ref at, out var octet))
                {
                    return null;
                }

                octets.Add(octet);
            }
            else
            {
                var next = word.IndexOf('\\', at);
                next = next < 0 ? word.Length : next;
                octets.AddRange(Encoding.UTF8.GetBytes(word[at..next]));
                at = next;
            }
        }

        return [.. octets];
    }

    private static int End(string line, int at, Func<char, bool> isEnd)
    {
        while (at < line.Length && !isEnd(line[at]))
        {
            at += line[at] == '\\' ? 2 : 1;
        }

        return Math.Min(at, line.Length);
    }
}
