using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace MailAdmin.TestServices.Hosting;

/// <summary>Notes each request, and answers those that the script spoils.</summary>
internal sealed class FaultMiddleware(HttpFaultScript faults, RequestLog log)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value ?? "";
        log.Add($"{context.Request.Method} {path}");
        if (path.StartsWith("/control/", StringComparison.Ordinal) || faults.Take(path) is not { } fault)
        {
            await next(context);
            return;
        }

        await Task.Delay(fault.DelayMilliseconds, context.RequestAborted);
        context.Response.StatusCode = fault.Status;
        if (fault.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(fault.Body, context.RequestAborted);
    }
}
