using MailAdmin.Mime;

namespace MailAdmin.Tests.Mime;

/// <summary>Randomness that is the same in every run.</summary>
internal sealed class FixedRandom(byte value = 0xAB) : IRandomSource
{
    public void Fill(Span<byte> destination) => destination.Fill(value);
}
