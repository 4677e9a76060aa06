namespace MailAdmin.Interop.Storage;

/// <summary>One message as a server delivered it.</summary>
/// <param name="Path">A file that holds it.</param>
/// <param name="Sender">The reverse path; empty for the null path.</param>
/// <param name="Recipients">Every envelope recipient, in no order.</param>
/// <param name="Received">The trace field that the server put on top.</param>
/// <param name="ContentOffset">Where in the file that begins which was sent.</param>
public sealed record StoredMessage(
    string Path,
    string Sender,
    IReadOnlyList<string> Recipients,
    string Received,
    int ContentOffset)
{
    /// <summary>What was sent, with the servers' bare LF turned back into CRLF.</summary>
    public byte[] ReadContent()
    {
        var stored = File.ReadAllBytes(Path).AsSpan(ContentOffset);
        var content = new byte[stored.Length + stored.Count((byte)'\n')];
        var length = 0;
        foreach (var octet in stored)
        {
            if (octet == '\n' && (length == 0 || content[length - 1] != '\r'))
            {
                content[length++] = (byte)'\r';
            }

            content[length++] = octet;
        }

        return content[..length];
    }
}
