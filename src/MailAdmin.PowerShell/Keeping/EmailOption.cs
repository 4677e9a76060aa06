using MailAdmin.PowerShell.Hosting;
using MailAdmin.Storage;

namespace MailAdmin.PowerShell.Keeping;

/// <summary>The settings that all who use a store share.</summary>
public sealed class EmailOption
{
    private EmailOption(EmailOptions options, string store, bool isMachineWide)
    {
        Store = store;
        IsMachineWide = isMachineWide;
        BatchProvider = options.BatchProvider;
        RetentionDays = (int)options.Retention.TotalDays;
        LargestMessage = options.LargestMessage;
        DefaultSender = options.DefaultSender;
        AlertAddress = options.AlertAddress;
    }

    /// <summary>The file of the store.</summary>
    public string Store { get; }

    /// <summary>True when all users of this machine share it.</summary>
    public bool IsMachineWide { get; }

    /// <summary>Where queued mail goes that names no way of its own; null for none.</summary>
    public string? BatchProvider { get; }

    /// <summary>How many days history and finished items of the queue are kept.</summary>
    public int RetentionDays { get; }

    /// <summary>The most octets of one message; null for any number.</summary>
    public long? LargestMessage { get; }

    /// <summary>The author of messages without -From; null for none.</summary>
    public string? DefaultSender { get; }

    /// <summary>Who gets a notice when a queued message fails, beside its sender; null for nobody.</summary>
    public string? AlertAddress { get; }

    /// <summary>Reads the settings of a store.</summary>
    internal static EmailOption Of(AsyncPSCmdlet cmdlet, IMailStore store)
    {
        var options = cmdlet.Await(token => EmailOptions.LoadAsync(store.Options, token).AsTask());
        return new EmailOption(options, store.Location, StorePlacement.Here.IsMachineStore(store.Location));
    }
}
