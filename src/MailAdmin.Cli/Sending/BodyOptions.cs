using System.CommandLine;
using System.Text;

namespace MailAdmin.Cli.Sending;

/// <summary>A text that is given as it is, or in a file, or on standard input.</summary>
internal sealed class BodyOptions
{
    private readonly string _what;
    private readonly Option<string?> _literal;
    private readonly Option<string?> _file;

    public BodyOptions(string name, string what)
    {
        _what = what;
        _literal = new($"--{name}") { HelpName = "TEXT", Description = $"The {what}." };
        _file = new($"--{name}-file")
        {
            HelpName = "FILE", Description = $"UTF-8 file with the {what}; - is standard input.",
        };
    }

    public IEnumerable<Option> All => [_literal, _file];

    public string? Read(ParseResult parsed, CliHost host) => (parsed.GetValue(_literal), parsed.GetValue(_file)) switch
    {
        (var text, null) => text,
        (null, var path) => ReadFile(path, host),
        _ => throw CliException.Usage($"The {_what} is given twice.", $"Leave out {_literal.Name} or {_file.Name}."),
    };

    private string ReadFile(string path, CliHost host)
    {
        try
        {
            var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            using var reader = new StreamReader(path == "-" ? host.Input : File.OpenRead(path), strict);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException cause)
        {
            throw new CliException(
                ExitCode.DataError,
                "BodyNotUtf8",
                MailErrorKind.InvalidInput,
                $"The {_what} in '{path}' is not in UTF-8.",
                "Convert it, for example with iconv -t UTF-8.",
                cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw CliException.Unreadable(path, _what, cause);
        }
    }
}
