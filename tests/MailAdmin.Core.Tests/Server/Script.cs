using System.Text;
using MailAdmin.Server;
using MailAdmin.Tests.Smtp;

namespace MailAdmin.Tests.Server;

/// <summary>
/// A conversation as people write it: lines of the client (<c>C: </c>) and of the server (<c>S: </c>), in the order in
/// which they go over the wire. The lines of a client that stand together are a pipelined group. <c>\r</c>, <c>\n</c>,
/// <c>\0</c> and <c>\xHH</c> are escapes; a client's line that ends in <c>\</c> has no CRLF.
/// </summary>
internal static class Script
{
    /// <summary>Asserts that the server says what the script has, however the client's octets are cut.</summary>
    public static SessionPlayer Play(SmtpTestServerOptions options, string script) =>
        Play(() => new SessionPlayer(options), script);

    /// <summary>As the other, with players of one's own.</summary>
    public static SessionPlayer Play(Func<SessionPlayer> create, string script)
    {
        SessionPlayer? last = null;
        foreach (var fragmentation in Enum.GetValues<Fragmentation>())
        {
            last?.Dispose();
            last = create();
            Play(last, script, fragmentation);
        }

        return last!;
    }

    public static byte[] Octets(string line)
    {
        var octets = new MemoryStream();
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != '\\' || i + 1 == line.Length)
            {
                octets.Write(Encoding.UTF8.GetBytes(line[i].ToString()));
                continue;
            }

            var mark = line[++i];
            octets.WriteByte(mark switch
            {
                'r' => (byte)'\r',
                'n' => (byte)'\n',
                '0' => 0,
                'x' => Convert.FromHexString(line.AsSpan(i + 1, 2))[0],
                _ => (byte)mark,
            });
            i += mark == 'x' ? 2 : 0;
        }

        return octets.ToArray();
    }

    private static void Play(SessionPlayer player, string script, Fragmentation fragmentation)
    {
        var lines = script.ReplaceLineEndings("\n").Split('\n');
        var said = player.Open();
        for (var i = 0; i < lines.Length;)
        {
            var group = lines.Skip(i).TakeWhile(line => line.StartsWith("C: ", StringComparison.Ordinal)).ToList();
            i += group.Count;
            var answer = lines.Skip(i).TakeWhile(line => line.StartsWith("S: ", StringComparison.Ordinal)).ToList();
            i += answer.Count;
            Assert.True(group.Count + answer.Count > 0, $"no C: or S: line: '{lines.ElementAtOrDefault(i)}'");

            var input = group.SelectMany(line => line.EndsWith('\\')
                ? Octets(line[3..^1])
                : [.. Octets(line[3..]), (byte)'\r', (byte)'\n']).ToArray();
            said += player.Say(input, fragmentation);
            Assert.Equal(string.Concat(answer.Select(line => line[3..] + "\r\n")), said);
            said = "";
        }
    }
}
