using MailAdmin.Cli.Parsing;

namespace MailAdmin.Cli.Tests.Parsing;

public sealed class ByteCountTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("512", 512)]
    [InlineData("500k", 512_000)]
    [InlineData("25M", 26_214_400)]
    [InlineData("2g", 2_147_483_648)]
    public void Reads_sizes(string text, long octets) => Assert.Equal(octets, ByteCount.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("M")]
    [InlineData("-1")]
    [InlineData("1.5M")]
    [InlineData("10T")]
    [InlineData("99999999999G")]
    public void Refuses_what_is_no_size(string text) => Assert.Throws<CliException>(() => ByteCount.Parse(text));

    [Theory]
    [InlineData(1, "1 octets")]
    [InlineData(9_999, "9,999 octets")]
    [InlineData(25_000, "24.4 KiB")]
    [InlineData(104_857_600, "100.0 MiB")]
    public void Shows_them_for_people(long octets, string text) => Assert.Equal(text, ByteCount.Show(octets));
}
