using System.Globalization;
using System.Net;
using MailAdmin.Net;
using MailAdmin.Smtp;

namespace MailAdmin.Probes;

/// <summary>Turns what a session does into the steps of a probe, each with its time and verdict.</summary>
/// <param name="first">Dns, or Tcp where there is no name to look up.</param>
/// <param name="time">The clock.</param>
internal sealed class StageRecorder(ProbeStage first, TimeProvider time) : ISmtpObserver
{
    private readonly List<ProbeStageResult> _done = [];
    private readonly List<string> _warnings = [];
    private readonly long _began = time.GetTimestamp();
    private ProbeStageResult? _current;
    private long _since;

    public Connection? Connection { get; private set; }

    public IReadOnlyList<string> Warnings => _warnings;

    public TimeSpan Elapsed => time.GetElapsedTime(_began);

    /// <summary>A step begins; the one before it is over.</summary>
    public void Begin(ProbeStage stage)
    {
        Close();
        _since = time.GetTimestamp();
        _current = new ProbeStageResult(stage, ProbeVerdict.Passed, default, "");
    }

    public void Describe(string detail) => _current = _current! with { Detail = detail };

    public void Warn(string warning)
    {
        _warnings.Add(warning);
        _current = _current! with { Verdict = ProbeVerdict.Warning, Detail = warning };
    }

    public void Skip(ProbeStage stage, string reason)
    {
        if (_current?.Stage != stage)
        {
            Begin(stage);
        }

        _current = _current! with { Verdict = ProbeVerdict.Skipped, Detail = reason };
    }

    /// <summary>The resolver's answer for the server's name.</summary>
    public void Resolved(IReadOnlyList<IPAddress> addresses)
    {
        Describe(string.Join(", ", addresses));
        Begin(ProbeStage.Tcp);
    }

    public void Entered(SmtpStage stage) => Begin(stage == SmtpStage.Connect ? first : Map(stage));

    public void Connected(Connection connection)
    {
        Connection = connection;
        Describe($"{connection.RemoteEndPoint} from {connection.LocalEndPoint}");
    }

    public void Replied(SmtpStage stage, SmtpReply reply) =>
        _current = _current! with { Reply = reply, Detail = string.Join(" | ", reply.Lines) };

    public void Secured(TlsSession session)
    {
        Describe($"{session.Protocol}, {session.CipherSuite}");
        Begin(ProbeStage.Certificate);
        if (session.Certificate is { } certificate)
        {
            var until = certificate.NotAfter.ToUniversalTime();
            Describe(string.Create(
                CultureInfo.InvariantCulture,
                $"{string.Join(", ", CertificateJudge.Names(certificate))}; valid until {until:yyyy-MM-dd}"));
        }

        foreach (var warning in session.Warnings)
        {
            Warn(warning);
        }
    }

    public void WentWithoutTls(string warning)
    {
        Reopen();
        if (_current!.Stage is not (ProbeStage.StartTls or ProbeStage.Tls))
        {
            Begin(ProbeStage.StartTls);
        }

        Warn(warning);
        _current = _current with { Error = null };
    }

    public void Failed(SmtpStage stage, MailException failure) => Fail(
        stage switch
        {
            // A name without a usable address is a matter of the look-up, which was over when that was found out.
            SmtpStage.Connect when failure is ConnectException { ErrorId: "HostHasNoAddress" } => ProbeStage.Dns,
            SmtpStage.Connect => _current?.Stage ?? first,
            SmtpStage.Tls when failure is CertificateException => ProbeStage.Certificate,
            _ => Map(stage),
        },
        failure);

    /// <summary>A step failed; a failure that was told before is not told again.</summary>
    public void Fail(ProbeStage stage, MailException failure)
    {
        if (_done.Append(_current).Any(s => s?.Error == failure))
        {
            return;
        }

        if (stage == ProbeStage.Dns && _current is { Stage: ProbeStage.Tcp } &&
            _done is [.., { Stage: ProbeStage.Dns }])
        {
            _current = _done[^1];
            _done.RemoveAt(_done.Count - 1);
        }
        else if (_current?.Stage != stage)
        {
            Begin(stage);
        }

        _current = _current! with { Verdict = ProbeVerdict.Failed, Detail = failure.Message, Error = failure };
    }

    /// <summary>All steps, with those that the plan had behind the failed one.</summary>
    public IReadOnlyList<ProbeStageResult> Finish(IEnumerable<ProbeStage> plan)
    {
        if (_current is { Stage: ProbeStage.Quit, Reply: null, Verdict: ProbeVerdict.Passed })
        {
            _current = _current with { Verdict = ProbeVerdict.Skipped, Detail = "not answered" };
        }

        Close();
        var missing = _done.Any(s => s.Verdict == ProbeVerdict.Failed)
            ? plan.Except(_done.Select(s => s.Stage)).Select(
                s => new ProbeStageResult(s, ProbeVerdict.NotReached, default, ""))
            : [];
        return _done.Concat(missing).ToArray();
    }

    private void Close()
    {
        if (_current is { } over)
        {
            // A step that was opened again has its time already.
            _done.Add(over.Duration > TimeSpan.Zero ? over : over with { Duration = time.GetElapsedTime(_since) });
            _current = null;
        }
    }

    // The session that gave TLS up may have said QUIT behind the step that failed.
    private void Reopen()
    {
        var failed = _done.FindIndex(s => s.Verdict == ProbeVerdict.Failed);
        if (failed >= 0)
        {
            Close();
            _current = _done[failed];
            _done.RemoveRange(failed, _done.Count - failed);
        }
    }

    private static ProbeStage Map(SmtpStage stage) => stage switch
    {
        SmtpStage.Connect => ProbeStage.Tcp,
        SmtpStage.Greeting => ProbeStage.Banner,
        SmtpStage.Ehlo => ProbeStage.Ehlo,
        SmtpStage.StartTls => ProbeStage.StartTls,
        SmtpStage.Tls => ProbeStage.Tls,
        SmtpStage.Auth => ProbeStage.Auth,
        SmtpStage.MailFrom => ProbeStage.MailFrom,
        SmtpStage.RcptTo => ProbeStage.RcptTo,
        SmtpStage.Rset => ProbeStage.Rset,
        SmtpStage.Quit => ProbeStage.Quit,
        _ => ProbeStage.Message,
    };
}
