using System.Xml.Linq;
using MailAdmin.Queueing.Scheduling;

namespace MailAdmin.Tests.Queueing;

public sealed class SchedulingTests
{
    private static readonly DistributorSchedule Schedule = new()
    {
        Name = "my-mail",
        Program = @"C:\Program Files\PowerShell\7\pwsh.exe",
        Arguments = ["-NoProfile", "-Command", "$env:X = 'a \"b\" %c\\'; Invoke-EmailDistributor"],
        Interval = TimeSpan.FromMinutes(5),
    };

    [Fact]
    public void The_task_of_Windows_runs_without_an_end_and_never_twice_at_a_time()
    {
        var task = XDocument.Parse(TaskSchedulerXml.Text(Schedule)).Root!;

        Assert.Equal("PT5M", Value(task, "Interval"));
        Assert.DoesNotContain(task.Descendants(), element => element.Name.LocalName is "Duration" or "EndBoundary");
        Assert.Equal("IgnoreNew", Value(task, "MultipleInstancesPolicy"));
        Assert.Equal("PT0S", Value(task, "ExecutionTimeLimit"));
        Assert.Equal(Schedule.Program, Value(task, "Command"));

        // As CommandLineToArgvW takes it apart.
        Assert.Equal(
            @"-NoProfile -Command ""$env:X = 'a \""b\"" %c\'; Invoke-EmailDistributor""", Value(task, "Arguments"));
    }

    [Theory]
    [InlineData(false, "LogonType", "InteractiveToken")]
    [InlineData(true, "UserId", "S-1-5-18")]
    public void The_task_of_Windows_runs_as_its_user_or_as_the_system(bool forMachine, string element, string value)
    {
        var task = XDocument.Parse(TaskSchedulerXml.Text(Schedule with { ForMachine = forMachine })).Root!;

        Assert.Equal(value, Value(task, element));
    }

    [Theory]
    [InlineData(@"ends with \", @"""ends with \\""")]
    [InlineData(@"a\""b c", @"""a\\\""b c""")]
    [InlineData("", "\"\"")]
    [InlineData(@"plain\path", @"plain\path")]
    public void Arguments_are_quoted_as_Windows_takes_them_apart(string argument, string quoted)
    {
        var task = XDocument.Parse(TaskSchedulerXml.Text(Schedule with { Arguments = [argument] })).Root!;

        Assert.Equal(quoted, Value(task, "Arguments"));
    }

    [Fact]
    public void The_units_of_systemd_hide_their_specifiers_and_variables()
    {
        var task = SystemdUnits.Task(Schedule, "/units");

        Assert.Equal(["/units/my-mail.service", "/units/my-mail.timer"], task.Files.Select(file => file.Path));
        Assert.Contains(
            @"""$$env:X = 'a \""b\"" %%c\\'; Invoke-EmailDistributor""", task.Files[0].Text, StringComparison.Ordinal);
        Assert.Contains("OnUnitActiveSec=300s\n", task.Files[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_scheduler_the_advice_is_a_line_for_cron()
    {
        var advice = SchedulingException.NotRunning(Schedule with { Program = "/usr/bin/pwsh" }).RecommendedAction!;

        Assert.EndsWith(
            "*/5 * * * * /usr/bin/pwsh '-NoProfile' '-Command' " +
            @"'$env:X = '\''a ""b"" \%c\'\''; Invoke-EmailDistributor'",
            advice,
            StringComparison.Ordinal);
    }

    private static string Value(XElement task, string name) =>
        task.Descendants().Single(element => element.Name.LocalName == name).Value;
}
