using System.Security.Cryptography;
using System.Text;
using MailAdmin.Sasl;

namespace MailAdmin.Tests.Sasl;

public sealed class ChallengeMutationTests
{
    [Fact]
    public void A_hundred_thousand_damaged_scram_challenges_are_refused_or_answered()
    {
        // Too few iterations: what is still well-formed is refused before the costly part.
        const string First = "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=1";
        var original = Encoding.ASCII.GetBytes(First);
        var refused = 0;
        foreach (var damaged in Mutations.Of([original], 100_000, seed: 5802))
        {
            using var mechanism = new ScramMechanism(
                HashAlgorithmName.SHA1, "user", "pencil", "fyko+d2lbbFgONRv9qkxdawL");
            mechanism.Start();
            try
            {
                var answer = Encoding.UTF8.GetString(mechanism.Respond(damaged).Span);
                Assert.StartsWith("c=biws,r=fyko+d2lbbFgONRv9qkxdawL", answer, StringComparison.Ordinal);
            }
            catch (SaslException e)
            {
                Assert.Equal("SaslChallengeInvalid", e.ErrorId);
                refused++;
            }

            Assert.False(mechanism.IsComplete);
        }

        Assert.InRange(refused, 90_000, 100_000);
    }
}
