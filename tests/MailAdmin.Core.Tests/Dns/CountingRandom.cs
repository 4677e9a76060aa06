using System.Security.Cryptography;

namespace MailAdmin.Tests.Dns;

/// <summary>Chance that can be foretold: each call brings the number of the call, in every octet.</summary>
internal sealed class CountingRandom : RandomNumberGenerator
{
    public int Calls { get; private set; }

    public override void GetBytes(byte[] data) => Array.Fill(data, (byte)++Calls);

    public override void GetBytes(Span<byte> data) => data.Fill((byte)++Calls);
}
