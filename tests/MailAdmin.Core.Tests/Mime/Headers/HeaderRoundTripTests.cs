using System.Text;
using FsCheck.Fluent;
using MailAdmin.Addressing;
using MailAdmin.Mime.Composing;
using MailAdmin.Mime.Headers;

namespace MailAdmin.Tests.Mime.Headers;

/// <summary>What is written is read again, and every line is within its limits.</summary>
public sealed class HeaderRoundTripTests
{
    private static readonly EmailAddress Address = EmailAddress.Parse("someone@example.com");

    private delegate void FieldWriter(ref HeaderWriter writer);

    [Theory]
    [InlineData(false, UnstructuredWriter.MaxWordForPeople)]
    [InlineData(false, UnstructuredWriter.MaxWordForPrograms)]
    [InlineData(true, UnstructuredWriter.MaxWordForPeople)]
    public void Unstructured(bool utf8, int maxWord) => Samples.Hold(Samples.HeaderText, text =>
    {
        var field = Write("Subject:", utf8, (ref HeaderWriter w) => UnstructuredWriter.Write(ref w, text, maxWord));
        Assert.Equal(text, field.Value);
        AssertLines(field, utf8, longest: maxWord == UnstructuredWriter.MaxWordForPeople ? 78 : 998);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Display_names(bool utf8) => Samples.Hold(Samples.HeaderText, name =>
    {
        var mailboxes = new[] { new Mailbox(name, Address), new Mailbox(null, Address), new Mailbox(name, Address) };
        var field = Write("To:", utf8, (ref HeaderWriter w) => AddressWriter.Write(ref w, mailboxes));
        var read = Mailbox.ParseList(field.Text);
        Assert.Equal(
            mailboxes.Select(m => string.IsNullOrWhiteSpace(m.DisplayName) ? null : m.DisplayName.Trim()),
            read.Select(m => m.DisplayName));
        AssertLines(field, utf8, longest: 78);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parameters(bool utf8) => Samples.Hold(Samples.HeaderText.Zip(Samples.HeaderText), values =>
    {
        var field = Write("Content-Disposition:", utf8, (ref HeaderWriter w) =>
        {
            w.Token("attachment"u8);
            ParameterWriter.Write(ref w, "filename", values.Item1);
            ParameterWriter.Write(ref w, "other", values.Item2);
        });
        var content = field.ToContentField();
        Assert.Equal("attachment", content.Value);
        Assert.Equal(values.Item1, content["filename"]);
        Assert.Equal(values.Item2, content["OTHER"]);
        AssertLines(field, utf8, longest: 78);
    });

    [Fact]
    public void A_parameter_whose_name_fills_the_line_is_written_too()
    {
        var name = new string('n', 100);
        var field = Write("Content-Type:", false, (ref HeaderWriter w) =>
        {
            w.Token("text/plain"u8);
            ParameterWriter.Write(ref w, name, "äöü");
        });
        Assert.Equal("äöü", field.ToContentField()[name]);
    }

    [Fact]
    public void Names_for_outlook() => Samples.Hold(Samples.HeaderText, name =>
    {
        if (name.Length == 0)
        {
            return;
        }

        var field = Write("Content-Type:", false, (ref HeaderWriter w) =>
        {
            w.Token("text/plain"u8);
            ParameterWriter.WriteForOutlook(ref w, "name", name);
        });
        Assert.Equal(name, field.ToContentField()["name"]);
        AssertLines(field, false, longest: 78);
    });

    [Fact]
    public void Encoded_words_are_whole_by_themselves() => Samples.Hold(Samples.HeaderText, text =>
    {
        if (text.Length == 0)
        {
            return;
        }

        var field = Write("Subject:", false, (ref HeaderWriter w) => EncodedWordWriter.Write(ref w, " ", text));
        foreach (var word in field.Text.Split(' '))
        {
            Assert.True(word.Length <= 75);
            Assert.DoesNotContain('\uFFFD', EncodedWordDecoder.Decode(word));
        }
    });

    [Fact]
    public void A_lone_surrogate_becomes_a_replacement_character() =>
        Assert.Equal(
            "a\uFFFDb",
            Write("Subject:", false, (ref HeaderWriter w) => UnstructuredWriter.Write(ref w, "a\uD800b", 76)).Value);

    private static HeaderField Write(string name, bool utf8, FieldWriter write)
    {
        using var buffer = new WireBuffer(256);
        var writer = new HeaderWriter(buffer, utf8);
        writer.Begin(Encoding.ASCII.GetBytes(name));
        write(ref writer);
        writer.End();
        return Assert.Single(HeaderFixture.Parse(buffer.Written.ToArray(), int.MaxValue).Fields);
    }

    private static void AssertLines(HeaderField field, bool utf8, int longest)
    {
        Assert.True(utf8 || Ascii.IsValid(field.Raw.Span));
        foreach (var line in Encoding.UTF8.GetString(field.Raw.Span).TrimEnd('\r', '\n').Split("\r\n"))
        {
            Assert.True(Encoding.UTF8.GetByteCount(line) <= longest, line);
            Assert.False(string.IsNullOrWhiteSpace(line), "a line of white space");
        }
    }
}
