namespace MailAdmin.Dns;

/// <summary>A name and a type, as look-ups are told apart.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type.</param>
public readonly record struct DnsQuestion(DnsName Name, DnsRecordType Type)
{
    /// <summary>As <c>dig</c> takes it.</summary>
    public override string ToString() => $"{Name} {Records.DnsRecord.TypeName(Type)}";
}
