using MailAdmin.Smtp;

namespace MailAdmin.Cli.Output;

/// <summary>A server's reply.</summary>
/// <param name="Code">Such as 250.</param>
/// <param name="EnhancedCode">Such as <c>5.1.1</c>, or null.</param>
/// <param name="Text">The rest.</param>
internal sealed record ReplyJson(int Code, string? EnhancedCode, string Text)
{
    public static ReplyJson? Of(SmtpReply? reply) =>
        reply is null ? null : new(reply.Code, reply.Enhanced?.ToString(), reply.Text);
}
