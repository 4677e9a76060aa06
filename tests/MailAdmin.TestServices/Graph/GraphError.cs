using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace MailAdmin.TestServices.Graph;

/// <summary>A refusal in Graph's form.</summary>
internal static class GraphError
{
    public static IResult Answer(int status, string code, string message) => Results.Json(
        new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["code"] = code,
                ["message"] = message,
                ["innerError"] =
                    new JsonObject { ["date"] = "2026-11-25T12:00:00", ["request-id"] = Guid.NewGuid().ToString() },
            },
        },
        statusCode: status);
}
