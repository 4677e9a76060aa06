using System.Net;
using System.Text.Json;

namespace MailAdmin.Identity.Google;

/// <summary>Asks Google's token service.</summary>
internal sealed class GoogleTokenService(HttpClient client, GoogleEndpoints places)
{
    private const string Name = "Google's token service";

    /// <summary>Asks for a token.</summary>
    /// <exception cref="TokenException">There is none.</exception>
    public async Task<GoogleAnswer> AskTokenAsync(
        IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellationToken)
    {
        var answer = await TryTokenAsync(form, cancellationToken).ConfigureAwait(false);
        return answer.Error is { } error ? throw Refused(error, answer.ErrorDescription) : answer;
    }

    /// <summary>Asks for a token; a refusal is an answer.</summary>
    public Task<GoogleAnswer> TryTokenAsync(
        IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellationToken) =>
        PostAsync(places.Token, form, cancellationToken);

    /// <summary>Asks for a code that somebody can enter.</summary>
    /// <exception cref="TokenException">There is none.</exception>
    public async Task<GoogleAnswer> AskDeviceCodeAsync(
        IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellationToken)
    {
        var answer = await PostAsync(places.DeviceCode, form, cancellationToken).ConfigureAwait(false);
        return answer is { DeviceCode: not null, UserCode: not null, VerificationUrl: not null }
            ? answer
            : throw Refused(answer.Error ?? "no device code", answer.ErrorDescription);
    }

    /// <summary>The failure that a refusal means.</summary>
    public static TokenException Refused(string error, string? description) => error switch
    {
        "access_denied" => TokenFailure.Declined(error),
        "expired_token" => TokenFailure.CodeExpired(error),
        _ => new TokenException(
            "TokenRefused",
            MailErrorKind.Authentication,
            $"Google gave no token: {error}{(string.IsNullOrEmpty(description) ? "" : $" ({description})")}",
            "Look the code up with Resolve-SmtpError.")
        {
            Code = error,
        },
    };

    private async Task<GoogleAnswer> PostAsync(
        Uri place, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new FormUrlEncodedContent(form);
            using var response = await client.PostAsync(place, content, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            var answer = Parse(body);
            var status = (int)response.StatusCode;
            return response.StatusCode == HttpStatusCode.TooManyRequests
                ? throw TokenFailure.Throttled(Name, response.Headers.RetryAfter?.Delta, answer?.Error)
                : status < 500 && answer is { Error: not null } or { AccessToken: not null } or { DeviceCode: not null }
                ? answer
                : throw TokenFailure.Failed(Name, status, answer?.Error);
        }
        catch (HttpRequestException e)
        {
            throw TokenFailure.Unreachable(place.Host, e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw TokenFailure.TimedOut(place.Host, e);
        }
    }

    private static GoogleAnswer? Parse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<GoogleAnswer>(body);
        }
        catch (JsonException)
        {
            // An error page of something on the way.
            return null;
        }
    }
}
