using System.Security.Authentication;
using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Server;
using MailAdmin.Tests.Net;
using MailAdmin.Tests.Smtp;

namespace MailAdmin.Tests.Server;

/// <summary>Holds a conversation with a session, without any I/O.</summary>
internal sealed class SessionPlayer : IDisposable
{
    private readonly SmtpServerSession _session;

    public SessionPlayer(SmtpTestServerOptions options, FaultCounter? faults = null)
    {
        Info = new SmtpSessionInfo(1, null, null);
        Transcript = new RecordedTranscript();
        _session = new SmtpServerSession(options, Info, faults ?? new FaultCounter(options.Faults), Transcript);
    }

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
                    Messages.Add((_session.Envelope, _session.Content.Memory.ToArray()));
                    action = _session.Stored("ID", null);
                    break;
                case SessionAction.Handshake:
                    action = _session.TlsEstablished(SslProtocols.Tls13, null);
                    break;
                default:
                    End = action;
                    return TakeOutput();
            }
        }

        return TakeOutput();
    }

    private string TakeOutput()
    {
        var said = Encoding.Latin1.GetString(_session.Output.Span);
        _session.Output.Clear();
        return said;
    }
}
