using System.Management.Automation;

namespace MailAdmin.PowerShell.Hosting;

/// <summary>Makes records of progress that look the same from every cmdlet.</summary>
internal static class ProgressRecords
{
    /// <summary>Takes a bar away.</summary>
    /// <param name="id">The bar's number.</param>
    /// <param name="activity">What it said that is done.</param>
    public static ProgressRecord Done(int id, string activity) =>
        new(id, activity, "Done") { RecordType = ProgressRecordType.Completed };
}
