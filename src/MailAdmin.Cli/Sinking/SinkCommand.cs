using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using MailAdmin.Cli.Output;
using MailAdmin.Server;

namespace MailAdmin.Cli.Sinking;

/// <summary><c>mailadmin sink</c>: a mail server that delivers nothing, in the foreground.</summary>
internal sealed class SinkCommand : Command
{
    private readonly CliHost _host;
    private readonly Option<bool> _json;
    private readonly SinkOptions _options = new();

    public SinkCommand(CliHost host, Option<bool> json)
        : base("sink", "Runs a mail server that takes messages and delivers none, until Ctrl+C.")
    {
        _host = host;
        _json = json;
        _options.AddTo(this);
        Add(json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var limit = _options.Count(parsed);
        await using var server = await SmtpTestServer.StartAsync(_options.Read(parsed, _host), cancellationToken);
        var arrived = Channel.CreateUnbounded<ReceivedMessage>();
        server.MessageReceived += message => arrived.Writer.TryWrite(message);
        WriteCertificate(parsed, server);
        Announce(server);
        try
        {
            var output = new SinkOutput(_host, parsed.GetValue(_json));
            for (var count = 0; count != limit; count++)
            {
                await output.WriteAsync(await arrived.Reader.ReadAsync(cancellationToken), cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C and SIGTERM are the ordinary end.
        }

        return (int)ExitCode.Ok;
    }

    // On standard error, so that with --json standard output holds messages only.
    private void Announce(SmtpTestServer server)
    {
        foreach (var endpoint in server.Endpoints)
        {
            _host.Error.WriteLine($"mailadmin: listening at {endpoint}");
        }

        _host.Error.Flush();
    }

    private void WriteCertificate(ParseResult parsed, SmtpTestServer server)
    {
        if (_options.CertificateFile(parsed) is not { } path)
        {
            return;
        }

        try
        {
            File.WriteAllText(path, server.Certificate!.ExportCertificatePem() + "\n");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw CliException.Uncreatable(path, "certificate file", cause);
        }
    }
}
