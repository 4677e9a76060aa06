namespace MailAdmin.Storage.Sqlite;

/// <summary>A change that waits for the writer. It may run more than once; only what was committed counts.</summary>
internal abstract class WriteOperation(long weight, CancellationToken token)
{
    /// <summary>About how many octets it writes.</summary>
    public long Weight => weight;

    /// <summary>Whoever asked does not want it any more. It still happens if its transaction has begun.</summary>
    public bool IsCancelled => token.IsCancellationRequested;

    /// <summary>Cancels the operation.</summary>
    protected CancellationToken Token => token;

    /// <summary>Makes the change.</summary>
    public abstract void Run(WriteScope scope);

    /// <summary>The change is safe.</summary>
    public abstract void Complete();

    /// <summary>The change was not made.</summary>
    public abstract void Fail(Exception failure);

    /// <summary>The change was not made, as nobody wants it.</summary>
    public abstract void Cancel();
}
