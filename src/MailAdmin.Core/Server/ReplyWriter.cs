using System.Text;
using MailAdmin.Net;
using MailAdmin.Smtp;

namespace MailAdmin.Server;

/// <summary>Puts replies into the output buffer (RFC 5321 §4.2); several wait there to go out in one write.</summary>
internal sealed class ReplyWriter(PooledBuffer output, bool withEnhancedCodes, ITranscript? transcript)
{
    private const int Closing = 421;

    /// <summary>Takes the place of the next reply of the same sort (its first digit).</summary>
    public SmtpReply? Replacement { get; set; }

    /// <summary>The last reply was 421, so that the connection is to be closed.</summary>
    public bool ClosesSession { get; private set; }

    /// <summary>Writes a reply of one line.</summary>
    public void Write(StockReply reply) => Write(reply, "");

    /// <summary>Writes a reply of one line.</summary>
    /// <param name="reply">Its beginning.</param>
    /// <param name="detail">What follows its text.</param>
    public void Write(StockReply reply, string detail)
    {
        if (TakeReplacement(reply.Code) is { } replacement)
        {
            WriteAsIs(replacement);
            return;
        }

        ClosesSession = reply.Code == Closing;
        var start = output.Length;
        output.Append(reply.Line(withEnhancedCodes));
        if (detail.Length > 0)
        {
            output.Append(Encoding.UTF8.GetBytes(detail));
        }

        EndLine(start);
    }

    /// <summary>Writes a reply of several lines, none of which has an enhanced code.</summary>
    public void WriteLines(int code, IReadOnlyList<string> lines) =>
        WriteAsIs(TakeReplacement(code) ?? new SmtpReply(code, null, lines));

    /// <summary>Writes a reply that a fault or a policy gives.</summary>
    /// <exception cref="ArgumentException">It has a control character, which would make lines of its own.</exception>
    public void WriteAsIs(SmtpReply reply)
    {
        for (var i = 0; i < reply.Lines.Count; i++)
        {
            if (reply.Lines[i].Any(char.IsControl))
            {
                throw new ArgumentException($"The reply {reply.Code} has a control character.", nameof(reply));
            }

            ClosesSession = reply.Code == Closing;
            var start = output.Length;
            var separator = i == reply.Lines.Count - 1 ? ' ' : '-';
            output.Append(Encoding.UTF8.GetBytes($"{reply.Code}{separator}{reply.Lines[i]}"));
            EndLine(start);
        }
    }

    private SmtpReply? TakeReplacement(int code)
    {
        if (Replacement is { } replacement && replacement.Code / 100 == code / 100)
        {
            Replacement = null;
            return replacement;
        }

        return null;
    }

    private void EndLine(int start)
    {
        transcript?.Sent(output.Span[start..]);
        output.Append("\r\n"u8);
    }
}
