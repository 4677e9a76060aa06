using System.Text.RegularExpressions;

namespace MailAdmin.TestServices.SignIn;

/// <summary>
/// Stands in for the browser of somebody who signs in: goes where it is sent, and posts the forms that post themselves.
/// </summary>
/// <param name="client">The way to the web; it must not follow redirects.</param>
public sealed partial class TestBrowser(HttpClient client)
{
    private const int Attempts = 50;

    /// <summary>Opens the sign-in page, and goes on to whoever waits for the answer.</summary>
    public async Task VisitAsync(Uri address)
    {
        using var answer = await client.GetAsync(address);
        if (answer.Headers.Location is { } next)
        {
            await ArriveAsync(() => client.GetAsync(next));
            return;
        }

        var page = await answer.Content.ReadAsStringAsync();
        var fields = Input().Matches(page).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        await ArriveAsync(
            () => client.PostAsync(Action().Match(page).Groups[1].Value, new FormUrlEncodedContent(fields)));
    }

    // A browser may be opened before the one who waits for its answer listens.
    private static async Task ArriveAsync(Func<Task<HttpResponseMessage>> go)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var arrived = await go();
                return;
            }
            catch (HttpRequestException) when (attempt < Attempts)
            {
                await Task.Delay(100);
            }
        }
    }

    [GeneratedRegex("name=\"(.*?)\" value=\"(.*?)\"")]
    private static partial Regex Input();

    [GeneratedRegex("action=\"(.*?)\"")]
    private static partial Regex Action();
}
