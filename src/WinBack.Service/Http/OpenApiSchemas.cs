using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;

namespace WinBack.Service.Http;

/// <summary>Messages as JSON schemas in the form that protobuf JSON has; each is written once and referred to.</summary>
internal sealed class OpenApiSchemas
{
    private const string ProblemName = "Problem";

    internal JsonObject Document { get; } = [];

    internal JsonObject Problem
    {
        get
        {
            if (!Document.ContainsKey(ProblemName)) Document[ProblemName] = ProblemSchema();
            return Reference(ProblemName);
        }
    }

    internal JsonObject ReferenceTo(MessageDescriptor message)
    {
        string name = message.FullName;
        if (!Document.ContainsKey(name))
        {
            // Before its fields are looked at: a message may hold itself.
            Document[name] = new JsonObject();
            Document[name] = Inline(message, []);
        }

        return Reference(name);
    }

    /// <summary>The fields of a message but some, which stand elsewhere.</summary>
    internal JsonObject Inline(MessageDescriptor message, IReadOnlyCollection<FieldDescriptor> without)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (FieldDescriptor field in message.Fields.InFieldNumberOrder().Except(without))
        {
            properties[field.JsonName] = Of(field);
            if (OpenApiDocument.IsRequired(field)) required.Add(field.JsonName);
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0) schema["required"] = required;
        return schema;
    }

    internal JsonObject Of(FieldDescriptor field)
    {
        if (field.IsMap)
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = Single(field.MessageType.FindFieldByNumber(2)) };
        return field.IsRepeated ? new JsonObject { ["type"] = "array", ["items"] = Single(field) } : Single(field);
    }

    private JsonObject Single(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Bool => Type("boolean"),
        FieldType.String => Type("string"),
        FieldType.Bytes => Type("string", "byte"),
        FieldType.Float => Type("number", "float"),
        FieldType.Double => Type("number", "double"),
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 or FieldType.UInt32 or FieldType.Fixed32 => Type("integer", "int32"),
        // Beyond what a JavaScript number holds, so protobuf writes text.
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 or FieldType.UInt64 or FieldType.Fixed64 => Type("string", "int64"),
        FieldType.Enum => new JsonObject
        {
            ["type"] = "string", ["enum"] = new JsonArray([.. field.EnumType.Values.Select(value => (JsonNode)value.Name)]),
        },
        _ => Message(field.MessageType),
    };

    private JsonObject Message(MessageDescriptor message) => message.FullName switch
    {
        "google.protobuf.Timestamp" => Type("string", "date-time"),
        "google.protobuf.Duration" => Type("string"),
        "google.protobuf.Any" => new JsonObject { ["type"] = "object", ["additionalProperties"] = true },
        _ => ReferenceTo(message),
    };

    private static JsonObject Type(string type, string? format = null) =>
        format is null ? new JsonObject { ["type"] = type } : new JsonObject { ["type"] = type, ["format"] = format };

    private static JsonObject Reference(string name) => new() { ["$ref"] = "#/components/schemas/" + name };

    private static JsonObject ProblemSchema() => new()
    {
        ["type"] = "object",
        ["description"] = "RFC 9457 problem details; reason, violations and delay as gRPC callers get them.",
        ["properties"] = new JsonObject
        {
            ["type"] = Type("string"),
            ["title"] = Type("string"),
            ["status"] = Type("integer", "int32"),
            ["detail"] = Type("string"),
            ["reason"] = Type("string"),
            ["domain"] = Type("string"),
            ["retryDelaySeconds"] = Type("number", "double"),
            ["violations"] = new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject { ["field"] = Type("string"), ["description"] = Type("string") },
                },
            },
        },
    };
}
