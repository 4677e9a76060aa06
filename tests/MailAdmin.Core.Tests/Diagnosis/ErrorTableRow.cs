namespace MailAdmin.Tests.Diagnosis;

/// <summary>A row of the error table: what admins know it by, and the causes that it names.</summary>
internal sealed record ErrorTableRow(string Row, ErrorTableCase[] Cases);
