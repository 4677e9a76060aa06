using MailAdmin.Queueing.Distribution;

namespace MailAdmin.Tests.Queueing;

public sealed class LaneAttemptsTests
{
    private readonly LaneAttempts _attempts = new(most: 5);
    private readonly List<(Action Answer, TaskCompletionSource Done)> _begun = [];

    [Fact]
    public async Task Three_travel_at_a_time()
    {
        Begin(3);

        var room = _attempts.MakeRoomAsync(isProven: true);
        Assert.False(room.IsCompleted);

        _begun[0].Answer();
        await room;
    }

    [Fact]
    public async Task More_may_have_their_answer_while_outcomes_are_written_down()
    {
        for (var i = 0; i < 4; i++)
        {
            Begin(1);
            _begun[i].Answer();
            await _attempts.MakeRoomAsync(isProven: true);
        }

        Begin(1);
        _begun[4].Answer();
        var room = _attempts.MakeRoomAsync(isProven: true);
        Assert.False(room.IsCompleted);

        _begun[0].Done.SetResult();
        await room;
    }

    [Fact]
    public async Task Until_a_connection_is_proven_each_outcome_is_waited_for()
    {
        Begin(1);
        _begun[0].Answer();

        var room = _attempts.MakeRoomAsync(isProven: false);
        Assert.False(room.IsCompleted);

        _begun[0].Done.SetResult();
        await room;
        Assert.True(_attempts.IsEmpty);
    }

    private void Begin(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _attempts.Add(answer =>
            {
                var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _begun.Add((answer, done));
                return done.Task;
            });
        }
    }
}
