using System.Buffers.Binary;
using System.Text;

namespace MailAdmin.Net;

/// <summary>
/// Keeps secrets out of transcripts. It learns each secret in clear, in base64 at every alignment with either alphabet,
/// and escaped as in a URL, and masks any eight octets in a row that one of those forms holds; so a server that echoes
/// a part of a command reveals nothing. Secrets of four to seven octets are found only whole; shorter ones would mask
/// everything and are left alone.
/// </summary>
internal sealed class SecretRedactor
{
    private const int Window = sizeof(ulong);
    private const int ShortestSecret = 4;

    private readonly HashSet<ulong> _windows = [];
    private readonly List<byte[]> _short = [];

    /// <summary>What stands in place of a secret. Its length says nothing about the secret's.</summary>
    public static ReadOnlySpan<byte> Mask => "********"u8;

    /// <summary>
    /// Learns a secret in clear and escaped, and the forms that base64 gives it wherever it stands in a larger text.
    /// </summary>
    public void AddSecret(ReadOnlySpan<byte> secret)
    {
        AddLiteral(secret);
        AddEscaped(secret);
        for (var before = 0; before < 3; before++)
        {
            var padded = new byte[before + secret.Length];
            secret.CopyTo(padded.AsSpan(before));
            var encoded = Encoding.ASCII.GetBytes(Convert.ToBase64String(padded));

            // The characters at both ends also hold bits of the neighbours.
            var first = ((before * 8) + 5) / 6;
            var last = padded.Length * 8 / 6;
            if (last > first)
            {
                AddLiteral(encoded.AsSpan(first, last - first));

                // The alphabet for URLs (RFC 4648 §5).
                encoded.AsSpan().Replace((byte)'+', (byte)'-');
                encoded.AsSpan().Replace((byte)'/', (byte)'_');
                AddLiteral(encoded.AsSpan(first, last - first));
            }
        }
    }

    /// <summary>Learns octets that are to be masked as they are, such as a command's base64 argument.</summary>
    public void AddLiteral(ReadOnlySpan<byte> octets)
    {
        if (octets.Length >= Window)
        {
            for (var i = 0; i <= octets.Length - Window; i++)
            {
                _windows.Add(BinaryPrimitives.ReadUInt64LittleEndian(octets[i..]));
            }
        }
        else if (octets.Length >= ShortestSecret)
        {
            _short.Add(octets.ToArray());
        }
    }

    /// <summary>Returns the line with every secret masked; the same octets when it holds none.</summary>
    public ReadOnlySpan<byte> Redact(ReadOnlySpan<byte> line)
    {
        var hidden = Find(line);
        return hidden is null ? line : MaskRuns(line, hidden);
    }

    /// <summary>Returns the text with every secret masked.</summary>
    public string Redact(string text) => Encoding.UTF8.GetString(Redact(Encoding.UTF8.GetBytes(text)));

    private void AddEscaped(ReadOnlySpan<byte> secret)
    {
        var text = Encoding.UTF8.GetString(secret);
        var escaped = Uri.EscapeDataString(text);
        if (escaped != text)
        {
            AddLiteral(Encoding.ASCII.GetBytes(escaped));
        }
    }

    private static byte[] MaskRuns(ReadOnlySpan<byte> line, bool[] hidden)
    {
        var result = new List<byte>(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            if (!hidden[i])
            {
                result.Add(line[i]);
            }
            else if (i == 0 || !hidden[i - 1])
            {
                result.AddRange(Mask);
            }
        }

        return [.. result];
    }

    private bool[]? Find(ReadOnlySpan<byte> line)
    {
        bool[]? hidden = null;
        for (var i = 0; _windows.Count > 0 && i <= line.Length - Window; i++)
        {
            if (_windows.Contains(BinaryPrimitives.ReadUInt64LittleEndian(line[i..])))
            {
                (hidden ??= new bool[line.Length]).AsSpan(i, Window).Fill(true);
            }
        }

        foreach (var secret in _short)
        {
            for (var i = line.IndexOf(secret); i >= 0;)
            {
                (hidden ??= new bool[line.Length]).AsSpan(i, secret.Length).Fill(true);
                var next = line[(i + 1)..].IndexOf(secret);
                i = next < 0 ? -1 : i + 1 + next;
            }
        }

        return hidden;
    }
}
