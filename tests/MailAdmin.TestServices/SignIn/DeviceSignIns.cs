using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace MailAdmin.TestServices.SignIn;

/// <summary>The sign-ins with a code that are under way.</summary>
public sealed class DeviceSignIns
{
    private readonly ConcurrentDictionary<string, DeviceSignIn> _all = new(StringComparer.Ordinal);

    /// <summary>The codes that wait to be entered.</summary>
    public IReadOnlyList<string> Waiting =>
        [.. _all.Values.Where(s => s.State == SignInState.Pending).Select(s => s.UserCode)];

    /// <summary>What devices ask with: secrets, which nobody enters.</summary>
    internal IEnumerable<string> DeviceCodes => _all.Keys;

    /// <summary>Has the person enter a code.</summary>
    public void Enter(string userCode, bool agree) =>
        _all.Values.Single(s => s.UserCode == userCode).State = agree ? SignInState.Approved : SignInState.Declined;

    internal DeviceSignIn Begin(string clientId, string scope, DateTimeOffset expiresAt, bool approved)
    {
        var signIn = new DeviceSignIn(
            RandomNumberGenerator.GetHexString(48),
            RandomNumberGenerator.GetString("BCDFGHJKLMNPQRSTVWXZ", 9),
            clientId,
            scope,
            expiresAt)
        {
            State = approved ? SignInState.Approved : SignInState.Pending,
        };
        return _all[signIn.DeviceCode] = signIn;
    }

    internal DeviceSignIn? Find(string deviceCode) => _all.GetValueOrDefault(deviceCode);
}
