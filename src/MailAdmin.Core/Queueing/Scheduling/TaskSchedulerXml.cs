using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace MailAdmin.Queueing.Scheduling;

/// <summary>A task of the Windows Task Scheduler (its schema 1.2), as schtasks reads it.</summary>
internal static class TaskSchedulerXml
{
    private const string LocalSystem = "S-1-5-18";

    private static readonly XNamespace Schema = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    internal static ScheduledTask Task(DistributorSchedule schedule, string folder)
    {
        var file = new ScheduledFile(Path.Combine(folder, schedule.Name + ".xml"), Text(schedule));
        return new ScheduledTask(
            "Task Scheduler",
            [file],
            [["schtasks", "/Create", "/TN", schedule.Name, "/XML", file.Path, "/F"]],
            [["schtasks", "/Delete", "/TN", schedule.Name, "/F"]]);
    }

    internal static string Text(DistributorSchedule schedule)
    {
        var principal = schedule.ForMachine
            ? new[] { Element("UserId", LocalSystem), Element("RunLevel", "HighestAvailable") }

            // Only an account that is logged on has its profile loaded, which its secrets need.
            : [Element("LogonType", "InteractiveToken"), Element("RunLevel", "LeastPrivilege")];
        var document = new XDocument(
            new XDeclaration("1.0", "UTF-16", null),
            Element("Task", new XAttribute("version", "1.2"),
                Element("RegistrationInfo", Element("Description", "Sends queued mail (MailAdmin)")),
                Element("Triggers",
                    Element("TimeTrigger",
                        Element("Repetition",
                            Element("Interval", XmlConvert.ToString(schedule.Interval)),
                            Element("StopAtDurationEnd", "false")),
                        Element("StartBoundary", "2000-01-01T00:00:00"),
                        Element("Enabled", "true"))),
                Element("Principals", Element("Principal", [new XAttribute("id", "Author"), .. principal])),
                Element("Settings",
                    Element("MultipleInstancesPolicy", "IgnoreNew"),
                    Element("DisallowStartIfOnBatteries", "false"),
                    Element("StopIfGoingOnBatteries", "false"),
                    Element("StartWhenAvailable", "true"),
                    Element("Hidden", "true"),
                    Element("ExecutionTimeLimit", "PT0S")),
                Element("Actions", new XAttribute("Context", "Author"),
                    Element("Exec",
                        Element("Command", schedule.Program),
                        Element("Arguments", string.Join(' ', schedule.Arguments.Select(Quote)))))));
        return string.Create(CultureInfo.InvariantCulture, $"{document.Declaration}\r\n{document}");
    }

    private static XElement Element(string name, params object[] content) => new(Schema + name, content);

    // As CommandLineToArgvW reads it: backslashes count only before a quotation mark.
    private static string Quote(string argument)
    {
        if (argument.Length > 0 && argument.IndexOfAny([' ', '\t', '"']) < 0)
        {
            return argument;
        }

        var quoted = new System.Text.StringBuilder("\"");
        var backslashes = 0;
        foreach (var c in argument)
        {
            backslashes = c == '\\' ? backslashes + 1 : backslashes;
            if (c == '"')
            {
                quoted.Append('\\', backslashes + 1);
            }

            backslashes = c == '\\' ? backslashes : 0;
            quoted.Append(c);
        }

        return quoted.Append('\\', backslashes).Append('"').ToString();
    }
}
