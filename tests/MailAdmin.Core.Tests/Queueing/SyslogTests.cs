using System.Net.Sockets;
using System.Text;
using MailAdmin.Queueing.Events;

namespace MailAdmin.Tests.Queueing;

public sealed class SyslogTests
{
    [SkippableFact]
    public void Events_arrive_in_the_form_that_daemons_read()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has an event log of its own.");
        var path = Path.Combine(Path.GetTempPath(), $"log-{Guid.NewGuid():N}");
        using var daemon = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        daemon.Bind(new UnixDomainSocketEndPoint(path));
        daemon.ReceiveTimeout = 5000;
        try
        {
            using var log = new Syslog(path);
            log.Write(EventSeverity.Error, EventObserver.ItemFailed, "two\r\nlines");

            var buffer = new byte[2048];
            var line = Encoding.UTF8.GetString(buffer, 0, daemon.Receive(buffer));
            Assert.Matches(
                $@"^<19>\w{{3}} [ \d]\d \d\d:\d\d:\d\d mailadmin\[{Environment.ProcessId}\]: 1001 two  lines$", line);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Without_a_daemon_nothing_fails()
    {
        using var log = new Syslog("/nonexistent/log");

        log.Write(EventSeverity.Warning, EventObserver.DestinationClosed, "nobody hears");
        log.Write(EventSeverity.Warning, EventObserver.DestinationClosed, "nobody hears");
    }
}
