using System.Text;

namespace MailAdmin.Storage.Sqlite;

/// <summary>A query with the conditions that a filter asks for, and their values in order.</summary>
internal sealed class Conditions(string query)
{
    private readonly StringBuilder _text = new(query);
    private readonly List<object> _values = [];

    public string Text => _text.ToString();

    public IReadOnlyList<object> Values => _values;

    /// <summary>Adds a condition with its values, numbers and texts.</summary>
    public Conditions Where(string condition, params object[] values)
    {
        _text.Append(_values.Count == 0 ? " WHERE " : " AND ").Append(condition);
        _values.AddRange(values);
        return this;
    }

    /// <summary>Adds a condition on a text, in which * and ? may stand for characters.</summary>
    public Conditions WhereText(string column, string pattern) => Where(Match(column, pattern), Pattern(pattern));

    /// <summary>Adds conditions on a time.</summary>
    public Conditions WhereTime(string column, DateTimeOffset? after, DateTimeOffset? before)
    {
        if (after is { } from)
        {
            Where($"{column} >= ?", SqliteTime.From(from));
        }

        if (before is { } to)
        {
            Where($"{column} < ?", SqliteTime.From(to));
        }

        return this;
    }

    /// <summary>Compares a column without regard to case, by an index if it is no pattern.</summary>
    public static string Match(string column, string pattern) =>
        IsPattern(pattern) ? $@"{column} LIKE ? ESCAPE '\'" : $"{column} = ? COLLATE NOCASE";

    /// <summary>The value for <see cref="Match"/>.</summary>
    public static string Pattern(string pattern) => !IsPattern(pattern)
        ? pattern
        : pattern
            .Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal)
            .Replace('*', '%')
            .Replace('?', '_');

    /// <summary>True when a text has characters that stand for others.</summary>
    public static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?');
}
