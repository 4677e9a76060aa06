using System.Globalization;
using System.Security.Cryptography;
using MailAdmin.Mime.Composing;
using MailAdmin.Mime.Headers;

namespace MailAdmin.Mime.Dkim;

/// <summary>Writes the DKIM-Signature field (RFC 6376 §3.5), folded, with its line end.</summary>
internal static class DkimSignatureWriter
{
    private const string Name = "DKIM-Signature";

    /// <summary>What is signed if it is there: what readers see or programs act on (RFC 6376 §5.4.1).</summary>
    private static readonly string[] Signed =
    [
        "From", "Sender", "Reply-To", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References",
        "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-ID", "Content-Description",
        "List-Id", "List-Help", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Subscribe", "List-Post",
        "List-Owner",
        "List-Archive",
    ];

    public static void Write(
        WireBuffer buffer, DkimSigner signer, IReadOnlyList<HeaderField> fields, ReadOnlySpan<byte> bodyHash)
    {
        var names = new List<string>();
        using var canonical = new WireBuffer(2048);
        foreach (var name in Signed)
        {
            // Several fields of one name are signed from the last to the first (RFC 6376 §5.4.2).
            for (var i = fields.Count - 1; i >= 0; i--)
            {
                if (fields[i].Is(name))
                {
                    names.Add(name);
                    RelaxedHeader.Append(canonical, fields[i]);
                }
            }
        }

        names.Insert(0, "From");
        var start = buffer.Length;
        var writer = new HeaderWriter(buffer, utf8: false);
        WriteTags(ref writer, signer, names, bodyHash);
        RelaxedHeader.Append(canonical, Name, buffer.Written[(start + Name.Length + 1)..]);
        var signature = signer.Key.Sign(SHA256.HashData(canonical.Written));
        WriteSignature(ref writer, Convert.ToBase64String(signature));
        writer.End();
    }

    private static void WriteTags(
        ref HeaderWriter writer, DkimSigner signer, List<string> names, ReadOnlySpan<byte> bodyHash)
    {
        writer.Begin(Name);
        writer.Token("v=1;"u8);
        writer.Token("a=rsa-sha256;"u8);
        writer.Token("c=relaxed/relaxed;"u8);
        writer.Token($"d={signer.Domain.Ascii};");
        writer.Token($"s={signer.Selector};");
        var time = signer.Clock.GetUtcNow().ToUnixTimeSeconds();
        writer.Token(string.Create(CultureInfo.InvariantCulture, $"t={time};"));
        for (var i = 0; i < names.Count; i++)
        {
            var text = (i == 0 ? "h=" : "") + names[i] + (i == names.Count - 1 ? ";" : ":");
            writer.Token(text);
        }

        writer.Token($"bh={Convert.ToBase64String(bodyHash)};");
        writer.Token("b="u8);
    }

    /// <summary>White space in the signature is ignored (RFC 6376 §3.5), so it may be folded anywhere.</summary>
    private static void WriteSignature(ref HeaderWriter writer, string signature)
    {
        var rest = signature.AsSpan();
        while (!rest.IsEmpty)
        {
            var room = HeaderWriter.MaxLine - writer.Column;
            if (room <= 0)
            {
                writer.Space(1);
                room = HeaderWriter.MaxLine - writer.Column;
            }

            var piece = rest[..Math.Min(room, rest.Length)];
            writer.Buffer.Append(piece);
            rest = rest[piece.Length..];
        }
    }
}
