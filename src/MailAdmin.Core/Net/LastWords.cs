namespace MailAdmin.Net;

/// <summary>
/// What a peer said before it went away in the middle of being written to: a mail server that refuses a message while
/// it is still arriving says why and closes. Writing only finds that the connection is gone.
/// </summary>
internal static class LastWords
{
    private const int Longest = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Takes over what has arrived already. Does not fail: often there is nothing.</summary>
    public static async Task ReceiveAsync(Stream stream, LineReader reader, TimeProvider time)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        try
        {
            while (reader.Buffered < Longest)
            {
                var count = await stream.ReadAsync(reader.GetMemory(), limit.Token).ConfigureAwait(false);
                if (count == 0)
                {
                    return;
                }

                reader.Advance(count);
            }
        }
        catch (Exception e) when (SocketFault.IsOne(e))
        {
            // The failure to write is what is reported.
        }
    }
}
