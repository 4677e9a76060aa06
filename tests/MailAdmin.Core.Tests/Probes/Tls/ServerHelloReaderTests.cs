using System.Net.Security;
using MailAdmin.Probes.Tls;

namespace MailAdmin.Tests.Probes.Tls;

public sealed class ServerHelloReaderTests
{
    // TLS 1.2, ECDHE-RSA with AES 128 GCM, no session id, renegotiation_info.
    private static readonly byte[] Old = Record(22, Message("0303" + Random + "00" + "C02F" + "00" + "0005FF01000100"));

    // TLS 1.3: the version stands in an extension, behind the key share.
    private static readonly byte[] New =
        Record(
            22,
            Message("0303" + Random + "20" + Random + "1302" + "00" + "000E" + "0033000400170000" + "002B00020304"));

    private static readonly byte[] Retry = Record(
        22,
        Message(
            "0303" + "CF21AD74E59A6111BE1D8C021E65B891C2A211167ABB8C5E079E09E2C8A8339C" + "00" + "1301" + "00"
            + "0006" + "002B00020304"));

    private static readonly byte[] Alert = Record(21, [2, 70]);

    private static string Random => Convert.ToHexString(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray());

    [Fact]
    public void Reads_what_was_chosen_however_it_is_cut()
    {
        AssertReads(new ServerAnswer.Hello(0x0303, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, false), Old);
        AssertReads(new ServerAnswer.Hello(0x0304, TlsCipherSuite.TLS_AES_256_GCM_SHA384, false), New);
        AssertReads(new ServerAnswer.Hello(0x0304, TlsCipherSuite.TLS_AES_128_GCM_SHA256, true), Retry);
        AssertReads(new ServerAnswer.Alert(2, 70), Alert);
    }

    [Fact]
    public void Reads_a_hello_in_several_records()
    {
        var message = Old[5..];
        AssertReads(
            new ServerAnswer.Hello(0x0303, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, false),
            [.. Record(22, message[..3]), .. Record(22, message[3..20]), .. Record(22, message[20..])]);
    }

    [Theory]
    [InlineData("454 4.7.0 TLS not available\r\n")]
    [InlineData("H")]
    [InlineData("\x16\x02\x01\x01\x01")]
    [InlineData("\x16\x03\x01\0\0")]
    [InlineData("\x16\x03\x01\x7f\xff")]
    [InlineData("\x15\x03\x01\0\x01\x02")]
    [InlineData("\x16\x03\x01\0\x01\x0b")]
    [InlineData("\x16\x03\x01\0\x04\x02\x01\0\0")]
    [InlineData("\x16\x03\x01\0\x05\x02\0\0\x01\x03")]
    public void Says_what_is_no_answer(string octets) =>
        Assert.IsType<ServerAnswer.NotTls>(
            new ServerHelloReader().Add(System.Text.Encoding.Latin1.GetBytes(octets)));

    [Fact]
    public void Survives_100_000_damaged_answers()
    {
        byte[][] originals = [Old, New, Retry, Alert];
        var kinds = new HashSet<string>();
        foreach (var octets in Mutations.Of(originals, 100_000, seed: 8446))
        {
            var reader = new ServerHelloReader();
            var cut = octets.Length / 2;
            var answer = reader.Add(octets.AsSpan(0, cut)) ?? reader.Add(octets.AsSpan(cut));
            kinds.Add(answer?.GetType().Name ?? "more");
        }

        Assert.Equal(["Alert", "Hello", "NotTls", "more"], kinds.Order(StringComparer.Ordinal));
    }

    private static void AssertReads(ServerAnswer expected, byte[] octets)
    {
        Assert.Equal(expected, new ServerHelloReader().Add(octets));
        var reader = new ServerHelloReader();
        for (var i = 0; i < octets.Length - 1; i++)
        {
            Assert.Null(reader.Add(octets.AsSpan(i, 1)));
        }

        Assert.Equal(expected, reader.Add(octets.AsSpan(octets.Length - 1)));
    }

    private static byte[] Message(string body)
    {
        var octets = Convert.FromHexString(body);
        return [2, 0, (byte)(octets.Length >> 8), (byte)octets.Length, .. octets];
    }

    private static byte[] Record(byte type, byte[] fragment) =>
        [type, 3, 3, (byte)(fragment.Length >> 8), (byte)fragment.Length, .. fragment];
}
