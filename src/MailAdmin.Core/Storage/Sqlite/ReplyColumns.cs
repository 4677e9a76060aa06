using MailAdmin.Smtp;

namespace MailAdmin.Storage.Sqlite;

/// <summary>A reply in three columns: code, enhanced code, lines.</summary>
internal static class ReplyColumns
{
    /// <summary>Binds the three.</summary>
    public static Statement Bind(this Statement statement, SmtpReply? reply) => statement
        .Bind(reply?.Code)
        .Bind(reply?.Enhanced?.ToString())
        .Bind(reply is null ? null : string.Join('\n', reply.Lines));

    /// <summary>Reads the three; null when there was no reply.</summary>
    public static SmtpReply? Read(Statement row, int column)
    {
        if (row.NumberOrNull(column) is not { } code)
        {
            return null;
        }

        EnhancedStatusCode? enhanced = row.TextOrNull(column + 1) is { } text &&
            EnhancedStatusCode.TryReadPrefix(text, out var read) ? read : null;
        return new SmtpReply((int)code, enhanced, row.Text(column + 2).Split('\n'));
    }
}
