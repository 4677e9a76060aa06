namespace MailAdmin.Cli.Sending;

/// <summary>Without <c>-i</c>, sendmail ends a message from standard input at a line that holds a single dot.</summary>
internal static class LoneDot
{
    /// <summary>What stands before such a line; the whole content when there is none.</summary>
    public static ReadOnlyMemory<byte> Cut(ReadOnlyMemory<byte> content)
    {
        for (var start = 0; start < content.Length;)
        {
            var line = content.Span[start..];
            var end = line.IndexOf((byte)'\n');
            var length = end < 0 ? line.Length : end;
            if (line[..length].TrimEnd((byte)'\r') is [(byte)'.'])
            {
                return content[..start];
            }

            start += length + 1;
        }

        return content;
    }
}
