using System.Net;
using System.Text;

namespace MailAdmin.DomainChecks.Report;

/// <summary>Builds HTML in which every text is escaped; markup comes from the code alone.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _html = new();

    public HtmlText Open(string tag, string @class = "")
    {
        _html.Append('<').Append(tag);
        if (@class.Length > 0)
        {
            _html.Append(" class=\"").Append(WebUtility.HtmlEncode(@class)).Append('"');
        }

        _html.Append('>');
        return this;
    }

    public HtmlText Close(string tag)
    {
        _html.Append("</").Append(tag).Append(">\n");
        return this;
    }

    public HtmlText Text(string text)
    {
        _html.Append(WebUtility.HtmlEncode(PrintableText.Of(text)));
        return this;
    }

    public HtmlText Element(string tag, string text, string @class = "") => Open(tag, @class).Text(text).Close(tag);

    /// <summary>Markup that holds no foreign text.</summary>
    public HtmlText Markup(string markup)
    {
        _html.Append(markup);
        return this;
    }

    public override string ToString() => _html.ToString();
}
