using System.Text;
using System.Text.Json;
using MailAdmin.Identity;
using MailAdmin.TestServices;
using MailAdmin.TestServices.Hosting;

namespace MailAdmin.Tests.Identity;

public sealed class SecretHygieneTests
{
    private const string Token = "eyJhbGciOiJub25lIn0.eyJhdWQiOiJ4In0.c2lnbmF0dXJlLXdpdGgrYW5kLw";

    [Fact]
    public void The_hunt_finds_a_piece_of_a_secret_in_every_form()
    {
        var hunt = new SecretHunt([Token + "+/=&"]);
        var octets = Encoding.UTF8.GetBytes(Token + "+/=&");

        Assert.NotEmpty(hunt.Find(octets));
        Assert.NotEmpty(hunt.Find(octets.AsSpan(5, 20)));
        Assert.NotEmpty(hunt.Find(Encoding.Unicode.GetBytes(Token)));
        Assert.NotEmpty(
            hunt.Find(Encoding.ASCII.GetBytes("x=" + Uri.EscapeDataString("c2lnbmF0dXJlLXdpdGgrYW5kLw+/=&"))));
        for (var before = 0; before < 3; before++)
        {
            var blob = Encoding.UTF8.GetBytes(new string('u', before) + Token);
            Assert.NotEmpty(hunt.Find(Encoding.ASCII.GetBytes(Convert.ToBase64String(blob))));
        }

        Assert.Empty(hunt.Find(Encoding.ASCII.GetBytes(new string('x', 500) + "eyJhbGciOiJub25")));
    }

    [Fact]
    public async Task No_failure_repeats_a_secret_that_a_service_echoes()
    {
        await using var kit = await SignInKit.StartAsync();
        var secrets =
            new TokenSecrets { ClientSecret = kit.App.Secret, RefreshToken = "1//refresh-token-of-some-length" };
        var echo = $"You sent {kit.App.Secret} and {secrets.RefreshToken}";
        kit.Provider.Refuse("invalid_grant", 50126, echo);
        kit.Provider.Faults.Add(new("/token", 400)
        {
            Body = JsonSerializer.Serialize(new { error = "invalid_grant", error_description = echo }),
        });

        var entra = await kit.FailureAsync(kit.Settings(TokenFlow.ClientSecret), secrets);
        var google = await kit.FailureAsync(kit.Google(TokenFlow.GoogleRefreshToken), secrets);

        var hunt = new SecretHunt([kit.App.Secret, secrets.RefreshToken]);
        Assert.Equal(("AADSTS50126", "invalid_grant"), (entra.Code, google.Code));
        Assert.Empty(hunt.Find(Encoding.UTF8.GetBytes(entra.ToString())));
        Assert.Empty(hunt.Find(Encoding.UTF8.GetBytes(google.ToString())));
    }

    [Fact]
    public async Task Settings_are_written_down_without_secrets_and_make_the_same_source_again()
    {
        await using var kit = await SignInKit.StartAsync();
        using var source = kit.Source(
            kit.Settings(TokenFlow.ClientSecret) with
            {
                Service = TokenService.Hve,
                User = "alice@contoso.example",
                Scopes = ["https://outlook.office365.com/.default"],
                Certificate = new() { Path = "/etc/app.pem" },
            },
            kit.AppSecret);
        await source.GetTokenAsync(default);

        var written = JsonSerializer.Serialize(source.Settings);
        var settings = JsonSerializer.Deserialize<TokenSettings>(written)!;
        var secrets = TokenSecrets.FromJson(source.RevealSecrets().ToJson());
        using var again = kit.Source(settings, secrets);
        await again.GetTokenAsync(default);

        Assert.Empty(new SecretHunt(kit.Provider.Secrets).Find(Encoding.UTF8.GetBytes(written + source + secrets)));
        Assert.Equal(written, JsonSerializer.Serialize(again.Settings));
        Assert.True(again.FromCache);
    }

    [Fact]
    public async Task The_cache_is_for_its_owner_only_and_says_once_that_it_is_in_clear()
    {
        await using var kit = await SignInKit.StartAsync();
        var warnings = new List<string>();
        var options = kit.Options with { Warn = warnings.Add };

        for (var i = 0; i < 3; i++)
        {
            using var source = kit.Source(kit.Settings(TokenFlow.ClientSecret), kit.AppSecret, options);
            await source.GetTokenAsync(default);
        }

        var file = Assert.Single(Directory.GetFiles(options.CacheFolder!, "*.cache"));
        var isClear = new SecretHunt(kit.Provider.Tokens.Issued.Select(t => t.Value))
            .Find(await File.ReadAllBytesAsync(file)).Count > 0;
        Assert.Equal(isClear ? 1 : 0, warnings.Count);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(options.CacheFolder!));
        }
    }
}
