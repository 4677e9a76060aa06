using MailAdmin.TestServices.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailAdmin.TestServices.Control;

/// <summary>
/// What a test says to a provider that runs in another process: faults to come, codes that somebody entered, how long
/// tokens live; and what was asked.
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
    }

    private IResult SetLifetime(int seconds)
    {
        provider.Tokens.Lifetime = TimeSpan.FromSeconds(seconds);
        return Results.NoContent();
    }
}
