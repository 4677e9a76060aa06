using System.Text;
using MailAdmin.Addressing;

namespace MailAdmin.Mime.Headers;

/// <summary>Address fields (RFC 5322 §3.4): <c>[phrase] "&lt;" addr-spec "&gt;" *("," …)</c>.</summary>
internal static class AddressWriter
{
    private const int MaxQuotedName = 60;

    public static void Write(ref HeaderWriter writer, IReadOnlyList<Mailbox> mailboxes)
    {
        for (var i = 0; i < mailboxes.Count; i++)
        {
            Write(ref writer, mailboxes[i], isLast: i == mailboxes.Count - 1);
        }
    }

    public static void Write(ref HeaderWriter writer, Mailbox mailbox, bool isLast = true)
    {
        var name = mailbox.DisplayName.AsSpan();
        var address = mailbox.Address.ToWireString();
        if (!name.IsEmpty)
        {
            WritePhrase(ref writer, name);
        }

        writer.Space(Encoding.UTF8.GetByteCount(address) + (name.IsEmpty ? 1 : 3));
        if (name.IsEmpty)
        {
            writer.Buffer.Append(address);
        }
        else
        {
            writer.Buffer.Append((byte)'<');
            writer.Buffer.Append(address);
            writer.Buffer.Append((byte)'>');
        }

        if (!isLast)
        {
            writer.Buffer.Append((byte)',');
        }
    }

    private static void WritePhrase(scoped ref HeaderWriter writer, ReadOnlySpan<char> name)
    {
        var isAscii = !name.ContainsAnyExcept(HeaderChars.Printable);
        var hasControls = !isAscii && HasControls(name);
        if (HeaderChars.LooksEncoded(name) || hasControls || (!isAscii && !writer.Utf8) ||
            Encoding.UTF8.GetByteCount(name) > MaxQuotedName)
        {
            EncodedWordWriter.Write(ref writer, " ", name);
        }
        else if (!name.ContainsAnyExcept(HeaderChars.AtextOrSpace) && name[0] != ' ' && name[^1] != ' ' &&
            !name.Contains("  ", StringComparison.Ordinal))
        {
            UnstructuredWriter.Write(ref writer, name, MaxQuotedName);
        }
        else
        {
            WriteQuoted(ref writer, name);
        }
    }

    private static bool HasControls(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                return true;
            }
        }

        return false;
    }

    private static void WriteQuoted(scoped ref HeaderWriter writer, ReadOnlySpan<char> name)
    {
        var escapes = name.Count('"') + name.Count('\\');
        writer.Space(Encoding.UTF8.GetByteCount(name) + escapes + 2);
        QuotedStringWriter.Write(writer.Buffer, name);
    }
}
