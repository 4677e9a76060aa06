using System.Text.Json;
using System.Text.Json.Serialization;

namespace MailAdmin.Interop.Judging;

/// <summary>judge.py writes an address as a list: group, display name, address.</summary>
internal sealed class AddressConverter : JsonConverter<JudgedAddress>
{
    public override JudgedAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var texts = JsonSerializer.Deserialize<string?[]>(ref reader, options)!;
        return new JudgedAddress(texts[0], texts[1]!, texts[2]!);
    }

    public override void Write(Utf8JsonWriter writer, JudgedAddress value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, (string?[])[value.Group, value.DisplayName, value.Address], options);
}
