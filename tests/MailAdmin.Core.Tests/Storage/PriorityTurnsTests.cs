using MailAdmin.Storage;

namespace MailAdmin.Tests.Storage;

public sealed class PriorityTurnsTests
{
    [Theory]
    [InlineData(QueuePriority.High, 12)]
    [InlineData(QueuePriority.Normal, 3)]
    [InlineData(QueuePriority.Low, 1)]
    public void Each_has_its_share_when_all_wait(QueuePriority priority, int share) =>
        Assert.Equal(share, Enumerable.Range(160, 16).Count(turn => PriorityTurns.Next(turn, _ => true) == priority));

    [Fact]
    public void A_turn_that_is_not_needed_goes_to_the_most_urgent() =>
        Assert.All(
            Enumerable.Range(0, 16),
            turn => Assert.Equal(QueuePriority.Normal, PriorityTurns.Next(turn, p => p == QueuePriority.Normal)));

    [Fact]
    public void Low_is_not_starved_by_normal()
    {
        var turns = Enumerable.Range(0, 16).Select(turn => PriorityTurns.Next(turn, p => p != QueuePriority.High));
        Assert.Equal(1, turns.Count(priority => priority == QueuePriority.Low));
    }

    [Fact]
    public void Nobody_has_a_turn_when_nobody_waits() => Assert.Null(PriorityTurns.Next(3, _ => false));
}
