namespace MailAdmin.Storage;

/// <summary>The store cannot do what it was asked. Nothing that it had acknowledged is lost by that.</summary>
public sealed class StoreException : MailException
{
    /// <summary>Creates the failure; its id is <c>Store</c> with the name of the fault.</summary>
    public StoreException(StoreFault fault, string message, string recommendedAction, Exception? innerException = null)
        : base("Store" + fault, KindOf(fault), message, recommendedAction, innerException)
    {
        Fault = fault;
    }

    /// <summary>What is wrong.</summary>
    public StoreFault Fault { get; }

    /// <inheritdoc/>
    public override bool IsTransient => Fault == StoreFault.Busy;

    private static MailErrorKind KindOf(StoreFault fault) => fault switch
    {
        StoreFault.Busy => MailErrorKind.Timeout,
        StoreFault.Full => MailErrorKind.Limit,
        StoreFault.NotFound => MailErrorKind.NotFound,
        StoreFault.AccessDenied or StoreFault.ReadOnly => MailErrorKind.Permission,
        StoreFault.NetworkShare or StoreFault.NewerVersion => MailErrorKind.NotSupported,
        _ => MailErrorKind.Storage,
    };
}
