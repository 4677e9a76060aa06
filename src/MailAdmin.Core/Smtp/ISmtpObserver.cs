using MailAdmin.Net;

namespace MailAdmin.Smtp;

/// <summary>Sees a session go from stage to stage, so that a probe can time and name them.</summary>
internal interface ISmtpObserver
{
    /// <summary>A stage begins; the one before it is over.</summary>
    void Entered(SmtpStage stage);

    /// <summary>The connection is up.</summary>
    void Connected(Connection connection);

    /// <summary>The server replied, whatever it said.</summary>
    void Replied(SmtpStage stage, SmtpReply reply);

    /// <summary>TLS is established.</summary>
    void Secured(TlsSession session);

    /// <summary>The session goes on, or begins anew, without the TLS that it would have taken.</summary>
    /// <param name="warning">Why, as a sentence.</param>
    void WentWithoutTls(string warning);

    /// <summary>The session cannot be set up.</summary>
    void Failed(SmtpStage stage, MailException failure);
}
