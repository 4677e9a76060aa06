namespace MailAdmin.Transports.Graph.Http;

/// <summary>What it would mean to make a request twice.</summary>
internal enum GraphRepeat
{
    /// <summary>Nothing: the second changes nothing that the first has not.</summary>
    Harmless,

    /// <summary>Something is made twice, which nobody gets to see.</summary>
    Creates,

    /// <summary>A message goes out twice.</summary>
    Sends,
}
