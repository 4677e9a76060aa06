namespace MailAdmin.Storage.Sqlite;

/// <summary>A change with a result.</summary>
internal sealed class WriteOperation<T>(Func<WriteScope, T> change, long weight, CancellationToken token)
    : WriteOperation(weight, token)
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    /// <summary>The result, once the change is safe.</summary>
    public Task<T> Result => _done.Task;

    public override void Run(WriteScope scope) => _result = change(scope);

    public override void Complete() => _done.TrySetResult(_result!);

    public override void Fail(Exception failure) => _done.TrySetException(failure);

    public override void Cancel() => _done.TrySetCanceled(Token);
}
