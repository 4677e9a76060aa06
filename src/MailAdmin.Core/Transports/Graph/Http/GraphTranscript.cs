using System.Globalization;
using System.Text;
using MailAdmin.Net;

namespace MailAdmin.Transports.Graph.Http;

/// <summary>
/// Records requests and answers as lines, with tokens and the secret part of addresses masked, and bodies by their size
/// only, but for what the service says is wrong.
/// </summary>
internal sealed class GraphTranscript(ITranscript? target)
{
    private const int MaxShown = 2000;

    private readonly SecretRedactor _redactor = new();
    private string? _known;

    /// <summary>Learns a token.</summary>
    public void Protect(string secret)
    {
        if (secret != _known)
        {
            _known = secret;
            _redactor.AddSecret(Encoding.UTF8.GetBytes(secret));
        }
    }

    /// <summary>Learns the part of an address that is a secret: an upload address is a key by itself.</summary>
    public void Protect(Uri address)
    {
        if (address.Query.Length > 1)
        {
            // Both as it goes over the wire and as somebody may show it.
            _redactor.AddLiteral(Encoding.UTF8.GetBytes(address.Query));
            _redactor.AddLiteral(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.Query)));
        }
    }

    /// <summary>Text from the service as it may be shown: secrets masked, on one line, not too long.</summary>
    public string Clean(string text)
    {
        var shown = TextTranscript.Printable(_redactor.Redact(Encoding.UTF8.GetBytes(text)));
        return shown.Length > MaxShown ? $"{shown[..MaxShown]}…" : shown;
    }

    public void Note(string text) => target?.Note(_redactor.Redact(text));

    public void Request(HttpRequestMessage request)
    {
        if (target is null)
        {
            return;
        }

        Sent($"{request.Method} {request.RequestUri!.PathAndQuery} HTTP/{request.Version}");
        Sent($"Host: {request.RequestUri.Authority}");
        foreach (var (name, values) in request.Headers.Concat(request.Content!.Headers))
        {
            Sent(name.Equals("Authorization", StringComparison.OrdinalIgnoreCase)
                ? $"{name}: Bearer {Encoding.ASCII.GetString(SecretRedactor.Mask)}"
                : $"{name}: {string.Join(", ", values)}");
        }
    }

    public void SentContent(long octets)
    {
        if (octets > 0)
        {
            Note(string.Create(CultureInfo.InvariantCulture, $"sent {octets} octets of content"));
        }
    }

    public void Answer(GraphAnswer answer)
    {
        Received(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} {answer.Reason}"));
        ReceivedField("request-id", answer.RequestId);
        ReceivedField("Retry-After", answer.RetryAfter?.TotalSeconds.ToString("0", CultureInfo.InvariantCulture));
        if (answer.Status >= 400 && answer.Body.Length > 0)
        {
            Received(Clean(Encoding.UTF8.GetString(answer.Body.Span)));
        }
        else if (answer.Body.Length > 0)
        {
            Note(string.Create(CultureInfo.InvariantCulture, $"received {answer.Body.Length} octets of content"));
        }
    }

    private void ReceivedField(string name, string? value)
    {
        if (value is not null)
        {
            Received($"{name}: {value}");
        }
    }

    private void Sent(string line) => target?.Sent(_redactor.Redact(Encoding.UTF8.GetBytes(line)));

    private void Received(string line) => target?.Received(_redactor.Redact(Encoding.UTF8.GetBytes(line)));
}
