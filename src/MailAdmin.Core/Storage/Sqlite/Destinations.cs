namespace MailAdmin.Storage.Sqlite;

/// <summary>The back-off of destinations.</summary>
internal static class Destinations
{
    public static DestinationState Get(SqliteSession session, string name)
    {
        using var select = session.Prepare("SELECT failures, not_before, error FROM destination WHERE name = ?")
            .Bind(name);
        return select.Step()
            ? new DestinationState(
                name,
                (int)select.Number(0),
                select.Number(1) == 0 ? null : select.Time(1),
                select.TextOrNull(2))
            : new DestinationState(name);
    }

    public static void Set(WriteScope scope, DestinationState state)
    {
        var id = scope.Destination(state.Destination);
        using var update = scope.Session.Prepare(
                "UPDATE destination SET failures = ?, not_before = ?, error = ? WHERE id = ?")
            .Bind(state.Failures).Bind(state.NotBefore is { } time ? SqliteTime.From(time) : 0)
            .Bind(state.Error).Bind(id);
        update.Run();
        scope.TouchAll(id);
    }

    /// <summary>Opens a destination, as somebody wants to try it now.</summary>
    public static void Open(WriteScope scope, long id)
    {
        using var update = scope.Session.Prepare("UPDATE destination SET not_before = 0 WHERE id = ?").Bind(id);
        update.Run();
        scope.TouchAll(id);
    }
}
