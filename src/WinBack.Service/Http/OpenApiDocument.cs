using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf.Reflection;

namespace WinBack.Service.Http;

/// <summary>The HTTP API as an OpenAPI 3.0 document, made of the descriptors of the protos, so that it cannot lag behind.</summary>
internal static partial class OpenApiDocument
{
    internal static JsonObject Of(IEnumerable<HttpRoute> routes)
    {
        var schemas = new OpenApiSchemas();
        var paths = new JsonObject();
        foreach (HttpRoute route in routes)
        {
            if (paths[route.Path] is not JsonObject path) paths[route.Path] = path = [];
            path[route.Verb.ToLowerInvariant()] = Operation(route, schemas);
        }

        return new JsonObject
        {
            ["openapi"] = "3.0.3",
            ["info"] = new JsonObject
            {
                ["title"] = "WinBack",
                ["version"] = "v1",
                ["description"] = "What do we send this customer now, on which channel, or nothing? The same methods as gRPC, as protobuf JSON.",
            },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas.Document },
        };
    }

    private static JsonObject Operation(HttpRoute route, OpenApiSchemas schemas)
    {
        FieldDescriptor[] pathFields = [.. route.PathFields];
        string contentType = route.Method.IsServerStreaming ? "application/x-ndjson" : "application/json";
        var operation = new JsonObject
        {
            ["operationId"] = route.Method.Name,
            ["summary"] = WordBreaks().Replace(route.Method.Name, " $1").Trim(),
            ["tags"] = new JsonArray(route.Method.Service.Name),
            ["parameters"] = new JsonArray([.. pathFields.Select(field => Parameter(field, "path", schemas))]),
            ["responses"] = new JsonObject
            {
                ["200"] = Response("The answer.", contentType, schemas.ReferenceTo(route.Method.OutputType)),
                ["default"] = Response("An error.", ProblemDocument.ContentType, schemas.Problem),
            },
        };
        IEnumerable<FieldDescriptor> others = route.Method.InputType.Fields.InFieldNumberOrder().Except(pathFields);
        if (!route.HasBody)
            foreach (FieldDescriptor field in others) ((JsonArray)operation["parameters"]!).Add(Parameter(field, "query", schemas));
        else operation["requestBody"] = new JsonObject
        {
            ["required"] = true,
            ["content"] = new JsonObject
            {
                ["application/json"] = new JsonObject { ["schema"] = schemas.Inline(route.Method.InputType, pathFields) },
            },
        };
        return operation;
    }

    private static JsonObject Parameter(FieldDescriptor field, string place, OpenApiSchemas schemas) => new()
    {
        ["name"] = place == "path" ? field.Name : field.JsonName,
        ["in"] = place,
        ["required"] = place == "path" || IsRequired(field),
        ["schema"] = schemas.Of(field),
    };

    private static JsonObject Response(string description, string contentType, JsonNode schema) => new()
    {
        ["description"] = description,
        ["content"] = new JsonObject { [contentType] = new JsonObject { ["schema"] = schema } },
    };

    internal static bool IsRequired(FieldDescriptor field) =>
        field.GetOptions()?.GetExtension(FieldBehaviorExtensions.FieldBehavior)?.Contains(FieldBehavior.Required) == true;

    [GeneratedRegex("([A-Z])")]
    private static partial Regex WordBreaks();
}
