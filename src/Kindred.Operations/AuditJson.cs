using System.Text.Json.Serialization;

namespace Kindred.Operations;

[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class AuditJson : JsonSerializerContext;
