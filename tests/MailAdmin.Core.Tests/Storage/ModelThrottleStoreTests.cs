using MailAdmin.Storage;

namespace MailAdmin.Tests.Storage;

public sealed class ModelThrottleStoreTests : ThrottleStoreContract
{
    private ModelThrottleStore? _store;

    private protected override Task<IThrottleStore> OpenAsync(TimeProvider clock) =>
        Task.FromResult<IThrottleStore>(_store ??= new ModelThrottleStore(clock));
}
