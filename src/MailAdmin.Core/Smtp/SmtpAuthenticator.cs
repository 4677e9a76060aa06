using System.Buffers.Text;
using MailAdmin.Net;
using MailAdmin.Sasl;

namespace MailAdmin.Smtp;

/// <summary>
/// Logs in with AUTH (RFC 4954), the best mechanism first. The next one is tried only if the refusal was about the
/// mechanism: 504 and 538, or 534 and 500–502 before anything derived from the secret was sent. All else (535, and 534
/// as Gmail uses it) is about the credentials: another try with the same ones could lock the account.
/// </summary>
internal sealed class SmtpAuthenticator(SmtpClient client)
{
    // RFC 4954 §4 asks servers for 12,288 octets; Kerberos tickets can be longer, and servers that issue such take
    // them.
    private const int MaxResponseLength = 65_536;

    // What is shorter is no token of any provider, and could be part of a server's words.
    private const int ShortestToken = 16;

    internal async Task AuthenticateAsync(
        SaslCredential credential, SaslContext context, bool allowPlaintext, CancellationToken cancellationToken)
    {
        client.Enter(SmtpStage.Auth);
        var server = client.Connection.Host;
        var offered = client.Capabilities.AuthMechanisms;
        if (offered.Count == 0)
        {
            throw AuthenticationNotOfferedException.NoAuth(server, context.IsSecure);
        }

        if (!context.IsSecure && !allowPlaintext)
        {
            throw new PlaintextCredentialException(server);
        }

        var candidates = SaslMechanisms.Choose(offered, credential, context);
        for (var i = 0; i < candidates.Count; i++)
        {
            var isLast = i == candidates.Count - 1;
            if (await TryAsync(candidates[i], isLast, cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }

        throw AuthenticationNotOfferedException.NoCommonMechanism(server, offered);
    }

    /// <returns>False when the next mechanism is to be tried.</returns>
    private async Task<bool> TryAsync(SaslCandidate candidate, bool isLast, CancellationToken cancellationToken)
    {
        using var mechanism = await candidate.CreateAsync(cancellationToken).ConfigureAwait(false);
        client.Connection.Protect(mechanism.Secret);
        ReadOnlyMemory<byte>? initial;
        try
        {
            initial = mechanism.Start();
        }
        catch (SaslException e) when (!isLast)
        {
            client.Connection.Note($"{mechanism.Name} cannot be used: {e.Message}");
            return false;
        }

        var initialTravels = WriteAuth(mechanism.Name, initial);
        var secretSent = initialTravels;
        var reply = await FlushAndReadAsync(cancellationToken).ConfigureAwait(false);
        while (reply.Code == 334)
        {
            var response = initial is { } late && !initialTravels
                ? late
                : await RespondAsync(mechanism, reply, cancellationToken).ConfigureAwait(false);
            initialTravels = true;
            secretSent = true;
            WriteResponse(response.Span);
            reply = await FlushAndReadAsync(cancellationToken).ConfigureAwait(false);
        }

        if (reply.IsPositive)
        {
            client.LoginMechanism = mechanism.IsComplete ? mechanism.Name : throw NotGenuine(mechanism.Name);
            return true;
        }

        // A server that explained what is wrong with a token has judged it, whatever its reply is then.
        if (!isLast && client.IsOpen && mechanism.ServerError is null && ConcernsMechanism(reply, secretSent))
        {
            return false;
        }

        throw reply.IsIntermediate
            ? SmtpProtocolException.Unexpected(reply, SmtpStage.Auth)
            : Refused(mechanism, reply);
    }

    // Some servers repeat a token that they refuse.
    private static AuthenticationFailedException Refused(ISaslMechanism mechanism, SmtpReply reply)
    {
        if (mechanism is not BearerMechanism || mechanism.Secret.Length < ShortestToken)
        {
            return new AuthenticationFailedException(mechanism.Name, reply, mechanism.ServerError);
        }

        var redactor = new SecretRedactor();
        redactor.AddSecret(mechanism.Secret);
        return new AuthenticationFailedException(
            mechanism.Name,
            reply with { Lines = [.. reply.Lines.Select(redactor.Redact)] },
            mechanism.ServerError is { } error ? redactor.Redact(error) : null);
    }

    private static bool ConcernsMechanism(SmtpReply reply, bool secretSent) =>
        reply.Code is 504 or 538 || (!secretSent && reply.Code is 534 or (>= 500 and <= 502));

    private static SaslException NotGenuine(string mechanism) => new(
        "SaslServerNotGenuine",
        $"The server reports success without having proved that it knows the password ({mechanism}).",
        "Do not send anything through this server before its administrator has explained it.");

    /// <returns>False when the initial response has to wait for a challenge.</returns>
    private bool WriteAuth(string mechanism, ReadOnlyMemory<byte>? initial)
    {
        var line = client.Commands.Append("AUTH "u8).Append(mechanism);
        var length = line.LineLength + 1 + Base64.GetMaxEncodedToUtf8Length(initial?.Length ?? 0) + 2;
        var travels = initial is not null && length <= SmtpCommandBuffer.MaxLength;
        if (travels)
        {
            line.Append(" "u8);
        }

        var visible = line.LineLength;
        if (travels && initial is { IsEmpty: true })
        {
            line.Append("="u8);
        }
        else if (travels)
        {
            line.AppendBase64(initial!.Value.Span);
        }

        WriteMasked(visible);
        return travels;
    }

    private void WriteResponse(ReadOnlySpan<byte> response)
    {
        client.Commands.AppendBase64(response);
        WriteMasked(visible: 0);
    }

    private void WriteMasked(int visible)
    {
        var line = client.Commands.End(SmtpStage.Auth, MaxResponseLength);
        client.Connection.WriteSecret(line.Lines, Math.Min(visible, line.Lines.Length - 2));
        line.Erase();
    }

    private async ValueTask<ReadOnlyMemory<byte>> RespondAsync(
        ISaslMechanism mechanism, SmtpReply reply, CancellationToken cancellationToken)
    {
        try
        {
            return mechanism.Respond(Convert.FromBase64String(reply.Text));
        }
        catch (Exception e) when (e is SaslException or FormatException)
        {
            client.Commands.Append("*"u8).End(SmtpStage.Auth);
            await client.AskAsync(SmtpStage.Auth, cancellationToken).ConfigureAwait(false);
            if (e is SaslException)
            {
                throw;
            }

            throw SmtpProtocolException.Unexpected(reply, SmtpStage.Auth);
        }
    }

    private async ValueTask<SmtpReply> FlushAndReadAsync(CancellationToken cancellationToken)
    {
        await client.FlushAsync(SmtpStage.Auth, cancellationToken).ConfigureAwait(false);
        return await client.ReadReplyAsync(SmtpStage.Auth, cancellationToken).ConfigureAwait(false);
    }
}
