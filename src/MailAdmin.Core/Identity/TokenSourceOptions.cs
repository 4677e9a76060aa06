using MailAdmin.Net;

namespace MailAdmin.Identity;

/// <summary>The surroundings of token sources.</summary>
public sealed record TokenSourceOptions
{
    /// <summary>The way to the sign-in services.</summary>
    public required HttpClientSource Http { get; init; }

    /// <summary>
    /// The folder of the token cache; null keeps tokens in memory only.
    /// </summary>
    public string? CacheFolder { get; init; }

    /// <summary>Told in words, when the cache is made, that it cannot be encrypted here; null for nobody.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>
    /// Shows somebody the code to enter; null when nobody is there, and then a flow that needs a person works from the
    /// cache only.
    /// </summary>
    public Func<DeviceCodePrompt, Task>? ShowCode { get; init; }

    /// <summary>Whether somebody is there to sign in with the browser.</summary>
    public bool MayOpenBrowser { get; init; }

    /// <summary>Opens an address in the browser; null for the system's own way.</summary>
    public Func<Uri, Task>? OpenBrowser { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// The folder of the user's token cache, unless another is named; null for an account that has no home.
    /// </summary>
    public static string? DefaultCacheFolder =>
        Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } home
            ? Path.Combine(home, "MailAdmin", "Tokens")
            : null;
}
