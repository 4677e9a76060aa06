using System.Net;
using System.Net.Sockets;

namespace MailAdmin.Net;

/// <summary>Looks up the addresses of a host; <see cref="SocketException"/> says that there are none.</summary>
/// <param name="host">A host name in its ASCII form.</param>
/// <param name="cancellationToken">Stops the look-up.</param>
public delegate Task<IPAddress[]> HostResolver(string host, CancellationToken cancellationToken);
