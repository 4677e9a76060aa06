using MailAdmin.Storage;

namespace MailAdmin.Tests.Storage;

public sealed class NetworkShareTests
{
    private static readonly string[] Mounts =
    [
        "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw",
        "40 22 0:35 / /home rw,relatime shared:2 - nfs4 filer:/home rw,vers=4.2",
        "41 40 254:1 / /home/local rw - xfs /dev/vdb rw",
        @"42 22 0:36 / /mnt/our\040share rw - cifs //filer/ours rw",
        "43 22 0:37 / /mnt/c rw - 9p drvfs rw",
        "44 22 0:38 / /over rw - nfs filer:/over rw",
        "45 22 0:39 / /over rw - tmpfs tmpfs rw",
        "46 22 0:40 / /remote rw shared:3 master:4 - fuse.sshfs host:/ rw",
        "a broken line",
    ];

    [Theory]
    [InlineData("/var/lib/mailadmin/mail.db", null)]
    [InlineData("/home/anna/mail.db", "nfs4")]
    [InlineData("/homes/anna/mail.db", null)]
    [InlineData("/home/local/mail.db", null)]
    [InlineData("/mnt/our share/mail.db", "cifs")]
    [InlineData("/mnt/c/Users/anna/mail.db", "9p")]
    [InlineData("/over/mail.db", null)]
    [InlineData("/remote/mail.db", "fuse.sshfs")]
    public void A_share_is_told_by_the_mount_that_a_path_is_on(string path, string? kind) =>
        Assert.Equal(kind, NetworkShare.Find(path, Mounts));

    [Fact]
    public void A_local_disk_is_no_share() => NetworkShare.Refuse(Path.Combine(Path.GetTempPath(), "none", "mail.db"));
}
