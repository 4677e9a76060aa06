using System.Runtime.CompilerServices;

namespace MailAdmin.Tests;

/// <summary>Waits for what other threads do.</summary>
internal static class Wait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits until something is so; a test whose time is up fails and says what for.</summary>
    public static async Task UntilAsync(
        Func<bool> isSo, [CallerArgumentExpression(nameof(isSo))] string? what = null)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(watch.Elapsed < Patience, $"It did not come to that: {what}");
            await Task.Delay(5);
        }
    }
}
