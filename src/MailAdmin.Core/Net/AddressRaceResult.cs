using System.Net;

namespace MailAdmin.Net;

/// <summary>How a race among addresses ended.</summary>
/// <param name="Winner">The connection; null when no address answered.</param>
/// <param name="EndPoint">The address that won.</param>
/// <param name="Failures">The addresses that failed before.</param>
internal sealed record AddressRaceResult<T>(
    T? Winner, IPEndPoint? EndPoint, IReadOnlyList<(IPEndPoint EndPoint, Exception Cause)> Failures)
    where T : class;
