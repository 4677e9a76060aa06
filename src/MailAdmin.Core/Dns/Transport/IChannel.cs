namespace MailAdmin.Dns.Transport;

/// <summary>A way to one server that serves one query at a time, and several one after the other.</summary>
internal interface IChannel : IDisposable
{
    /// <summary>Whether it may serve another query.</summary>
    bool IsReusable { get; }
}
