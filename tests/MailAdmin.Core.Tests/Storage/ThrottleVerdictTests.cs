using MailAdmin.Storage;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Tests.Storage;

/// <summary>The rule of deferrals, to the letter.</summary>
public sealed class ThrottleVerdictTests
{
    private const string Key = "Server:mail.example.com";

    private static readonly DateTimeOffset Now = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(20, 20)]
    [InlineData(60, 60)]
    [InlineData(90, 60)]
    public void An_item_whose_turn_came_is_deferred_until_there_is_room_but_not_for_longer_than_a_minute(
        int freeIn, int deferredBy)
    {
        var verdict = Of(Asking(item: 1), Full(freeIn: freeIn));

        Assert.False(verdict.IsGranted);
        Assert.True(verdict.Reply.IsCounted);
        Assert.Equal(TimeSpan.FromSeconds(deferredBy), verdict.Reply.Wait);
        Assert.Equal(new ThrottleTurn(1, Now + verdict.Reply.Wait), verdict.Turn);
    }

    [Fact]
    public void Items_behind_it_wait_uncounted_and_ask_after_it()
    {
        var head = new ThrottleTurn(1, Now + TimeSpan.FromSeconds(20));
        var verdict = Of(Asking(item: 2), Full(freeIn: 20), head);

        Assert.False(verdict.IsGranted);
        Assert.False(verdict.Reply.IsCounted);
        Assert.True(verdict.Reply.Wait > TimeSpan.FromSeconds(20));
        Assert.Equal(head, verdict.Turn);
    }

    [Fact]
    public void Items_behind_it_wait_even_where_there_is_room_for_them_so_that_a_large_message_has_its_turn() =>
        Assert.False(Of(Asking(item: 2), Roomy(), new ThrottleTurn(1, Now + TimeSpan.FromSeconds(20))).IsGranted);

    [Fact]
    public void A_head_that_does_not_come_back_holds_nobody_up()
    {
        var gone = new ThrottleTurn(1, Now - TimeSpan.FromSeconds(1));

        Assert.True(Of(Asking(item: 2), Roomy(), gone).IsGranted);
        Assert.True(Of(Asking(item: 2), Full(freeIn: 20), gone).Reply.IsCounted);
    }

    [Fact]
    public void An_item_that_asks_before_its_turn_comes_again_is_not_counted_twice()
    {
        var own = new ThrottleTurn(1, Now + TimeSpan.FromSeconds(20));
        var verdict = Of(Asking(item: 1), Full(freeIn: 40), own);

        Assert.False(verdict.Reply.IsCounted);
        Assert.Equal(TimeSpan.FromSeconds(20), verdict.Reply.Wait);
        Assert.Equal(own, verdict.Turn);
    }

    [Fact]
    public void When_it_was_deferred_often_enough_it_goes_although_the_window_is_full()
    {
        var own = new ThrottleTurn(1, Now);
        var forced = Of(Asking(item: 1) with { MayForce = true }, Full(freeIn: 40), own);
        var roomy = Of(Asking(item: 1) with { MayForce = true }, Roomy(), own);

        Assert.True(forced.IsGranted);
        Assert.True(forced.Reply.IsForced);
        Assert.Null(forced.Turn);
        Assert.True(roomy.IsGranted);
        Assert.False(roomy.Reply.IsForced);
    }

    [Fact]
    public void Longer_windows_are_waited_for_and_never_broken()
    {
        var verdict = Of(Asking(item: 1) with { MayForce = true }, Full(freeIn: 7200, seconds: 86_400));

        Assert.False(verdict.IsGranted);
        Assert.False(verdict.Reply.IsCounted);
        Assert.Equal(TimeSpan.FromMinutes(1), verdict.Reply.Wait);
    }

    [Fact]
    public void What_never_fits_is_deferred_and_goes_in_the_end()
    {
        var asking = Asking(item: 1) with { Charges = [new ThrottleCharge(Key, 31, 31)] };
        var window = Roomy(seconds: 86_400);

        Assert.True(Of(asking, window).Reply is { IsCounted: true, NeverFits: true });
        Assert.True(Of(asking with { MayForce = true }, window).Reply.IsForced);
    }

    [Fact]
    public void Who_waits_in_person_goes_before_the_queue_and_is_never_forced()
    {
        var head = new ThrottleTurn(1, Now + TimeSpan.FromSeconds(20));

        Assert.True(Of(Asking(item: null), Roomy(), head).IsGranted);
        var full = Of(Asking(item: null) with { MayForce = true }, Full(freeIn: 90), head);
        Assert.False(full.IsGranted);
        Assert.Equal(TimeSpan.FromSeconds(90), full.Reply.Wait);
        Assert.Equal(head, full.Turn);
    }

    [Fact]
    public void The_limit_that_has_no_room_for_the_longest_is_named()
    {
        var (soon, late) = (Full(freeIn: 10), Full(freeIn: 50, seconds: 50));

        Assert.Equal(late.Rule, ThrottleVerdict.Of(Asking(item: 1), [soon, late], null, Now).Reply.Full);
    }

    private static ThrottleVerdict Of(ThrottleRequest request, ThrottleWindow window, ThrottleTurn? turn = null) =>
        ThrottleVerdict.Of(request with { Rules = [window.Rule] }, [window], turn, Now);

    private static ThrottleRequest Asking(long? item) => new()
    {
        Rules = [],
        Charges = [new ThrottleCharge(Key, 1, 1)],
        Owner = "test",
        Item = item,
    };

    private static ThrottleWindow Full(int freeIn, int seconds = 60) =>
        new(Rule(seconds), 30, _ => Now + TimeSpan.FromSeconds(freeIn));

    private static ThrottleWindow Roomy(int seconds = 60) => new(Rule(seconds), 5, _ => Now);

    private static ThrottleRule Rule(int seconds) => new(Key, new SendLimit(30, LimitUnit.Messages, seconds));
}
