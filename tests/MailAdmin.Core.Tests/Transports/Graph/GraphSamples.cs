using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Net;
using MailAdmin.Sasl;
using MailAdmin.Transports;
using MailAdmin.Transports.Graph;

namespace MailAdmin.Tests.Transports.Graph;

/// <summary>Messages and routes for the tests of Graph.</summary>
internal static class GraphSamples
{
    public const string Sender = "alice@contoso.example";
    public const string Token = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodHRwczovL2dyYXBoIn0.c2lnbmF0dXJl";

    public static readonly Uri Address = new("https://graph.test/v1.0/");

    public static GraphRoute Route(IAccessTokenSource? tokens = null) => new()
    {
        Address = Address,
        Tokens = tokens ?? new FixedTokenSource(new AccessToken(Token)),
        Mailbox = Sender,
    };

    public static GraphTransport Transport(
        ScriptedService service, GraphRoute? route = null, TimeProvider? time = null, ITranscript? transcript = null) =>
        new(route ?? Route(), service.For, transcript, time, SystemRandomSource.Instance);

    public static MessageDraft Draft(params AttachmentSource[] files) => new()
    {
        From = Mailbox.Parse($"Alice <{Sender}>"),
        To = [Mailbox.Parse("Bob <bob@contoso.example>")],
        Cc = [Mailbox.Parse("carol@fabrikam.example")],
        Bcc = [Mailbox.Parse("dave@fabrikam.example")],
        Subject = "Grüße",
        TextBody = "The text.\n",
        Attachments = files,
    };

    public static OutgoingMessage Message(MessageDraft draft)
    {
        var message = new MessageBuilder().Build(draft);
        return new OutgoingMessage(message, message.ToEnvelope());
    }

    public static OutgoingMessage Small() => Message(Draft());

    /// <summary>A message too large for one request: one file through an upload session, one in one piece.</summary>
    public static OutgoingMessage Large(int octets = 8_000_000) =>
        Message(Draft(File(octets, "large.bin"), File(1000, "small.txt")));

    public static AttachmentSource File(int octets, string name) => AttachmentSource.FromMemory(Octets(octets), name);

    public static byte[] Octets(int count)
    {
        var octets = new byte[count];
        new Random(count).NextBytes(octets);
        return octets;
    }
}
