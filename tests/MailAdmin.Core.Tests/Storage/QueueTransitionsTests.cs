using MailAdmin.Storage;
using static MailAdmin.Storage.QueueItemState;

namespace MailAdmin.Tests.Storage;

public sealed class QueueTransitionsTests
{
    private static readonly (QueueItemState From, QueueItemState To)[] Legal =
    [
        (Waiting, Sending),
        (Sending, Waiting), (Sending, Sent), (Sending, PartlySent), (Sending, Failed), (Sending, Expired),
        (Held, Waiting), (PartlySent, Waiting), (Failed, Waiting), (Expired, Waiting),
    ];

    [Fact]
    public void Only_what_stands_beside_the_enum_is_legal() =>
        Assert.Equal(
            Legal.Order(),
            (from one in Enum.GetValues<QueueItemState>()
             from other in Enum.GetValues<QueueItemState>()
             where one.MayBecome(other)
             select (one, other)).Order());

    [Fact]
    public void What_is_in_work_is_not_removed() =>
        Assert.Equal([Sending], Enum.GetValues<QueueItemState>().Where(state => !state.MayBeRemoved()));
}
