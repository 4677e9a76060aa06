namespace MailAdmin.Probes.Tls;

/// <summary>The names of the alerts that may answer a ClientHello (RFC 8446 §6.2).</summary>
internal static class AlertNames
{
    public static string Of(int description) => description switch
    {
        0 => "close_notify",
        10 => "unexpected_message",
        40 => "handshake_failure",
        47 => "illegal_parameter",
        50 => "decode_error",
        70 => "protocol_version",
        71 => "insufficient_security",
        80 => "internal_error",
        86 => "inappropriate_fallback",
        109 => "missing_extension",
        112 => "unrecognized_name",
        _ => FormattableString.Invariant($"alert {description}"),
    };
}
