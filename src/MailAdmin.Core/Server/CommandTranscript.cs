using System.Text;
using MailAdmin.Net;

namespace MailAdmin.Server;

/// <summary>
/// Shows what a client says, without its secrets: of AUTH only the mechanism, of the lines of a login nothing. Behind
/// AUTH whatever is no command is hidden too, as a client that misunderstood a reply may send its password there.
/// </summary>
internal sealed class CommandTranscript(ITranscript transcript)
{
    private const string Mask = "****";

    private bool _hidesUnknown;

    public void Command(SmtpVerb verb, ReadOnlySpan<byte> line)
    {
        if (verb == SmtpVerb.Auth)
        {
            _hidesUnknown = true;
            transcript.Received(WithoutInitialResponse(line));
        }
        else if (verb == SmtpVerb.Unknown && _hidesUnknown)
        {
            Secret();
        }
        else
        {
            _hidesUnknown = false;
            transcript.Received(line);
        }
    }

    public void Secret() => transcript.Received("****"u8);

    public void Content(long octets) => transcript.Note($"{octets} octets of content");

    public void Note(string text) => transcript.Note(text);

    private static byte[] WithoutInitialResponse(ReadOnlySpan<byte> line)
    {
        var words = Encoding.UTF8.GetString(line).Split(' ', 3);
        return Encoding.UTF8.GetBytes(words.Length < 3 ? string.Join(' ', words) : $"{words[0]} {words[1]} {Mask}");
    }
}
