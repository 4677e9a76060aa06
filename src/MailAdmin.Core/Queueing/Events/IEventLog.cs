namespace MailAdmin.Queueing.Events;

/// <summary>The log of the system that administrators watch.</summary>
public interface IEventLog : IDisposable
{
    /// <summary>Writes an event. Never fails: mail does not wait for a log.</summary>
    /// <param name="severity">How serious it is.</param>
    /// <param name="id">Its number, for filters.</param>
    /// <param name="text">One line, without secrets.</param>
    void Write(EventSeverity severity, int id, string text);
}
