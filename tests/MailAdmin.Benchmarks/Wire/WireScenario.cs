namespace MailAdmin.Benchmarks.Wire;

/// <summary>One row of the table.</summary>
/// <param name="Name">What the row is called.</param>
/// <param name="Octets">The length of a message, headers included.</param>
/// <param name="Recipients">The recipients of each.</param>
/// <param name="Messages">How many are sent in a round.</param>
/// <param name="NewConnectionEach">True to connect anew for each message.</param>
internal sealed record WireScenario(string Name, int Octets, int Recipients, int Messages, bool NewConnectionEach)
{
    /// <summary>How many connections are open at a time.</summary>
    public int Connections { get; init; } = 1;

    public static IReadOnlyList<WireScenario> All { get; } =
    [
        new("1.2 KB, kept connection", 1_200, 1, 10_000, false),
        new("1.2 KB, 4 kept connections", 1_200, 1, 20_000, false) { Connections = 4 },
        new("20 KB, kept connection", 20_000, 1, 4_000, false),
        new("1.4 MB, 50 recipients, kept", 1_400_000, 50, 120, false),
        new("1.2 KB, new connection each", 1_200, 1, 3_000, true),
        new("20 KB, new connection each", 20_000, 1, 2_000, true),
        new("1.4 MB, new connection each", 1_400_000, 1, 120, true),
    ];
}
