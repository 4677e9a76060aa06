using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Server;
using MailAdmin.Tests.Net;
using MailAdmin.Tests.Smtp;

namespace MailAdmin.Tests.Server;

/// <summary>Holds a conversation with a session, without any I/O.</summary>
internal sealed class SessionPlayer : IDisposable
{
    private readonly SmtpTestServerOptions _options;
    private readonly SmtpServerSession _session;

    public SessionPlayer(SmtpTestServerOptions options, FaultCounter? faults = null, IPEndPoint? remote = null)
    {
        _options = options;
        Info = new SmtpSessionInfo(1, remote, null);
        Transcript = new RecordedTranscript();
        _session = new SmtpServerSession(options, Info, faults ?? new FaultCounter(options.Faults), Transcript);
    }

    /// <summary>What TLS turns out to be.</summary>
    public SslProtocols Tls { get; init; } = SslProtocols.Tls13;

    /// <summary>The certificate that the client shows.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    public SmtpSessionInfo Info { get; }

    public RecordedTranscript Transcript { get; }

    public List<(Envelope Envelope, byte[] Content)> Messages { get; } = [];

    /// <summary>What ended the conversation; null while it goes on.</summary>
    public SessionAction? End { get; private set; }

    public bool ExpectsLine => _session.ExpectsLine;

    /// <summary>What the session holds on to between two inputs.</summary>
    public int BufferedOctets => _session.Output.Length + _session.Content.Length;

    public int OctetsPerSecond => _session.OctetsPerSecond;

    public string Open() => Run(_session.Open());

    public string Say(ReadOnlySpan<byte> octets, Fragmentation fragmentation)
    {
        var said = new StringBuilder();
        while (!octets.IsEmpty && End is null)
        {
            var size = fragmentation switch
            {
                Fragmentation.Octets => 1,
                Fragmentation.Lines => octets.IndexOf((byte)'\n') is var lf and >= 0 ? lf + 1 : octets.Length,
                _ => octets.Length,
            };
            _session.Receive(octets[..size]);
            octets = octets[size..];
            said.Append(Run(_session.Advance()));
        }

        return said.ToString();
    }

    public void Dispose() => _session.Dispose();

    private string Run(SessionAction action)
    {
        while (action is not SessionAction.Read)
        {
            switch (action)
            {
                case SessionAction.Flush:
                    action = _session.Advance();
                    break;
                case SessionAction.Store:
                    action = Store();
                    break;
                case SessionAction.Handshake:
                    action = _session.TlsEstablished(Tls, ClientCertificate);
                    break;
                default:
                    End = action;
                    return TakeOutput();
            }
        }

        return TakeOutput();
    }

    private SessionAction Store()
    {
        var content = _session.Content.Memory.ToArray();
        var decision = _options.Policy?.Message(Info, new ReceivedMessage
        {
            Id = "ID",
            ReceivedAt = default,
            Envelope = _session.Envelope,
            Mail = _session.Mail,
            Session = Info,
            Size = content.Length,
            Content = content,
        });
        if (decision is null or { IsPositive: true })
        {
            Messages.Add((_session.Envelope, content));
        }

        return _session.Stored("ID", decision);
    }

    private string TakeOutput()
    {
        var said = Encoding.Latin1.GetString(_session.Output.Span);
        _session.Output.Clear();
        return said;
    }
}
