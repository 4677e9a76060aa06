using System.Buffers;
using System.Globalization;
using System.Text;

namespace MailAdmin.Net;

/// <summary>
/// Turns what a connection writes and reads into the transcript's lines: joins pieces of a line, masks secrets, and
/// shows only the size of message content.
/// </summary>
internal sealed class TranscriptRecorder(ITranscript transcript)
{
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly SecretRedactor _redactor = new();
    private long _sentContent;
    private long _receivedContent;

    public void AddSecret(ReadOnlySpan<byte> secret) => _redactor.AddSecret(secret);

    public void Sent(ReadOnlySpan<byte> octets)
    {
        EndContent();
        while (octets.IndexOf((byte)'\n') is >= 0 and var lf)
        {
            _line.Write(octets[..lf]);
            EndLine();
            octets = octets[(lf + 1)..];
        }

        _line.Write(octets);
    }

    public void SentSecret(ReadOnlySpan<byte> octets, int visible)
    {
        var secret = octets[visible..].TrimEnd("\r\n"u8);
        _redactor.AddLiteral(secret);
        Sent(octets[..visible]);
        _line.Write(SecretRedactor.Mask);
        Sent(octets[(visible + secret.Length)..]);
    }

    public void SentContent(int octets) => _sentContent += octets;

    public void Received(ReadOnlySpan<byte> line)
    {
        EndContent();
        transcript.Received(_redactor.Redact(line));
    }

    public void ReceivedContent(int octets) => _receivedContent += octets;

    public void Note(string text)
    {
        EndContent();
        transcript.Note(_redactor.Redact(text));
    }

    public void Note(TlsSession session)
    {
        Note($"TLS established: {session.Protocol}, {session.CipherSuite}");
        foreach (var warning in session.Warnings)
        {
            Note(warning);
        }
    }

    private void EndLine()
    {
        transcript.Sent(_redactor.Redact(_line.WrittenSpan.TrimEnd((byte)'\r')));
        _line.ResetWrittenCount();
    }

    private void EndContent()
    {
        NoteContent("sent", ref _sentContent);
        NoteContent("received", ref _receivedContent);
    }

    private void NoteContent(string verb, ref long octets)
    {
        if (octets > 0)
        {
            transcript.Note(string.Create(CultureInfo.InvariantCulture, $"{verb} {octets} octets of content"));
            octets = 0;
        }
    }
}
