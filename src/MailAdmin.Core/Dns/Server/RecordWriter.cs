using MailAdmin.Dns.Records;
using MailAdmin.Dns.Wire;

namespace MailAdmin.Dns.Server;

/// <summary>Writes records as they go on the wire (RFC 1035 §4.1.3).</summary>
internal static class RecordWriter
{
    /// <summary>Writes the whole record.</summary>
    public static void Write(MessageWriter writer, DnsRecord record)
    {
        writer.WriteName(record.Name);
        writer.WriteUInt16((int)record.Type);
        writer.WriteUInt16(MessageReader.Internet);
        writer.WriteUInt32(Seconds(record.TimeToLive));
        var length = writer.ReserveUInt16();
        var start = writer.Length;
        WriteData(writer, record);
        writer.SetUInt16(length, writer.Length - start);
    }

    private static void WriteData(MessageWriter writer, DnsRecord record)
    {
        switch (record)
        {
            case AddressRecord address:
                writer.WriteOctets(address.Address.GetAddressBytes());
                break;
            case MxRecord mx:
                writer.WriteUInt16(mx.Preference);
                writer.WriteName(mx.Exchange);
                break;
            case TxtRecord txt:
                foreach (var part in txt.Strings)
                {
                    writer.WriteString(part.Span);
                }

                break;
            case CnameRecord alias:
                writer.WriteName(alias.Target);
                break;
            case NsRecord server:
                writer.WriteName(server.Target);
                break;
            case PtrRecord pointer:
                writer.WriteName(pointer.Target);
                break;
            case SoaRecord authority:
                WriteAuthority(writer, authority);
                break;
            case SrvRecord service:
                writer.WriteUInt16(service.Priority);
                writer.WriteUInt16(service.Weight);
                writer.WriteUInt16(service.Port);
                writer.WriteWholeName(service.Target);
                break;
            case CaaRecord authorization:
                writer.WriteByte(authorization.Flags);
                writer.WriteString(System.Text.Encoding.ASCII.GetBytes(authorization.Tag));
                writer.WriteOctets(authorization.Value.Span);
                break;
            default:
                WriteSecurityData(writer, record);
                break;
        }
    }

    private static void WriteSecurityData(MessageWriter writer, DnsRecord record)
    {
        switch (record)
        {
            case TlsaRecord tlsa:
                writer.WriteByte(tlsa.Usage);
                writer.WriteByte(tlsa.Selector);
                writer.WriteByte(tlsa.MatchingType);
                writer.WriteOctets(tlsa.Association.Span);
                break;
            case DnskeyRecord key:
                writer.WriteUInt16(key.Flags);
                writer.WriteByte(key.Protocol);
                writer.WriteByte(key.Algorithm);
                writer.WriteOctets(key.PublicKey.Span);
                break;
            case DsRecord signer:
                writer.WriteUInt16(signer.KeyTag);
                writer.WriteByte(signer.Algorithm);
                writer.WriteByte(signer.DigestType);
                writer.WriteOctets(signer.Digest.Span);
                break;
            case RrsigRecord signature:
                WriteSignature(writer, signature);
                break;
            case UnknownRecord unknown:
                writer.WriteOctets(unknown.Octets.Span);
                break;
            default:
                throw new NotSupportedException($"{record.GetType().Name} cannot be written.");
        }
    }

    private static void WriteAuthority(MessageWriter writer, SoaRecord authority)
    {
        writer.WriteName(authority.PrimaryServer);
        writer.WriteName(authority.Responsible);
        writer.WriteUInt32(authority.Serial);
        writer.WriteUInt32(Seconds(authority.Refresh));
        writer.WriteUInt32(Seconds(authority.Retry));
        writer.WriteUInt32(Seconds(authority.Expire));
        writer.WriteUInt32(Seconds(authority.Minimum));
    }

    private static void WriteSignature(MessageWriter writer, RrsigRecord signature)
    {
        writer.WriteUInt16((int)signature.TypeCovered);
        writer.WriteByte(signature.Algorithm);
        writer.WriteByte(signature.Labels);
        writer.WriteUInt32(Seconds(signature.OriginalTimeToLive));
        writer.WriteUInt32((uint)signature.Expiration.ToUnixTimeSeconds());
        writer.WriteUInt32((uint)signature.Inception.ToUnixTimeSeconds());
        writer.WriteUInt16(signature.KeyTag);
        writer.WriteWholeName(signature.Signer);
        writer.WriteOctets(signature.Signature.Span);
    }

    private static uint Seconds(TimeSpan time) => (uint)time.TotalSeconds;
}
