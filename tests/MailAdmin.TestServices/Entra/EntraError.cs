using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace MailAdmin.TestServices.Entra;

/// <summary>A refusal in the form of Microsoft Entra ID: an OAuth error (RFC 6749 §5.2) with an AADSTS code.</summary>
internal static class EntraError
{
    public static IResult Answer(string error, int code, string text, DateTimeOffset now, int status = 400) =>
        Results.Json(Body(error, code, text, now), statusCode: status);

    public static JsonObject Body(string error, int code, string text, DateTimeOffset now)
    {
        var trace = Guid.NewGuid().ToString();
        var correlation = Guid.NewGuid().ToString();
        var stamp = now.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["error"] = error,
            ["error_description"] =
                $"AADSTS{code}: {text} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {stamp}",
            ["error_codes"] = new JsonArray(code),
            ["timestamp"] = stamp,
            ["trace_id"] = trace,
            ["correlation_id"] = correlation,
            ["error_uri"] = $"https://login.microsoftonline.com/error?code={code}",
        };
    }
}
