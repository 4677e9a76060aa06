using System.CommandLine;
using MailAdmin.Cli.Output;
using MailAdmin.Cli.Sending;
using MailAdmin.Queueing;
using MailAdmin.Queueing.Routes;
using MailAdmin.Storage;

namespace MailAdmin.Cli.Queueing;

/// <summary><c>mailadmin queue add</c>: a message for later, with the options of <c>send</c>.</summary>
internal sealed class QueueAddCommand : Command
{
    private readonly CliHost _host;
    private readonly Option<bool> _json;
    private readonly RouteOptions _route = new();
    private readonly DnsOptions _dns = new();
    private readonly MessageOptions _message = new();
    private readonly WaitingOptions _waiting = new();
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Say nothing when all went well." };

    public QueueAddCommand(CliHost host, Option<bool> json)
        : base(
            "add",
            "Puts a message into the queue, with the options of 'send'. Without --server or --method it goes by the " +
            "batch provider. When this ends with 0, the message is safe on the disk.")
    {
        _host = host;
        _json = json;
        _route.AddTo(this);
        _dns.AddTo(this);
        _message.AddTo(this);
        _waiting.AddTo(this);
        Add(_quiet);
        Add(json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var asked = _route.ReadRequest(parsed, _host, wishes => _message.Delivery.Apply(parsed, wishes));
        await using var open = new OpenFiles();
        var message = await _message.ReadAsync(parsed, _host, open, cancellationToken);
        var order = _waiting.Apply(
            parsed,
            new QueueOrder(message.Outgoing.Content, message.Outgoing.Envelope, message.Subject),
            _message.Priority(parsed));
        await using var queue = await OpenQueue.OpenAsync(_host, cancellationToken);
        var request = asked is null
            ? await ProviderAsync(parsed, queue, cancellationToken)
            : asked with { NameServers = _dns.Names(parsed) };
        var route = await queue.Services.Queue.PrepareAsync(request, cancellationToken);
        var item = await queue.Services.Queue.AddAsync(order, route, cancellationToken);
        Write(parsed, item);
        ReportText.WriteWarnings(_host.Error, message.Warnings);
        return (int)ExitCode.Ok;
    }

    private async Task<RouteRequest> ProviderAsync(
        ParseResult parsed, OpenQueue queue, CancellationToken cancellationToken)
    {
        var options = await EmailOptions.LoadAsync(queue.Store.Options, cancellationToken);
        var provider = options.BatchRoute is { } route
            ? queue.Services.Vault.Read(route)
            : throw CliException.Usage(
                "It is not said which server is to send the message, and the store has no batch provider.",
                "Add --server HOST, --server HOST:PORT, or --method NAME.");
        return provider with { Wishes = _message.Delivery.Apply(parsed, provider.Wishes) };
    }

    private void Write(ParseResult parsed, QueueItem item)
    {
        if (parsed.GetValue(_json))
        {
            JsonOutput.Write(_host.Output, QueueItemJson.Of(item));
        }
        else if (!parsed.GetValue(_quiet) && !_message.IsLikeSendmail(parsed))
        {
            _host.Output.WriteLine(Plain.Line(
                $"Queued as {item.Id} for {ReportText.Count(item.Recipients.Count)} through {item.Destination}."));
        }
    }
}
