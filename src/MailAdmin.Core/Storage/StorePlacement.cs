namespace MailAdmin.Storage;

/// <summary>
/// Where the store is. A file that <c>MAILADMIN_STORE</c> names goes before all others. Once an administrator has made
/// a store for the whole machine, everybody's is that one, also for those who may not use it: they get an error, never
/// a second store of their own. Else each user has one.
/// </summary>
public sealed record StorePlacement
{
    /// <summary>The environment variable that names another file.</summary>
    public const string Variable = "MAILADMIN_STORE";

    private const string FileName = "mail.db";

    /// <summary>The file that the environment names; null when it names none.</summary>
    public string? Named { get; init; }

    /// <summary>The folder of the machine's store; it is there once an administrator has made it.</summary>
    public required string MachineFolder { get; init; }

    /// <summary>The folder of this user's store.</summary>
    public required string UserFolder { get; init; }

    /// <summary>The places of this system.</summary>
    public static StorePlacement Here => new()
    {
        Named = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? Path.GetFullPath(named) : null,
        MachineFolder = MachineRoot(),
        UserFolder = UserRoot(),
    };

    /// <summary>True when an administrator has made a store for the whole machine.</summary>
    public bool HasMachineStore => Directory.Exists(MachineFolder);

    /// <summary>The machine's store, whether it is there or not.</summary>
    public StoreLocation Machine => new(Path.Combine(MachineFolder, FileName), StoreAccess.Group);

    /// <summary>True when the store to use has been made, or one that this user may not see.</summary>
    public bool Exists => HasMachineStore || File.Exists(Find().Path);

    /// <summary>The store to use.</summary>
    public StoreLocation Find() =>
        Named is not null ? new StoreLocation(Named, StoreAccess.Owner)
        : HasMachineStore ? Machine
        : new StoreLocation(Path.Combine(UserFolder, FileName), StoreAccess.Owner);

    /// <summary>True when a store is the machine's.</summary>
    public bool IsMachineStore(string location) => location == Machine.Path;

    private static string MachineRoot() =>
        OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "MailAdmin")
            : OperatingSystem.IsMacOS() ? "/Library/Application Support/MailAdmin" : "/var/lib/mailadmin";

    // LocalApplicationData is $XDG_DATA_HOME or ~/.local/share on Linux, and Application Support on macOS.
    private static string UserRoot()
    {
        var root = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(root, OperatingSystem.IsLinux() ? "mailadmin" : "MailAdmin");
    }
}
