using MailAdmin.Storage;

namespace MailAdmin.Tests.Storage;

public sealed class StorePlacementTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("mailadmin-place-");

    private StorePlacement Placement => new()
    {
        MachineFolder = Path.Combine(_root.FullName, "machine"),
        UserFolder = Path.Combine(_root.FullName, "user"),
    };

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Each_user_has_a_store_until_there_is_one_for_the_machine()
    {
        Assert.Equal(
            new StoreLocation(Path.Combine(_root.FullName, "user", "mail.db"), StoreAccess.Owner), Placement.Find());

        Directory.CreateDirectory(Placement.MachineFolder);

        Assert.Equal(Placement.Machine, Placement.Find());
        Assert.True(Placement.IsMachineStore(Placement.Find().Path));
    }

    [Fact]
    public void The_file_that_the_environment_names_goes_before_all_others()
    {
        Directory.CreateDirectory(Placement.MachineFolder);

        Assert.Equal(new StoreLocation("/x/y.db", StoreAccess.Owner), (Placement with { Named = "/x/y.db" }).Find());
    }

    [Fact]
    public void The_places_of_this_system_are_full_paths()
    {
        Assert.True(Path.IsPathFullyQualified(StorePlacement.Here.MachineFolder));
        Assert.True(Path.IsPathFullyQualified(StorePlacement.Here.UserFolder));
    }

    [SkippableFact]
    public async Task The_machines_store_is_for_its_group_whatever_the_umask()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no modes of files.");
        Skip.If(Environment.UserName != "root", "Only an administrator may give a folder to a group.");

        await MachineStore.MakeAsync(Placement, "mail", default);

        var store = await MailStores.OpenAsync(Placement.Find(), TimeProvider.System, default);
        await store.Options.SetAsync(new Dictionary<string, string?> { ["a"] = "b" }, default);
        Assert.Equal("2770 mail", await StatAsync(Placement.MachineFolder));
        foreach (var file in Directory.GetFiles(Placement.MachineFolder))
        {
            Assert.Equal("660 mail", await StatAsync(file));
        }

        await store.DisposeAsync();
    }

    [SkippableFact]
    public async Task A_group_that_does_not_exist_is_an_error()
    {
        Skip.If(OperatingSystem.IsWindows(), "The test is about chgrp.");

        var failure = await Assert.ThrowsAsync<StoreException>(
            () => MachineStore.MakeAsync(Placement, "no such group", default));

        Assert.Equal(StoreFault.AccessDenied, failure.Fault);
    }

    private static async Task<string> StatAsync(string path)
    {
        using var process = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("stat", ["-c", "%a %G", path]) { RedirectStandardOutput = true })!;
        return (await process.StandardOutput.ReadToEndAsync()).Trim();
    }
}
