using Microsoft.Identity.Client;
using Microsoft.Identity.Client.Extensions.Msal;

namespace MailAdmin.Identity.Caching;

/// <summary>
/// A file of the token cache: encrypted by Windows (DPAPI), the Keychain or the desktop's secret service where that can
/// be used; elsewhere in clear, and then only its owner may read it.
/// </summary>
internal sealed class TokenCacheFile
{
    /// <summary>The name of the file for tokens of applications.</summary>
    public const string Apps = "apps";

    /// <summary>The name of the file for tokens of people who signed in to Entra ID.</summary>
    public const string Users = "users";

    /// <summary>The name of the file for tokens of Google.</summary>
    public const string Google = "google";

    private const string KeyringSchema = "com.mailadmin.tokens";

    // Another process holds the lock for milliseconds; who waits five seconds for it waits in vain.
    private const int LockDelay = 100;
    private const int LockAttempts = 50;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly MsalCacheHelper _helper;
    private readonly string _path;

    private TokenCacheFile(MsalCacheHelper helper, string path)
    {
        _helper = helper;
        _path = path;
    }

    /// <summary>Opens a file of the cache; null when tokens are to stay in memory.</summary>
    /// <exception cref="TokenException">The folder cannot be used.</exception>
    public static async Task<TokenCacheFile?> OpenAsync(
        TokenSourceOptions options, string name, CancellationToken cancellationToken)
    {
        if (options.CacheFolder is not { } folder)
        {
            return null;
        }

        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            Prepare(folder);
            var file = $"{name}.cache";
            var helper = await EncryptedAsync(folder, file).ConfigureAwait(false);
            if (helper is null)
            {
                // Who was told once, when the file was made, need not be told each time.
                var warn = File.Exists(Path.Combine(folder, file)) ? null : options.Warn;
                warn?.Invoke(
                    $"This system offers no place to encrypt tokens in, so they are kept in clear in '{folder}'. Only "
                    + "this user and the administrator can read them there. -NoCache keeps them in memory only.");
                var plain = new StorageCreationPropertiesBuilder(file, folder)
                    .WithUnprotectedFile()
                    .CustomizeLockRetry(LockDelay, LockAttempts)
                    .Build();
                helper = await MsalCacheHelper.CreateAsync(plain).ConfigureAwait(false);
            }

            return new TokenCacheFile(helper, Path.Combine(folder, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or MsalCachePersistenceException)
        {
            throw new TokenException(
                "TokenFileUnusable",
                MailErrorKind.Storage,
                $"The folder '{folder}' cannot be used for the token cache: {e.Message}",
                "Name another folder with -CacheFolder, or use -NoCache.",
                e);
        }
    }

    /// <summary>Has MSAL read and write its tokens here.</summary>
    public void Register(ITokenCache cache) => _helper.RegisterCache(cache);

    /// <summary>What the file holds; empty when there is none.</summary>
    public byte[] Read() => _helper.LoadUnencryptedTokenCache() ?? [];

    /// <summary>Changes what the file holds; nobody else does meanwhile.</summary>
    public void Update(Func<byte[], byte[]> change)
    {
        // Reading and writing lock the file by themselves, each for its own moment.
        using var alone = new CrossPlatLock(_path + ".update", LockDelay, LockAttempts);
        _helper.SaveUnencryptedTokenCache(change(Read()));
    }

    private static void Prepare(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly);
        }
    }

    // Null when this system has nothing to encrypt with, as on a server without a desktop.
    private static async Task<MsalCacheHelper?> EncryptedAsync(string folder, string file)
    {
        var properties = new StorageCreationPropertiesBuilder(file, folder)
            .WithMacKeyChain(KeyringSchema, file)
            .WithLinuxKeyring(
                KeyringSchema,
                MsalCacheHelper.LinuxKeyRingDefaultCollection,
                "Tokens of MailAdmin",
                new KeyValuePair<string, string>("Version", "1"),
                new KeyValuePair<string, string>("File", Path.Combine(folder, file)))
            .CustomizeLockRetry(LockDelay, LockAttempts)
            .Build();
        try
        {
            var helper = await MsalCacheHelper.CreateAsync(properties).ConfigureAwait(false);
            helper.VerifyPersistence();
            return helper;
        }
        catch (Exception e) when (e is MsalCachePersistenceException or DllNotFoundException)
        {
            return null;
        }
    }
}
