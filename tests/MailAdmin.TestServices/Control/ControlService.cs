using MailAdmin.TestServices.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailAdmin.TestServices.Control;

/// <summary>What a test says to a provider that runs in another process: faults to come, and what was asked.</summary>
internal sealed class ControlService(HttpFaultScript faults, RequestLog log) : ITestService
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/control/faults", (HttpFault fault) => faults.Add(fault));
        routes.MapDelete("/control/faults", faults.Clear);
        routes.MapGet("/control/requests", () => log.Lines);
    }
}
