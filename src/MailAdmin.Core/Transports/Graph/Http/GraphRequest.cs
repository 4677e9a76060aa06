using System.Net.Http.Headers;

namespace MailAdmin.Transports.Graph.Http;

/// <summary>A request to the service.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Address">Where.</param>
/// <param name="Step">What it is for, in words: <c>the sending of the message</c>.</param>
internal sealed record GraphRequest(HttpMethod Method, Uri Address, string Step)
{
    /// <summary>Makes its body anew each time; a body of nothing for none.</summary>
    /// <remarks>Never no body at all: .NET makes such a request twice when a kept connection ends under it.</remarks>
    public Func<GraphContent> Content { get; init; } = () => GraphContent.Of("application/json", default);

    /// <summary>What it would mean to make it twice.</summary>
    public GraphRepeat Repeat { get; init; }

    /// <summary>False for an address that is a secret by itself and may be another host's.</summary>
    public bool CarriesToken { get; init; } = true;

    /// <summary>Which part of a whole the body is; null when it is a whole.</summary>
    public ContentRangeHeaderValue? Range { get; init; }

    /// <summary>Told how many octets of the body have left; null when nobody asks.</summary>
    public IProgress<long>? Progress { get; init; }
}
