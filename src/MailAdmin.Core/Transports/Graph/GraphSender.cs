using MailAdmin.Mime;
using MailAdmin.Smtp;
using MailAdmin.Transports.Graph.Drafts;
using MailAdmin.Transports.Graph.Http;

namespace MailAdmin.Transports.Graph;

/// <summary>
/// Sends one message, the way that its size and the wish for a copy leave:
/// <code>
/// in one request, as it is         up to 4 MB of base64, a copy in Sent Items (Graph offers no choice)
/// in one request, taken apart      up to 4 MB of JSON, no copy
/// as a draft, file by file         anything larger, a copy; the draft is removed when something fails
/// </code>
/// </summary>
internal sealed class GraphSender(GraphClient client, GraphRoute route, GraphPaths paths, IProgress<long>? progress)
{
    private const string Sending = "the sending of the message";
    private const string MayBeLeft = "A draft of the message may be left in the mailbox's folder Drafts.";

    // Ctrl+C is to be back within a second, and to leave no draft.
    private static readonly TimeSpan TimeToFinish = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan TimeToDiscard = TimeSpan.FromMilliseconds(600);

    private readonly GraphPatience _patience = new(route.Limits);
    private readonly List<string> _warnings = [];

    /// <summary>What the user should know.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Sends; returns what the service said to it.</summary>
    /// <exception cref="MailException">It was not sent, or nobody knows.</exception>
    public async Task<GraphAnswer> SendAsync(GraphMail mail, CancellationToken cancellationToken)
    {
        _warnings.AddRange(mail.Envelope.Warnings);
        if (!route.SaveToSentItems)
        {
            return await SendWithoutCopyAsync(mail, cancellationToken).ConfigureAwait(false);
        }

        return GraphContent.Base64Length(mail.Length) <= route.Limits.MaxRequest
            ? await SendWholeAsync(mail, cancellationToken).ConfigureAwait(false)
            : await SendDraftAsync(mail, cancellationToken).ConfigureAwait(false);
    }

    private Task<GraphAnswer> SendWholeAsync(GraphMail mail, CancellationToken cancellationToken)
    {
        if (mail.Fields.Any(f => f.Is("DKIM-Signature")))
        {
            _warnings.Add(
                "Exchange writes what it sends anew, so the DKIM signature may not hold at the recipients'; Exchange "
                + "Online signs with its own key.");
        }

        return PostAsync(mail.ToContent, cancellationToken);
    }

    private async Task<GraphAnswer> SendWithoutCopyAsync(GraphMail mail, CancellationToken cancellationToken)
    {
        if (GraphContent.Base64Length(mail.Length) > route.Limits.MaxRequest)
        {
            throw new MessageException(
                "GraphCopyNeeded",
                MailErrorKind.NotSupported,
                "Microsoft Graph sends a message of more than 4 MB only with a copy in Sent Items.",
                "Allow the copy, send less in one message, or send it over SMTP.");
        }

        var plan = await DraftPlan.MakeAsync(mail, route.Limits, cancellationToken).ConfigureAwait(false);
        var header = new DraftHeader(mail, route.Limits);
        _warnings.Add(DraftLosses.Describe("Without a copy in Sent Items", plan, header));
        var contents = plan.Files.ToDictionary(f => f, f => new byte[f.Size]);
        var filled = 0;
        var reading = new PartsStream(
            plan.Files,
            (file, octets, _) =>
            {
                octets.CopyTo(contents[file].AsMemory(filled));
                filled += octets.Length;
                return ValueTask.CompletedTask;
            },
            (_, _) =>
            {
                filled = 0;
                return ValueTask.CompletedTask;
            });
        await using (reading.ConfigureAwait(false))
        {
            await mail.WriteToAsync(reading, cancellationToken).ConfigureAwait(false);
        }

        var json = DraftJson.WithoutCopy(plan, header, contents);
        return await PostAsync(() => GraphContent.Of("application/json", json), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<GraphAnswer> PostAsync(Func<GraphContent> content, CancellationToken cancellationToken)
    {
        var request = new GraphRequest(HttpMethod.Post, paths.SendMail, Sending)
        {
            Content = content,
            Repeat = GraphRepeat.Sends,
            Progress = progress is null ? null : new Base64Progress(progress),
        };
        return Accepted(request, await client.SendAsync(request, _patience, cancellationToken).ConfigureAwait(false));
    }

    private async Task<GraphAnswer> SendDraftAsync(GraphMail mail, CancellationToken cancellationToken)
    {
        var plan = await DraftPlan.MakeAsync(mail, route.Limits, cancellationToken).ConfigureAwait(false);
        var header = new DraftHeader(mail, route.Limits);
        _warnings.Add(DraftLosses.Describe("A message of more than 4 MB goes as a draft", plan, header));
        var json = DraftJson.Draft(plan, header);
        if (json.Length > route.Limits.MaxRequest)
        {
            throw new MessageException(
                "GraphTextTooLarge",
                MailErrorKind.Limit,
                "The text of the message alone is more than Microsoft Graph takes in one piece.",
                "Attach it as a file, or send the message over SMTP.");
        }

        var draft = await CreateAsync(json, cancellationToken).ConfigureAwait(false);
        try
        {
            using (var upload = new DraftUpload(client, route, paths, plan, draft, _patience))
            {
                var reading = new PartsStream(plan.Files, upload.TakeAsync, EndAsync);
                await using (reading.ConfigureAwait(false))
                {
                    await mail.WriteToAsync(reading, cancellationToken).ConfigureAwait(false);
                }

                async ValueTask EndAsync(DraftPart file, CancellationToken token)
                {
                    await upload.EndAsync(file, token).ConfigureAwait(false);
                    progress?.Report(file.End);
                }
            }

            var request = new GraphRequest(HttpMethod.Post, paths.Send(draft), Sending)
            {
                Repeat = GraphRepeat.Sends,
            };
            return Accepted(
                request, await client.SendAsync(request, _patience, cancellationToken).ConfigureAwait(false));
        }
        catch (OutcomeUnknownException)
        {
            // It may be on its way; what is left of it tells whoever looks.
            throw;
        }
        catch
        {
            await DiscardAsync(draft, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Makes the draft. One that is being made when the user gives up is waited for, to be removed.</summary>
    private async Task<string> CreateAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        var request = new GraphRequest(HttpMethod.Post, paths.Messages, "the making of a draft")
        {
            Content = () => GraphContent.Of("application/json", json),
            Repeat = GraphRepeat.Creates,
        };
        using var stop = new CancellationTokenSource();
        using var soon = cancellationToken.Register(() => stop.CancelAfter(TimeToFinish));
        GraphAnswer answer;
        try
        {
            answer = await client.ExpectAsync(request, _patience, [200, 201], stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (MailException e) when (e is Net.ConnectionLostException or Net.PeerTimeoutException)
        {
            _warnings.Add(MayBeLeft);
            throw;
        }

        if (answer.Text("id") is not { Length: > 0 and < 1024 } id)
        {
            _warnings.Add(MayBeLeft);
            throw GraphFaults.NotUnderstood(client.Host, request.Step, "the draft has no name");
        }

        if (cancellationToken.IsCancellationRequested)
        {
            await DiscardAsync(id, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return id;
    }

    private async Task DiscardAsync(string draft, CancellationToken cancellationToken)
    {
        using var stop = new CancellationTokenSource();
        using var soon = cancellationToken.Register(() => stop.CancelAfter(TimeToDiscard));
        try
        {
            var request = new GraphRequest(HttpMethod.Delete, paths.Message(draft), "the removal of the draft");
            var answer = await client.SendAsync(request, new GraphPatience(route.Limits), stop.Token)
                .ConfigureAwait(false);
            if (answer.Status is >= 200 and < 300 or 404)
            {
                return;
            }
        }
        catch (Exception e) when (e is MailException or OperationCanceledException)
        {
            // What went wrong before is what the user is to hear of.
        }

        _warnings.Add(MayBeLeft);
    }

    /// <summary>
    /// Only 202 says that the service has the message; another yes says nothing that could be relied on.
    /// </summary>
    private GraphAnswer Accepted(GraphRequest request, GraphAnswer answer) => answer.Status switch
    {
        202 => answer,

        // A gateway's words for not knowing what the service behind it did.
        502 or 504 => throw new OutcomeUnknownException(GraphFaults.Of(client.Host, request.Step, answer)),
        >= 300 => throw GraphFaults.Of(client.Host, request.Step, answer),
        _ => throw new OutcomeUnknownException(GraphFaults.NotUnderstood(client.Host, request.Step, answer.Outcome)),
    };
}
