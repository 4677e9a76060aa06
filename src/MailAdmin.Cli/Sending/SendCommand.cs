using System.CommandLine;
using MailAdmin.Cli.Output;
using MailAdmin.Transports;

namespace MailAdmin.Cli.Sending;

/// <summary><c>mailadmin send</c>: one message through one server.</summary>
internal sealed class SendCommand : Command
{
    private readonly CliHost _host;
    private readonly Option<bool> _json;
    private readonly RouteOptions _route = new();
    private readonly DnsOptions _dns = new();
    private readonly MessageOptions _message = new();
    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Say who would get what through which server; send nothing.",
    };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Say nothing when all went well." };

    private readonly TranscriptOption _transcript = new()
    {
        HelpName = "FILE", Description = "Record the session, secrets masked; - is standard error.",
    };

    public SendCommand(CliHost host, Option<bool> json)
        : base("send", "Sends a message: composed from options, an .eml file, or from standard input as sendmail does.")
    {
        _host = host;
        _json = json;
        _route.AddTo(this);
        _dns.AddTo(this);
        _message.AddTo(this);
        Add(_transcript);
        Add(_dryRun);
        Add(_quiet);
        Add(json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var resolver = await _dns.OpenAsync(parsed, cancellationToken);
        var route = await _route.ReadAsync(
            parsed, _host, resolver, wishes => _message.Delivery.Apply(parsed, wishes), cancellationToken);
        await using var open = new OpenFiles();
        var message = await _message.ReadAsync(parsed, _host, open, cancellationToken);
        if (parsed.GetValue(_dryRun))
        {
            await DryRun.WriteAsync(_host, message.Outgoing, route, parsed.GetValue(_json), cancellationToken);
            return (int)ExitCode.Ok;
        }

        using var transcript = _transcript.Open(parsed, _host);
        await using var transport = route.Open(_dns.Dialer(parsed, resolver), transcript, _host.Time);
        DeliveryReport report;
        using (var progress = _host.ShowsProgress ? new SendProgress(_host) : null)
        {
            report = await transport.SendAsync(message.Outgoing, progress, cancellationToken);
        }

        return (int)Write(
            parsed, report with { Warnings = [.. route.Warnings, .. message.Warnings, .. report.Warnings] });
    }

    // Where nobody was tried, the error says all there is.
    private static bool IsWorthShowing(DeliveryReport report) =>
        report.Recipients.Any(recipient => recipient.Status != RecipientStatus.NotTried);

    private ExitCode Write(ParseResult parsed, DeliveryReport report)
    {
        var code = ExitCodes.Of(report);
        if (parsed.GetValue(_json))
        {
            JsonOutput.Write(_host.Output, ReportJson.Of(report));
        }
        else if (IsWorthShowing(report) && !parsed.GetValue(_quiet) && !_message.IsLikeSendmail(parsed))
        {
            foreach (var line in ReportText.Lines(report))
            {
                _host.Output.WriteLine(line);
            }
        }

        ReportText.WriteWarnings(_host.Error, report.Warnings);
        if (report.Error is { } error)
        {
            FailureOutput.WriteText(_host.Error, error, report.Diagnosis);
        }
        else if (code != ExitCode.Ok)
        {
            ReportText.WriteRefusals(_host.Error, report);
            if (report.Diagnosis is { } diagnosis && !_message.IsLikeSendmail(parsed))
            {
                FailureOutput.WriteAdvice(_host.Error, diagnosis);
            }
        }

        return code;
    }
}
