using System.Security.Cryptography;
using MailAdmin.TestServices.Graph;
using MailAdmin.TestServices.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailAdmin.TestServices.Control;

/// <summary>
/// What a test says to a provider that runs in another process: faults to come, codes that somebody entered, how long
/// tokens live; and what was asked and sent.
/// </summary>
internal sealed class ControlService(TestIdentityProvider provider) : ITestService
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup("/control");
        control.MapPost("/faults", (HttpFault fault) => provider.Faults.Add(fault));
        control.MapDelete("/faults", provider.Faults.Clear);
        control.MapGet("/requests", () => provider.Requests.Lines);
        control.MapGet("/codes", () => provider.SignIns.Waiting);
        control.MapPost("/codes/{code}/agree", (string code) => provider.SignIns.Enter(code, agree: true));
        control.MapPost("/codes/{code}/decline", (string code) => provider.SignIns.Enter(code, agree: false));
        control.MapPost("/refresh-token", () => Results.Json(provider.IssueGoogleRefreshToken()));
        control.MapGet("/secrets", () => provider.Secrets);
        control.MapPost("/lifetime/{seconds:int}", (int seconds) => SetLifetime(seconds));
        control.MapGet("/graph/sent", () => provider.Outbox.Sent.Select(Describe));
        control.MapGet("/graph/sent/{index:int}/mime", (int index) => Results.Bytes(provider.Outbox.Sent[index].Mime!));
        control.MapGet("/graph/drafts", () => provider.Outbox.DraftCount);
    }

    // Files may be large, and a test compares them by their hash.
    private static object Describe(SentMail mail) => new
    {
        mail.Mailbox,
        mail.SavedCopy,
        IsMime = mail.Mime is not null,
        mail.Json,
        Files = mail.Files.Select(f => new
        {
            f.Name, f.ContentType, f.ContentId, Size = f.Content.Length,
            Sha256 = Convert.ToHexString(SHA256.HashData(f.Content)),
        }),
    };

    private IResult SetLifetime(int seconds)
    {
        provider.Tokens.Lifetime = TimeSpan.FromSeconds(seconds);
        return Results.NoContent();
    }
}
