using MailAdmin.Net;
using MailAdmin.Sasl;

namespace MailAdmin.Transports.Methods;

/// <summary>The way that a message is to take, ready to be used.</summary>
public abstract record MailRoute
{
    /// <summary>What the user should know before anything is sent, as sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The way as reports name it: <c>Smtp</c>, or a method of sending such as <c>DirectSend</c>.</summary>
    public abstract string Method { get; }

    /// <summary><c>host:port</c>.</summary>
    public abstract string Server { get; }

    /// <summary>Who logs in; null without a login by name.</summary>
    public abstract string? Account { get; }

    /// <summary>True when somebody logs in, by name or not.</summary>
    public abstract bool LogsIn { get; }

    /// <summary>What is demanded of TLS.</summary>
    public abstract ConnectionSecurity Security { get; }

    /// <summary>The most recipients of one transaction; null for what the server takes.</summary>
    public abstract int? BatchSize { get; }

    /// <summary>The same way with fewer recipients to a transaction, where the way has such.</summary>
    /// <param name="recipients">The most recipients; more than <see cref="BatchSize"/> changes nothing.</param>
    public abstract MailRoute AtMost(int recipients);

    /// <summary>Makes a transport for this way; nothing is connected yet.</summary>
    /// <param name="dialer">The network.</param>
    /// <param name="transcript">Where to record the dialogue, secrets masked; null for nowhere.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public abstract IMailTransport Open(IDialer dialer, ITranscript? transcript = null, TimeProvider? time = null);

    /// <summary>The name behind a login.</summary>
    private protected static string? AccountOf(SaslCredential? credential) => credential switch
    {
        PasswordCredential password => password.User,
        TokenCredential token => token.User,
        _ => null,
    };
}
