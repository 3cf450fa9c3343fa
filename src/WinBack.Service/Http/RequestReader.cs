using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using WinBack.Service.Grpc;

namespace WinBack.Service.Http;

/// <summary>A request message from path, query and body, as google.api.http maps them. All that is wrong is told at once.</summary>
internal static class RequestReader
{
    /// <exception cref="global::Grpc.Core.RpcException">Something is wrong.</exception>
    internal static async Task<T> ReadAsync<T>(HttpContext http, HttpRoute route)
        where T : class, IMessage<T>, new()
    {
        var checks = new RequestChecks();
        string json = route.HasBody ? await BodyAsync(http) : Query(http, route, checks);
        T? message = Parse<T>(json, route.HasBody ? "body" : "query", checks);
        foreach (FieldDescriptor field in route.PathFields)
        {
            string value = (string)http.Request.RouteValues[field.Name]!;
            // ASP.NET Core leaves this one as it is, so that it cannot be told from the same text in an id.
            if (value.Contains("%2F", StringComparison.OrdinalIgnoreCase))
                checks.Fail(field.Name, "has a slash; ids with a slash cannot stand in a path: use gRPC");
            else if (message is not null) field.Accessor.SetValue(message, value);
        }

        checks.ThrowIfWrong();
        return message!;
    }

    private static async Task<string> BodyAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        string text = await reader.ReadToEndAsync(http.RequestAborted);
        return string.IsNullOrWhiteSpace(text) ? "{}" : text;
    }

    /// <summary>Parameters as the JSON that they stand for: protobuf reads numbers, enums and times from strings too.</summary>
    private static string Query(HttpContext http, HttpRoute route, RequestChecks checks)
    {
        var json = new JsonObject();
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in http.Request.Query)
        {
            FieldDescriptor? field = route.Method.InputType.Fields.InFieldNumberOrder().FirstOrDefault(f => f.Name == name || f.JsonName == name);
            if (field is null || (field.FieldType == FieldType.Message && field.MessageType.File.Package != "google.protobuf"))
                checks.Fail(name, "is no parameter of this call");
            else if (field.IsRepeated) json[field.JsonName] = new JsonArray([.. values.Select(value => (JsonNode?)value)]);
            else if (values.Count > 1) checks.Fail(name, "is given more than once");
            else if (field.FieldType == FieldType.Bool && bool.TryParse(values[0], out bool isSet)) json[field.JsonName] = isSet;
            else json[field.JsonName] = values[0];
        }

        return json.ToJsonString();
    }

    private static T? Parse<T>(string json, string where, RequestChecks checks)
        where T : class, IMessage<T>, new()
    {
        try
        {
            return JsonFormat.Parser.Parse<T>(json);
        }
        catch (Exception broken) when (broken is IOException or ArgumentException or FormatException
            or InvalidOperationException or OverflowException)
        {
            // IOException is the base of InvalidProtocolBufferException and of InvalidJsonException.
            checks.Fail(where, $"is no {typeof(T).Name}: {broken.Message}");
            return null;
        }
    }
}
