namespace MailAdmin.Storage;

/// <summary>Settings that all who use the store share, as texts by name.</summary>
public interface IOptionStore
{
    /// <summary>All that are set.</summary>
    ValueTask<IReadOnlyDictionary<string, string>> GetAsync(CancellationToken cancellationToken);

    /// <summary>Sets some in one commit; null removes one. The others stay.</summary>
    Task SetAsync(IReadOnlyDictionary<string, string?> changes, CancellationToken cancellationToken);
}
