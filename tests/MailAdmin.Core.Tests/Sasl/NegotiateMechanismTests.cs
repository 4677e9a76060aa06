using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MailAdmin.Sasl;

namespace MailAdmin.Tests.Sasl;

public sealed class NegotiateMechanismTests
{
    private static readonly SaslContext At =
        new() { Service = "smtp", Host = "mail.example", Port = 587, IsSecure = true };

    [Fact]
    public void Gssapi_negotiates_no_security_layer_as_in_rfc_4752()
    {
        using var mechanism = new GssapiMechanism(new FakeContext(steps: 2));
        Assert.Equal("token 1", Text(mechanism.Start()!.Value));
        Assert.False(mechanism.IsComplete);
        Assert.Equal("", Text(mechanism.Respond("server token"u8)));
        Assert.True(mechanism.IsComplete);
        Assert.Equal("W01000000", Text(mechanism.Respond("W07000FFF"u8)));
        Assert.True(mechanism.IsComplete);
        Assert.Throws<SaslException>(() => mechanism.Respond("W07000FFF"u8));
    }

    [Theory]
    [InlineData("W06000FFF")]
    [InlineData("W07")]
    [InlineData("X07000FFF")]
    public void Gssapi_refuses_an_offer_that_is_broken_or_demands_a_layer(string offer)
    {
        using var mechanism = new GssapiMechanism(new FakeContext(steps: 1));
        mechanism.Start();
        Assert.Throws<SaslException>(() => mechanism.Respond(Encoding.ASCII.GetBytes(offer)));
    }

    [SkippableFact]
    public void Ntlm_proves_the_password_of_the_example_in_ms_nlmp()
    {
        using var mechanism = new NtlmMechanism(
            new NegotiateContext("NTLM", new PasswordCredential("Domain\\User", "Password"), At));
        var negotiate = StartOrSkip(mechanism);
        Assert.Equal("NTLMSSP\0\u0001\0\0\0", Encoding.Latin1.GetString(negotiate[..12]));

        var challenge = NtlmChallenge(out var nonce);
        var authenticate = mechanism.Respond(challenge).Span;
        Assert.True(mechanism.IsComplete);
        Assert.Equal("Domain", Encoding.Unicode.GetString(Field(authenticate, 28)), ignoreCase: true);
        Assert.Equal("User", Encoding.Unicode.GetString(Field(authenticate, 36)));

        // [MS-NLMP] §4.2.4.1.1: NTOWFv2("Password", "User", "Domain"); §3.3.2: the proof over challenge and blob.
        var key = Convert.FromHexString("0C868A403BFD7A93A3001EF22EF02E3F");
        var response = Field(authenticate, 20);
        byte[] proven = [.. nonce, .. response[16..]];
        Assert.Equal(HMACMD5.HashData(key, proven), response[..16]);
        Assert.Throws<SaslException>(() => mechanism.Respond(challenge));
    }

    [SkippableFact]
    public void Ntlm_refuses_a_challenge_that_is_none()
    {
        using var mechanism = new NtlmMechanism(new NegotiateContext("NTLM", new PasswordCredential("u", "p"), At));
        StartOrSkip(mechanism);
        Assert.Throws<SaslException>(() => mechanism.Respond("no challenge"u8));
    }

    [SkippableFact]
    public void Ntlm_survives_damaged_challenges()
    {
        var original = NtlmChallenge(out _);
        foreach (var damaged in Mutations.Of([original], 100_000, seed: 4559))
        {
            using var mechanism = new NtlmMechanism(new NegotiateContext("NTLM", new PasswordCredential("u", "p"), At));
            StartOrSkip(mechanism);
            var failure = Record.Exception(() => mechanism.Respond(damaged));
            Assert.True(failure is null or SaslException, failure?.ToString());
        }
    }

    [SkippableFact]
    public void Kerberos_without_a_ticket_says_what_to_do()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "elsewhere the account may have a ticket");
        using var mechanism = new GssapiMechanism(new NegotiateContext("Kerberos", new IntegratedCredential(), At));
        var failure = Assert.Throws<SaslException>(() => mechanism.Start());
        Assert.Equal("SaslNegotiateFailed", failure.ErrorId);
        Assert.Contains("kinit", failure.RecommendedAction, StringComparison.Ordinal);
    }

    private static ReadOnlySpan<byte> StartOrSkip(NtlmMechanism mechanism)
    {
        try
        {
            return mechanism.Start()!.Value.Span;
        }
        catch (SaslException e) when (e.Message.Contains("cannot do NTLM", StringComparison.Ordinal))
        {
            throw new SkipException(e.Message);
        }
    }

    private static byte[] NtlmChallenge(out byte[] nonce)
    {
        // [MS-NLMP] §2.2.1.2: flags are Unicode, request target, NTLM, sign, always sign, extended security, target
        // info, version, 128 and 56 bit, key exchange.
        nonce = Convert.FromHexString("0123456789ABCDEF");
        byte[] targetInfo = [.. AvPair(2, "Domain"), .. AvPair(1, "Server"), 0, 0, 0, 0];
        var target = Encoding.Unicode.GetBytes("Domain");
        const int Head = 56;
        var message = new byte[Head + target.Length + targetInfo.Length];
        "NTLMSSP\0"u8.CopyTo(message);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(8), 2);
        WriteField(message.AsSpan(12), target.Length, Head);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(20), 0xE28A8215);
        nonce.CopyTo(message, 24);
        WriteField(message.AsSpan(40), targetInfo.Length, Head + target.Length);
        target.CopyTo(message, Head);
        targetInfo.CopyTo(message, Head + target.Length);
        return message;
    }

    private static byte[] AvPair(short id, string value)
    {
        var octets = Encoding.Unicode.GetBytes(value);
        var pair = new byte[4 + octets.Length];
        BinaryPrimitives.WriteInt16LittleEndian(pair, id);
        BinaryPrimitives.WriteInt16LittleEndian(pair.AsSpan(2), (short)octets.Length);
        octets.CopyTo(pair, 4);
        return pair;
    }

    private static void WriteField(Span<byte> at, int length, int offset)
    {
        BinaryPrimitives.WriteInt16LittleEndian(at, (short)length);
        BinaryPrimitives.WriteInt16LittleEndian(at[2..], (short)length);
        BinaryPrimitives.WriteInt32LittleEndian(at[4..], offset);
    }

    private static byte[] Field(ReadOnlySpan<byte> message, int at) => message.Slice(
        BinaryPrimitives.ReadInt32LittleEndian(message[(at + 4)..]),
        BinaryPrimitives.ReadInt16LittleEndian(message[at..])).ToArray();

    private static string Text(ReadOnlyMemory<byte> octets) => Encoding.ASCII.GetString(octets.Span);

    /// <summary>A context that is established after some steps and "signs" with a W and hexadecimal.</summary>
    private sealed class FakeContext(int steps) : INegotiateContext
    {
        private int _step;

        public bool IsEstablished => _step == steps;

        public byte[] Step(ReadOnlySpan<byte> token) => ++_step == 1 ? "token 1"u8.ToArray() : [];

        public byte[] Unwrap(ReadOnlySpan<byte> sealedMessage) =>
            sealedMessage[0] == (byte)'W'
                ? Convert.FromHexString(Encoding.ASCII.GetString(sealedMessage[1..]))
                : throw SaslException.BadChallenge("Kerberos", "bad signature");

        public byte[] Wrap(ReadOnlySpan<byte> message) => Encoding.ASCII.GetBytes("W" + Convert.ToHexString(message));

        public void Dispose()
        {
        }
    }
}
