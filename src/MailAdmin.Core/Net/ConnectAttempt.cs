using System.Net;

namespace MailAdmin.Net;

/// <summary>One address that was tried in vain.</summary>
/// <param name="EndPoint">The address and port.</param>
/// <param name="ErrorId">
/// The sort of failure, as in <see cref="MailException.ErrorId"/> of a <see cref="ConnectException"/>.
/// </param>
/// <param name="Reason">What happened there, as the end of a sentence.</param>
public sealed record ConnectAttempt(IPEndPoint EndPoint, string ErrorId, string Reason);
