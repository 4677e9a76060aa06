using MailAdmin.Identity.Secrets;

namespace MailAdmin.Tests.Identity.Secrets;

public sealed class SecretProtectorTests : IDisposable
{
    private static readonly SecretLabel Label = new("the password of profile Office", "Set-EmailServerProfile Office");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("secrets-");

    private string KeyFile => Path.Combine(_folder.FullName, SecretProtector.KeyFileName);

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("correct horse")]
    [InlineData("pässwörd ✉")]
    public void Secrets_come_back_in_another_process(string secret)
    {
        var stored = Protector().ProtectText(secret);

        Assert.Equal(secret, Protector().UnprotectText(stored, Label));
    }

    [Fact]
    public void What_is_stored_does_not_show_the_secret_and_differs_each_time()
    {
        var protector = Protector();
        var first = protector.ProtectText("correct horse");
        var second = protector.ProtectText("correct horse");

        Assert.NotEqual(first, second);
        Assert.Equal(-1, first.AsSpan().IndexOf("correct"u8));
    }

    [SkippableFact]
    public void A_store_that_was_moved_says_which_secret_and_how_to_enter_it_again()
    {
        NotOnWindows();
        var stored = Protector().ProtectText("correct horse");
        File.Delete(KeyFile);

        var withoutKey = Assert.Throws<SecretException>(() => Protector().UnprotectText(stored, Label));
        Protector().ProtectText("something else");
        var withAnotherKey = Assert.Throws<SecretException>(() => Protector().UnprotectText(stored, Label));

        Assert.All([withoutKey, withAnotherKey], e =>
        {
            Assert.Equal("SecretFromElsewhere", e.ErrorId);
            Assert.StartsWith("The password of profile Office ", e.Message, StringComparison.Ordinal);
            Assert.Contains("Set-EmailServerProfile Office", e.RecommendedAction!, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void No_damage_goes_unnoticed()
    {
        var protector = Protector();
        var stored = protector.ProtectText("correct horse");
        for (var i = 0; i < stored.Length; i++)
        {
            var damaged = stored.ToArray();
            damaged[i] ^= 0x40;
            Assert.Throws<SecretException>(() => protector.Unprotect(damaged, Label));
            Assert.Throws<SecretException>(() => protector.Unprotect(stored.AsSpan(0, i), Label));
        }

        Assert.Throws<SecretException>(() => protector.Unprotect([.. stored, 0], Label));
    }

    [Fact]
    public void Random_octets_are_no_secret()
    {
        var protector = Protector();
        protector.ProtectText("makes the key file");
        var random = new Random(5);
        for (var i = 0; i < 2000; i++)
        {
            var octets = new byte[random.Next(200)];
            random.NextBytes(octets);
            "MSec\u0001\u0001"u8[..Math.Min(octets.Length, i % 7)].CopyTo(octets);
            Assert.Throws<SecretException>(() => protector.Unprotect(octets, Label));
        }
    }

    [Fact]
    public void A_newer_form_is_not_taken_for_damage()
    {
        var stored = Protector().ProtectText("correct horse");
        stored[4] = 2;

        var failure = Assert.Throws<SecretException>(() => Protector().Unprotect(stored, Label));
        Assert.Equal("SecretFromNewerVersion", failure.ErrorId);
    }

    [SkippableTheory]
    [InlineData(SecretAudience.Owner, UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(SecretAudience.Machine, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)]
    public void Only_its_audience_can_read_the_key_file(SecretAudience audience, UnixFileMode expected)
    {
        NotOnWindows();
        Protector(audience).ProtectText("x");

        Assert.Equal(expected, ModeOfKeyFile());
        Assert.Single(_folder.GetFiles());
    }

    [SkippableTheory]
    [InlineData(SecretAudience.Owner, UnixFileMode.GroupRead)]
    [InlineData(SecretAudience.Owner, UnixFileMode.OtherRead)]
    [InlineData(SecretAudience.Machine, UnixFileMode.GroupWrite)]
    [InlineData(SecretAudience.Machine, UnixFileMode.OtherRead)]
    public void A_key_file_that_others_can_get_at_is_not_used(SecretAudience audience, UnixFileMode added)
    {
        NotOnWindows();
        var stored = Protector(audience).ProtectText("x");
        SetModeOfKeyFile(ModeOfKeyFile() | added);

        Assert.Equal(
            "SecretKeyFileOpen",
            Assert.Throws<SecretException>(() => Protector(audience).Unprotect(stored, Label)).ErrorId);
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(65)]
    public void A_damaged_key_file_is_reported_and_never_replaced(int length)
    {
        NotOnWindows();
        Protector().ProtectText("x");
        var octets = new byte[length];
        File.ReadAllBytes(KeyFile).AsSpan(0, Math.Min(length, 64)).CopyTo(octets);
        File.WriteAllBytes(KeyFile, octets);

        Assert.Equal(
            "SecretKeyFileDamaged", Assert.Throws<SecretException>(() => Protector().ProtectText("y")).ErrorId);
        Assert.Equal(octets, File.ReadAllBytes(KeyFile));
    }

    [Fact]
    public async Task Processes_that_begin_at_once_agree_on_one_key()
    {
        const int rounds = 50;
        for (var round = 0; round < rounds; round++)
        {
            File.Delete(KeyFile);
            using var start = new Barrier(8);
            var work = Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return Protector().ProtectText("x");
                },
                TaskCreationOptions.LongRunning));

            foreach (var stored in await Task.WhenAll(work))
            {
                Assert.Equal("x", Protector().UnprotectText(stored, Label));
            }
        }

        Assert.Single(_folder.EnumerateFiles());
    }

    [Fact]
    public void A_secret_longer_than_any_is_refused()
    {
        var secret = new byte[ProtectedSecret.MaxSecretLength + 1];

        Assert.Equal("SecretTooLong", Assert.Throws<SecretException>(() => Protector().Protect(secret)).ErrorId);
    }

    [SkippableFact]
    public void A_folder_that_is_not_there_is_an_error_of_ours()
    {
        NotOnWindows();
        var protector = SecretProtector.ForFolder(Path.Combine(_folder.FullName, "missing"), SecretAudience.Owner);

        Assert.Equal(
            "SecretKeyFileUnusable", Assert.Throws<SecretException>(() => protector.ProtectText("x")).ErrorId);
    }

    private static void NotOnWindows() => Skip.If(OperatingSystem.IsWindows(), "Windows keeps the key itself.");

    private ISecretProtector Protector(SecretAudience audience = SecretAudience.Owner) =>
        SecretProtector.ForFolder(_folder.FullName, audience);

    private UnixFileMode ModeOfKeyFile() =>
        OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(KeyFile);

    private void SetModeOfKeyFile(UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(KeyFile, mode);
        }
    }
}
