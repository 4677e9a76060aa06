namespace MailAdmin.Mime.Eml;

/// <summary>Takes lines one after the other.</summary>
internal interface ILineSink
{
    /// <summary>The most octets of a line that are of interest.</summary>
    int Interest { get; }

    void Take(in MessageLine line);
}
