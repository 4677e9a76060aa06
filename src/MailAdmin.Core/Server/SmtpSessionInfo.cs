using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace MailAdmin.Server;

/// <summary>What the embedded server knows about a connection so far.</summary>
public sealed class SmtpSessionInfo
{
    internal SmtpSessionInfo(int number, IPEndPoint? remote, IPEndPoint? local)
    {
        Number = number;
        RemoteEndPoint = remote;
        LocalEndPoint = local;
    }

    /// <summary>Counts the connections of the server, from 1.</summary>
    public int Number { get; }

    /// <summary>The client's address.</summary>
    public IPEndPoint? RemoteEndPoint { get; }

    /// <summary>The address that the client connected to.</summary>
    public IPEndPoint? LocalEndPoint { get; }

    /// <summary>What the client called itself in EHLO or HELO; null before.</summary>
    public string? ClientName { get; internal set; }

    /// <summary>True after EHLO, false after HELO or before.</summary>
    public bool IsExtended { get; internal set; }

    /// <summary>The version of TLS; null without TLS.</summary>
    public SslProtocols? TlsProtocol { get; internal set; }

    /// <summary>The certificate that the client showed, unverified; null for none.</summary>
    public X509Certificate2? ClientCertificate { get; internal set; }

    /// <summary>The user that logged in; null without a login.</summary>
    public string? User { get; internal set; }

    /// <summary>The SASL mechanism of the login; null without one.</summary>
    public string? Mechanism { get; internal set; }

    /// <summary>How many messages this connection has delivered.</summary>
    public int MessageCount { get; internal set; }
}
