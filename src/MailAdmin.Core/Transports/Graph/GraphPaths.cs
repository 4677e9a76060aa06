namespace MailAdmin.Transports.Graph;

/// <summary>The addresses of the service for one mailbox.</summary>
internal sealed class GraphPaths(Uri service, string mailbox)
{
    private readonly Uri _mailbox = new(service, $"users/{Uri.EscapeDataString(mailbox)}/");

    public Uri SendMail => new(_mailbox, "sendMail");

    public Uri Messages => new(_mailbox, "messages");

    public Uri Message(string id) => new(_mailbox, $"messages/{Uri.EscapeDataString(id)}");

    public Uri Send(string id) => new(_mailbox, $"messages/{Uri.EscapeDataString(id)}/send");

    public Uri Attachments(string id) => new(_mailbox, $"messages/{Uri.EscapeDataString(id)}/attachments");

    public Uri CreateUploadSession(string id) =>
        new(_mailbox, $"messages/{Uri.EscapeDataString(id)}/attachments/createUploadSession");
}
