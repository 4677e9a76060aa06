namespace MailAdmin.Storage;

/// <summary>
/// The rules by which every store answers, without any store: who has its turn, what has room, what counts as a
/// deferral and what is attempted all the same.
/// </summary>
/// <param name="IsGranted">True when the places are to be taken.</param>
/// <param name="Reply">The answer; without the number of the reservation.</param>
/// <param name="Turn">The turn to keep for the key from now on; null for none.</param>
public sealed record ThrottleVerdict(bool IsGranted, ThrottleReply Reply, ThrottleTurn? Turn)
{
    // Who is at the head must be able to ask first; and must not hold up the others when it is gone.
    private static readonly TimeSpan Precedence = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Judges.</summary>
    /// <param name="request">Who asks for what.</param>
    /// <param name="windows">The windows of its rules.</param>
    /// <param name="turn">The turn that is kept for its key; null for none.</param>
    /// <param name="now">By the store's clock.</param>
    public static ThrottleVerdict Of(
        ThrottleRequest request, IReadOnlyList<ThrottleWindow> windows, ThrottleTurn? turn, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(windows);
        var current = turn is not null && now < turn.Until + Patience ? turn : null;
        if (request.Item is not null && current is not null && current.Item != request.Item)
        {
            var toTurn = current.Until > now ? current.Until - now : TimeSpan.Zero;
            return new ThrottleVerdict(false, new ThrottleReply { Wait = toTurn + Precedence }, current);
        }

        var full = windows.Where(window => !window.Fits(request.Amount(window.Rule))).ToList();
        if (full.Count == 0)
        {
            return new ThrottleVerdict(true, new ThrottleReply(), WithoutOwn(current, request));
        }

        var isDeferral = request.Item is not null && full.All(window => IsMatterOfDeferrals(window, request));
        return isDeferral && request.MayForce
            ? new ThrottleVerdict(true, new ThrottleReply { IsForced = true }, WithoutOwn(current, request))
            : Deferred(request, full, current, isDeferral, now);
    }

    private static ThrottleVerdict Deferred(
        ThrottleRequest request,
        List<ThrottleWindow> full,
        ThrottleTurn? current,
        bool isDeferral,
        DateTimeOffset now)
    {
        var (last, at) = full
            .Select(window => (Window: window, At: window.FitsAt(request.Amount(window.Rule), now)))
            .MaxBy(candidate => candidate.At);
        var reply = new ThrottleReply
        {
            Full = last.Rule,
            NeverFits = full.Any(window => request.Amount(window.Rule) > window.Rule.Limit.Count),
            Wait = at - now,
        };
        if (request.Item is not { } item)
        {
            return new ThrottleVerdict(false, reply, current);
        }

        // Asked before its turn came again, as after a restart: that was counted already.
        if (current is not null && now < current.Until)
        {
            return new ThrottleVerdict(false, reply with { Wait = current.Until - now }, current);
        }

        var wait = reply.Wait < request.DeferralLength ? reply.Wait : request.DeferralLength;
        return new ThrottleVerdict(
            false, reply with { Wait = wait, IsCounted = isDeferral }, new ThrottleTurn(item, now + wait));
    }

    // A longer window is waited for; but what is over the limit by itself would wait for ever.
    private static bool IsMatterOfDeferrals(ThrottleWindow window, ThrottleRequest request) =>
        window.Rule.IsShort || request.Amount(window.Rule) > window.Rule.Limit.Count;

    private static ThrottleTurn? WithoutOwn(ThrottleTurn? turn, ThrottleRequest request) =>
        turn?.Item == request.Item ? null : turn;
}
