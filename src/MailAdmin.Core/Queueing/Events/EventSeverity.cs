namespace MailAdmin.Queueing.Events;

/// <summary>How serious an event is; the values are those of RFC 5424 §6.2.1.</summary>
public enum EventSeverity
{
    /// <summary>Somebody should do something.</summary>
    Error = 3,

    /// <summary>It may become serious.</summary>
    Warning = 4,

    /// <summary>All is well.</summary>
    Information = 6,
}
