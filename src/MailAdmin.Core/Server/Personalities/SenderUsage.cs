namespace MailAdmin.Server.Personalities;

/// <summary>What an account has used up of its limits; for use from several connections at once.</summary>
internal sealed class SenderUsage(TimeProvider time)
{
    private readonly object _lock = new();
    private readonly SlidingWindow _messages = new(TimeSpan.FromMinutes(1), time);
    private readonly SlidingWindow _recipients = new(TimeSpan.FromDays(1), time);
    private readonly List<SmtpSessionInfo> _sessions = [];

    public void Enter(SmtpSessionInfo session)
    {
        lock (_lock)
        {
            _sessions.Add(session);
        }
    }

    public void Leave(SmtpSessionInfo session)
    {
        lock (_lock)
        {
            _sessions.Remove(session);
        }
    }

    /// <summary>How many connections were there before this one and still are.</summary>
    public int ConnectionsBefore(SmtpSessionInfo session)
    {
        lock (_lock)
        {
            return _sessions.IndexOf(session);
        }
    }

    /// <summary>Counts a message unless it is one too many.</summary>
    /// <param name="recipients">Of the message.</param>
    /// <param name="messagesPerMinute">The limit; 0 for none.</param>
    /// <param name="recipientsPerDay">The limit; 0 for none.</param>
    public LimitReached Count(int recipients, int messagesPerMinute, int recipientsPerDay)
    {
        lock (_lock)
        {
            if (messagesPerMinute > 0 && _messages.Total >= messagesPerMinute)
            {
                return LimitReached.MessagesPerMinute;
            }

            if (recipientsPerDay > 0 && _recipients.Total + recipients > recipientsPerDay)
            {
                return LimitReached.RecipientsPerDay;
            }

            _messages.Add(1);
            _recipients.Add(recipients);
            return LimitReached.None;
        }
    }
}
