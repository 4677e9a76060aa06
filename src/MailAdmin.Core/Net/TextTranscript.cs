using System.Globalization;
using System.Text;

namespace MailAdmin.Net;

/// <summary>
/// Writes a transcript as text: <c>C:</c> and <c>S:</c> lines for client and server, <c>*:</c> for events, each with
/// its time in UTC and written through at once. Control characters appear as escapes, so that a peer cannot command
/// the reader's terminal. May be shared by several connections.
/// </summary>
public sealed class TextTranscript : ITranscript, IDisposable
{
    private readonly TextWriter _writer;
    private readonly bool _isServer;
    private readonly TimeProvider _time;
    private readonly object _gate = new();

    /// <summary>Writes to <paramref name="writer"/>, which is disposed with the transcript.</summary>
    /// <param name="writer">Where the lines go.</param>
    /// <param name="isServer">True when this side is the server: what it sends is marked <c>S:</c>.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public TextTranscript(TextWriter writer, bool isServer = false, TimeProvider? time = null)
    {
        _writer = writer;
        _isServer = isServer;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Appends to a file that, except on Windows, only its owner may read, as it names people.</summary>
    /// <param name="path">The file; it is made when missing.</param>
    /// <param name="isServer">True when this side is the server.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static TextTranscript AppendTo(string path, bool isServer = false, TimeProvider? time = null)
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var options = new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.Read,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        var file = new FileStream(path, options);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file.SafeFileHandle, OwnerOnly);
        }

        return new TextTranscript(new StreamWriter(file), isServer, time);
    }

    /// <summary>Octets as text for people: UTF-8 where it is valid, escapes for all that does not print.</summary>
    public static string Printable(ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder(octets.Length);
        while (!octets.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(octets, out var rune, out var consumed);
            if (status != System.Buffers.OperationStatus.Done)
            {
                consumed = 1;
                text.Append(CultureInfo.InvariantCulture, $"\\x{octets[0]:X2}");
            }
            else if (IsPrintable(rune))
            {
                text.Append(rune);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
            }

            octets = octets[consumed..];
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public void Sent(ReadOnlySpan<byte> line) => Append(_isServer ? "S: " : "C: ", Printable(line));

    /// <inheritdoc/>
    public void Received(ReadOnlySpan<byte> line) => Append(_isServer ? "C: " : "S: ", Printable(line));

    /// <inheritdoc/>
    public void Note(string text) => Append("*: ", Printable(Encoding.UTF8.GetBytes(text)));

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _writer.Dispose();
        }
    }

    private static bool IsPrintable(Rune rune) =>
        rune.Value == '\t' || Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    private void Append(string mark, string text)
    {
        var now = _time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z' ", CultureInfo.InvariantCulture);
        lock (_gate)
        {
            _writer.Write(now);
            _writer.Write(mark);
            _writer.WriteLine(text);
            _writer.Flush();
        }
    }
}
